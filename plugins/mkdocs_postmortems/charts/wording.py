"""Text in charts: cleaned, measured without a font, wrapped; and numbers in words."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_ELLIPSIS = "…"
# What turns the direction of the text that follows, which may be another's.
_BIDIRECTIONAL = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# The two that end every plane, which XML does not know.
_NONCHARACTER = 0xFFFE
_SLIM, _BROAD = frozenset("fijlrtI.,:;'|!()[]/ -"), frozenset("mwMW@%&—…")


def clean(text: str) -> str:
    """The text on one line, without what cannot stand in XML or turns the direction of others."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(character if _shown(character) else " " for character in text).split())


def _shown(character: str) -> bool:
    if character in _BIDIRECTIONAL or unicodedata.category(character) in {"Cc", "Cs"}:
        return False
    return ord(character) & _NONCHARACTER != _NONCHARACTER


def width(text: str, font: float) -> float:
    """About how wide `text` is at `font` units, in a broad sans-serif: rather too much."""
    return font * sum(map(_em, text))


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _SLIM:
        return 0.42
    if character in _BROAD:
        return 0.98
    return 0.76 if character.isupper() else 0.63


def wrap(text: str, room: float, font: float, lines: int = 2) -> list[str]:
    """`text` in at most `lines` lines that fit into `room` units, cut with an ellipsis."""
    words = [piece for word in text.split() for piece in _pieces(word, room, font)]
    wrapped = [""]
    for word in words:
        longer = f"{wrapped[-1]} {word}".strip()
        if width(longer, font) <= room or not wrapped[-1]:
            wrapped[-1] = longer
        else:
            wrapped.append(word)
    if len(wrapped) <= lines:
        return wrapped
    return [*wrapped[: lines - 1], cut(" ".join(wrapped[lines - 1 :]), room, font)]


def cut(text: str, room: float, font: float) -> str:
    """`text`, or as much of its beginning as fits with an ellipsis."""
    if width(text, font) <= room:
        return text
    kept = text
    while kept and width(kept + _ELLIPSIS, font) > room:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def _pieces(word: str, room: float, font: float) -> list[str]:
    """A word that is longer than a line, in pieces that are not."""
    pieces = [""]
    for character in word:
        if width(pieces[-1] + character, font) > room and pieces[-1]:
            pieces.append("")
        pieces[-1] += character
    return pieces


def thin(labels: Sequence[str], gap: float, font: float) -> list[tuple[int, str]]:
    """The labels to write under ticks `gap` units apart, each with its index, none touching.

    All where they fit; else only the years as they begin, of those every second, fifth,
    tenth; else every so many.
    """
    if all(width(label, font) + font <= gap for label in labels):
        return list(enumerate(labels))
    years = _beginnings(labels)
    for every in (1, 2, 5, 10, 20, 50) if len(years) > 1 else ():
        kept = [(index, year) for index, year in years if int(year) % every == 0]
        # The first year may have begun long before the first period.
        kept = kept[1:] if _touch(kept[:2], gap, font) else kept
        if kept and not _touch(kept, gap, font):
            return kept
    widest = max(width(label, font) for label in labels) + font
    return list(enumerate(labels))[:: int(widest // gap) + 1]


def _beginnings(labels: Sequence[str]) -> list[tuple[int, str]]:
    """Where a new year begins among labels that name one."""
    years = [found[0] if (found := re.search(r"\b\d{4}\b", label)) else "" for label in labels]
    pairs = zip(["", *years], years, strict=False)
    return [(index, year) for index, (last, year) in enumerate(pairs) if year and year != last]


def _touch(labels: Sequence[tuple[int, str]], gap: float, font: float) -> bool:
    return any(
        (later - earlier) * gap < (width(one, font) + width(other, font)) / 2 + font
        for (earlier, one), (later, other) in pairwise(labels)
    )


def percent(share: float) -> str:
    """41%, <1%."""
    return "<1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"  # noqa: PLR2004 (half of one)


def number(value: float) -> str:
    """3, 2.5, 1,200."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def counted(value: float, one: str) -> str:
    """1 incident, 2 incidents."""
    return f"{number(value)} {one if value == 1 else one + 's'}"
