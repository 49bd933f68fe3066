"""The timeline of a body: a list or a table whose rows begin with a time."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timezone, tzinfo

from .body import Kind, Section
from .zones import ZONE, offsets

_TIME = re.compile(
    rf"""(?P<date>\d{{4}}-\d{{2}}-\d{{2}})?[T ,]*
    (?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}})?\s*
    (?P<half>[AaPp]\.?[Mm]\b\.?)?\s*
    (?:\(?(?P<zone>{ZONE}
        # Behind a bare time, -10:30 is the end of a range; behind a date it is an offset.
        |(?(date)[+-]\d{{1,2}}(?::?\d{{2}})?|(?!))
    )\)?)?(?!\w|:\d)""",
    re.VERBOSE,
)
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]|\|)\s+")
_MARKS = re.compile(r"[*_`|]+")
_NOON = 12
_HOURS = 24
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the moment when date and zone are known, and what happened.

    `written` is the time as the author typed it, `dated` tells whether the date stood
    in the row itself. `zone` and `clock` are the zone, as written, and the time of day
    that stood there.
    """

    line: int
    at: datetime | None
    text: str
    written: str
    dated: bool
    zone: str = ""
    clock: time = time()


def read_timeline(section: Section, start: datetime | None) -> list[Entry]:
    """The entries of a timeline section in the order they stand.

    A row without a date takes that of the row or heading before it, or of `start`; one without
    a zone takes that of `start`. Rows without a time are not entries.
    """
    entries: list[Entry] = []
    day = start.date() if start else None
    for line in section.lines:
        if line.kind is Kind.HEADING:
            day = _day_in(line.text) or day
        elif line.kind is Kind.PROSE and (row := _row(line.text)):
            found, text = row
            day = date.fromisoformat(found["date"]) if found["date"] else day
            moment = _moment(found, day, start.tzinfo if start else None)
            written, dated = found[0].strip(), bool(found["date"])
            zone, clock = found["zone"] or "", time(_hour(found), int(found["minute"]))
            entries.append(Entry(line.number, moment, text, written, dated, zone, clock))
    return entries


def _day_in(heading: str) -> date | None:
    found = _DAY.search(heading)
    return date.fromisoformat(found[0]) if found and _is_day(found[0]) else None


def _row(text: str) -> tuple[re.Match[str], str] | None:
    """The time with which a list item or table row begins, and the text behind it."""
    if not _ITEM.match(text):
        return None
    content = _MARKS.sub(" ", _ITEM.sub("", text, count=1)).strip()
    found = _TIME.match(content)
    if not found or not _valid(found):
        return None
    return found, content[found.end() :].lstrip(" -\u2013\u2014:,").strip()


def _valid(found: re.Match[str]) -> bool:
    if not _is_day(found["date"] or "2000-01-01"):
        return False
    return int(found["hour"]) < _HOURS and int(found["minute"]) < _MINUTES


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _moment(found: re.Match[str], day: date | None, zone: tzinfo | None) -> datetime | None:
    if day is None:
        return None
    clock = time(_hour(found), int(found["minute"]))
    if found["zone"]:
        zone = _zone(found["zone"], datetime.combine(day, clock, zone))
    return datetime.combine(day, clock, zone) if zone else None


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if found["half"] and hour <= _NOON:
        return hour % _NOON + (_NOON if found["half"][0] in "pP" else 0)
    return hour


def _zone(written: str, near: datetime) -> tzinfo | None:
    """The zone that is written; where the name stands for two, that of the front matter."""
    possible = offsets(written)
    if near.tzinfo and near.utcoffset() in possible:
        return near.tzinfo
    return timezone(min(possible)) if len(possible) == 1 else None
