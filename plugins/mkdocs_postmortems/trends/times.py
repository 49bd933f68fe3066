"""How long incidents took: every value, and quantiles that say how many values they rest on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from mkdocs_postmortems.model import DURATIONS, Postmortem, Span
from mkdocs_postmortems.model.times import State

from .claims import TimeComparison, compare_times
from .intervals import Estimate, median_interval
from .periods import Kind, Period
from .population import Population

QUANTILE_METHOD = "linear interpolation between the sorted values (Hyndman and Fan, type 7)"


@dataclass(frozen=True, slots=True)
class Value:
    """One incident's time in whole minutes; 0 is one that was shorter than a minute."""

    id: str
    day: date | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What can be said of a set of times, in minutes. There is no mean: one long one moves it.

    `median` carries a distribution-free 95% interval, n, and all that were left out, which
    are those `missing`, `conflicting` and `coarse` (shorter than the precision of the record).
    The quartiles and the ninetieth percentile are None without any value.
    """

    median: Estimate
    lower_quartile: float | None
    upper_quartile: float | None
    ninetieth: float | None
    missing: int
    conflicting: int
    coarse: int

    @property
    def n(self) -> int:
        """The number of times that are known."""
        return self.median.n


@dataclass(frozen=True, slots=True)
class PeriodTimes:
    """The times of one period; `comparison` is with the period before, None for the first."""

    period: Period
    summary: Summary
    comparison: TimeComparison | None


@dataclass(frozen=True, slots=True)
class Times:
    """One of the four times over all incidents, oldest first, and period by period."""

    span: Span
    values: tuple[Value, ...]
    summary: Summary
    by_period: dict[Kind, tuple[PeriodTimes, ...]]


def times(people: Population) -> tuple[Times, ...]:
    """The four times of the incidents; undated ones are in the whole and in no period."""
    return tuple(_times(span, people) for span in DURATIONS)


def values(span: Span, postmortems: Sequence[Postmortem]) -> tuple[Value, ...]:
    """The known times of `span`."""
    found = ((p, p.durations[span.name].minutes) for p in postmortems)
    return tuple(Value(p.id, p.day, minutes) for p, minutes in found if minutes is not None)


def summary(span: Span, postmortems: Sequence[Postmortem]) -> Summary:
    """The quantiles of `span` over the postmortems, by `QUANTILE_METHOD`."""
    states = Counter(p.durations[span.name].state for p in postmortems)
    ordered = sorted(value.minutes for value in values(span, postmortems))
    left_out = len(postmortems) - len(ordered)
    lower, middle, upper, ninetieth = _cuts(ordered)
    return Summary(
        Estimate(middle, median_interval(ordered), len(ordered), left_out),
        lower,
        upper,
        ninetieth,
        states[State.MISSING],
        states[State.CONFLICTING],
        states[State.COARSE],
    )


def _cuts(ordered: list[int]) -> tuple[float | None, ...]:
    """The first quartile, the median, the third quartile and the ninetieth percentile."""
    if not ordered:
        return (None,) * 4
    # A lone value is each of its quantiles; repeated, it can be cut.
    cuts = quantiles(ordered * 2 if len(ordered) == 1 else ordered, n=20, method="inclusive")
    return cuts[4], cuts[9], cuts[14], cuts[17]


def _times(span: Span, people: Population) -> Times:
    by_period = {kind: _by_period(span, kind, people) for kind in Kind}
    incidents = people.incidents
    return Times(span, values(span, incidents), summary(span, incidents), by_period)


def _by_period(span: Span, kind: Kind, people: Population) -> tuple[PeriodTimes, ...]:
    held = people.by_period(kind, people.incidents)
    rows: list[PeriodTimes] = []
    before: list[int] | None = None
    for period in people.periods(kind):
        inside = held.get(period, [])
        now = [value.minutes for value in values(span, inside)]
        comparison = None if before is None else compare_times(now, before)
        rows.append(PeriodTimes(period, summary(span, inside), comparison))
        before = now
    return tuple(rows)
