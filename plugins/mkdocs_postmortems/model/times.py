"""The four times of an incident, derived from its milestones and never written down."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from .front_matter import FrontMatter

# What a duration must exceed to mean anything, in minutes.
_PRECISION = {"minute": 1, "hour": 60, "day": 1440}


class Span(NamedTuple):
    """One of the four times: the milestones it runs between."""

    name: str
    title: str
    begins: str
    ends: str


DURATIONS = (
    Span("detect", "Time to detect", "started_at", "detected_at"),
    Span("acknowledge", "Time to acknowledge", "detected_at", "acknowledged_at"),
    Span("mitigate", "Time to mitigate", "started_at", "mitigated_at"),
    Span("resolve", "Time to resolve", "started_at", "resolved_at"),
)


class State(StrEnum):
    """Why a duration is or is not known."""

    KNOWN = "known"
    MISSING = "missing"
    CONFLICTING = "conflicting"
    COARSE = "coarse"


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration in minutes, or None with the reason in `state`."""

    minutes: int | None
    state: State


def duration(meta: FrontMatter, span: Span) -> Duration:
    """The length of `span` in whole minutes.

    Conflicting where the record disputes any milestone or has one out of order, as then none
    of its times can be trusted; coarse where it is shorter than the precision of the times.
    """
    if meta.disputed or out_of_order(meta):
        return Duration(None, State.CONFLICTING)
    begins, ends = getattr(meta, span.begins), getattr(meta, span.ends)
    if begins is None or ends is None:
        return Duration(None, State.MISSING)
    minutes = int((ends - begins).total_seconds() // 60)
    if 0 < minutes < _PRECISION[meta.time_precision]:
        return Duration(None, State.COARSE)
    if minutes == 0 and meta.time_precision != "minute":
        return Duration(None, State.COARSE)
    return Duration(minutes, State.KNOWN)


def out_of_order(meta: FrontMatter) -> list[tuple[str, str]]:
    """Pairs of neighbouring milestones of which the later comes before the earlier."""
    known = list(meta.milestones().items())
    return [
        (earlier, later) for (earlier, first), (later, second) in pairwise(known) if second < first
    ]
