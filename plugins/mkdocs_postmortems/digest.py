"""One quarter or year in figures: what happened, what repeated, what was promised and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .actions import Action, Actions, actions
from .library import Library
from .model import DURATIONS, Postmortem
from .repeats import Link, Repeats, repeats
from .trends import (
    Kind,
    Period,
    PeriodCount,
    Shares,
    Trends,
    Value,
    facet_named,
    shares,
    trends,
    values,
)

KINDS = (Kind.QUARTER, Kind.YEAR)
_FACETS = ("root-causes", "impacts", "triggers")
_LONGEST = 5


@dataclass(frozen=True)
class Digest:
    """Everything that the digest of one period says; incidents and near misses by id.

    `count` holds the incidents and the near misses, with the claim against the period before.
    `causes`, `impacts` and `triggers` are among the incidents of the period. `links` are those
    whose later incident began in it. `promised` are the actions of its incidents and near
    misses, however they stand today; `closed` those done in it, and `given_up` those given up
    in it, whenever they were promised. `longest` are the longest times to resolve.
    """

    period: Period
    previous: Period | None
    next: Period | None
    count: PeriodCount
    causes: Shares
    impacts: Shares
    triggers: Shares
    links: tuple[Link, ...]
    promised: tuple[Action, ...]
    closed: tuple[Action, ...]
    given_up: tuple[Action, ...]
    longest: tuple[Value, ...]

    @property
    def repeated(self) -> tuple[str, ...]:
        """The incidents that repeat an earlier one, each once."""
        return tuple(dict.fromkeys(link.later for link in self.links))


@dataclass(frozen=True)
class Findings:
    """What digests are made of, worked out once for all periods."""

    library: Library
    trends: Trends
    repeats: Repeats
    actions: Actions

    @cached_property
    def incidents(self) -> dict[str, Postmortem]:
        """The incidents by id."""
        return {p.id: p for p in self.trends.population.incidents}

    def closed_in(self, period: Period) -> tuple[Action, ...]:
        """The actions done or given up in `period`, the latest first."""
        return tuple(action for action in self._closed if action.item.closed in period)

    @cached_property
    def _closed(self) -> tuple[Action, ...]:
        return tuple(a for a in self.actions.items if a.item.closed and not a.is_open)


def findings(library: Library) -> Findings:
    """The figures of `library` from which every digest is taken."""
    return Findings(library, trends(library), repeats(library), actions(library))


def digest_periods(found: Trends) -> tuple[Period, ...]:
    """The quarters and then the years that have a digest, oldest first."""
    return tuple(row.period for kind in KINDS for row in found.counts[kind])


def digest(library: Library, period: Period, known: Findings | None = None) -> Digest:
    """The digest of `period`, one of `digest_periods`; `known` saves working it all out again."""
    known = known or findings(library)
    rows = known.trends.counts[period.kind]
    place = [row.period for row in rows].index(period)
    count = rows[place]
    own = {*count.incidents, *count.near_misses}
    incidents = [known.incidents[id_] for id_ in count.incidents]
    closed = known.closed_in(period)
    causes, impacts, triggers = (
        shares(facet_named(name), incidents, library.taxonomy) for name in _FACETS
    )
    return Digest(
        period=period,
        previous=rows[place - 1].period if place else None,
        next=rows[place + 1].period if place + 1 < len(rows) else None,
        count=count,
        causes=causes,
        impacts=impacts,
        triggers=triggers,
        links=tuple(link for link in known.repeats.links if link.later in own),
        promised=tuple(a for a in known.actions.items if a.postmortem in own),
        closed=tuple(action for action in closed if action.is_done),
        given_up=tuple(action for action in closed if action.is_given_up),
        longest=_longest(incidents),
    )


def _longest(incidents: Sequence[Postmortem]) -> tuple[Value, ...]:
    resolve = next(span for span in DURATIONS if span.name == "resolve")
    found = sorted(values(resolve, incidents), key=lambda value: (-value.minutes, value.id))
    return tuple(found[:_LONGEST])
