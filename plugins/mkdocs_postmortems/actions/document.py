"""The action items as plain values for `api/v1/actions.json`.

- `total`, `open`, `overdue`, `given_up`, `not_known`, `retold`, `without_owner`, `without_due`:
  how many; `retold` are those of published accounts that are not followed up here, the last
  two are of the open ones
- `items`: the longest overdue first; each has the id of its `postmortem`, its `position` there
  from 0, what the front matter says of it, its `state`, `promised` (the day it counts from),
  `age` in days since then, `days_to_close` (null unless it is done and its days are recorded)
  and the days by which it is `overdue`
- `by_owner`, `by_type`, `by_priority`, `by_age`: groups with `name` (empty: none), `total`,
  `open`, `overdue`, `done`, `given_up`, `not_known`; `by_age` holds the open ones alone, and
  neither it nor `by_owner` those of published accounts
- `time_to_close`: the Kaplan-Meier curve as `steps` of `days`, `value` (the share done by then)
  and `interval`; `median` in days, null while less than half are done; `n`, `done`, `given_up`
  (which wait on as if open), and `missing`, taken apart into `undated` (done, day not recorded)
  and `unplaced` (it is not known since when)
- `done_within`: by `28` and `56` days, the share done among those promised at least so long ago,
  an estimate with `value` (0 to 1), `interval` ([low, high], Wilson 95%), `n` and `missing`
"""

from mkdocs_postmortems.trends.plain import (
    SHARE,
    Document,
    day_document,
    estimate_document,
    interval_document,
)

from . import LATER, SOON, Actions
from .closing import Closing
from .groups import Group
from .items import Action


def actions_document(found: Actions) -> Document:
    """`found` as values that JSON can hold."""
    return {
        "total": len(found.items),
        "open": len(found.open),
        "overdue": len(found.overdue),
        "given_up": len(found.given_up),
        "not_known": len(found.not_known),
        "retold": len(found.retold),
        "without_owner": len(found.without_owner),
        "without_due": len(found.without_due),
        "items": [_item(action) for action in found.items],
        "by_owner": [_group(group) for group in found.by_owner],
        "by_type": [_group(group) for group in found.by_type],
        "by_priority": [_group(group) for group in found.by_priority],
        "by_age": [_group(group) for group in found.by_age],
        "time_to_close": _closing(found.closing),
        "done_within": {
            str(SOON): estimate_document(found.soon),
            str(LATER): estimate_document(found.later),
        },
    }


def _item(action: Action) -> Document:
    return {
        "postmortem": action.postmortem,
        "position": action.position,
        **action.item.model_dump(mode="json"),
        "state": action.state.value,
        "promised": day_document(action.promised),
        "age": action.age,
        "days_to_close": action.days_to_close,
        "overdue": action.overdue,
    }


def _group(group: Group) -> Document:
    return {
        "name": group.name,
        "total": group.total,
        "open": group.open,
        "overdue": group.overdue,
        "done": group.done,
        "given_up": group.given_up,
        "not_known": group.not_known,
    }


def _closing(found: Closing) -> Document:
    return {
        "median": found.median,
        "n": found.n,
        "done": found.done,
        "given_up": found.given_up,
        "missing": found.undated + found.unplaced,
        "undated": found.undated,
        "unplaced": found.unplaced,
        "steps": [
            {
                "days": step.days,
                "value": round(step.share, SHARE),
                "interval": interval_document(step.interval),
            }
            for step in found.steps
        ],
    }
