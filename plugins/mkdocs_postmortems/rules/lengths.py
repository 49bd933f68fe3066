"""What a body states of how long the incident took."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs_postmortems.source import Passage

DAY = 24 * 60  # minutes
# What may stand before a time or a length: "about", "approximately".
ROUGH = r"(?P<rough>about|around|roughly|approximately|circa|some|shortly|just|nearly|almost|~)?\s*"
INCIDENT = r"\b(?:outage|incident|disruption|downtime|problem|issue)\b"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "ninety": 90,
}  # fmt: skip
_UNITS = {"d": DAY, "h": 60, "m": 1}
_AMOUNT = rf"(?:\d+(?:\.\d+)?|\b(?:{'|'.join(_NUMBERS)})\b)"
_PART = re.compile(
    rf"(?P<amount>{_AMOUNT})[\s-]*(?P<more>and\s+(?:a\s+)?(?:half|quarter)\s+|and\s+three\s+quarters\s+)?"
    r"(?P<unit>days?|hours?|hrs?|h|minutes?|mins?|m)\b(?P<after>\s+and\s+a\s+half\b)?",
)
_LASTS = ("last", "duration", "outage of", "disruption of", "downtime of", "time to re")
_LASTED = re.compile(
    rf"""(?:duration\b(?:\sof)?|time\sto\s(?:recover|resol|repair)\w*|last(?:ed|ing)|
    (?:outage|disruption|downtime)\sof)\b
    [^.\w\n]{{0,6}}(?:(?:was|for|a\s+total\s+of|only)\s+)?{ROUGH}(?={_AMOUNT}[\s-]*(?:and|[dhm]))""",
    re.VERBOSE,
)
_WHAT_LASTED = re.compile(rf"{INCIDENT}.*$", re.DOTALL)
_JOINT = re.compile(rf"(?:,\s*|\s+)(?:and\s+)?(?={_AMOUNT}[\s-]*[hdm])")


@dataclass(frozen=True, slots=True)
class Length:
    """A duration as the body states it, in minutes."""

    line: int
    written: str
    minutes: float
    rough: bool


def lengths(passage: Passage) -> Iterator[Length]:
    """Every duration that is stated as that of the incident."""
    for found in _lasting(passage):
        end, minutes, parts = found.end(), 0.0, 0
        while part := _PART.match(passage.lowered, end):
            minutes += _minutes(part)
            parts += 1
            joint = _JOINT.match(passage.lowered, part.end())
            end = joint.end() if joint else part.end()
        if parts:
            written = " ".join(passage.text[found.end() : end].split()).rstrip(", and")
            yield Length(passage.line_at(found.start()), written, minutes, bool(found["rough"]))


def _lasting(passage: Passage) -> Iterator[re.Match[str]]:
    """Where the text begins to say how long the incident took."""
    for sign in _LASTS:
        for offset in passage.find_all(sign):
            found = _LASTED.match(passage.lowered, offset)
            if found and (sign != "last" or _names_incident(passage, offset)):
                yield found


def _names_incident(passage: Passage, offset: int) -> bool:
    begins = passage.begin_of_sentence(offset)
    return bool(_WHAT_LASTED.search(passage.lowered, begins, offset))


def _minutes(part: re.Match[str]) -> float:
    number = float(_NUMBERS.get(part["amount"], part["amount"]))
    more = part["more"] or part["after"] or ""
    number += (
        0.75 if "three" in more else 0.5 if "half" in more else 0.25 if "quarter" in more else 0
    )
    return number * _UNITS[part["unit"][0]]
