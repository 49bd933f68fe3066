"""Past incidents most like a postmortem, each with the reasons.

The score adds up what two postmortems share. A shared term weighs `weight x rarity`, where
rarity is ln(1 + N/n) / ln(1 + N) for a term that n of the N published postmortems carry: 1 for
one that stands once, and less the commoner it is. Wording weighs `weight x cosine` of the two
tf-idf vectors (Salton and Buckley 1988: (1 + ln tf) x ln(1 + N/n)).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from math import hypot, log
from typing import NamedTuple

from .facets import FACETS, Facet
from .library import Library
from .model import Postmortem
from .words import causes_spoken_of, weigh

# What a shared term weighs, by the facet that it is browsed on; a cause of one that is a factor
# of the other; a cause that a draft's text speaks of while its front matter names none.
_FACTOR = "contributing factor"
_WEIGHTS = {"root-causes": 3.0, "services": 1.5, "triggers": 0.8, "impacts": 0.4, _FACTOR: 0.8}
_SPOKEN_OF = 1.5
_WORDING = 3.0
_NAMED = 4.0
# Below this nothing is suggested: a shared impact alone, or a few words in common.
_LEAST = 0.5
# Terms that two incidents can share without having anything in common.
_SAYS_NOTHING = {"unknown", "other", "none"}
# So many of its words tell a postmortem from others; more cost time and change nothing.
_TELLING = 40
_COMMON = 4
_LEAST_COSINE = 0.05

_FACETS = {facet.name: facet for facet in FACETS if facet.name in _WEIGHTS}
_CAUSES = _FACETS["root-causes"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in common. `words` are titles to show, `terms` their ids on the facet `facet`."""

    kind: str
    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    facet: str = ""

    def __str__(self) -> str:
        """`same root cause: Connection pool`."""
        return f"{self.kind}: {', '.join(self.words)}" if self.words else self.kind


@dataclass(frozen=True, slots=True)
class Similar:
    """A past incident, how alike it is (only the order of scores means anything), and why."""

    postmortem: Postmortem
    score: float
    reasons: tuple[Reason, ...]


class _Trait(NamedTuple):
    """Something that several incidents can have: a term on a facet, or a cause as a factor."""

    kind: str
    term: str


def similar(postmortem: Postmortem, library: Library, limit: int = 5) -> list[Similar]:
    """The published incidents most like `postmortem`, the most alike first.

    For many postmortems make one `Likeness` and ask it.
    """
    return Likeness(library).similar(postmortem, limit)


class Likeness:
    """What the published incidents of a library have in common, ready to be asked many times."""

    def __init__(self, library: Library) -> None:
        self._taxonomy = library.taxonomy
        self._past = {p.id: p for p in library.published}
        self._with_trait: dict[_Trait, list[str]] = defaultdict(list)
        self._named_by: dict[str, list[str]] = defaultdict(list)
        for past in library.published:
            for trait in _traits(past):
                self._with_trait[trait].append(past.id)
            for id_ in (*past.meta.related, *past.meta.recurrence_of):
                self._named_by[id_].append(past.id)

    def similar(self, postmortem: Postmortem, limit: int = 5) -> list[Similar]:
        """The published incidents most like `postmortem`, the most alike first.

        `related` and `recurrence_of` of either add to the score; `unrelated` of either rules
        the other out. Fewer than `limit` where nothing else is alike.
        """
        words = self._vector(postmortem)
        scores = self._scores(postmortem, words)
        alike = (
            (score, self._past[id_])
            for id_, score in scores.items()
            if score >= _LEAST and id_ != postmortem.id and not _vetoed(postmortem, self._past[id_])
        )
        # Of two that are equally alike the later comes first.
        best = nlargest(limit, alike, key=lambda pair: (round(pair[0], 9), pair[1].id))
        return [
            Similar(past, score, tuple(self._reasons(postmortem, past, words)))
            for score, past in best
        ]

    def _scores(self, postmortem: Postmortem, words: Mapping[str, float]) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for trait, weight in self._sought(postmortem):
            ids = self._with_trait.get(trait)
            shared = weight * self._rarity(len(ids)) if ids else 0.0
            for id_ in ids or ():
                scores[id_] += shared
        for id_, cosine in self._cosines(words).items():
            scores[id_] += _WORDING * cosine
        for id_ in self._named(postmortem):
            scores[id_] += _NAMED
        return scores

    def _sought(self, postmortem: Postmortem) -> Iterator[tuple[_Trait, float]]:
        """What to look for in others, with its weight where it is rarest."""
        for trait in _traits(postmortem):
            yield trait, _WEIGHTS[trait.kind]
        for cause in self._spoken_of(postmortem):
            yield _Trait(_CAUSES.name, cause), _SPOKEN_OF

    def _spoken_of(self, postmortem: Postmortem) -> list[str]:
        """The causes that the text names, while its front matter does not name one."""
        known = _causes_and_factors(postmortem)
        return [] if known else causes_spoken_of(postmortem, self._taxonomy)

    def _rarity(self, carried: int) -> float:
        return log(1 + len(self._past) / carried) / log(1 + len(self._past))

    def _named(self, postmortem: Postmortem) -> set[str]:
        """The past incidents that name this one, or that it names."""
        meta = postmortem.meta
        named = (*meta.related, *meta.recurrence_of, *self._named_by.get(postmortem.id, ()))
        return self._past.keys() & set(named)

    # Wording.

    @cached_property
    def _weighed(self) -> dict[str, dict[str, float]]:
        return {id_: weigh(past, self._taxonomy) for id_, past in self._past.items()}

    @cached_property
    def _standing(self) -> Counter[str]:
        """In how many published postmortems a word stands."""
        return Counter(word for weights in self._weighed.values() for word in weights)

    @cached_property
    def _vectors(self) -> dict[str, dict[str, float]]:
        return {id_: self._normed(weights) for id_, weights in self._weighed.items()}

    @cached_property
    def _with_word(self) -> dict[str, list[tuple[str, float]]]:
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, vector in self._vectors.items():
            for word, weight in vector.items():
                found[word].append((id_, weight))
        return found

    def _vector(self, postmortem: Postmortem) -> dict[str, float]:
        if self._past.get(postmortem.id) is postmortem:
            return self._vectors[postmortem.id]
        return self._normed(weigh(postmortem, self._taxonomy))

    def _normed(self, weights: Mapping[str, float]) -> dict[str, float]:
        """The tf-idf vector of length 1; a word that stands nowhere else is in its length alone."""
        size = len(self._past)
        found = {word: weight * log(1 + size / (self._standing[word] or 1))
                 for word, weight in weights.items()}  # fmt: skip
        length = hypot(*found.values()) or 1.0
        return {word: weight / length for word, weight in found.items() if self._standing[word]}

    def _cosines(self, words: Mapping[str, float]) -> dict[str, float]:
        cosines: dict[str, float] = defaultdict(float)
        for word in nlargest(_TELLING, words, key=lambda word: (words[word], word)):
            mine = words[word]
            for id_, theirs in self._with_word[word]:
                cosines[id_] += mine * theirs
        return cosines

    # Reasons.

    def _reasons(
        self, postmortem: Postmortem, past: Postmortem, words: Mapping[str, float]
    ) -> Iterator[Reason]:
        yield from _naming(postmortem, past)
        for facet in _FACETS.values():
            yield from self._shared(f"same {facet.one}", facet, _ids(facet, postmortem),
                                    _ids(facet, past))  # fmt: skip
        mine, theirs = set(_ids(_CAUSES, postmortem)), set(_ids(_CAUSES, past))
        factors = (id_ for id_ in _causes_and_factors(postmortem) if id_ not in mine & theirs)
        yield from self._shared(f"same {_FACTOR}", _CAUSES, factors, _causes_and_factors(past))
        yield from self._shared("root cause that the text speaks of", _CAUSES,
                                self._spoken_of(postmortem), _ids(_CAUSES, past))  # fmt: skip
        common = self._words_in_common(words, self._vectors[past.id])
        if common:
            yield Reason("words in common", common)

    def _shared(
        self, kind: str, facet: Facet, mine: Iterable[str], theirs: Iterable[str]
    ) -> Iterator[Reason]:
        theirs = set(theirs)
        shared = tuple(id_ for id_ in mine if id_ in theirs)
        known = self._taxonomy[facet.vocabulary].terms
        titles = tuple(known[id_].title if id_ in known else id_ for id_ in shared)
        if shared:
            yield Reason(kind, titles, shared, facet.name)

    @staticmethod
    def _words_in_common(mine: Mapping[str, float], theirs: Mapping[str, float]) -> tuple[str, ...]:
        products = {word: mine[word] * theirs[word] for word in mine.keys() & theirs.keys()}
        if sum(products.values()) < _LEAST_COSINE:
            return ()
        return tuple(nlargest(_COMMON, products, key=lambda word: (products[word], word)))


def _traits(postmortem: Postmortem) -> Iterator[_Trait]:
    for name, facet in _FACETS.items():
        for id_ in _ids(facet, postmortem):
            yield _Trait(name, id_)
    for id_ in _causes_and_factors(postmortem):
        yield _Trait(_FACTOR, id_)


def _ids(facet: Facet, postmortem: Postmortem) -> list[str]:
    """The terms a postmortem carries on `facet`, each once, but for those that say nothing."""
    return [id_ for id_ in dict.fromkeys(facet.terms_of(postmortem)) if id_ not in _SAYS_NOTHING]


def _causes_and_factors(postmortem: Postmortem) -> list[str]:
    factors = (id_ for id_ in postmortem.meta.contributing_factors if id_ not in _SAYS_NOTHING)
    return list(dict.fromkeys((*_ids(_CAUSES, postmortem), *factors)))


def _naming(postmortem: Postmortem, past: Postmortem) -> Iterator[Reason]:
    if past.id in postmortem.meta.recurrence_of:
        yield Reason("named as what this repeats")
    elif postmortem.id in past.meta.recurrence_of:
        yield Reason("named as a repeat of this")
    elif past.id in postmortem.meta.related or postmortem.id in past.meta.related:
        yield Reason("named as related")


def _vetoed(postmortem: Postmortem, past: Postmortem) -> bool:
    return past.id in postmortem.meta.unrelated or postmortem.id in past.meta.unrelated
