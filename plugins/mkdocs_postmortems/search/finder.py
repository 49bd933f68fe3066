"""Queries to ranked postmortems and terms: what the command line and a site both do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from .query import Correction, Query, Slot, scores, understand
from .spelling import correctable
from .thesaurus import Thesaurus
from .worth import Found, Words, best_of

# What the names of a root cause add where a query speaks of it, and how clearly it must.
CONCEPT = 0.7
SPOKEN_OF = 0.2
# What a word that no term has takes from how clearly the others speak: error messages have many.
STRANGE = 0.25
CONCEPTS = 4
# How clearly a query must speak of a term for its page to be offered, and how many are.
OFFERED = 0.4
OFFERS = 3


class Hit(NamedTuple):
    """A document by its number, and what it is worth: only the order of scores means anything."""

    number: int
    score: float


@dataclass(frozen=True)
class Answer:
    """The postmortems that answer, what is shown of terms to offer, and what was corrected.

    Postmortems are in no order, as who asks may want them by date; terms are, best first.
    """

    postmortems: list[Hit] = field(default_factory=list)
    terms: list[Mapping[str, Any]] = field(default_factory=list)
    corrections: tuple[Correction, ...] = ()


class Finder:
    """Answers queries from an index of postmortems and one of terms.

    A term's id is `facet:term`; terms of root causes widen a query that speaks of them.
    """

    def __init__(self, postmortems: Words, terms: Words, thesaurus: Thesaurus) -> None:
        self.postmortems = postmortems
        self.terms = terms
        self.thesaurus = thesaurus

    def has(self, key: str) -> bool:
        """Whether a postmortem, a term or the thesaurus has the stem `key`."""
        return self.thesaurus.has(key) or self.postmortems.has(key) or self.terms.has(key)

    def beginning(self, stem: str) -> list[str]:
        """The commonest stems of postmortems that begin with `stem`."""
        return self.postmortems.beginning(stem)

    def correctable(self) -> Mapping[str, int]:
        """The words that a slip can be led back to."""
        return self._correctable

    @cached_property
    def _correctable(self) -> dict[str, int]:
        counts = dict(self.postmortems.written())
        for word in (*self.terms.written(), *self.thesaurus.words):
            counts.setdefault(word, 1)
        return correctable(counts)

    def find(self, typed: str, *, literal: bool = False) -> Answer:
        """What answers `typed`; with `literal` no word is taken for another."""
        query = understand(typed, self, self.thesaurus, literal=literal)
        strengths = self._strengths(query)
        found = scores(self._widened(query, strengths), self._score(self.postmortems))
        return Answer(
            [Hit(number, score) for number, score in found.items()],
            self._offered(strengths),
            query.corrections,
        )

    def worth(self, index: Words, key: str) -> Found:
        """What a stem, group or concept is worth in each document of `index`."""
        members = self.thesaurus.members(key)
        return best_of(map(index.find, members)) if members else index.find(key)

    def _score(self, index: Words) -> Callable[[str], Mapping[int, float]]:
        return lambda key: self.worth(index, key).scores

    def _strengths(self, query: Query) -> dict[int, float]:
        """How clearly the query speaks of each term, from 0 to 1; wholly where it names it."""
        first = [next(iter(slot.keys)) for slot in query.slots]
        scales = [(found.scale, bool(found.steps)) for found in map(self.terms.find, first)]
        most = sum(scale if known else STRANGE * scale for scale, known in scales) or 1.0
        found = scores(query, self._score(self.terms), least=1)
        named = set(query.concepts)
        shown = self.terms.shown()
        return {
            number: 1.0 if _concept(shown[number]) in named else min(1.0, score / most)
            for number, score in found.items()
        }

    def _widened(self, query: Query, strengths: Mapping[int, float]) -> Query:
        shown = self.terms.shown()
        causes = {number: strength for number, strength in strengths.items()
                  if strength >= SPOKEN_OF and _concept(shown[number])}  # fmt: skip
        best = self._clearest(causes)[:CONCEPTS]
        more = (Slot({_concept(shown[n]): CONCEPT * causes[n]}) for n in best)
        return replace(query, more=(*query.more, *more))

    def _offered(self, strengths: Mapping[int, float]) -> list[Mapping[str, Any]]:
        shown = self.terms.shown()
        clear = {number: strength for number, strength in strengths.items() if strength >= OFFERED}
        return [shown[number] for number in self._clearest(clear)[:OFFERS]]

    def _clearest(self, strengths: Mapping[int, float]) -> list[int]:
        """Terms by how clearly the query speaks of them; of two alike that with more incidents.

        Their numbers would not do: a site has terms that the command line has not.
        """
        shown = self.terms.shown()

        def place(number: int) -> tuple[float, int, str]:
            term = shown[number]
            return -round(strengths[number], 9), -term["count"], f"{term['facet']}:{term['id']}"

        return sorted(strengths, key=place)


def _concept(term: Mapping[str, Any]) -> str:
    """What a root cause is called in the thesaurus; nothing for another term."""
    return f"@{term['id']}" if term["facet"] == "root-causes" else ""
