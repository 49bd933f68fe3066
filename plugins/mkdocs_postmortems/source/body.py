"""The structure of a postmortem's body: its sections, and which lines are prose."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_BOLD_HEADING = re.compile(r"\*\*([^*]+?):?\*\*:?\s*$")
_FENCE = re.compile(r" {0,3}(?:[-*+] +|\d+\. +)?(`{3,}|~{3,})")
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


class Kind(StrEnum):
    """What a line is, as far as rules care: only prose is read for language."""

    PROSE = "prose"
    CODE = "code"
    QUOTE = "quote"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Line:
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
    def sections(self) -> tuple[Section, ...]:
        """The sections in the order they stand."""
        heads = [(i, *found) for i, line in enumerate(self.lines) if (found := _heading(line))]
        return tuple(
            Section(title, level, self.lines[start].number, self.lines[start + 1 : end])
            for position, (start, level, title) in enumerate(heads)
            for end in [_end(heads[position + 1 :], level, len(self.lines))]
        )

    def section(self, name: str) -> Section | None:
        """The first section that means `name` (a key of `ALIASES`), or None."""
        wanted = ALIASES[name]
        return next((s for s in self.sections if plain(s.title) in wanted), None)


def plain(title: str) -> str:
    """A heading's words alone: lower case, no numbers, marks or emoji."""
    return " ".join(_NOISE.sub(" ", title.lower().replace("&", "and")).split())


def _classified(text: str, first_line: int) -> list[Line]:
    lines: list[Line] = []
    fence = ""
    for number, content in enumerate(text.split("\n"), first_line):
        marker = _FENCE.match(content)
        if fence:
            kind = Kind.CODE
            if marker and marker[1].startswith(fence) and content.strip() == marker[1]:
                fence = ""
        elif marker:
            kind, fence = Kind.CODE, marker[1]
        elif content.startswith(("    ", "\t")) and (not lines or not lines[-1].text.strip()):
            kind = Kind.CODE if not _in_list(lines) else Kind.PROSE
        elif content.lstrip().startswith(">"):
            kind = Kind.QUOTE
        else:
            kind = Kind.HEADING if _HEADING.match(content) else Kind.PROSE
        lines.append(Line(number, content, kind))
    return lines


def _in_list(lines: list[Line]) -> bool:
    """Whether indented text after a blank line still belongs to a list item."""
    for line in reversed(lines):
        if line.text.strip() and not line.text.startswith((" ", "\t")):
            return bool(re.match(r"([-*+]|\d+[.)])\s", line.text))
    return False


def _heading(line: Line) -> tuple[int, str] | None:
    if line.kind is Kind.HEADING and (found := _HEADING.match(line.text)):
        return len(found[1]), found[2].strip("*: ")
    if line.kind is Kind.PROSE and (found := _BOLD_HEADING.match(line.text)):
        # A line that is nothing but bold text serves as a heading in many real documents.
        return 7, found[1]
    return None


def _end(later: list[tuple[int, int, str]], level: int, last: int) -> int:
    return next((start for start, other, _ in later if other <= level), last)
