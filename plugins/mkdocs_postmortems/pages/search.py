"""The page that finds a past incident, and the files that it searches."""

from collections.abc import Iterator

from mkdocs_postmortems.facets import Counted
from mkdocs_postmortems.search.documents import document_of
from mkdocs_postmortems.search.site import Contents, FacetColumn, site_files
from mkdocs_postmortems.search.states import ACTIONS, STATES
from mkdocs_postmortems.search.terms import Entry
from mkdocs_postmortems.search.thesaurus import thesaurus_of

from .archive import Archive
from .links import destination
from .page import Page

FOLDER = "data"


def search_page(archive: Archive) -> Page:
    """The page: it searches with JavaScript, and says where to look without it."""
    return Page(
        archive.index_uri("search"),
        archive.title("search", "Search"),
        "search.md.jinja",
        {"folder": FOLDER, "causes": archive.counted.get("root-causes", ())},
        "Find a past incident by error message, symptom or cause.",
        listed=True,
        searchable=False,
        hide=("navigation", "toc"),
    )


def search_files(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Every file of the index: its path below the site's root, and its content."""
    folder = f"{archive.path('search')}/{FOLDER}"
    for file in site_files(_contents(archive)):
        yield f"{folder}/{file.name}", file.content


def _contents(archive: Archive) -> Contents:
    facets, taxonomy = archive.options.facets, archive.library.taxonomy
    return Contents(
        [document_of(p, facets, taxonomy) for p in archive.published],
        [_address(archive, archive.postmortem_uri(p)) for p in archive.published],
        list(_columns(archive)),
        list(_entries(archive)),
        thesaurus_of(taxonomy),
        archive.library.today,
    )


def _entries(archive: Archive) -> Iterator[Entry]:
    for (facet, id_), found in archive.terms.items():
        if found.incidents or found.term.definition:
            url = _address(archive, archive.term_uri(facet, id_))
            yield Entry(found.facet, found.term, len(found.incidents), url)


def _columns(archive: Archive) -> Iterator[FacetColumn]:
    for facet in archive.options.facets:
        found = [term for top in archive.counted[facet.name] for term in _with_leaves(top)]
        terms = [(one.term.id, one.term.title) for one in found]
        yield FacetColumn(facet.name, facet.title, terms)
    yield FacetColumn(ACTIONS, "Actions", [(state.id, state.title) for state in STATES])


def _with_leaves(top: Counted) -> tuple[Counted, ...]:
    return (top, *top.leaves)


def _address(archive: Archive, uri: str) -> str:
    return destination(uri, archive.options.directory_urls)
