"""The first page: search, headline figures, the newest, the causes, what needs attention."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from mkdocs_postmortems.facets import occurring
from mkdocs_postmortems.model import Postmortem

from .archive import Archive
from .page import Page
from .wording import written_count, written_span

_NEWEST, _CAUSES = 6, 8
_FEW = 5
_YEAR = timedelta(days=365)


class Figure(NamedTuple):
    """A number with what it counts and the page that tells more, or an empty path."""

    value: int
    label: str
    uri: str


class Pattern(NamedTuple):
    """A sentence with a link in the middle."""

    before: str
    linked: str
    after: str
    uri: str


class Concern(NamedTuple):
    """Something that somebody should look at, and where."""

    text: str
    uri: str


def home_page(archive: Archive) -> Page:
    """What a reader sees first."""
    causes = occurring(archive.counted.get("root-causes", ()))
    data = {
        "figures": list(figures(archive)),
        "pattern": pattern(archive),
        "attention": list(concerns(archive)),
        "newest": archive.published[:_NEWEST],
        "causes": causes[:_CAUSES],
    }
    title = archive.title("home", "Home")
    return Page("index.md", title, "home.md.jinja", data, listed=True, hide=("navigation", "toc"))


def figures(archive: Archive) -> Iterator[Figure]:
    """The headline figures beside the number of postmortems."""
    found = archive.findings
    actions, repeats = archive.page_uri("actions"), archive.page_uri("repeats")
    yield Figure(len(found.actions.open), "open actions", actions)
    yield Figure(len(found.actions.overdue), "overdue actions", actions)
    yield Figure(_recent_repeats(archive), "repeats in the last twelve months", repeats)


def pattern(archive: Archive) -> Pattern | None:
    """The strongest pattern in the data, in one sentence: the cause that struck most services."""
    facet = archive.facet("root-causes")
    by_id = archive.library.by_id
    found = [
        (cost.cause, [by_id[id_] for id_ in cost.incidents])
        for cost in archive.findings.repeats.costs
        if len(cost.incidents) > 1
    ]
    if not facet or not found:
        return None
    cause, incidents = max(found, key=lambda one: (len(_services(one[1])), len(one[1])))
    whole = len(archive.findings.trends.population.incidents)
    return Pattern(
        f"{len(incidents)} of {written_count(whole, 'incident')} had the same root cause, ",
        archive.vocabulary_term("root_causes", cause).title.lower(),
        f": across {_spread(archive, incidents)}{_years(incidents)}.{_took(incidents)}",
        archive.term_uri(facet.name, cause),
    )


def _services(incidents: Iterable[Postmortem]) -> set[str]:
    return {service for postmortem in incidents for service in postmortem.meta.services}


def _spread(archive: Archive, incidents: Iterable[Postmortem]) -> str:
    """How many services they were on, and how many terms of each facet that the site added."""
    incidents = list(incidents)
    parts = [written_count(len(_services(incidents)), "service")]
    for facet in archive.options.facets:
        terms = {id_ for p in incidents for id_ in facet.terms_of(p)}
        if facet.is_declared and len(terms) > 1:
            parts.append(f"{len(terms):,} {facet.title.lower()}")
    return " and ".join(parts)


def _took(incidents: Iterable[Postmortem]) -> str:
    """What half of them took at least; nothing where too few are known for a median to stand."""
    minutes = [p.durations["resolve"].minutes for p in incidents]
    known = [value for value in minutes if value is not None]
    if len(known) < _FEW:
        return ""
    return f" Half of the {len(known)} with a known end took {written_span(median(known))} or more."


def _years(incidents: Iterable[Postmortem]) -> str:
    years = sorted(p.day.year for p in incidents if p.day)
    return f", from {years[0]} to {years[-1]}" if years and years[0] < years[-1] else ""


def concerns(archive: Archive) -> Iterator[Concern]:
    """What needs attention: promises overdue or without an owner, chains with open promises."""
    found = archive.findings
    actions, repeats = archive.page_uri("actions"), archive.page_uri("repeats")
    if found.actions.overdue:
        longest = found.actions.overdue[0].overdue
        text = f"{written_count(len(found.actions.overdue), 'action is', 'actions are')} overdue"
        yield Concern(f"{text}, the oldest by {written_count(longest, 'day')}", actions)
    if found.actions.without_owner:
        count = written_count(
            len(found.actions.without_owner), "open action has", "open actions have"
        )
        yield Concern(f"{count} no owner", actions)
    if found.repeats.while_open:
        count = written_count(len(found.repeats.while_open), "incident")
        yield Concern(f"{count} came back while a preventive action was still open", repeats)


def _recent_repeats(archive: Archive) -> int:
    since = archive.library.today - _YEAR
    days = (archive.library.by_id[id_].day for id_ in archive.findings.repeats.repeated)
    return sum(day is not None and day > since for day in days)
