"""What charts are drawn of: plain records, filled by whoever has the numbers.

Every `href` is relative to the page that the chart stands on and comes out as it went in;
an empty one is no link. Every text may be hostile: it is escaped where it is written.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bar:
    """How many in one period, with the interval around it."""

    label: str
    value: float
    low: float
    high: float
    href: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole from 0 to 1, with its interval and the count behind it."""

    label: str
    value: float
    low: float
    high: float
    count: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """How long one incident took, in minutes."""

    minutes: float
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The dots of one measure or one year, and where they lie, in minutes.

    `note` is what stands beside the label, such as how many are known and how many missing.
    """

    label: str
    dots: tuple[Dot, ...] = ()
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    ninetieth: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """From `day` on, the share from 0 to 1 that is left, with its interval."""

    day: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tick:
    """One incident on a time strip."""

    day: date
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """How many of one kind."""

    name: str
    count: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Mix:
    """What one period was made of."""

    label: str
    parts: tuple[Part, ...]
    unfinished: bool = False
