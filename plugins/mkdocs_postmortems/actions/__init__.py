"""A `Library` to its promises: every action item, who owes it, and how soon they get done."""

from dataclasses import dataclass

from mkdocs_postmortems.library import Library
from mkdocs_postmortems.trends.intervals import Estimate

from .closing import Closing, closing, done_within
from .groups import Group, by_age, by_owner, by_priority, by_type
from .items import Action, State, actions_of, most_urgent_first, promised_on

__all__ = [
    "LATER",
    "SOON",
    "Action",
    "Actions",
    "Closing",
    "Group",
    "State",
    "actions",
    "actions_of",
    "closing",
    "done_within",
    "promised_on",
]

SOON, LATER = 28, 56


@dataclass(frozen=True)
class Actions:
    """Everything that the page of actions says.

    `items` has the longest overdue first, then the open ones by due day, then those whose state
    is not known, then the closed ones, latest first. `soon` and `later` are the shares done
    within 28 and 56 days among those promised at least so long ago. These, the time to close,
    and who owes what leave out the actions of published accounts that are retold.
    """

    items: tuple[Action, ...]
    by_owner: tuple[Group, ...]
    by_type: tuple[Group, ...]
    by_priority: tuple[Group, ...]
    by_age: tuple[Group, ...]
    closing: Closing
    soon: Estimate
    later: Estimate

    @property
    def open(self) -> tuple[Action, ...]:
        """Those neither done nor given up."""
        return tuple(action for action in self.items if action.is_open)

    @property
    def overdue(self) -> tuple[Action, ...]:
        """The open ones whose day has passed."""
        return tuple(action for action in self.items if action.overdue)

    @property
    def given_up(self) -> tuple[Action, ...]:
        """Those that will not be done."""
        return tuple(action for action in self.items if action.is_given_up)

    @property
    def not_known(self) -> tuple[Action, ...]:
        """Those of which nobody here knows what became."""
        return tuple(action for action in self.items if action.is_not_known)

    @property
    def retold(self) -> tuple[Action, ...]:
        """Those of published accounts, which are not followed up here."""
        return tuple(action for action in self.items if action.is_retold)

    @property
    def without_owner(self) -> tuple[Action, ...]:
        """The open ones that nobody answers for."""
        return tuple(action for action in self.open if not action.item.owner)

    @property
    def without_due(self) -> tuple[Action, ...]:
        """The open ones that have no day."""
        return tuple(action for action in self.open if not action.item.due)


def actions(library: Library) -> Actions:
    """The action items of every published postmortem, near misses included."""
    today = library.today
    found = (action for p in library.published for action in actions_of(p, today))
    items = tuple(sorted(found, key=most_urgent_first))
    own = [action for action in items if not action.is_retold]
    return Actions(
        items,
        by_owner(own),
        by_type(items),
        by_priority(items),
        by_age(own),
        closing(own, today),
        done_within(SOON, own, today),
        done_within(LATER, own, today),
    )
