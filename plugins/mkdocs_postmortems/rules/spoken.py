"""Which terms of a vocabulary a sentence speaks of, in whatever order it puts their words."""

from collections.abc import Iterable, Mapping

from mkdocs_postmortems.taxonomy import Term, Vocabulary

from .likeness import stems

# A single word shorter than this is as often about something else: heat, power, volume.
_TELLING = 7


class Phrases:
    """The titles and aliases of a vocabulary's leaves, found by the words they are made of."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the phrases apart once; a vocabulary has some hundreds of them."""
        self._by_word: dict[str, list[tuple[frozenset[str], str]]] = {}
        for term in vocabulary.terms.values():
            for words in () if term.leaves else map(stems, (term.title, *term.aliases)):
                if len(words) > 1 or any(len(word) >= _TELLING for word in words):
                    self._by_word.setdefault(min(words), []).append((words, term.id))

    def spoken_of(self, sentence: str) -> set[str]:
        """The ids of the terms of which some title or alias has all its words in `sentence`."""
        said = stems(sentence)
        return {id_ for word in said for words, id_ in self._by_word.get(word, ()) if words <= said}


def words_of(term: Term, terms: Mapping[str, Term]) -> frozenset[str]:
    """Every word by which a text could be speaking of a term or of the one above it."""
    names = [term.id.replace("-", " ").replace("/", " ")]
    for one in (term, terms.get(term.parent, term)):
        names += [one.title, one.definition, *one.aliases]
    return stems(" ".join(names))


def tops(terms: Iterable[str]) -> set[str]:
    """The top levels of some root causes."""
    return {id_.partition("/")[0] for id_ in terms}
