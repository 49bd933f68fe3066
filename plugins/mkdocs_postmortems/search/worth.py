"""What a word is worth in a document: Okapi BM25 (Robertson and Zaragoza 2009), in steps."""

from collections.abc import Iterable
from math import log
from typing import Any, NamedTuple, Protocol

# k1 and b as FTS5 has them: how soon repeating a word stops counting, and how much a long
# document's words are discounted.
TYPICAL = 1.2
BROADNESS = 0.75
HIGHEST = TYPICAL + 1
STEPS = 220
BEGINNINGS = 4


class Found(NamedTuple):
    """What a key is worth: `scale` x steps / `STEPS`, by the number of the document."""

    scale: float
    steps: dict[int, int]

    @property
    def scores(self) -> dict[int, float]:
        """The scores by the number of the document."""
        unit = self.scale / STEPS
        return {number: unit * steps for number, steps in self.steps.items()}


class Words(Protocol):
    """Documents by their words."""

    @property
    def size(self) -> int:
        """How many documents there are."""

    def find(self, key: str) -> Found:
        """What a stem or phrase is worth in each document."""

    def has(self, key: str) -> bool:
        """Whether any document has the stem `key`."""

    def beginning(self, stem: str) -> list[str]:
        """The commonest stems that begin with `stem`."""

    def stems(self) -> list[str]:
        """Every stem that occurs, in order."""

    def written(self) -> dict[str, int]:
        """Every word as it is written, with how many documents have it."""

    def shown(self) -> dict[int, dict[str, Any]]:
        """What results say, by the number of the document."""


def rarity(size: int, found: int) -> float:
    """What it says that `found` of `size` documents have a word: ln(1 + (N - n + ½) / (n + ½))."""
    return log(1 + (size - found + 0.5) / (found + 0.5))


def best_of(found: Iterable[Found]) -> Found:
    """Of several keys that mean the same the best in each document."""
    found = [one for one in found if one.steps]
    scale = max((one.scale for one in found), default=0.0)
    steps: dict[int, int] = {}
    for one in found:
        share = one.scale / scale
        for number, step in one.steps.items():
            steps[number] = max(steps.get(number, 1), round(step * share))
    return Found(scale, steps)
