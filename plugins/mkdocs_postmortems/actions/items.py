"""One promise: what it is, since when, how old, how overdue."""

from dataclasses import dataclass
from datetime import date

from mkdocs_postmortems.model import ActionItem, Postmortem

OPEN = ("open", "in-progress")


@dataclass(frozen=True, slots=True)
class Action:
    """One action item of the postmortem with the id `postmortem`; `position` counts from 0.

    `promised` is the day it counts from, `age` the days from then to today (both None where the
    postmortem has no date), `overdue` the days since it was due, 0 unless it is open.
    """

    postmortem: str
    position: int
    item: ActionItem
    promised: date | None
    age: int | None
    overdue: int

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor given up."""
        return self.item.status in OPEN

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
    promised = promised_on(postmortem)
    age = max(0, (today - promised).days) if promised else None
    return [
        Action(postmortem.id, position, item, promised, age, _overdue(item, today))
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
    """Sort key: the longest overdue, then open ones by due day, then closed ones, latest first."""
    item = action.item
    place = (action.postmortem, action.position)
    if action.is_open:
        due = item.due.toordinal() if item.due else date.max.toordinal()
        return (0 if action.overdue else 1, due, -(action.age or 0), *place)
    return (2, -item.closed.toordinal() if item.closed else 0, 0, *place)


def _overdue(item: ActionItem, today: date) -> int:
    if item.status not in OPEN or item.due is None:
        return 0
    return max(0, (today - item.due).days)
