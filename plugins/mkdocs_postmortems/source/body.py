"""The structure of a postmortem's body: its sections, and which lines are prose."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .passage import Passage, own_words

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_BOLD_HEADING = re.compile(r"\*\*([^*]+?):?\*\*:?\s*$")
_FENCE = re.compile(r" {0,3}(?:[-*+] +|\d+\. +)?(`{3,}(?=[^`]*$)|~{3,})")
# The level of a heading that is merely bold: below all others.
BOLD = 7
_ITEM = re.compile(r"([-*+]|\d+[.)])\s")
_INDENTED = ("    ", "\t")
# What the first character of a line that may be other than plain text can be.
_MARKED = frozenset(" \t>#`~-*+0123456789")
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


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines up to the next one of its level or above it."""

    title: str
    level: int
    line: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Body:
    """A body's text; everything else about it is worked out when first asked for."""

    text: str = ""
    first_line: int = 1

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line with its number and kind."""
        return tuple(_classified(self.text, self.first_line))

    @cached_property
    def prose(self) -> Passage:
        """What its author says in running text: no headings, code, quotes or links."""
        prose = Kind.PROSE
        kept = [text if kind is prose else "" for _, text, kind in self.lines]
        return Passage(own_words("\n".join(kept)), self.first_line)

    def passage(self, section: Section) -> Passage:
        """The prose of one section."""
        return self.prose.between(section.line + 1, section.line + len(section.lines))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in the order they stand."""
        heading = Kind.HEADING
        heads = [
            (index, *found)
            for index, (_, text, kind) in enumerate(self.lines)
            if (kind is heading or text[:2] == "**") and (found := _heading(text, kind))
        ]
        ends = _ends([(start, level) for start, level, _ in heads], len(self.lines))
        return tuple(
            Section(title, level, self.lines[start].number, self.lines[start + 1 : end])
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


def meanings(title: str) -> tuple[str, ...]:
    """The sections (keys of `ALIASES`) that a heading stands for; it can be two."""
    return _MEANINGS.get(plain(title), ())


def plain(title: str) -> str:
    """A heading's words alone: lower case, no numbers, marks or emoji."""
    return " ".join(_NOISE.sub(" ", title.lower().replace("&", "and")).split())


def _classified(text: str, first_line: int) -> list[Line]:
    lines: list[Line] = []
    fence = flush = ""
    prose, code = Kind.PROSE, Kind.CODE
    new = tuple.__new__  # what Line(…) calls, at half its cost
    for number, content in enumerate(text.split("\n"), first_line):
        # Most lines are plain text, told by their first character.
        kind = prose
        first = content[:1]
        if fence:
            kind = code
            fence = "" if _closes(content, fence) else fence
        elif first not in _MARKED:
            pass
        elif ("```" in content or "~~~" in content) and (marker := _FENCE.match(content)):
            kind, fence = code, marker[1]
        elif first in _BLANK:
            kind = _indented(content, lines[-1].text if lines else "", flush)
        elif first in "#>":
            kind = _marked(content)
        if first not in _BLANK:
            flush = content
        lines.append(new(Line, (number, content, kind)))
    return lines


def _closes(content: str, fence: str) -> bool:
    marker = _FENCE.match(content)
    return bool(marker and marker[1].startswith(fence) and content.strip() == marker[1])


def _indented(content: str, before: str, flush: str) -> Kind:
    """The kind of a line that begins with a blank; `flush` is the last one that does not."""
    if content.startswith(_INDENTED) and not before.strip():
        # Indented text after a blank line may still belong to a list item.
        return Kind.PROSE if _ITEM.match(flush) else Kind.CODE
    return _marked(content)


def _marked(content: str) -> Kind:
    first = content.lstrip()[:1]
    if first == ">":
        return Kind.QUOTE
    return Kind.HEADING if first == "#" and _HEADING.match(content) else Kind.PROSE


def _heading(text: str, kind: Kind) -> tuple[int, str] | None:
    if kind is Kind.HEADING and (found := _HEADING.match(text)):
        return len(found[1]), found[2].strip("*: ")
    if kind is Kind.PROSE and (found := _BOLD_HEADING.match(text)):
        # A line that is nothing but bold text serves as a heading in many real documents.
        return BOLD, found[1]
    return None


def _ends(heads: list[tuple[int, int]], last: int) -> list[int]:
    """For each heading, given as index and level, the index at which its section ends."""
    ends: list[int] = []
    nearest = dict.fromkeys(range(1, BOLD + 1), last)  # by level, seen from below
    for start, level in reversed(heads):
        ends.append(min(nearest[other] for other in range(1, level + 1)))
        nearest[level] = start
    return ends[::-1]
