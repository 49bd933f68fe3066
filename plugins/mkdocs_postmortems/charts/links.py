"""What a mark stands for, where it leads, and which addresses it may lead to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .wording import clean

_PREFIX = "pm-mark-"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALLOWED = ("http:", "https:")


@dataclass(frozen=True, slots=True)
class Mark:
    """The words that a mark of a drawing stands for, and where it leads (or an empty string)."""

    title: str
    href: str = ""


def safe_href(href: str) -> str:
    """`href` as it is, or an empty string where following it could run something.

    Browsers drop tabs and line breaks from an address and spaces before it, so whatever
    holds one is refused rather than read the way they would.
    """
    if href != clean(href):
        return ""
    scheme = _SCHEME.match(href)
    return "" if scheme and scheme[0].lower() not in _ALLOWED else href


def token(index: int) -> str:
    """What a drawing's shape carries to say that it is the mark at `index`."""
    return f"{_PREFIX}{index}"


def mark_of(carried: str, marks: Sequence[Mark]) -> Mark | None:
    """The mark that a shape's token means; None where it is no token."""
    index = carried.removeprefix(_PREFIX)
    return marks[int(index)] if index != carried else None
