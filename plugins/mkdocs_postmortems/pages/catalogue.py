"""Every page of the site, as data."""

from collections.abc import Callable, Iterator

from mkdocs_postmortems.facets import Counted

from .actions import actions_page
from .archive import Archive
from .digests import digest_pages
from .home import home_page
from .page import Page
from .postmortem import postmortem_page, withdrawn_page
from .quality import quality_page
from .reference import api_page, fields_page, rules_page
from .repeats import repeats_page
from .search import search_page
from .table import table_page
from .term import facet_page, term_page
from .trends import trends_page

# The pages of which there is one, by the name that a site's options call them, in the order in
# which a reader would want them.
SINGLE: dict[str, Callable[[Archive], Page]] = {
    "home": home_page,
    "search": search_page,
    "postmortems": table_page,
    "trends": trends_page,
    "repeats": repeats_page,
    "actions": actions_page,
    "data-quality": quality_page,
    "fields": fields_page,
    "rules": rules_page,
    "api": api_page,
}


def all_pages(archive: Archive) -> dict[str, Page]:
    """Every page by its source path."""
    return {page.uri: page for page in _pages(archive)}


def _pages(archive: Archive) -> Iterator[Page]:
    yield from (make(archive) for name, make in SINGLE.items() if archive.has(name))
    if archive.digest_uris:
        yield from digest_pages(archive)
    for facet in archive.options.facets:
        yield facet_page(archive, facet)
        for found in _every_term(archive.counted[facet.name]):
            yield term_page(archive, found)
    yield from (postmortem_page(archive, p) for p in (*archive.published, *archive.drafts))
    yield from (withdrawn_page(archive, p) for p in archive.withdrawn)


def _every_term(tops: tuple[Counted, ...]) -> Iterator[Counted]:
    for top in tops:
        yield top
        yield from top.leaves
