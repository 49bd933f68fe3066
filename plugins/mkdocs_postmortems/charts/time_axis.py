"""The logarithmic axis of times, with ticks as people say them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Channel, logarithmic
from .wording import width

# What took no time at all has no logarithm and stands at 0, here in minutes like the others.
_ZERO = 0.3
_TICKS = (
    (_ZERO, "0"), (1, "1 min"), (10, "10 min"), (60, "1 h"), (1_440, "1 d"), (10_080, "1 w"),
    (40_320, "4 w"), (525_600, "1 y"), (5_256_000, "10 y"),
)  # fmt: skip


def on_axis(minutes: float) -> float:
    """The minutes at which a time stands on the axis."""
    return min(max(minutes, _ZERO), _TICKS[-1][0])


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The minutes from `low` to `high`, drawn from `left` to `right` units."""

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def over(cls, times: Sequence[float], left: float, right: float) -> "TimeAxis":
        """The axis that `times` need, from the tick below them to a little above."""
        shown = [on_axis(minutes) for minutes in times]
        low = max(minutes for minutes, _ in _TICKS if minutes <= min(shown))
        return cls(low, max(1.1 * max(shown), 10 * low), left, right)

    @property
    def scaled(self) -> Channel:
        """The channel that places minutes."""
        return logarithmic(self.low, self.high, self.left, self.right)

    def units(self, minutes: float) -> float:
        """Where that channel places a time: marks that would touch must be known beforehand."""
        part = math.log(on_axis(minutes) / self.low) / math.log(self.high / self.low)
        return self.left + part * (self.right - self.left)

    def ticks(self, font: float) -> list[tuple[float, str]]:
        """Where the axis has lines, and what they are called where there is room to say it."""
        ticks: list[tuple[float, str]] = []
        free = -math.inf
        for minutes, text in _TICKS:
            if self.low <= minutes <= self.high:
                half = width(text, font) / 2
                fits = self.units(minutes) - half >= free
                ticks.append((minutes, text * fits))
                free = self.units(minutes) + half + font / 2 if fits else free
        return ticks
