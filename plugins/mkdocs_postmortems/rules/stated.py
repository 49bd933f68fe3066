"""What a body itself says of when the incident began, when it ended, and how long it took."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Body, Passage, word_set
from mkdocs_postmortems.source.zones import ZONE, offsets

from .lengths import DAY, INCIDENT, ROUGH, Length, lengths

_HOURS = 24
_NOON = 12
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
# One of these words is in every text with a time in halves of the day: "am", "5pm", "p.m."
_HALF_SIGNS = word_set("am pm m " + " ".join(f"{n}am {n}pm {n:02}am {n:02}pm" for n in range(60)))
# The patterns below are held against text in lower case, which is twice as fast.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:(?:on\s+)?(?:{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+\d{{4}})?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{4}})?|\d{{4}}-\d\d-\d\d|"
    rf"\d{{1,2}}/(?:\d{{1,2}}|{_MONTH})/\d{{4}}),?\s*(?:at\s+)?)?"
)
_END_OF_RANGE = re.compile(rf"\W*(?:-|\u2013|\u2014|\bto\b|\buntil\b|\btill\b|\band\b)\s*{_DATE}$")
_START = re.compile(
    rf"""(?:{INCIDENT}.{{0,25}}?\b(?:started|began|begins|starts)\b\D{{0,20}}?
    | {INCIDENT}.{{0,60}}?\b(?:from|between)\s+
    | ^\W*(?:the\s+)?(?:incident|outage)?\s*(?:duration|time|window)\W{{0,6}}
    | (?:^|\s)\W*(?:start|began|beginning)(?:ed)?(?:[ -]?time)?\s*:\s*
    ){ROUGH}{_DATE}$""",
    re.VERBOSE,
)
_END = re.compile(
    rf"""(?:(?:{INCIDENT}|\b(?:services?|site|website|application|functionality)\b).{{0,90}}?
    \b(?:ended|over|resolved|restored|recovered|(?:lasted|persisted|continued)\b.{{0,40}}?\buntil)
    \b\D{{0,30}}?
    | (?:^|\s)\W*end(?:ed)?(?:[ -]?time)?\s*:\s*
    | ^\W*resolved\W{{0,6}}
    | \ball[ -]clear\b\D{{0,30}}?
    ){ROUGH}{_DATE}$""",
    re.VERBOSE,
)
# One of these is near every time that the pattern finds.
_START_LEADS = ("start", "began", "begin", "from", "between", "duration", "time", "window")
_END_LEADS = ("end", "over", "resolved", "restored", "recovered", "until", "clear")
_NEARBY = 70  # characters between such a word and the time


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
class Stated:
    """Everything a body states of its incident's beginning, end and length."""

    starts: tuple[Clock, ...] = ()
    ends: tuple[Clock, ...] = ()
    lengths: tuple[Length, ...] = ()


def stated(postmortem: Postmortem) -> Stated:
    """What the body states outside its timeline."""
    halves = not postmortem.whole_text.words.isdisjoint(_HALF_SIGNS)
    return _stated(postmortem.body, halves)


@lru_cache(maxsize=4)
def _stated(body: Body, halves: bool) -> Stated:
    passage, elsewhere = body.prose, _elsewhere(body)
    starts: list[Clock] = []
    ends: list[Clock] = []
    opened = 0  # where the last start ends: a range goes on there
    for found in _clocks(passage, halves):
        if opened and _END_OF_RANGE.match(_one_line(passage, opened, found.start())):
            ends.append(_clock(passage, found, rough=False))
            opened = 0
        elif end := _led(passage, found, _END, _END_LEADS):
            ends.append(_clock(passage, found, rough=bool(end["rough"])))
        elif start := _led(passage, found, _START, _START_LEADS):
            starts.append(_clock(passage, found, rough=bool(start["rough"])))
            opened = found.end()
    return Stated(
        tuple(clock for clock in starts if clock.line not in elsewhere),
        tuple(clock for clock in ends if clock.line not in elsewhere),
        tuple(length for length in lengths(passage) if length.line not in elsewhere),
    )


def _elsewhere(body: Body) -> set[int]:
    """The lines of the sections whose times are those of single steps."""
    sections = (section for name in _ELSEWHERE if (section := body.section(name)))
    return {line for section in sections for line in range(section.line, section.last + 1)}


def _clocks(passage: Passage, halves: bool) -> Iterator[re.Match[str]]:
    """The times of day, but for those at the beginning of a row: they are of single steps."""
    for begins in _clock_signs(passage, halves):
        row = passage.text[max(0, begins - _NEARBY) : begins].rpartition("\n")[2]
        if not row or row.strip(" \t-+*|~"):
            found = _CLOCK.match(passage.text, begins)
            if found and (found["minute"] or found["half"]) and int(found["hour"]) < _HOURS:
                yield found


def _led(
    passage: Passage, clock: re.Match[str], pattern: re.Pattern[str], leads: tuple[str, ...]
) -> re.Match[str] | None:
    """The words before a time that say what it is the time of."""
    near = passage.lowered[max(0, clock.start() - _NEARBY) : clock.start()]
    if not any(lead in near for lead in leads):
        return None
    begins = passage.begin_of_sentence(clock.start(), _REACH)
    return pattern.search(_one_line(passage, begins, clock.start()))


def _one_line(passage: Passage, begins: int, ends: int) -> str:
    return passage.lowered[begins:ends].replace("\n", " ")


def _clock_signs(passage: Passage, halves: bool) -> Iterator[int]:
    """Where a time may begin: before a colon, or before a.m. and p.m."""
    text = passage.text
    signs = {found.start() for found in _COLON.finditer(text)}
    for half in _HALVES if halves else ():
        signs |= {offset - (text[offset - 1 : offset] == " ") for offset in passage.find_all(half)}
    seen = 0
    for sign in sorted(signs):
        begins = sign
        while begins > max(seen, sign - 2) and text[begins - 1].isdecimal():
            begins -= 1
        if begins < sign:
            seen = sign + 3  # past the minutes, where seconds may follow
            yield begins


def _clock(passage: Passage, found: re.Match[str], *, rough: bool) -> Clock:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    hours: tuple[int, ...] = (hour,)
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
    gap = abs(one - two) % DAY
    return min(gap, DAY - gap)
