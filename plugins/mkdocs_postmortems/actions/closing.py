"""How soon promises are kept.

What was done before the day from which promises count took 0 days. What was given up is never
done: it waits on to the day of the build, as an open promise does. So the curve shows the share
of promises kept, and not what that would be had nobody given up. (This is the cumulative
incidence with giving up as a competing event: with one closing day for all, keeping those in
the risk set is all that it takes; Fine and Gray 1999.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mkdocs_postmortems.trends.intervals import Estimate, share
from mkdocs_postmortems.trends.survival import Step, Wait, median_wait, share_over

from .items import Action


@dataclass(frozen=True, slots=True)
class Closing:
    """The Kaplan-Meier curve of the days to close, and the day by which half are done.

    `n` promises are in it, `done` of them done and `given_up` of them given up. Left out are
    those done on a day not recorded (`undated`) and those of which no day is known at which
    they began (`unplaced`).
    """

    steps: tuple[Step, ...]
    median: int | None
    n: int
    done: int
    given_up: int
    undated: int
    unplaced: int


def closing(items: Sequence[Action], today: date) -> Closing:
    """The time to close; what is not done was watched up to `today`."""
    dated = [a for a in items if not _is_done_undated(a)]
    placed = [a for a in dated if a.promised]
    waits = [_wait(action, today) for action in placed]
    steps = share_over(waits)
    return Closing(
        steps,
        median_wait(steps),
        len(waits),
        sum(wait.over for wait in waits),
        sum(action.is_given_up for action in placed),
        len(items) - len(dated),
        len(dated) - len(placed),
    )


def done_within(days: int, items: Sequence[Action], today: date) -> Estimate:
    """The share done in at most so many days, of those promised at least so long ago.

    Those done on a day not recorded are missing from it.
    """
    old = [a for a in items if a.promised and (today - a.promised).days >= days]
    undated = sum(map(_is_done_undated, old))
    done = sum(a.days_to_close is not None and a.days_to_close <= days for a in old)
    return share(done, len(old) - undated, undated)


def _is_done_undated(action: Action) -> bool:
    return action.is_done and action.item.closed is None


def _wait(action: Action, today: date) -> Wait:
    taken = action.days_to_close
    watched = max(0, (today - action.promised).days) if action.promised else 0
    return Wait(watched, over=False) if taken is None else Wait(taken, over=True)
