"""The timeline of a body: a list or a table whose rows begin with a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from .body import Kind, Section

_TIME = re.compile(
    r"""(?P<date>\d{4}-\d{2}-\d{2})?[T ,]*
    (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?\s*
    (?P<half>[AaPp]\.?[Mm]\.?)?\s*
    (?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?(?![\w:])""",
    re.VERBOSE,
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]|\|)\s+")
_MARKS = re.compile(r"[*_`|]+")
_NOON = 12
_HOURS = 24
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the moment when date and zone are known, and what happened.

    `written` is the time as the author typed it, `dated` tells whether the date stood
    in the row itself.
    """

    line: int
    at: datetime | None
    text: str
    written: str
    dated: bool


def read_timeline(section: Section, start: datetime | None) -> list[Entry]:
    """The entries of a timeline section in the order they stand.

    A row without a date takes that of the row before it, or of `start`; a row without
    a zone takes that of `start`. Rows without a time are not entries.
    """
    entries: list[Entry] = []
    day = start.date() if start else None
    for line, found, text in _rows(section):
        day = date.fromisoformat(found["date"]) if found["date"] else day
        moment = _moment(found, day, start.tzinfo if start else None)
        entries.append(Entry(line, moment, text, found[0].strip(), bool(found["date"])))
    return entries


def _rows(section: Section) -> Iterator[tuple[int, re.Match[str], str]]:
    for line in section.lines:
        if line.kind is not Kind.PROSE or not _ITEM.match(line.text):
            continue
        content = _MARKS.sub(" ", _ITEM.sub("", line.text, count=1)).strip()
        found = _TIME.match(content)
        if found and _valid(found):
            yield line.number, found, content[found.end() :].lstrip(" -\u2013\u2014:,").strip()


def _valid(found: re.Match[str]) -> bool:
    try:
        date.fromisoformat(found["date"] or "2000-01-01")
    except ValueError:
        return False
    return int(found["hour"]) < _HOURS and int(found["minute"]) < _MINUTES


def _moment(found: re.Match[str], day: date | None, zone: tzinfo | None) -> datetime | None:
    zone = _zone(found["zone"]) or zone
    if day is None or zone is None:
        return None
    return datetime.combine(day, time(_hour(found), int(found["minute"])), zone)


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if found["half"] and hour <= _NOON:
        return hour % _NOON + (_NOON if found["half"][0] in "pP" else 0)
    return hour


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", written)
    if not offset:
        return UTC
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if span >= timedelta(hours=_HOURS):
        return None
    return timezone(-span if offset[1] == "-" else span)
