"""The promises of each owner, type, priority and age."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .items import Action

# The upper ends, in days, of the bands of age; the oldest have none.
_AGES = ((28, "up to 4 weeks"), (91, "up to 3 months"), (365, "up to a year"))
_OLDEST, _NO_AGE = "over a year", "not known"


@dataclass(frozen=True, slots=True)
class Group:
    """How the actions stand that share an owner, a type, a priority or an age.

    `name` is empty where there is none; `overdue` ones are among the `open`.
    """

    name: str
    total: int
    open: int
    overdue: int
    done: int
    given_up: int
    not_known: int


def grouped(items: Iterable[Action], name_of: Callable[[Action], str]) -> tuple[Group, ...]:
    """The actions by what `name_of` calls them, the group with most open ones first."""
    found: dict[str, list[Action]] = {}
    for action in items:
        found.setdefault(name_of(action), []).append(action)
    groups = [_group(name, members) for name, members in found.items()]
    return tuple(sorted(groups, key=lambda g: (-g.open, -g.total, g.name)))


def by_owner(items: Iterable[Action]) -> tuple[Group, ...]:
    """By the owner as written; whoever owes most comes first."""
    return grouped(items, lambda action: action.item.owner or "")


def by_type(items: Iterable[Action]) -> tuple[Group, ...]:
    """By the id of the action type."""
    return grouped(items, lambda action: action.item.type or "")


def by_priority(items: Iterable[Action]) -> tuple[Group, ...]:
    """By priority, P0 first and those without one last."""
    groups = grouped(items, lambda action: action.item.priority or "")
    return tuple(sorted(groups, key=lambda group: (not group.name, group.name)))


def by_age(items: Iterable[Action]) -> tuple[Group, ...]:
    """The open ones by age, the youngest first; every band is there."""
    names = [*(name for _, name in _AGES), _OLDEST, _NO_AGE]
    found = {group.name: group for group in grouped((a for a in items if a.is_open), _age_band)}
    return tuple(found.get(name, _group(name, ())) for name in names)


def _group(name: str, members: Sequence[Action]) -> Group:
    return Group(
        name,
        len(members),
        sum(action.is_open for action in members),
        sum(action.overdue > 0 for action in members),
        sum(action.is_done for action in members),
        sum(action.is_given_up for action in members),
        sum(action.is_not_known for action in members),
    )


def _age_band(action: Action) -> str:
    if action.age is None:
        return _NO_AGE
    return next((name for days, name in _AGES if action.age <= days), _OLDEST)
