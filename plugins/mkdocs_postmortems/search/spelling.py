"""Words that nobody wrote to the words that somebody did."""

from collections.abc import Iterable, Mapping
from heapq import nsmallest

_SHORTEST = 4
_TWO_SLIPS_FROM = 6
_MOST_COMPLETIONS = 4
# The ends of a word are seldom wrong; a word that many documents have is the likelier one.
_FIRST_LETTER = 0.6
_LAST_LETTER = 0.3
_COMMON = 0.5
_LONGEST = 24
_MOST_WORDS = 20_000


def correctable(counts: Mapping[str, int]) -> dict[str, int]:
    """The words that a slip can be led back to, each with how common it is: log2 of its count.

    The commonest, where there are very many: a browser has to fetch them.
    """
    fit = (word for word in counts if _SHORTEST <= len(word) <= _LONGEST and word.isalpha())
    kept = nsmallest(_MOST_WORDS, fit, key=lambda word: (-counts[word], word))
    return {word: counts[word].bit_length() - 1 for word in kept}


def nearest(typed: str, words: Mapping[str, int]) -> str | None:
    """The word that `typed` was most likely meant to be, or None.

    One slip is forgiven in a short word and two in a longer one. A slip is a letter too many,
    too few, wrong, or swapped with the next (Damerau 1964, each place touched once).
    """
    if len(typed) < _SHORTEST or not typed.isalpha():
        return None
    allowed = 2 if len(typed) >= _TWO_SLIPS_FROM else 1
    most = max(words.values(), default=0) or 1
    letters = _letters(typed)
    found = []
    for word, common in words.items():
        # Every slip changes at most two of the letters that a word has.
        if abs(len(word) - len(typed)) > allowed:
            continue
        if (letters ^ _letters(word)).bit_count() > 2 * allowed:
            continue
        slips = distance(typed, word, allowed)
        if slips <= allowed:
            ends = _FIRST_LETTER * (typed[0] != word[0]) + _LAST_LETTER * (typed[-1] != word[-1])
            found.append((slips + ends - _COMMON * common / most, word))
    return min(found)[1] if found else None


def completions(typed: str, words: Mapping[str, int]) -> list[str]:
    """The commonest words that begin with `typed`, which is still being typed."""
    longer = (word for word in words if word.startswith(typed))
    return nsmallest(_MOST_COMPLETIONS, longer, key=lambda word: (-words[word], word))


def distance(one: str, other: str, most: int) -> int:
    """The slips between two words; `most` + 1 where there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row = row, [i, *row[1:]]
        for j, wanted in enumerate(other, 1):
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)


def _letters(word: Iterable[str]) -> int:
    """The letters of a word as a set of bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
