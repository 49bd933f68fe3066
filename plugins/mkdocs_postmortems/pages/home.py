"""The first page: search, headline figures, the newest, the causes, what needs attention."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from mkdocs_postmortems.facets import occurring

from .archive import Archive
from .page import Page
from .wording import written_count

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
    """The strongest pattern in the data, in one sentence."""
    facet = archive.facet("root-causes")
    costs = archive.findings.repeats.costs
    if not facet or not costs or len(costs[0].incidents) < 2:  # noqa: PLR2004 (one is no pattern)
        return None
    cause, incidents = costs[0].cause, costs[0].incidents
    services = {s for id_ in incidents for s in archive.library.by_id[id_].meta.services}
    whole = len(archive.findings.trends.population.incidents)
    title = archive.vocabulary_term("root_causes", cause).title.lower()
    return Pattern(
        f"{len(incidents)} of {written_count(whole, 'incident')} had the same root cause: ",
        title,
        f", on {written_count(len(services), 'service')}.",
        archive.term_uri(facet.name, cause),
    )


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
