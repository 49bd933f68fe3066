"""The page of actions: everything that was promised, and what has become of it."""

from mkdocs_postmortems.facets import slug

from .archive import Archive
from .drawn import closing_chart
from .page import Page


def actions_page(archive: Archive) -> Page:
    """Open and overdue first."""
    found = archive.findings.actions
    data = {
        "found": found,
        "by_id": archive.library.by_id,
        "chart": closing_chart("How soon promises are kept", found.closing),
        "slug": slug,
    }
    return Page(
        archive.index_uri("actions"),
        archive.title("actions", "Actions"),
        "actions.md.jinja",
        data,
        "Every action item of the archive, open and overdue first.",
        listed=True,
        searchable=False,
    )
