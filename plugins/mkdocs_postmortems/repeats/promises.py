"""What was promised after one incident, and whether it was done before another began."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mkdocs_postmortems.model import ActionItem, Postmortem

PREVENT = "prevent"


class Outcome(StrEnum):
    """What had become of a promise when the next incident began."""

    DONE = "done before"
    OPEN = "still open"
    DONE_UNDATED = "done on a day not recorded"
    GIVEN_UP = "given up"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Promise:
    """A preventive action item; `item.status` says where it stands today."""

    item: ActionItem
    outcome: Outcome


def promises(postmortem: Postmortem, day: date | None) -> tuple[Promise, ...]:
    """The preventive action items of `postmortem`, as they stood on `day` (None: not known)."""
    preventive = (item for item in postmortem.meta.action_items if item.type == PREVENT)
    retold = postmortem.is_retold
    return tuple(Promise(item, outcome(item, day, is_retold=retold)) for item in preventive)


def outcome(item: ActionItem, day: date | None, *, is_retold: bool = False) -> Outcome:
    """What had become of `item` by `day`; what was closed on that day counts as closed before.

    What is open today was open then, but for a published account that is retold: nobody here
    knows. What was given up on a day not recorded counts as given up before.
    """
    if item.status == "unknown" or (item.is_open and is_retold):
        return Outcome.UNKNOWN
    if item.is_open:
        return Outcome.OPEN
    if item.closed and day and item.closed > day:
        return Outcome.OPEN
    if item.status == "wont-do":
        return Outcome.GIVEN_UP
    return Outcome.DONE if item.closed and day else Outcome.DONE_UNDATED
