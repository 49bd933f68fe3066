"""How sure a figure is: 95% intervals, and tests of one figure against another.

SciPy takes a second to import, so each function asks for it only when it is called: checking an
archive needs none of this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_TAIL = 0.025


class Interval(NamedTuple):
    """The two ends of a 95% interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval, the number it rests on, and the number left out.

    `value` and `interval` are None where there is nothing to estimate from.
    """

    value: float | None
    interval: Interval | None
    n: int
    missing: int = 0


@cache
def poisson_interval(count: int) -> Interval:
    """The exact interval for the mean of a Poisson count (Garwood 1936)."""
    from scipy import special  # noqa: PLC0415

    # The quantiles of chi-squared with 2k degrees of freedom, halved, are those of gamma(k).
    low = float(special.gammaincinv(count, _TAIL)) if count else 0.0
    return Interval(low, float(special.gammaincinv(count + 1, 1 - _TAIL)))


@cache
def wilson_interval(count: int, n: int) -> Interval:
    """The score interval for a share of `count` among `n` > 0 (Wilson 1927)."""
    from scipy import stats  # noqa: PLC0415

    found = stats.binomtest(count, n).proportion_ci(method="wilson")
    return Interval(float(found.low), float(found.high))


def share(count: int, n: int, missing: int = 0) -> Estimate:
    """The share of `count` among `n` with its Wilson interval."""
    if not n:
        return Estimate(None, None, 0, missing)
    return Estimate(count / n, wilson_interval(count, n), n, missing)


@cache
def rate_p_value(now: int, before: int, days_now: int, days_before: int) -> float:
    """The two-sided p of two Poisson counts with equal rates per day.

    Given their sum, the first is binomial with the share of the days that it covers
    (Przyborowski and Wilenski 1940). 1.0 where there is nothing to compare.
    """
    from scipy import stats  # noqa: PLC0415

    if not now + before or not days_now or not days_before:
        return 1.0
    expected = days_now / (days_now + days_before)
    return float(stats.binomtest(now, now + before, expected).pvalue)


def rank_p_value(now: Sequence[float], before: Sequence[float]) -> tuple[float, bool]:
    """The two-sided p of the Mann-Whitney test, and whether `now` tends to be the larger."""
    from scipy import stats  # noqa: PLC0415

    found = stats.mannwhitneyu(now, before, alternative="two-sided")
    return float(found.pvalue), float(found.statistic) > len(now) * len(before) / 2


def median_interval(ordered: Sequence[float]) -> Interval | None:
    """The interval of the median that holds for any distribution, from `ordered` values.

    The ends are two of the values themselves (Conover 1999, section 3.2); None below six
    values, where even the smallest and the largest do not make 95%.
    """
    rank = _median_rank(len(ordered))
    return Interval(ordered[rank - 1], ordered[-rank]) if rank else None


@cache
def _median_rank(n: int) -> int:
    """The rank, from 1, of the lower end among `n` values; 0 where there is none."""
    from scipy import stats  # noqa: PLC0415

    return int(stats.binom.ppf(_TAIL, n, 0.5)) if n else 0
