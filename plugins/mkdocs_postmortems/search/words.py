"""Text to the words that are searched: one way for postmortems, terms and queries alike.

What stands here is written once more in `assets/search.js`, for queries in the browser; a test
holds the two against each other.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

_WORD = re.compile(r"[^\W_]+")
# ORA-00020, max_connections, us-east-1: words held together by a mark.
_NAME = re.compile(r"[^\W_]+(?:[-_./:@]+[^\W_]+)+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_CAMEL_CASE = re.compile(r"[A-Za-z]*[a-z][A-Z][A-Za-z]*")
_AROUND = "\"'`*.,;:!?()[]{}<>"
_LONGEST = 64

# Words that say nothing of an incident. A query of nothing else is searched as it stands.
FILLING = frozenset(
    """
    a about above after again against all also am an and any are around as at be because been
    before began being below between both but by came can could d did do does doing done during
    each either else even ever every everybody everyone few for from further get gets getting go
    goes got had has have having he her here him his how however i if in into is issue issues it
    its itself just last later less like ll m made make many may might me more most much must my
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
    """Names as one word and in parts, each once, in order.

    `max_connections` gives maxconnections, `HikariPool-1` hikaripool1, hikari and pool.
    """
    names: dict[str, None] = {}
    for chunk in dict.fromkeys(folded(text).split()):
        if chunk.isalpha() and (chunk.islower() or chunk[1:].islower()):
            continue
        name = chunk.strip(_AROUND)
        if not name.isalnum():
            for found in _NAME.findall(name.lower()):
                names["".join(_WORD.findall(found))] = None
        if not name[1:].islower() and not name.isupper():
            for found in _CAMEL_CASE.findall(name):
                names.update(dict.fromkeys(part.lower() for part in _CAMEL.findall(found)))
    return [name for name in names if not name.isdigit() and len(name) <= _LONGEST]


def stems(words: Iterable[str]) -> list[str]:
    """Each word's stem (Porter 1980), by which words that differ only in their ending meet."""
    words = list(words)
    try:
        return [_STEMS[word] for word in words]
    except KeyError:
        unknown = sorted({word for word in words if word not in _STEMS})
    _STEMS.update(zip(unknown, _porter(unknown), strict=True))
    return [_STEMS[word] for word in words]


def key_of(phrase: str) -> str:
    """What a word or phrase is found by: its stems."""
    return " ".join(stems(words_of(phrase)))


_STEMS: dict[str, str] = {}


def _porter(words: Sequence[str]) -> list[str]:
    """The stems as SQLite's own tokeniser finds them; words beyond ASCII stay as they are."""
    rows = ((at, word) for at, word in enumerate(words) if word.isascii())
    database = _scratch()
    database.executemany("INSERT INTO text (rowid, word) VALUES (?, ?)", rows)
    found = dict(database.execute("SELECT doc, term FROM stem"))
    database.rollback()
    return [found.get(at, word) for at, word in enumerate(words)]


@cache
def _scratch() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("CREATE VIRTUAL TABLE text USING fts5(word, tokenize = 'porter ascii')")
    database.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(text, 'instance')")
    return database
