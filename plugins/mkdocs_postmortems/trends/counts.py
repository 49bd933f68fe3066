"""How many incidents there were in each period, and whether that is a change."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from .claims import CountComparison, compare_counts
from .intervals import Interval, poisson_interval
from .periods import Kind, Period
from .population import Population, ids

_YEAR = 365


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """The incidents of a period, by id, with the interval of their number.

    Near misses stand apart and are in no interval. `comparison` is with the period before,
    and None for the first; an unfinished period is compared by the days that it has had.
    """

    period: Period
    incidents: tuple[str, ...]
    near_misses: tuple[str, ...]
    interval: Interval
    comparison: CountComparison | None

    @property
    def count(self) -> int:
        """The number of incidents."""
        return len(self.incidents)


@dataclass(frozen=True, slots=True)
class Overall:
    """Whether incidents became more or fewer at all, whatever the calendar says.

    `year` holds the last 365 days against the 365 before them, None below two years of
    record. `halves` holds the later half of the record, which begins on `middle`, against the
    earlier one. The incident that opens the record is left out of `halves`: without it
    there would be no record, so it says nothing of how often incidents come.
    """

    year: CountComparison | None
    halves: CountComparison | None
    middle: date | None


def counts(kind: Kind, people: Population) -> tuple[PeriodCount, ...]:
    """Every period from that in which the record begins to today's."""
    held = people.by_period(kind, people.incidents)
    spared = people.by_period(kind, people.near_misses)
    rows: list[PeriodCount] = []
    for period in people.periods(kind):
        incidents, near_misses = ids(held.get(period, ())), ids(spared.get(period, ()))
        comparison = _against(rows[-1], len(incidents), period, people) if rows else None
        interval = poisson_interval(len(incidents))
        rows.append(PeriodCount(period, incidents, near_misses, interval, comparison))
    return tuple(rows)


def overall(people: Population) -> Overall:
    """The comparisons that do not follow the calendar."""
    first = people.first_day
    length = (people.today - first).days if first else 0
    if length < 2:  # noqa: PLR2004 (two halves of a day at least)
        return Overall(None, None, None)
    days = [p.day for p in people.incidents if p.day and people.is_placed(p)]
    middle = people.today - timedelta(days=length // 2 - 1)
    later = days[1:] if days and days[0] == first else days
    return Overall(
        _year_on_year(days, length, people.today), _halves(later, middle, length), middle
    )


def _year_on_year(days: list[date], length: int, today: date) -> CountComparison | None:
    if length < 2 * _YEAR:
        return None
    found = Counter((today - day).days // _YEAR for day in days)
    return compare_counts(found[0], found[1], _YEAR, _YEAR)


def _halves(days: list[date], middle: date, length: int) -> CountComparison:
    late = sum(day >= middle for day in days)
    return compare_counts(late, len(days) - late, length // 2, length - length // 2)


def _against(before: PeriodCount, now: int, period: Period, people: Population) -> CountComparison:
    """The comparison with the period before, which may be the one that opens the record."""
    earlier, first = before.period, people.first_day
    if first is None or first not in earlier:
        return compare_counts(now, before.count, period.days, earlier.days)
    # A near miss can open the record too; then there is no incident to leave out.
    opens = any(p.day == first for p in people.incidents[:1])
    days = (earlier.ends - first).days - opens
    return compare_counts(now, before.count, period.days, days, first if opens else None)
