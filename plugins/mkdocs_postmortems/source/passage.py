"""Running text that keeps the line numbers of the file it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# Stands where something was taken out, so that the words around it do not run together.
GAP = "\u00a4"

# Every branch begins with a plain character: only then does the search skip what is between.
_NOT_OWN = re.compile(
    r"""<!--.*?(?:-->|\Z)                                 # a comment
    | (?P<ticks>`+)(?:[^`\n]|\n(?!\s*\n))+?(?P=ticks)     # code
    | !\[[^\[\]\n]*\][(\[][^)\]\n]*[)\]]                  # an image
    | \[[^\[\]\n]*\][(\[][^)\]\n]*[)\]]                   # a link
    | <https?://[^>\s]*> | https?://\S+                  # an address
    | </[A-Za-z][^<>\n]*> | <[A-Za-z][^<>\n]*>           # HTML
    | "[^"\n]{1,300}" | \u201c[^\u201d\n]{1,300}\u201d    # a quotation
    """,
    re.VERBOSE | re.DOTALL,
)
_SIGNS = ("`", "[", "<", "://", '"', "\u201c")
_BREAK = re.compile(
    r"""[.!?](?=[*_)]*\s) | \n\s*\n | \n\s*(?:[-+*\u2022|]|\d+[.)])\s
    | \n(?=[A-Z][\w /]{2,30}:\s)""",
    re.VERBOSE,
)
_FULL_STOPS = (". ", ".\n", "! ", "? ", ".) ")
# A blank line, a list item, a table row, or a label such as "Duration: ".
_NEW_ITEM = re.compile(r"\n[ \t]*(?:\n|[-+*\u2022|]|\d+[.)]\s|[A-Z][\w /]{2,30}:\s)")
# Everything but letters and digits parts words; what is not ASCII counts as a letter.
_SPACED = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256))  # noqa: PLR2004
# Looking further than this for the end of a sentence would find nothing a person wrote.
_LONGEST_SENTENCE = 600


@dataclass(frozen=True)
class Passage:
    """Prose, line for line as in the file; `first_line` is the number of its first line."""

    text: str
    first_line: int = 1

    def line_at(self, offset: int) -> int:
        """The line of the file on which the character at `offset` stands."""
        return self.first_line + self.text.count("\n", 0, offset)

    def between(self, first: int, last: int) -> "Passage":
        """The lines from number `first` to number `last` of the file."""
        lines = self.lines[first - self.first_line : last - self.first_line + 1]
        return Passage("\n".join(lines), first)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text line by line."""
        return tuple(self.text.split("\n"))

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, character for character."""
        lowered = self.text.lower()
        # A few letters grow when lowered (\u0130); offsets must stay those of the text.
        return lowered if len(lowered) == len(self.text) else self.text

    @cached_property
    def words(self) -> frozenset[bytes]:
        """Every word in lower case: tells fast which patterns need not be tried at all."""
        return frozenset(self.lowered.encode("utf-8", "ignore").translate(_SPACED).split())

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Where the sentence or list item around `offset` begins and ends."""
        found_end = _BREAK.search(self.text, offset, offset + _LONGEST_SENTENCE)
        ends = found_end.start() if found_end else min(len(self.text), offset + _LONGEST_SENTENCE)
        return self.begin_of_sentence(offset), ends

    def begin_of_sentence(self, offset: int, reach: int = _LONGEST_SENTENCE) -> int:
        """Where the sentence or list item around `offset` begins, or `reach` characters before."""
        floor = max(0, offset - reach)
        stop = max(self.text.rfind(mark, floor, offset) for mark in _FULL_STOPS)
        begins = stop + 2 if stop >= 0 else floor
        line_end = self.text.rfind("\n", begins, offset)
        while line_end >= 0:
            if _NEW_ITEM.match(self.text, line_end):
                return line_end + 1
            line_end = self.text.rfind("\n", begins, line_end)
        return begins

    def sentences(self) -> Iterator[str]:
        """The sentences and list items, one after the other."""
        begins = 0
        for found in _BREAK.finditer(self.text):
            yield self.text[begins : found.start()]
            begins = found.end()
        yield self.text[begins:]

    def find_all(self, word: str) -> Iterator[int]:
        """The offsets at which `word`, in lower case, occurs in any case."""
        return occurrences(word, self.lowered)


def occurrences(sign: str, text: str) -> Iterator[int]:
    """The offsets of `sign` in `text`: for a rare sign far faster than any pattern."""
    offset = text.find(sign)
    while offset >= 0:
        yield offset
        offset = text.find(sign, offset + 1)


def word_set(words: str) -> frozenset[bytes]:
    """Words to hold against `Passage.words`."""
    return frozenset(words.encode().split())


def own_words(text: str) -> str:
    """The text without code, links, addresses, HTML, comments and quotations.

    Line breaks stay where they are, so that line numbers do.
    """
    if any(sign in text for sign in _SIGNS):
        text = _NOT_OWN.sub(_gap, text)
    return text.replace("**", "")


def _gap(found: re.Match[str]) -> str:
    taken = found[0]
    mark = "" if taken.startswith("<") and "://" not in taken[:9] else GAP
    return mark + "\n" * taken.count("\n")
