"""Where a postmortem's promises stand: something to narrow a search by that has no pages."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.taxonomy import Term

ACTIONS = "actions"
OVERDUE = "overdue"
STATES = (
    Term("open", "Open", "An action is still to be done."),
    Term(OVERDUE, "Overdue", "An action is open after the day by which it was promised."),
    Term("closed", "All closed", "Every action is done or given up."),
    Term("not-known", "Not known", "A published account promises more than it tells of."),
    Term("none", "None", "Nothing was promised."),
)


def state_of_actions(postmortem: Postmortem) -> str:
    """Its id in `STATES`, but for `overdue`, which is known on the day of the search."""
    items = postmortem.meta.action_items
    if not items:
        return "none"
    if any(item.is_open for item in items) and not postmortem.is_retold:
        return "open"
    return "closed" if all(item.is_over for item in items) else "not-known"


def terms_carried(shown: Mapping[str, Any], facet: str, today: date) -> list[str]:
    """The terms that a result carries on `facet`, with what is overdue `today`."""
    ids: list[str] = shown["facets"].get(facet, [])
    overdue = facet == ACTIONS and (shown["due"] or "9999") < str(today)
    return [*ids, OVERDUE] if overdue else ids


def is_narrowed_to(carried: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether one of the `wanted` terms is carried, itself or by a term below it."""
    wanted = set(wanted)
    return any(id_ in wanted or id_.rpartition("/")[0] in wanted for id_ in carried)
