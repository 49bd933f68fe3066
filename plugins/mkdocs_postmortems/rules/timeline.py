"""PM21x: the timeline agrees with itself and with the front matter."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Entry, Section
from mkdocs_postmortems.source.zones import ZONE, offsets

from .registry import Context, Found, rule

_HALF_A_DAY = timedelta(hours=12)
# What lies further away than this is more likely a slip in the date than a part of the story.
_FAR = timedelta(days=30)
_BEGINS = re.compile(
    r"\b(?:(?:outage|incident|disruption|downtime)\s+(?:begins?|began|starts?|started)|"
    r"(?:users?|customers?|clients?)\s+(?:report|complain|encounter|experience|see\b|saw\b)\w*|"
    r"alerts?\s+(?:fires?|fired|triggers?|triggered))",
    re.IGNORECASE,
)
_ZONE = re.compile(rf"\b{ZONE}")
_DECLARED = re.compile(rf"\btimes?\b[^.\n|]{{0,40}}?\b({ZONE})|\(({ZONE})\)")
_ENDS = re.compile(
    r"\b(?:(?:fully|completely)\s+(?:restored|recovered|operational|functional|back)|"
    r"back\s+to\s+normal|returned?\s+to\s+normal|normal\s+operations?\s+resum|all[ -]clear|"
    r"(?:outage|incident|issue)\s+(?:is\s+|was\s+)?(?:declared\s+)?(?:over|resolved|ends|ended)|"
    r"(?:service|services|site|website|application|functionality)\b[^.]{0,30}\brestored)",
    re.IGNORECASE,
)


class _Step(NamedTuple):
    """A row that is earlier than the one before it, and by how much."""

    earlier: Entry
    later: Entry
    back: timedelta

    @property
    def crosses_midnight(self) -> bool:
        """Whether an undated row goes back half a day or more: midnight lies between."""
        return not self.later.dated and self.back >= _HALF_A_DAY


def _steps_back(postmortem: Postmortem) -> Iterator[_Step]:
    for one, two in pairwise(postmortem.timeline):
        if one.at and two.at:
            back = one.at - two.at
        elif one.dated or two.dated or one.zone != two.zone:
            continue
        else:
            back = _since_midnight(one) - _since_midnight(two)
        if back > timedelta(0):
            yield _Step(one, two, back)


def _since_midnight(entry: Entry) -> timedelta:
    return timedelta(hours=entry.clock.hour, minutes=entry.clock.minute)


@rule("PM211")
def entry_out_of_order(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A row of the timeline is earlier than the row before it.

    Why: readers take a timeline from top to bottom; a row out of place turns effect into
    cause, or hides a slip such as 12:30 for 00:30.

    Example: `- 10:40 …` above `- 10:15 …`.

    Cure: move the row, or correct its time.
    """
    for step in _steps_back(postmortem):
        if not step.crosses_midnight:
            yield Found(
                step.later.line,
                f"{step.later.written} stands after {step.earlier.written}",
                "Move the row to its place, or correct its time (a.m. and p.m., the date).",
            )


@rule("PM212")
def midnight_without_date(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The timeline passes midnight and the rows after it have no date.

    Why: without a date a row is read as of the same day, almost twenty-four hours too early,
    and is drawn there.

    Example: `- 23:50 …` and then `- 00:10 …`.

    Cure: write the date on the first row of the new day: `- 2024-03-09 00:10 …`.
    """
    for step in _steps_back(postmortem):
        if step.crosses_midnight:
            yield Found(
                step.later.line,
                f"{step.later.written} follows {step.earlier.written} without a date",
                "Write the date on the first row after midnight, as in `2024-03-09 00:10`.",
            )


@rule("PM213")
def entry_outside_window(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A row of the timeline contradicts when the incident began or ended.

    Why: one of the two times is wrong, and every duration counts from the one in the front
    matter. Rows before the start and after the end are welcome as long as they do not say
    that it had begun, or had yet to end.

    Example: `- 09:40 Users report errors` with `started_at` at 10:00; a row with the wrong
    year.

    Cure: correct the row or the milestone.
    """
    known = postmortem.meta.milestones().values()
    if not known or postmortem.meta.disputed or postmortem.meta.time_precision == "day":
        return
    grace = timedelta(hours=1 if postmortem.meta.time_precision == "hour" else 0, minutes=1)
    for entry in postmortem.timeline:
        if entry.at and (told := _contradiction(entry, entry.at, postmortem, grace)):
            yield Found(entry.line, told, "Correct the time of the row, or the milestone.")
        elif entry.at and (min(known) - entry.at > _FAR or entry.at - max(known) > _FAR):
            days = (entry.at - min(known)).days
            message = f"{entry.written} is {abs(days)} days {'after' if days > 0 else 'before'} it"
            yield Found(entry.line, message, "Correct the date of the row, or the milestones.")


def _contradiction(entry: Entry, at: datetime, postmortem: Postmortem, grace: timedelta) -> str:
    start, end = postmortem.meta.started_at, postmortem.meta.resolved_at
    if start and grace < start - at < _HALF_A_DAY and (found := _BEGINS.search(entry.text)):
        return f"'{found[0]}' at {entry.written} is before started_at ({start:%H:%M})"
    if end and grace < at - end < _HALF_A_DAY and (found := _ENDS.search(entry.text)):
        return f"'{found[0]}' at {entry.written} is after resolved_at ({end:%H:%M})"
    return ""


@rule("PM214")
def mixed_zones(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The rows of a timeline are in different time zones.

    Why: readers compare the numbers, and an hour's difference becomes an hour of outage.

    Example: `- 10:00 UTC …` and `- 12:05 CEST …`.

    Cure: write all rows in one zone, and say which above them: "All times UTC".
    """
    zoned = [entry for entry in postmortem.timeline if entry.zone]
    if len({entry.zone for entry in zoned}) < 2:  # noqa: PLR2004
        return
    for entry in zoned[1:]:
        first, second = offsets(zoned[0].zone), offsets(entry.zone)
        if first and second and first.isdisjoint(second):
            yield Found(
                entry.line,
                f"the timeline mixes zones: {zoned[0].zone} on line {zoned[0].line}, "
                f"{entry.zone} here",
                'Write every row in one zone and say which above them: "All times UTC".',
            )
            return


@rule("PM215")
def zone_differs(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The timeline names one zone for all its rows, and the front matter has another.

    Why: rows without a zone are read in that of `started_at`, and so are drawn hours away
    from where they belong.

    Example: "All times UTC" above the rows, and `started_at: "2024-03-08T10:00:00-08:00"`.

    Cure: use the same zone in both places.
    """
    section = postmortem.body.section("timeline")
    at = postmortem.meta.started_at
    bare = [entry for entry in postmortem.timeline if not entry.zone]
    if not section or not bare or not at:
        return
    zone, line = _declared_zone(section)
    offset = at.utcoffset()
    if zone and offset is not None and offset not in offsets(zone):
        yield Found(
            line,
            f"the timeline is in {zone}, started_at is at {at.isoformat()[-6:]}",
            "Write both in the same zone: rows without one are read in that of started_at.",
        )


def _declared_zone(section: Section) -> tuple[str, int]:
    """The zone that a timeline states for all of its rows, and the line where it does."""
    if found := _ZONE.search(section.title):
        return found[0], section.line
    for line in section.lines[:6]:
        if found := _DECLARED.search(line.text):
            return found[1] or found[2], line.number
    return "", section.line
