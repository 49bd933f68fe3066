"""The first page: search, headline figures, the newest, the causes, what needs attention."""

from mkdocs_postmortems.facets import occurring

from .archive import Archive
from .page import Page

_NEWEST, _CAUSES = 6, 8


def home_page(archive: Archive) -> Page:
    """What a reader sees first."""
    causes = occurring(archive.counted.get("root-causes", ()))
    data = {
        "figures": [],
        "pattern": None,
        "attention": [],
        "newest": archive.published[:_NEWEST],
        "causes": causes[:_CAUSES],
    }
    title = archive.title("home", "Home")
    return Page("index.md", title, "home.md.jinja", data, listed=True, hide=("navigation", "toc"))
