"""PM4xx: who answers for what was promised, until when, and whether it has been kept."""

from collections.abc import Callable, Iterator

from mkdocs_postmortems.model import ActionItem, Postmortem

from .registry import Context, Found, rule


def _without(
    postmortem: Postmortem, missing: Callable[[ActionItem], bool]
) -> tuple[int, list[str]]:
    """The index of the first open action that is `missing` something, and all their lines."""
    items = () if postmortem.is_retold else postmortem.meta.action_items
    indexes = [i for i, item in enumerate(items) if not item.is_over and missing(item)]
    lines = [str(postmortem.line_of(("action_items", index))) for index in indexes]
    return (indexes[0] if indexes else 0), lines


def _untracked(
    postmortem: Postmortem, missing: Callable[[ActionItem], bool], what: str, cure: str
) -> Iterator[Found]:
    first, lines = _without(postmortem, missing)
    if not lines:
        return
    at = ("action_items", first)
    if len(lines) == 1:
        yield Found(at, f"the action item has no {what}", cure)
    else:
        message = f"{len(lines)} action items have no {what} (lines {', '.join(lines)})"
        yield Found(at, message, cure)


@rule("PM402")
def no_owner(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An open action item has no owner.

    Why: what everybody answers for nobody does.

    Example: `- {title: Alert on pool use, type: detect}`.

    Cure: `owner:` with a role, a team or a handle.
    """
    cure = "Add `owner:` with the role, team or handle that answers for it."
    return _untracked(postmortem, lambda item: not item.owner, "owner", cure)


@rule("PM403")
def no_due_date(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An open action item has no due date.

    Why: without a day nothing is ever late, and nobody is reminded.

    Example: `- {title: Alert on pool use, type: detect, owner: web}`.

    Cure: `due: 2024-06-30`.
    """
    cure = "Add `due:` with the day by which it is promised."
    return _untracked(postmortem, lambda item: not item.due, "due date", cure)


@rule("PM404")
def no_link(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An open action item does not say where it is tracked.

    Why: work is done where work is listed; a promise that stands only here is not seen.

    Example: `- {title: Alert on pool use, owner: web, due: 2024-06-30}`.

    Cure: `link:` with the address of the ticket or change.
    """
    cure = "Add `link:` with the address of the ticket or change that tracks it."
    return _untracked(postmortem, lambda item: not item.link, "link", cure)


@rule("PM408")
def overdue_action(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """An open action is past its due date.

    Why: it is the next incident waiting, with a record that it was foreseen.

    Example: `due: 2024-06-30` and `status: open` in August.

    Cure: do it, agree on a new date, or close it as `wont-do` and say why in the body.
    """
    for index, item in enumerate(postmortem.meta.action_items):
        if item.due and item.due < context.today and not item.is_over:
            days = (context.today - item.due).days
            yield Found(
                ("action_items", index, "due"),
                f"the action is {days} day{'s' if days > 1 else ''} overdue (due {item.due})",
                "Do it, set a new date, or close it as `wont-do`.",
            )


@rule("PM409")
def closing_date(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An action is over without the day on which it was closed, or the other way round.

    Why: how long actions take to close is counted from these days; one without a day is
    left out.

    Example: `status: done` without `closed`.

    Cure: add `closed: 2024-06-28`; take it out of an action that is open.
    """
    for index, item in enumerate(postmortem.meta.action_items):
        over = item.is_over
        if over and not item.closed and not postmortem.is_retold:
            cure = "Add `closed:` with the day on which it was done or given up."
            yield Found(("action_items", index), f"the action is {item.status} without a day", cure)
        elif item.closed and not over:
            message = f"the action is {item.status} and was closed on {item.closed}"
            yield Found(("action_items", index, "closed"), message, "Set `status: done`.")
