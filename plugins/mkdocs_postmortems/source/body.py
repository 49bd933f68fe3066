"""The structure of a postmortem's body: its sections, and which lines are prose."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .passage import Passage, occurrences, own_words

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_BOLD_HEADING = re.compile(r"\*\*([^*]+?):?\*\*:?\s*$")
_FENCE = re.compile(r" {0,3}(?:[-*+] +|\d+\. +)?(`{3,}(?=[^`]*$)|~{3,})")
# The level of a heading that is merely bold: below all others.
BOLD = 7
_ITEM = re.compile(r"([-*+]|\d+[.)])\s")
_INDENTED = ("    ", "\t")
# What is in no text whose lines are told by their first character.
_UNEVEN = re.compile(r"\n(?:\t| {1,3}[#>]|    )")
_BLANK = frozenset(("", " ", "\t"))
_NOISE = re.compile(r"[^a-z ]+")

# The headings people really use, by the section they mean.
ALIASES: dict[str, tuple[str, ...]] = {
    "summary": ("summary", "issue summary", "incident summary", "overview", "executive summary",
                "abstract", "tldr", "tl dr"),
    "impact": ("impact", "customer impact", "user impact", "impact assessment", "effects"),
    "timeline": ("timeline", "incident timeline", "timeline of events", "chronology",
                 "sequence of events"),
    "root-cause": ("root cause", "root causes", "root cause analysis", "cause", "causes",
                   "root cause and resolution", "root causes and resolution",
                   "root cause and recovery", "what went wrong", "analysis"),
    "resolution": ("resolution", "recovery", "resolution and recovery", "mitigation", "the fix",
                   "root cause and resolution", "root causes and resolution"),
    "actions": ("corrective and preventative measures", "corrective and preventive measures",
                "corrective and preventative actions", "corrective and preventive actions",
                "corrective actions", "preventative measures", "preventive measures",
                "action items", "actions", "follow up", "follow ups", "follow up actions",
                "next steps", "remediation"),
    "lessons": ("lessons learned", "lessons learnt", "lessons", "what we learned",
                "what we learnt", "takeaways"),
}  # fmt: skip

_MEANINGS = {
    title: tuple(name for name, titles in ALIASES.items() if title in titles)
    for title in {title for titles in ALIASES.values() for title in titles}
}


class Kind(StrEnum):
    """What a line is, as far as rules care: only prose is read for language."""

    PROSE = "prose"
    CODE = "code"
    QUOTE = "quote"
    HEADING = "heading"


class Line(NamedTuple):
    """One line of a body with its number in the file."""

    number: int
    text: str
    kind: Kind


@dataclass(frozen=True)
class Section:
    """A heading and the lines up to the next one of its level or above it.

    `line` is the number of the heading, `last` that of the section's last line.
    """

    title: str
    level: int
    line: int
    last: int
    body: "Body" = field(repr=False, compare=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines below the heading."""
        return self.body.between(self.line + 1, self.last)

    @cached_property
    def passage(self) -> Passage:
        """Its prose."""
        return self.body.prose.between(self.line + 1, self.last)


@dataclass(frozen=True)
class Body:
    """A body's text; everything else about it is worked out when first asked for."""

    text: str = ""
    first_line: int = 1

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line with its number and kind."""
        return self.between(self.first_line, self.first_line + len(self._rows) - 1)

    def between(self, first: int, last: int) -> tuple[Line, ...]:
        """The lines from number `first` to number `last`."""
        other, prose, offset = self._kinds, Kind.PROSE, self.first_line
        return tuple(
            Line(number, self._rows[number - offset], other.get(number - offset, prose))
            for number in range(first, last + 1)
        )

    @cached_property
    def prose(self) -> Passage:
        """What its author says in running text: no headings, code, quotes or links."""
        rows = self._rows.copy()
        for index in self._kinds:
            rows[index] = ""
        return Passage(own_words("\n".join(rows)), self.first_line)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in the order they stand."""
        heads = list(self._headings())
        ends = _ends([(start, level) for start, level, _ in heads], len(self._rows))
        return tuple(
            Section(title, level, self.first_line + start, self.first_line + end - 1, self)
            for (start, level, title), end in zip(heads, ends, strict=True)
        )

    def section(self, name: str) -> Section | None:
        """The first section that means `name` (a key of `ALIASES`), or None."""
        return self._by_meaning.get(name)

    @cached_property
    def _by_meaning(self) -> dict[str, Section]:
        found: dict[str, Section] = {}
        for section in self.sections:
            for name in meanings(section.title):
                found.setdefault(name, section)
        return found

    @cached_property
    def _rows(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _kinds(self) -> dict[int, Kind]:
        """The kind of each line that is not prose, by its index."""
        text = self.text
        if text[:1] in " \t" or "```" in text or "~~~" in text or _UNEVEN.search(text):
            return dict(_slowly(self._rows))
        # Without code and indentation, headings and quotes are told by their first character.
        headings = ((index, Kind.HEADING) for index in _beginning_with("#", text)
                    if _HEADING.match(self._rows[index]))  # fmt: skip
        quotes = ((index, Kind.QUOTE) for index in _beginning_with(">", text))
        return dict((*headings, *quotes))

    def _headings(self) -> Iterator[tuple[int, int, str]]:
        """The index, level and title of each heading, in order."""
        kinds = self._kinds
        marked = [index for index, kind in kinds.items() if kind is Kind.HEADING]
        bold = [index for index in _beginning_with("**", self.text) if index not in kinds]
        for index in sorted((*marked, *bold)):
            if index in kinds and (found := _HEADING.match(self._rows[index])):
                yield index, len(found[1]), found[2].strip("*: ")
            elif found := _BOLD_HEADING.match(self._rows[index]):
                # A line of nothing but bold text serves as a heading in many real documents.
                # One that no section is called belongs to the section above it.
                yield index, BOLD if meanings(found[1]) else BOLD + 1, found[1]


def meanings(title: str) -> tuple[str, ...]:
    """The sections (keys of `ALIASES`) that a heading stands for; it can be two."""
    return _MEANINGS.get(plain(title.partition("(")[0]), ())


def plain(title: str) -> str:
    """A heading's words alone: lower case, no numbers, marks or emoji."""
    return " ".join(_NOISE.sub(" ", title.lower().replace("&", "and")).split())


def _beginning_with(sign: str, text: str) -> Iterator[int]:
    """The indexes of the lines that begin with `sign`."""
    if text.startswith(sign):
        yield 0
    index = counted = 0
    for offset in occurrences(f"\n{sign}", text):
        index += text.count("\n", counted, offset + 1)
        counted = offset + 1
        yield index


def _slowly(rows: Iterable[str]) -> Iterator[tuple[int, Kind]]:
    """The lines that are not prose, by index, where there is code or indentation."""
    before = fence = flush = ""
    for index, content in enumerate(rows):
        kind = Kind.PROSE
        if fence:
            kind = Kind.CODE
            fence = "" if _closes(content, fence) else fence
        elif ("```" in content or "~~~" in content) and (marker := _FENCE.match(content)):
            kind, fence = Kind.CODE, marker[1]
        elif content.startswith(_INDENTED) and not before.strip():
            # Indented text after a blank line may still belong to a list item.
            kind = Kind.PROSE if _ITEM.match(flush) else Kind.CODE
        elif content.lstrip()[:1] == ">":
            kind = Kind.QUOTE
        elif _HEADING.match(content):
            kind = Kind.HEADING
        before = content
        if content[:1] not in _BLANK:
            flush = content
        if kind is not Kind.PROSE:
            yield index, kind


def _closes(content: str, fence: str) -> bool:
    marker = _FENCE.match(content)
    return bool(marker and marker[1].startswith(fence) and content.strip() == marker[1])


def _ends(heads: list[tuple[int, int]], last: int) -> list[int]:
    """For each heading, given as index and level, the index at which its section ends."""
    ends: list[int] = []
    nearest = dict.fromkeys(range(1, BOLD + 2), last)  # by level, seen from below
    for start, level in reversed(heads):
        ends.append(min(nearest[other] for other in range(1, level + 1)))
        nearest[level] = start
    return ends[::-1]
