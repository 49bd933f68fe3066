"""PM2xx: the times agree with each other and with the calendar."""

from collections.abc import Iterator
from datetime import date

from mkdocs_postmortems.model import MILESTONES, Postmortem
from mkdocs_postmortems.model.times import out_of_order
from mkdocs_postmortems.problem import Level

from .registry import Context, Found, rule


@rule("PM201", Level.WARNING)
def milestone_out_of_order(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A milestone comes before the one it must follow.

    Why: a resolution before the start makes a negative duration, and every median with it
    is wrong. Until it is mended the incident is left out of all durations, and counted as
    left out.

    Example: `resolved_at` one hour before `started_at`, often a date that was not moved on
    past midnight.

    Cure: correct the time; where the record itself disagrees, list each reading under
    `disputed` and leave the milestone null.
    """
    for earlier, later in out_of_order(postmortem.meta):
        first, second = getattr(postmortem.meta, earlier), getattr(postmortem.meta, later)
        yield Found(
            (later,),
            f"{later} ({second.isoformat()}) is before {earlier} ({first.isoformat()})",
            "Correct the date or the offset, or list both readings under `disputed`.",
        )


@rule("PM202", Level.ERROR)
def future_time(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A milestone or the date of publication lies in the future.

    Why: it has not happened yet, so the date is a slip of the keyboard, most often the year.

    Example: `started_at: "2062-03-08T10:00:00+00:00"`.

    Cure: correct the date.
    """
    moments: dict[str, date] = {
        name: at.date() for name, at in postmortem.meta.milestones().items()
    }
    if postmortem.meta.published_at:
        moments["published_at"] = postmortem.meta.published_at
    for name, day in moments.items():
        if (day - context.today).days > 1:  # a day's grace for zones east of the build
            yield Found((name,), f"{name} is in the future: {day}", "Correct the date.")


@rule("PM203", Level.ERROR)
def invalid_dispute(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """`disputed` names something that is not a milestone, or gives fewer than two readings.

    Why: a dispute needs two sides; a single reading is simply the time.

    Example: `disputed: {end: ["2024-03-08T10:00:00Z"]}`.

    Cure: `disputed: {resolved_at: [first reading, second reading]}`.
    """
    for name, readings in postmortem.meta.disputed.items():
        if name not in MILESTONES:
            cure = f"Choose: {', '.join(MILESTONES)}."
            yield Found(("disputed", name), f"'{name}' is not a milestone", cure)
        elif len(set(readings)) < 2:  # noqa: PLR2004
            message = f"{name} is disputed with fewer than two readings"
            yield Found(("disputed", name), message, "List each reading, or drop the dispute.")
