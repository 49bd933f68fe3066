"""How alike the wording of postmortems is: tf-idf vectors and their cosines.

A word weighs (1 + ln tf) x ln(1 + N/n), after Salton and Buckley 1988: tf times it stands in the
postmortem, in n of the N that it is compared with.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest
from math import hypot, log

from .model import Postmortem
from .taxonomy import Taxonomy
from .words import names_of_causes, weigh

# So many of its words tell a postmortem from others; more cost time and change nothing.
_TELLING = 40
_COMMON = 4

Vector = dict[str, float]


class Wording:
    """The wording of past postmortems, ready to be compared with many others.

    A past one is also met by the names of its root causes, so that somebody who describes the
    same thing in other words finds it. They are no words of its own: what is in common are
    words that both of two say.
    """

    def __init__(self, past: Iterable[Postmortem], taxonomy: Taxonomy) -> None:
        self._past = {postmortem.id: postmortem for postmortem in past}
        own = {id_: weigh(one) for id_, one in self._past.items()}
        named = {id_: names_of_causes(one, taxonomy) for id_, one in self._past.items()}
        self._standing = Counter(word for id_ in own for word in own[id_].keys() | named[id_])
        self._vectors = {id_: self._normed(words) for id_, words in own.items()}
        self._with_word: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, words in own.items():
            met = self._normed({**dict.fromkeys(named[id_], 1.0), **words})
            for word, weight in met.items():
                self._with_word[word].append((id_, weight))

    def vector(self, postmortem: Postmortem) -> Vector:
        """The weights of the words of `postmortem` that stand in any past one."""
        if self._past.get(postmortem.id) is postmortem:
            return self._vectors[postmortem.id]
        return self._normed(weigh(postmortem))

    def cosines(self, vector: Vector) -> dict[str, float]:
        """How alike each past postmortem is, by id, up to 1; what is not at all is left out."""
        cosines: dict[str, float] = defaultdict(float)
        for word in nlargest(_TELLING, vector, key=lambda word: (vector[word], word)):
            mine = vector[word]
            for id_, theirs in self._with_word[word]:
                cosines[id_] += mine * theirs
        return cosines

    def in_common(self, vector: Vector, id_: str, least: float) -> tuple[str, ...]:
        """The words that make the past postmortem `id_` alike; none where it is so by less."""
        theirs = self._vectors[id_]
        products = {word: mine * theirs[word] for word, mine in vector.items() if word in theirs}
        if sum(products.values()) < least:
            return ()
        return tuple(nlargest(_COMMON, products, key=lambda word: (products[word], word)))

    def _normed(self, weights: Mapping[str, float]) -> Vector:
        """The vector of length 1; a word that stands in no past one is in its length alone."""
        size = len(self._past)
        found = {word: weight * log(1 + size / (self._standing[word] or 1))
                 for word, weight in weights.items()}  # fmt: skip
        length = hypot(*found.values()) or 1.0
        return {word: weight / length for word, weight in found.items() if self._standing[word]}
