"""Words counted in memory: what a site's index is written from, and what terms are found in.

The numbers are those of FTS5, which the command line asks (see `index`); a test holds the two
against each other. FTS5 itself takes several times as long to give them for every word there is.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from heapq import nsmallest
from itertools import compress, count, pairwise, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .documents import BREAK, Document
from .worth import BEGINNINGS, BROADNESS, HIGHEST, STEPS, TYPICAL, Found, rarity


class Tally:
    """Documents by their stems, and by those of the `phrases` that they have.

    `broadness` is how much the words of a document longer than others are discounted, 0 to 1.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        phrases: Iterable[str] = (),
        *,
        broadness: float = BROADNESS,
    ) -> None:
        self._weights = weights
        self._broadness = broadness
        self._phrases: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
        for phrase in phrases:
            parts = phrase.split()
            self._phrases[parts[0], parts[1]].append(parts)
        self._keys: dict[str, int] = {}
        # One entry for each key of each document: the key, the document, the weighed count.
        self._key_of = array("I")
        self._number_of = array("I")
        self._count_of = array("f")
        self._lengths = array("I", [0])
        self._written: Counter[str] = Counter()
        self._shown: dict[int, dict[str, Any]] = {}

    def add(self, documents: Iterable[Document]) -> None:
        """Add documents; each gets the next number, from 1 on."""
        known = self._keys
        for document in documents:
            number = len(self._lengths)
            self._shown[number] = document.shown
            stemmed, words = document.analysed()
            self._written.update(words)
            self._lengths.append(sum(map(len, stemmed.values())))
            counts = self._counted(stemmed)
            self._key_of.extend([known.setdefault(key, len(known)) for key in counts])
            self._number_of.extend(repeat(number, len(counts)))
            self._count_of.extend(counts.values())

    def _counted(self, stemmed: Mapping[str, list[str]]) -> dict[str, float]:
        """How often each key stands there, weighed by the field."""
        counts: dict[str, float] = {}
        for name, found in stemmed.items():
            weight = self._weights[name]
            for key, times in Counter(found).items():
                counts[key] = counts.get(key, 0.0) + weight * times
            for key in self._phrases_in(found):
                counts[key] = counts.get(key, 0.0) + weight
        counts.pop(BREAK, None)
        return counts

    def _phrases_in(self, found: list[str]) -> Iterator[str]:
        begin = self._phrases.__contains__
        pairs = list(pairwise(found))
        for at in compress(count(), map(begin, pairs)):
            for parts in self._phrases[pairs[at]]:
                if found[at : at + len(parts)] == parts:
                    yield " ".join(parts)

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self._shown)

    def find(self, key: str) -> Found:
        """What a stem or phrase is worth in each document: Okapi BM25."""
        at = self._keys.get(key)
        if at is None:
            return Found(round(HIGHEST * rarity(self.size, 0), 4), {})
        begins, ends = self._places[at : at + 2]
        numbers, steps = self._numbers[begins:ends].tolist(), self._steps[begins:ends].tolist()
        scale = HIGHEST * rarity(self.size, len(numbers))
        return Found(round(scale, 4), dict(zip(numbers, steps, strict=True)))

    @cached_property
    def _order(self) -> NDArray[np.int64]:
        """The entries by key; those of a key stay in the order of the documents."""
        order = np.argsort(np.asarray(self._key_of), kind="stable")
        return order.astype(np.int64)

    @cached_property
    def _places(self) -> list[int]:
        """Where the entries of each key begin, and at last where they end."""
        counts = np.bincount(np.asarray(self._key_of), minlength=len(self._keys))
        return [0, *np.cumsum(counts).tolist()]

    @cached_property
    def _numbers(self) -> NDArray[np.uint32]:
        return np.asarray(self._number_of)[self._order]

    @cached_property
    def _steps(self) -> NDArray[np.int64]:
        counts = np.asarray(self._count_of, dtype=np.float64)[self._order]
        lengths = np.asarray(self._lengths, dtype=np.float64)
        average = lengths.sum() / (self.size or 1)
        relative = 1 - self._broadness + self._broadness * lengths / average
        parts = counts / (counts + TYPICAL * relative[self._numbers])
        steps: NDArray[np.int64] = np.maximum(1, np.rint(parts * STEPS)).astype(np.int64)
        return steps

    def has(self, key: str) -> bool:
        """Whether any document has the stem `key`."""
        return key in self._keys

    def beginning(self, stem: str) -> list[str]:
        """The commonest stems that begin with `stem`."""
        longer = (key for key in self._keys if key.startswith(stem) and " " not in key)
        return nsmallest(BEGINNINGS, longer, key=lambda key: (-len(self.find(key).steps), key))

    def stems(self) -> list[str]:
        """Every stem that occurs, in order."""
        return sorted(key for key in self._keys if " " not in key)

    def written(self) -> dict[str, int]:
        """Every word as it is written, with how many documents have it."""
        return self._written

    def shown(self) -> dict[int, dict[str, Any]]:
        """What results say, by the number of the document."""
        return self._shown
