"""The name of a postmortem's file, which is its id and its address."""

import re
import unicodedata
from datetime import date

from .facets import UNDATED

_LONGEST = 60
# Letters that do not decompose into a Latin one and a mark.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})


def file_name(title: str, day: date | None) -> str:
    """`2024-03-08-what-broke.md` for an incident that began on `day`; undated-… for None."""
    return f"{day.isoformat() if day else UNDATED}-{slug_of(title)}.md"


def slug_of(text: str) -> str:
    """The words of `text` in lower-case ASCII with hyphens, cut at a word; never empty."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    plain = folded.encode("ascii", "ignore").decode().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        if slug and len(slug) + len(word) >= _LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:_LONGEST]
    return slug or "incident"
