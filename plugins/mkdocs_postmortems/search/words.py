"""Text to the words that are searched: one way for postmortems, terms and queries alike.

What stands here is written once more in `assets/search.js`, for queries in the browser; a test
holds the two against each other.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from contextlib import closing

_WORD = re.compile(r"[^\W_]+")
# ORA-00020, max_connections, us-east-1: words held together by a mark.
_NAME = re.compile(r"[^\W_]+(?:[-_./:@]+[^\W_]+)+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CAMEL_CASE = re.compile(r"\b[A-Za-z]*[a-z][A-Z][A-Za-z]*")
_LONGEST = 64

# Words that say nothing of an incident. A query of nothing else is searched as it stands.
FILLING = frozenset(
    """
    a about above after again against all also am an and any are around as at be because been
    before began being below between both but by came can could d did do does doing done during
    each either else even ever every everybody everyone few for from further get gets getting go
    goes got had has have having he her here him his how however i if in into is issue issues it
    its itself just last later less like ll m made make many may me might more most much must my
    near neither new next nor not now of off often on once one only or other our out over own per
    problem problems put re s same see seen several she should since so some somebody someone
    something soon still such t take taken than that the their them themselves then there these
    they this those through thus time times to too took under until up upon us use used using ve
    very was way we well went were what when where whether which while who whom whose why will
    with within without would yet you your incident incidents postmortem
    """.split()  # noqa: SIM905 (a list of words reads as words)
)


def folded(text: str) -> str:
    """`text` without accents and ligatures."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The words in their order, in lower case: `ORA-00020` gives ora and 00020."""
    return _WORD.findall(folded(text).lower())


def names_of(text: str) -> list[str]:
    """Names as one word and in parts: `max_connections` gives maxconnections, HikariPool pool."""
    text = folded(text)
    found = ["".join(_WORD.findall(name.lower())) for name in _NAME.findall(text)]
    names = [name for name in found if not name.isdigit() and len(name) <= _LONGEST]
    for name in _CAMEL_CASE.findall(text):
        names.extend(part.lower() for part in _CAMEL.findall(name))
    return names


def stems(words: Sequence[str]) -> list[str]:
    """Each word's stem (Porter 1980), by which words that differ only in their ending meet."""
    unknown = sorted({word for word in words if word not in _STEMS})
    if unknown:
        _STEMS.update(zip(unknown, _porter(unknown), strict=True))
    return [_STEMS[word] for word in words]


def key_of(phrase: str) -> str:
    """What a word or phrase is found by: its stems."""
    return " ".join(stems(words_of(phrase)))


_STEMS: dict[str, str] = {}


def _porter(words: Sequence[str]) -> list[str]:
    """The stems as SQLite's own tokeniser finds them; words beyond ASCII stay as they are."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE text USING fts5(word, tokenize = 'porter ascii')")
        database.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(text, 'instance')")
        rows = ((at, word) for at, word in enumerate(words) if word.isascii())
        database.executemany("INSERT INTO text (rowid, word) VALUES (?, ?)", rows)
        found = dict(database.execute("SELECT doc, term FROM stem"))
    return [found.get(at, word) for at, word in enumerate(words)]
