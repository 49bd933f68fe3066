"""PM22x: body and front matter give the same times, and the body gives each only once."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from mkdocs_postmortems.model import Postmortem

from .lengths import Length
from .registry import Context, Found, rule
from .stated import Clock, stated

_CURE = "Correct one of the two; where the record itself disagrees, list both under `disputed`."
# By which a stated duration may differ: minutes, or a share where that is more.
_MINUTES, _SHARE, _ROUGH_SHARE = 5, 0.05, 0.2
_PRECISION = {"minute": 0, "hour": 60, "day": 1440}


def _moments(postmortem: Postmortem, *names: str) -> list[datetime]:
    """What the front matter gives for these milestones, disputed readings included."""
    meta = postmortem.meta
    known = [at for name in names if (at := getattr(meta, name))]
    return known + [at for name in names for at in meta.disputed.get(name, [])]


def _strangers(
    postmortem: Postmortem, clocks: tuple[Clock, ...], main: str, *others: str
) -> Iterator[Found]:
    """Each stated time that is none of the milestones it could stand for."""
    at = getattr(postmortem.meta, main)
    if not at or postmortem.meta.time_precision != "minute":
        return
    possible = _moments(postmortem, main, *others)
    for clock in clocks:
        if not any(clock.fits(moment) for moment in possible):
            message = f"the body says {clock.written}, {main} is {at.isoformat()[11:16]}"
            yield Found(clock.line, f"{message} ({at.isoformat()[19:]})", _CURE)


@rule("PM221")
def start_differs(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The body gives another start than the front matter.

    Why: one of the two is wrong, and durations count from the one in the front matter.

    Example: "The outage began at 10:30 UTC" with `started_at: "2024-03-08T10:00:00+00:00"`.

    Cure: correct one of them, or list both under `disputed`.
    """
    starts = stated(postmortem).starts
    return _strangers(postmortem, starts, "started_at", "detected_at")


@rule("PM222")
def end_differs(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """The body gives another end than the front matter.

    Why: one of the two is wrong, and durations count to the one in the front matter.

    Example: "restored at 14:00 UTC" with `resolved_at: "2024-03-08T13:30:00+00:00"`.

    Cure: correct one of them, or list both under `disputed`.
    """
    if any(two_ends(postmortem, context)):
        return  # said there already
    ends = stated(postmortem).ends
    yield from _strangers(postmortem, ends, "resolved_at", "mitigated_at")


@rule("PM223")
def duration_differs(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The body gives another duration than the times of the front matter make.

    Why: durations are derived from the milestones; one written out by hand goes stale, or
    shows that a milestone is wrong.

    Example: "lasted three hours" between 10:00 and 11:30.

    Cure: correct the text or the milestone.
    """
    begins = _moments(postmortem, "started_at", "detected_at")
    ends = _moments(postmortem, "resolved_at", "mitigated_at")
    spans = [(end - begin).total_seconds() / 60 for begin in begins for end in ends if end >= begin]
    coarse = _PRECISION[postmortem.meta.time_precision]
    for length in stated(postmortem).lengths if spans else ():
        if not any(_is_about(length, span, coarse) for span in spans):
            shown = _shown(min(spans, key=lambda span: abs(span - length.minutes)))
            message = f"the body says {length.written}, the front matter makes {shown}"
            yield Found(length.line, message, "Correct the text, or the milestones.")


def _is_about(length: Length, span: float, coarse: int) -> bool:
    share = _ROUGH_SHARE if length.rough else _SHARE
    return abs(length.minutes - span) <= max(_MINUTES, share * span, coarse)


def _shown(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


_OVER = re.compile(
    r"\b(?:(?:outage|incident|issue|problem)\b[^.]{0,30}\b(?:over|resolved|ends?|ended|closed)|"
    r"(?:fully|completely)\s+(?:restored|recovered|resolved)|back\s+to\s+normal|all[ -]clear)\b",
    re.IGNORECASE,
)
_APART = 15  # minutes: a declaration may follow the repair


@rule("PM224")
def two_ends(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The body gives two different ends.

    Why: readers quote whichever they meet first, and no duration can be trusted until one
    of them is settled.

    Example: a summary that says "until 01:10" and a timeline whose last row says 19:10.

    Cure: settle it; if the record leaves it open, say so, leave `resolved_at` null and list
    both readings under `disputed`.
    """
    ends = stated(postmortem).ends
    if "resolved_at" in postmortem.meta.disputed or not ends:
        return
    last = next((e for e in reversed(postmortem.timeline) if _OVER.search(e.text)), None)
    if not last:
        return
    milestones = _moments(postmortem, "resolved_at", "mitigated_at")
    for clock in ends:
        other = Clock(last.line, last.written, (last.clock.hour * 60 + last.clock.minute,))
        known = {m for m in milestones if clock.fits(m)}, {m for m in milestones if other.fits(m)}
        told_apart = all(known) and known[0] != known[1]
        if clock.differs(other) and not told_apart:
            yield Found(
                max(clock.line, last.line),
                f"two ends: {clock.written} (line {clock.line}) and {last.written} "
                f"(line {last.line})",
                _CURE,
            )
            return


# Both begin with a plain character, which a search for it finds fast.
_RESTS = (re.compile(r"-\d{1,2}-\d+"), re.compile(r"/\d{1,2}/\d+"))
_DATE = re.compile(r"(?P<one>\d{1,2})[-/](?P<two>\d{1,2})[-/](?P<year>[12]\d{3}|\d\d)")
_MONTHS = range(1, 13)


@rule("PM225")
def ambiguous_date(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A date in figures that can be read in two ways.

    Why: 09-06-2024 is June for one half of the world and September for the other.

    Example: "On 09-06-2024 the site went down".

    Cure: 2024-06-09, or 9 June 2024.
    """
    prose = postmortem.body.prose
    for offset, found in _numeric_dates(prose.text):
        one, two = int(found["one"]), int(found["two"])
        if one in _MONTHS and two in _MONTHS and one != two:
            year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)  # noqa: PLR2004
            readings = [date(year, two, one), date(year, one, two)]
            yield Found(
                prose.line_at(offset),
                f"'{found[0]}' is {' or '.join(day.isoformat() for day in readings)}",
                "Write the date as year-month-day, or with the name of the month.",
            )


def _numeric_dates(words: str) -> Iterator[tuple[int, re.Match[str]]]:
    for rest in (found for pattern in _RESTS for found in pattern.finditer(words)):
        begins = rest.start()
        while words[begins - 1 : begins].isdecimal():
            begins -= 1
        around = words[begins - 1 : begins], words[rest.end() : rest.end() + 1]
        found = _DATE.fullmatch(words, begins, rest.end())
        if found and not any(sign.isalnum() or sign in ("/", "-", "_") for sign in around):
            yield begins, found
