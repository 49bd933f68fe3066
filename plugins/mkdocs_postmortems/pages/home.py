"""The first page: search, headline figures, the newest, the causes, what needs attention."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from mkdocs_postmortems.facets import occurring
from mkdocs_postmortems.model import Postmortem

from .archive import Archive
from .page import Page
from .wording import written_count, written_span

_NEWEST, _CAUSES = 6, 8
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
    """The strongest pattern in the data, in one sentence: the cause of most incidents."""
    facet = archive.facet("root-causes")
    costs = archive.findings.repeats.costs
    if not facet or not costs or len(costs[0].incidents) < 2:  # noqa: PLR2004 (one is no pattern)
        return None
    strongest = costs[0]
    incidents = [archive.library.by_id[id_] for id_ in strongest.incidents]
    whole = len(archive.findings.trends.population.incidents)
    title = archive.vocabulary_term("root_causes", strongest.cause).title.lower()
    took = f" Together they took {written_span(strongest.minutes)}." if strongest.minutes else ""
    return Pattern(
        f"{len(incidents)} of {written_count(whole, 'incident')} had the same root cause, ",
        title,
        f": across {_spread(archive, incidents)}{_years(incidents)}.{took}",
        archive.term_uri(facet.name, strongest.cause),
    )


def _spread(archive: Archive, incidents: Iterable[Postmortem]) -> str:
    """How many services they were on, and how many terms of each facet that the site added."""
    incidents = list(incidents)
    services = {service for p in incidents for service in p.meta.services}
    parts = [written_count(len(services), "service")]
    for facet in archive.options.facets:
        terms = {id_ for p in incidents for id_ in facet.terms_of(p)}
        if facet.is_declared and len(terms) > 1:
            parts.append(f"{len(terms):,} {facet.title.lower()}")
    return " and ".join(parts)


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
