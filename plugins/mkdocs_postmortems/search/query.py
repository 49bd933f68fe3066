"""A query to what is looked up: its words, what was meant by them, and what else says the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from .spelling import completions, nearest
from .thesaurus import Thesaurus
from .words import FILLING, names_of, stems, words_of

# What another word for the same is worth beside the word itself; a word still being typed.
SAME = 0.65
COMPLETED = 0.8
# What a document keeps of its worth although it answers nothing of the query.
ANY = 0.7
LONGEST_PHRASE = 6
# Somebody may paste a whole log.
MOST_WORDS = 40


class Lexicon(Protocol):
    """What a query is read against."""

    def has(self, key: str) -> bool:
        """Whether any document has the stem."""

    def beginning(self, stem: str) -> list[str]:
        """The commonest stems that begin with `stem`."""

    def correctable(self) -> Mapping[str, int]:
        """The words that a slip can be led back to, with how common they are."""


class Correction(NamedTuple):
    """A word that nobody wrote, and the one that was searched instead."""

    typed: str
    meant: str


@dataclass
class Slot:
    """One thing that is asked for: the keys that say it, each with its weight from 0 to 1."""

    keys: dict[str, float] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Query:
    """`slots` are what is asked for, `more` what else would speak for a document.

    `concepts` are the root causes that are called by name.
    """

    slots: tuple[Slot, ...]
    more: tuple[Slot, ...] = ()
    concepts: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


def understand(
    typed: str, lexicon: Lexicon, thesaurus: Thesaurus, *, literal: bool = False
) -> Query:
    """What `typed` asks for; `literal` takes every word as it is typed."""
    words = words_of(typed)[:MOST_WORDS]
    telling = {word for word in words if word not in FILLING} or set(words)
    corrections: list[Correction] = []
    slots: dict[int, Slot] = {}
    keys = stems(words)
    for at, word in enumerate(words):
        if word in telling:
            telling.remove(word)
            found = {keys[at]: 1.0}
            if not literal and not lexicon.has(keys[at]):
                found = _meant(word, keys[at], lexicon, corrections)
            slots[at] = Slot(found)
            keys[at] = next(iter(found))
    more = [Slot({stem: 1.0}) for stem in stems(names_of(typed))]
    spans = list(_spans(keys))
    more += _with_synonyms(slots, spans, thesaurus)
    concepts = dict.fromkeys(name for _, _, key in spans for name in thesaurus.concepts_of(key))
    return Query(_merged(slots.values()), tuple(more), tuple(concepts), tuple(corrections))


def _spans(keys: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every run of words: where it begins and ends, and its key."""
    for first in range(len(keys)):
        for last in range(first + 1, min(len(keys), first + LONGEST_PHRASE) + 1):
            yield first, last, " ".join(keys[first:last])


def _meant(
    word: str, stem: str, lexicon: Lexicon, corrections: list[Correction]
) -> dict[str, float]:
    if not word.isalpha():
        return dict.fromkeys(lexicon.beginning(word), COMPLETED) or {stem: 1.0}
    known = lexicon.correctable()
    longer = completions(word, known)
    if longer:
        return dict.fromkeys(stems(longer), COMPLETED)
    meant = nearest(word, known)
    if meant is None:
        return {stem: 1.0}
    corrections.append(Correction(word, meant))
    return {stems([meant])[0]: 1.0}


def _with_synonyms(
    slots: Mapping[int, Slot], spans: Iterable[tuple[int, int, str]], thesaurus: Thesaurus
) -> list[Slot]:
    """Add to each slot what says the same as its word; what a phrase means is a slot of its own.

    The words of a phrase mean what it means: the job of a nightly job builds nothing.
    """
    known = [(first, last, key) for first, last, key in spans if thesaurus.groups_of(key)]
    phrases = [(first, last, key) for first, last, key in known if last > first + 1]
    taken = {at for first, last, _ in phrases for at in range(first, last)}
    for first, last, key in known:
        if last == first + 1 and first in slots and first not in taken:
            groups = thesaurus.groups_of(key)
            slots[first].keys.update(dict.fromkeys(groups, SAME))
            slots[first].groups.update(groups)
    meant = {group: key for _, _, key in phrases for group in thesaurus.groups_of(key)}
    return [Slot({key: 1.0, group: SAME}) for group, key in meant.items()]


def _merged(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots, but for one of several that ask for the same: "down" and "outage"."""
    merged: list[Slot] = []
    for slot in slots:
        same = next((other for other in merged if other.groups & slot.groups), None)
        if same is None:
            merged.append(slot)
            continue
        same.groups |= slot.groups
        for key, weight in slot.keys.items():
            same.keys[key] = max(weight, same.keys.get(key, 0))
    return tuple(merged)


Score = Callable[[str], Mapping[int, float]]


def scores(query: Query, score: Score, least: float = ANY) -> dict[int, float]:
    """What each document is worth, by its number; `score` says what a key is worth in each.

    Of what says the same the best counts; what answers more of the query counts more, and what
    answers nothing of it in its own words keeps `least` of its worth.
    """
    total: dict[int, float] = {}
    answered: dict[int, int] = {}
    for slot in query.slots:
        for number, worth in _best(slot, score).items():
            total[number] = total.get(number, 0) + worth
            answered[number] = answered.get(number, 0) + 1
    for slot in query.more:
        for number, worth in _best(slot, score).items():
            total[number] = total.get(number, 0) + worth
    size = len(query.slots) or 1
    return {number: worth * (least + (1 - least) * answered.get(number, 0) / size)
            for number, worth in total.items()}  # fmt: skip


def _best(slot: Slot, score: Score) -> dict[int, float]:
    best: dict[int, float] = {}
    for key, weight in slot.keys.items():
        for number, worth in score(key).items():
            if weight * worth > best.get(number, 0):
                best[number] = weight * worth
    return best
