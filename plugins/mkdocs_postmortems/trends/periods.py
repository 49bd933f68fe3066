"""The calendar cut into months, quarters or years."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One month, quarter or year.

    `ends` is the first day after it; `days` is how many of its days have begun, today
    included; `is_finished` says whether today lies beyond it.
    """

    kind: Kind
    begins: date
    ends: date
    days: int
    is_finished: bool

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.begins <= day < self.ends

    @property
    def elapsed(self) -> float:
        """The share of it that has come to pass, from 0 to 1."""
        return self.days / (self.ends - self.begins).days

    @property
    def name(self) -> str:
        """What stands for it in addresses: 2024-03, 2024-q1, 2024."""
        if self.kind is Kind.MONTH:
            return self.begins.isoformat()[:7]
        return f"{self.begins.year}-q{self._quarter}" if self.kind is Kind.QUARTER else self._year

    @property
    def title(self) -> str:
        """What people call it: March 2024, Q1 2024, 2024."""
        if self.kind is Kind.MONTH:
            return f"{calendar.month_name[self.begins.month]} {self._year}"
        return f"Q{self._quarter} {self._year}" if self.kind is Kind.QUARTER else self._year

    @property
    def _quarter(self) -> int:
        return (self.begins.month + 2) // 3

    @property
    def _year(self) -> str:
        return str(self.begins.year)


def period_of(kind: Kind, day: date, today: date) -> Period:
    """The period of that kind in which `day` lies."""
    return _period(kind, _index(kind, day), today)


def periods(kind: Kind, first: date | None, today: date) -> tuple[Period, ...]:
    """Every period without a gap, from that of `first` to that of `today`."""
    if first is None:
        return ()
    indices = range(_index(kind, first), _index(kind, today) + 1)
    return tuple(_period(kind, index, today) for index in indices)


def _index(kind: Kind, day: date) -> int:
    """Consecutive whole numbers for consecutive periods."""
    return (day.year * 12 + day.month - 1) // _MONTHS[kind]


def _period(kind: Kind, index: int, today: date) -> Period:
    begins, ends = _first_day(kind, index), _first_day(kind, index + 1)
    begun = (today - begins).days + 1
    return Period(kind, begins, ends, max(0, min(begun, (ends - begins).days)), ends <= today)


def _first_day(kind: Kind, index: int) -> date:
    year, month = divmod(index * _MONTHS[kind], 12)
    return date(year, month + 1, 1)
