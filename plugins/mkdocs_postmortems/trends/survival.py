"""How long until something happens, when for some of it the wait is not over."""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .intervals import Interval

_ROUNDING = 1e-12


class Wait(NamedTuple):
    """A wait of so many days; one that is not over was watched for that long."""

    days: int
    over: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The share whose wait is over after `days`; no interval where the method gives none."""

    days: int
    share: float
    interval: Interval | None


def share_over(waits: Sequence[Wait]) -> tuple[Step, ...]:
    """One minus the Kaplan-Meier estimate, at each day on which a wait ended.

    The intervals are Greenwood's on the log-log scale, and do not leave 0 to 1.
    """
    from scipy import stats  # noqa: PLC0415

    if not any(wait.over for wait in waits):
        return ()
    data = stats.CensoredData.right_censored([w.days for w in waits], [not w.over for w in waits])
    remaining = stats.ecdf(data).sf
    with warnings.catch_warnings():
        # The interval is not defined where none or all remain; those steps come without one.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval: Any = remaining.confidence_interval(method="log-log")
    ended = {wait.days for wait in waits if wait.over}
    ends = zip(
        remaining.quantiles,
        remaining.probabilities,
        interval.low.probabilities,
        interval.high.probabilities,
        strict=True,
    )
    return tuple(
        Step(int(days), 1 - float(left), _interval(1 - float(high), 1 - float(low)))
        for days, left, low, high in ends
        if int(days) in ended
    )


def median_wait(steps: Sequence[Step]) -> int | None:
    """The first day by which half the waits are over; None where that is not yet so."""
    return next((step.days for step in steps if step.share >= 0.5 - _ROUNDING), None)


def _interval(low: float, high: float) -> Interval | None:
    return None if math.isnan(low) or math.isnan(high) else Interval(low, high)
