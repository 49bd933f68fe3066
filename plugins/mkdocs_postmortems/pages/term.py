"""The pages of a facet: its index, and one for each of its terms."""

from collections.abc import Iterable, Sequence

from mkdocs_postmortems.actions import Action, actions_of
from mkdocs_postmortems.facets import Counted, Facet, occurring
from mkdocs_postmortems.model import DURATIONS, Postmortem, Span
from mkdocs_postmortems.repeats.promises import PREVENT
from mkdocs_postmortems.trends import Estimate, Summary, share, summary

from .archive import Archive
from .drawn import strip_chart
from .page import Page

_LISTED = 6
# What a reader in an incident wants first; the years are drawn.
_STORY = ("triggers", "impacts", "resolutions")
_DRAWN = ("years",)


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
    uri = archive.term_uri(facet.name, found.term.id)
    actions = actions_after(archive, found.incidents)
    crossed = crossing(archive, found)
    data = {
        "found": found,
        "facet": facet,
        "parent": archive.terms.get((facet.name, found.term.parent)),
        "story": sorted(
            (beside for beside in crossed if beside[0].name in _STORY),
            key=lambda beside: _STORY.index(beside[0].name),
        ),
        "crossed": [beside for beside in crossed if beside[0].name not in (*_STORY, *_DRAWN)],
        "share": share_of(archive, found),
        "strip": strip_chart(archive, uri, "When it happened", found.incidents),
        "times": times_of(found.incidents),
        "by_id": archive.library.by_id,
        "open_actions": [action for action in actions if action.is_open],
        "retold_actions": sorted(filter(_is_lesson, actions), key=lambda a: not a.is_done),
    }
    return Page(
        uri,
        found.term.title,
        "term.md.jinja",
        data,
        found.term.definition,
        searchable=bool(found.incidents) or bool(found.term.definition),
    )


def share_of(archive: Archive, found: Counted) -> Estimate:
    """The share of incidents that carry the term; near misses are not among them."""
    incidents = archive.findings.trends.population.incidents
    carrying = {postmortem.id for postmortem in found.incidents}
    return share(sum(p.id in carrying for p in incidents), len(incidents))


def times_of(incidents: Sequence[Postmortem]) -> list[tuple[Span, Summary]]:
    """The four times of these incidents, those of which any is known."""
    found = [(span, summary(span, incidents)) for span in DURATIONS]
    return [(span, known) for span, known in found if known.median.n]


def crossing(archive: Archive, found: Counted) -> list[tuple[Facet, list[Counted]]]:
    """The other facets counted over these incidents alone: what set them off, what they did."""
    return [
        (facet, found_beside[:_LISTED])
        for facet in archive.options.facets
        if facet.name != found.facet.name
        for found_beside in [occurring(archive.count(facet, found.incidents))]
        if found_beside
    ]


def _is_lesson(action: Action) -> bool:
    """Whether others kept it from happening again, or mean to: that much can be learnt from."""
    return action.is_retold and action.item.type == PREVENT


def actions_after(archive: Archive, incidents: Iterable[Postmortem]) -> list[Action]:
    """What was promised after these incidents."""
    today = archive.library.today
    return [action for p in incidents for action in actions_of(p, today)]
