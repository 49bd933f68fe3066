"""What a body itself says of when the incident began, when it ended, and how long it took."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from mkdocs_postmortems.source import Body, Passage
from mkdocs_postmortems.source.zones import ZONE, offsets

_HOURS = 24
_NOON = 12
_DAY = _HOURS * 60
_MINUTE = timedelta(minutes=1)
_NEAR = 2  # minutes by which exact times may differ
_ROUGHLY = 30  # minutes by which "about 10:00" may
_REACH = 200  # characters between a time and the words that say what happened then
# Sections in which times belong to steps on the way, or to other incidents.
_ELSEWHERE = ("timeline", "actions", "lessons")

_CLOCK = re.compile(
    rf"""(?<![\w:.,])(?P<hour>\d{{1,2}})(?::(?P<minute>\d{{2}})(?::\d{{2}})?)?
    (?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?(?:\s*\(?(?P<zone>{ZONE})\)?)?(?![\w:]|[.,]\d)""",
    re.VERBOSE,
)
_COLON = re.compile(r":\d\d")
_HALVES = ("am", "pm", "a.m", "p.m")
_DATE = (
    r"(?:(?:on\s+)?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?(?:\s+\d{4})?|"
    r"\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}(?:\s+\d{4})?|\d{4}-\d\d-\d\d|"
    r"\d{1,2}/(?:\d{1,2}|[A-Z][a-z]{2})/\d{4}),?\s*(?:at\s+)?)?"
)
_ROUGH = (
    r"(?P<rough>about|around|roughly|approximately|circa|some|shortly|just|nearly|almost|~)?\s*"
)
_INCIDENT = r"\b(?:outage|incident|disruption|downtime|problem|issue)\b"
_END_OF_RANGE = re.compile(rf"\W*(?:-|\u2013|\u2014|\bto\b|\buntil\b|\btill\b|\band\b)\s*{_DATE}$")
_START = re.compile(
    rf"""(?:{_INCIDENT}.{{0,25}}?\b(?:started|began|begins|starts)\b\D{{0,20}}
    | {_INCIDENT}.{{0,60}}?\b(?:from|between)\s+
    | ^\W*(?:the\s+)?(?:incident|outage)?\s*(?:duration|time|window)\W{{0,6}}
    | (?:^|\s)\W*(?:start|began|beginning)(?:ed)?(?:[ -]?time)?\s*:\s*
    ){_ROUGH}{_DATE}$""",
    re.VERBOSE | re.IGNORECASE,
)
_END = re.compile(
    rf"""(?:(?:{_INCIDENT}|\b(?:services?|site|website|application|functionality)\b).{{0,90}}?
    \b(?:ended|over|resolved|restored|recovered|(?:lasted|persisted|continued)\b.{{0,40}}?\buntil)
    \b\D{{0,30}}
    | (?:^|\s)\W*end(?:ed)?(?:[ -]?time)?\s*:\s*
    | ^\W*resolved\W{{0,6}}
    | \ball[ -]clear\b\D{{0,30}}
    ){_ROUGH}{_DATE}$""",
    re.VERBOSE | re.IGNORECASE,
)
_START_SIGNS = ("start", "beg", "from", "between", "duration", "time", "window")
_END_SIGNS = ("end", "over", "resolved", "restored", "recovered", "until", "all clear", "all-clear")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "ninety": 90,
}
_UNITS = {"d": _DAY, "h": 60, "m": 1}
_AMOUNT = rf"(?:\d+(?:\.\d+)?|\b(?:{'|'.join(_NUMBERS)})\b)"
_PART = re.compile(
    rf"(?P<amount>{_AMOUNT})[\s-]*(?P<more>and\s+(?:a\s+)?(?:half|quarter)\s+|and\s+three\s+quarters\s+)?"
    r"(?P<unit>days?|hours?|hrs?|h|minutes?|mins?|m)\b(?P<after>\s+and\s+a\s+half\b)?",
    re.IGNORECASE,
)
_LASTS = ("last", "duration", "outage of", "disruption of", "downtime of", "time to re")
_LASTED = re.compile(
    rf"""(?:duration\b(?:\sof)?|time\sto\s(?:recover|resol|repair)\w*|last(?:ed|ing)|
    (?:outage|disruption|downtime)\sof)\b
    [^.\w\n]{{0,6}}(?:(?:was|for|a\s+total\s+of|only)\s+)?{_ROUGH}(?={_AMOUNT}[\s-]*(?:and|[dhm]))""",
    re.VERBOSE | re.IGNORECASE,
)
_WHAT_LASTED = re.compile(rf"{_INCIDENT}.*$", re.IGNORECASE | re.DOTALL)
_JOINT = re.compile(rf"(?:,\s*|\s+)(?:and\s+)?(?={_AMOUNT}[\s-]*[hdm])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as the body states it: minutes since midnight, all that it can mean."""

    line: int
    written: str
    minutes: tuple[int, ...]
    zone: frozenset[timedelta] = frozenset()
    rough: bool = False

    def fits(self, at: datetime) -> bool:
        """Whether `at` can be meant: in the zone stated, or else in its own."""
        own = at.utcoffset() or timedelta(0)
        limit = _ROUGHLY if self.rough else _NEAR
        return any(
            _apart(at.hour * 60 + at.minute + (zone - own) // _MINUTE, minute) <= limit
            for zone in self.zone or {own}
            for minute in self.minutes
        )

    def differs(self, other: "Clock") -> bool:
        """Whether two statements cannot mean the same time of day."""
        if self.zone and other.zone and self.zone.isdisjoint(other.zone):
            return False  # two zones: not for this comparison
        limit = _ROUGHLY if self.rough or other.rough else _NEAR
        return all(_apart(one, two) > limit for one in self.minutes for two in other.minutes)


@dataclass(frozen=True, slots=True)
class Length:
    """A duration as the body states it, in minutes."""

    line: int
    written: str
    minutes: float
    rough: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """Everything a body states of its incident's beginning, end and length."""

    starts: tuple[Clock, ...] = ()
    ends: tuple[Clock, ...] = ()
    lengths: tuple[Length, ...] = ()


@lru_cache(maxsize=4)
def stated(body: Body) -> Stated:
    """What the body states outside its timeline."""
    passage = _scope(body)
    starts: list[Clock] = []
    ends: list[Clock] = []
    opened = 0  # where the last start ends: a range goes on there
    for found in _clocks(passage):
        begins, _ = passage.sentence_at(found.start())
        before = passage.text[max(begins, found.start() - _REACH) : found.start()].replace(
            "\n", " "
        )
        if opened and _END_OF_RANGE.match(passage.text[opened : found.start()].replace("\n", " ")):
            ends.append(_clock(passage, found, rough=False))
            opened = 0
        elif end := _led_by(_END, _END_SIGNS, before):
            ends.append(_clock(passage, found, rough=bool(end["rough"])))
        elif start := _led_by(_START, _START_SIGNS, before):
            starts.append(_clock(passage, found, rough=bool(start["rough"])))
            opened = found.end()
    return Stated(tuple(starts), tuple(ends), tuple(_lengths(passage)))


def _clocks(passage: Passage) -> Iterator[re.Match[str]]:
    """The times of day in the order in which they stand."""
    text = passage.text
    signs = {found.start() for found in _COLON.finditer(text)}
    for half in _HALVES:
        signs |= {offset - (text[offset - 1 : offset] == " ") for offset in passage.find_all(half)}
    seen = 0
    for sign in sorted(signs):
        begins = sign
        while begins > max(seen, sign - 2) and text[begins - 1].isdecimal():
            begins -= 1
        found = _CLOCK.match(text, begins) if begins < sign else None
        if found and (found["minute"] or found["half"]) and int(found["hour"]) < _HOURS:
            seen = found.end()
            yield found


def _led_by(pattern: re.Pattern[str], signs: tuple[str, ...], before: str) -> re.Match[str] | None:
    """The words before a time that say what it is the time of."""
    lowered = before.lower()
    return pattern.search(before) if any(sign in lowered for sign in signs) else None


def _scope(body: Body) -> Passage:
    """The prose without the sections whose times are those of single steps."""
    lines = list(body.prose.lines)
    for name in _ELSEWHERE:
        if section := body.section(name):
            first = section.line - body.first_line
            last = first + len(section.lines)
            lines[first : last + 1] = [""] * (last - first + 1)
    return Passage("\n".join(lines), body.first_line)


def _clock(passage: Passage, found: re.Match[str], *, rough: bool) -> Clock:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    hours = (hour,)
    if found["half"] and hour <= _NOON:
        hours = (hour % _NOON + (_NOON if found["half"] in "pP" else 0),)
    elif hour <= _NOON and not found[0].startswith("0"):
        hours = (hour, (hour + _NOON) % _HOURS)  # 6:20 without a.m. or p.m.
    return Clock(
        passage.line_at(found.start()),
        " ".join(found[0].split()),
        tuple(hour * 60 + minute for hour in hours),
        offsets(found["zone"] or ""),
        rough,
    )


def _apart(one: int, two: int) -> int:
    """Minutes between two times of day, the shorter way round the clock."""
    gap = abs(one - two) % _DAY
    return min(gap, _DAY - gap)


def _lengths(passage: Passage) -> Iterator[Length]:
    for found in _lasting(passage):
        end, minutes, parts = found.end(), 0.0, 0
        while part := _PART.match(passage.text, end):
            minutes += _minutes(part)
            parts += 1
            joint = _JOINT.match(passage.text, part.end())
            end = joint.end() if joint else part.end()
        if parts:
            written = " ".join(passage.text[found.end() : end].split()).rstrip(", and")
            yield Length(passage.line_at(found.start()), written, minutes, bool(found["rough"]))


def _lasting(passage: Passage) -> Iterator[re.Match[str]]:
    """Where the text begins to say how long the incident took."""
    for sign in _LASTS:
        for offset in passage.find_all(sign):
            found = _LASTED.match(passage.text, offset)
            begins, _ = passage.sentence_at(offset)
            if found and (sign != "last" or _WHAT_LASTED.search(passage.text, begins, offset)):
                yield found


def _minutes(part: re.Match[str]) -> float:
    amount = part["amount"].lower()
    number = float(_NUMBERS[amount] if amount in _NUMBERS else amount)
    more = (part["more"] or part["after"] or "").lower()
    number += (
        0.75 if "three" in more else 0.5 if "half" in more else 0.25 if "quarter" in more else 0
    )
    return number * _UNITS[part["unit"][0].lower()]
