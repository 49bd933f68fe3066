"""One promise: what it is, since when, how old, how overdue."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mkdocs_postmortems.model import ActionItem, Postmortem


class State(StrEnum):
    """Where a promise stands, as far as anyone here knows."""

    OVERDUE = "overdue"
    OPEN = "open"
    IN_PROGRESS = "in-progress"
    PROMISED = "promised"
    UNKNOWN = "not known"
    DONE = "done"
    GIVEN_UP = "given up"


_STATES = {
    "open": State.OPEN,
    "in-progress": State.IN_PROGRESS,
    "unknown": State.UNKNOWN,
    "done": State.DONE,
    "wont-do": State.GIVEN_UP,
}


@dataclass(frozen=True, slots=True)
class Action:
    """One action item of the postmortem with the id `postmortem`; `position` counts from 0.

    `promised` is the day it counts from, `age` the days from then to today (both None where the
    postmortem has no date or retells a published account), `overdue` the days since it was
    due, 0 unless it is open. `is_retold` is that of its postmortem.
    """

    postmortem: str
    position: int
    item: ActionItem
    promised: date | None
    age: int | None
    overdue: int
    is_retold: bool = False

    @property
    def state(self) -> State:
        """Where it stands: what a published account promises was open when that appeared."""
        if self.item.is_open and self.is_retold:
            return State.PROMISED
        return State.OVERDUE if self.overdue else _STATES[self.item.status]

    @property
    def is_open(self) -> bool:
        """Whether it is known to be still to be done."""
        return self.item.is_open and not self.is_retold

    @property
    def is_not_known(self) -> bool:
        """Whether nobody here knows what has become of it."""
        return self.state in (State.PROMISED, State.UNKNOWN)

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return self.item.status == "done"

    @property
    def is_given_up(self) -> bool:
        """Whether it will not be done."""
        return self.item.status == "wont-do"

    @property
    def days_to_close(self) -> int | None:
        """The days that it took, None unless it is done and both days are recorded."""
        if not self.is_done or not self.item.closed or not self.promised:
            return None
        return max(0, (self.item.closed - self.promised).days)


def actions_of(postmortem: Postmortem, today: date) -> list[Action]:
    """The action items of one postmortem, in the order they stand."""
    retold = postmortem.is_retold
    promised = None if retold else promised_on(postmortem)
    age = max(0, (today - promised).days) if promised else None
    return [
        Action(postmortem.id, position, item, promised, age, _overdue(item, today), retold)
        for position, item in enumerate(postmortem.meta.action_items)
    ]


def promised_on(postmortem: Postmortem) -> date | None:
    """The day from which its promises count: published, else resolved, else begun.

    By the day of publication at the latest they have been made where everyone can read them.
    """
    meta = postmortem.meta
    resolved = meta.resolved_at.date() if meta.resolved_at else None
    return meta.published_at or resolved or postmortem.day


def most_urgent_first(action: Action) -> tuple[int, int, int, str, int]:
    """Sort key: the longest overdue, open ones by due day, what is not known, the closed."""
    item = action.item
    place = (action.postmortem, action.position)
    if action.is_open:
        due = item.due.toordinal() if item.due else date.max.toordinal()
        return (0 if action.overdue else 1, due, -(action.age or 0), *place)
    if not item.is_over:
        return (2, 0, 0, *place)
    return (3, -item.closed.toordinal() if item.closed else 0, 0, *place)


def _overdue(item: ActionItem, today: date) -> int:
    if not item.is_open or item.due is None:
        return 0
    return max(0, (today - item.due).days)
