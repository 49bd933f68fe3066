"""Comparisons, worded by the evidence: without any, there is no detectable change.

On a page stand many comparisons. Each test of counts is exact, so that of comparisons without
a change at most one in twenty makes a claim, however many there are. The test of times is an
approximation, and is therefore held to one in a hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from .intervals import rank_p_value, rate_p_value

COUNT_LEVEL = 0.05
TIME_LEVEL = 0.01
# Below this the mean of equal periods "improves" by 30% in a third of all comparisons.
FEWEST_TIMES = 50
# Calendar periods of one kind differ by this much: February and January by a tenth.
_JITTER = 0.12


class Verdict(StrEnum):
    """What a comparison may claim."""

    MORE = "more incidents"
    FEWER = "fewer incidents"
    LONGER = "longer"
    SHORTER = "shorter"
    NO_CHANGE = "no detectable change"
    TOO_FEW = "too few to compare"


@dataclass(frozen=True, slots=True)
class CountComparison:
    """Incidents in one stretch of days against those in an earlier one.

    `opened` is the day on which the record begins, where that lies in the earlier stretch.
    Nobody counted before it, and without its incident there would be no record; so the test
    leaves out both, and an archive begun in November does not seem to get worse.
    """

    now: int
    before: int
    days_now: int
    days_before: int
    p: float
    opened: date | None = None

    @property
    def verdict(self) -> Verdict:
        """More or fewer per day, if the evidence says so."""
        if self.p >= COUNT_LEVEL:
            return Verdict.NO_CHANGE
        tested = self.before - bool(self.opened)
        more = self.now * self.days_before > tested * self.days_now
        return Verdict.MORE if more else Verdict.FEWER

    @property
    def sentence(self) -> str:
        """As "no detectable change, 6 against 4", with what makes the two unlike."""
        claim = f"{self.verdict}, {self.now} against {self.before}"
        if self.opened:
            return f"{claim} (the record begins on {self.opened.isoformat()})"
        if abs(self.days_now - self.days_before) > _JITTER * self.days_before:
            return f"{claim} (in {self.days_now} and {self.days_before} days)"
        return claim


@dataclass(frozen=True, slots=True)
class TimeComparison:
    """The times of one period against those of an earlier one, in minutes.

    The medians and `p` are None where there are too few times for a claim.
    """

    n_now: int
    n_before: int
    now: float | None = None
    before: float | None = None
    p: float | None = None
    verdict: Verdict = Verdict.TOO_FEW

    @property
    def sentence(self) -> str:
        """As "too few to compare, 12 against 9 where a claim takes 50 each"."""
        if self.now is None or self.before is None:
            numbers = f"{self.n_now} against {self.n_before}"
            return f"{self.verdict}, {numbers} where a claim takes {FEWEST_TIMES} each"
        medians = f"{self.now:,.0f} against {self.before:,.0f}"
        return f"{self.verdict}, median of {medians} minutes"


def compare_counts(
    now: int, before: int, days_now: int = 1, days_before: int = 1, opened: date | None = None
) -> CountComparison:
    """Two counts over so many days each, by the conditional binomial test.

    Where the record is `opened` by one of `before`, `days_before` are the days since then.
    """
    p = rate_p_value(now, before - bool(opened), days_now, days_before)
    return CountComparison(now, before, days_now, days_before, p, opened)


def compare_times(now: Sequence[float], before: Sequence[float]) -> TimeComparison:
    """Two sets of times by the Mann-Whitney test; no claim below `FEWEST_TIMES` in each.

    A claim also needs the medians to differ the same way, since it is they that are shown.
    """
    if min(len(now), len(before)) < FEWEST_TIMES:
        return TimeComparison(len(now), len(before))
    p, larger = rank_p_value(now, before)
    medians = median(now), median(before)
    verdict = Verdict.NO_CHANGE
    if p < TIME_LEVEL and medians[0] != medians[1] and (medians[0] > medians[1]) == larger:
        verdict = Verdict.LONGER if larger else Verdict.SHORTER
    return TimeComparison(len(now), len(before), *medians, p, verdict)
