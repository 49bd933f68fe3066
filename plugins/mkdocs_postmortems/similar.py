"""Past incidents most like a postmortem, each with the reasons.

The score adds up what two postmortems share. A shared term weighs `weight x rarity`, where
rarity is ln(1 + N/n) / ln(1 + N) for a term that n of the N published postmortems carry: 1 for
one that stands once, and less the commoner it is. Wording weighs `weight x cosine`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import NamedTuple

from .facets import FACETS, Facet
from .library import Library
from .model import Postmortem
from .vectors import Vector, Wording
from .words import causes_spoken_of

# What a shared term weighs, by the facet that it is browsed on; a cause of one that is a factor
# of the other; a cause that a draft's text speaks of while its front matter names none.
_FACTOR = "contributing factor"
_WEIGHTS = {"root-causes": 3.0, "services": 1.5, "triggers": 0.7, "impacts": 0.4, _FACTOR: 0.8}
_SPOKEN_OF = 1.5
# What weighs less is no likeness by itself: half of all incidents share an impact.
_ENOUGH = 0.8
_WORDING = 4.0
_NAMED = 4.0
# Below this nothing is suggested: one or two words in common.
_LEAST = 0.2
# Terms that two incidents can share without having anything in common.
_SAYS_NOTHING = {"unknown", "other", "none"}
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
        self._wording = Wording(library.published, library.taxonomy)
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
        words = self._wording.vector(postmortem)
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

    def _scores(self, postmortem: Postmortem, words: Vector) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for id_, cosine in self._wording.cosines(words).items():
            if cosine >= _LEAST_COSINE:
                scores[id_] = _WORDING * cosine
        for id_ in self._named(postmortem):
            scores[id_] += _NAMED
        # The weightiest first: what is weak alone adds to those that are there for a better reason.
        for trait, weight in sorted(self._sought(postmortem), key=lambda pair: -pair[1]):
            ids = self._with_trait.get(trait, ())
            shared = weight * self._rarity(len(ids)) if ids else 0.0
            for id_ in ids:
                if weight >= _ENOUGH or id_ in scores:
                    scores[id_] += shared
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

    def _reasons(self, postmortem: Postmortem, past: Postmortem, words: Vector) -> Iterator[Reason]:
        yield from _naming(postmortem, past)
        for facet in _FACETS.values():
            yield from self._shared(f"same {facet.one}", facet, _ids(facet, postmortem),
                                    _ids(facet, past))  # fmt: skip
        mine, theirs = set(_ids(_CAUSES, postmortem)), set(_ids(_CAUSES, past))
        factors = (id_ for id_ in _causes_and_factors(postmortem) if id_ not in mine & theirs)
        yield from self._shared(f"same {_FACTOR}", _CAUSES, factors, _causes_and_factors(past))
        yield from self._shared("root cause that the text speaks of", _CAUSES,
                                self._spoken_of(postmortem), _ids(_CAUSES, past))  # fmt: skip
        common = self._wording.in_common(words, past.id, _LEAST_COSINE)
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
