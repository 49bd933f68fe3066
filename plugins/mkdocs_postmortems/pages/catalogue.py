"""Every page of the site, as data."""

from collections.abc import Iterator

from mkdocs_postmortems.facets import Counted, Facet, occurring

from .archive import Archive
from .page import Page
from .postmortem import postmortem_page, withdrawn_page
from .term import term_page


def all_pages(archive: Archive) -> dict[str, Page]:
    """Every page by its source path, in the order in which a reader would meet them."""
    return {page.uri: page for page in _pages(archive)}


def _pages(archive: Archive) -> Iterator[Page]:
    if archive.has("home"):
        yield home_page(archive)
    if archive.has("postmortems"):
        yield table_page(archive)
    for facet in archive.options.facets:
        yield facet_page(archive, facet)
        for found in _every_term(archive.counted[facet.name]):
            yield term_page(archive, found)
    yield from (postmortem_page(archive, p) for p in (*archive.published, *archive.drafts))
    yield from (withdrawn_page(archive, p) for p in archive.withdrawn)


def home_page(archive: Archive) -> Page:
    """The first page: search, figures, the newest, the causes."""
    title = archive.title("home", "Home")
    data = {"figures": [], "pattern": None, "attention": [], "newest": archive.published[:6], "causes": occurring(archive.counted.get("root-causes", ()))[:8]}
    return Page("index.md", title, "home.md.jinja", data, listed=True, hide=("navigation", "toc"))


def table_page(archive: Archive) -> Page:
    """All postmortems in one table."""
    return Page(
        archive.index_uri("postmortems"),
        archive.title("postmortems", "Postmortems"),
        "postmortems.md.jinja",
        {"postmortems": archive.published, "drafts": archive.drafts},
        "Every postmortem of the archive, newest first.",
        listed=True,
        searchable=False,
        hide=("navigation", "toc"),
    )


def facet_page(archive: Archive, facet: Facet) -> Page:
    """The index of a facet: every term with its count."""
    tops = archive.counted[facet.name]
    missing = [p for p in archive.published if not list(facet.terms_of(p))]
    return Page(
        archive.index_uri(facet.name),
        facet.title,
        "facet.md.jinja",
        {"facet": facet, "tops": tops, "missing": missing,
         "most": max((len(top.incidents) for top in tops), default=0)},
        f"{facet.question} Incidents by {facet.one}.",
        listed=True,
        searchable=False,
        hide=("toc",),
    )  # fmt: skip


def _every_term(tops: tuple[Counted, ...]) -> Iterator[Counted]:
    for top in tops:
        yield top
        yield from top.leaves
