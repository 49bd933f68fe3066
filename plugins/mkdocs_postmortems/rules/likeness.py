"""Whether two pieces of text say the same, by the words they share."""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z][a-z0-9-]{2,}")
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        """the and for that this with from into onto are was were been has have had not its our
        their which who whom than then also when while where will would can could should may
        might must more most any all each per out off over under about after before during
        between among such""",
    )
)
# Of the words of the shorter text, this share has to be in the other one.
_SHARE = 0.75
_FEWEST = 3


def stems(text: str) -> frozenset[str]:
    """The content words of a text without their endings: "settings" and "setting" are one."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _LITTLE)


def alike(one: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    """Whether one of the others says all but a little of what `one` says."""
    needed = max(_FEWEST, len(one) * _SHARE)
    return len(one) >= _FEWEST and any(len(one & other) >= needed for other in others)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "e", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:  # noqa: PLR2004
            return word.removesuffix(ending)
    return word
