"""The pages of a facet: its index, and one for each of its terms."""

from collections.abc import Iterable

from mkdocs_postmortems.facets import Counted, Facet, occurring
from mkdocs_postmortems.model import ActionItem, Postmortem

from .archive import Archive
from .page import Page

_LISTED = 6


def facet_page(archive: Archive, facet: Facet) -> Page:
    """The index of a facet: every term with its count."""
    tops = archive.counted[facet.name]
    data = {
        "facet": facet,
        "tops": tops,
        "most": max((len(top.incidents) for top in tops), default=0),
        "missing": [p for p in archive.published if not list(facet.terms_of(p))],
    }
    return Page(
        archive.index_uri(facet.name),
        facet.title,
        "facet.md.jinja",
        data,
        f"{facet.question} Incidents by {facet.one}.",
        listed=True,
        searchable=False,
        group="Browse",
        hide=("toc",),
    )


def term_page(archive: Archive, found: Counted) -> Page:
    """What it means, how often, since when, what went with it, and what fixed it."""
    facet = found.facet
    title = found.term.title if not facet.vocabulary or found.term.definition else found.term.id
    data = {
        "found": found,
        "facet": facet,
        "parent": archive.terms.get((facet.name, found.term.parent)),
        "crossed": crossed(archive, found),
        "figures": [],
        "share": None,
        "strip": "",
        "open_actions": list(open_actions(found.incidents)),
    }
    return Page(
        archive.term_uri(facet.name, found.term.id),
        title,
        "term.md.jinja",
        data,
        found.term.definition,
        searchable=bool(found.incidents) or bool(found.term.definition),
    )


def crossed(archive: Archive, found: Counted) -> list[tuple[Facet, list[Counted]]]:
    """The other facets counted over these incidents alone: what set them off, what they did."""
    return [
        (facet, found_beside[:_LISTED])
        for facet in archive.options.facets
        if facet.name != found.facet.name
        for found_beside in [occurring(archive.count(facet, found.incidents))]
        if found_beside
    ]


def open_actions(incidents: Iterable[Postmortem]) -> Iterable[tuple[Postmortem, ActionItem]]:
    """The actions that were promised after these incidents and are not finished."""
    for postmortem in incidents:
        for item in postmortem.meta.action_items:
            if item.status in ("open", "in-progress"):
                yield postmortem, item
