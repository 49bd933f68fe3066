"""The index as files of the site: small pieces, of which a browser fetches what a query needs.

`start` has what every query needs: how words are read, the terms, and the facets of every
postmortem. `words` has what slips are led back to, `keys-N` what each stem is worth in which
postmortem (the numbers of `Index.find`), `result-N` what the page shows of a postmortem. All are
JSON in gzip, which browsers unpack by themselves.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

from . import finder, query
from .documents import WEIGHTS, Document
from .finder import Finder
from .states import terms_carried
from .tally import Tally
from .terms import Entry, tally_of_terms
from .thesaurus import Thesaurus
from .words import FILLING
from .worth import STEPS, Found

# About so many characters of JSON stand in one file of keys.
_PIECE = 12_000
_FIRST_DAY = date(1970, 1, 1)


class File(NamedTuple):
    """One file below the folder of the index."""

    name: str
    content: bytes


class FacetColumn(NamedTuple):
    """A facet with its terms in the order of its page: id and title."""

    name: str
    title: str
    terms: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Contents:
    """What a site's index is made of; `documents` newest first, `urls` in the same order.

    A term's result has its `url` below the site's root.
    """

    documents: Sequence[Document]
    urls: Sequence[str]
    facets: Sequence[FacetColumn]
    terms: Sequence[Entry]
    thesaurus: Thesaurus
    today: date

    @cached_property
    def finder(self) -> Finder:
        """What answers queries as the site will."""
        phrases = self.thesaurus.phrases
        tally = Tally(WEIGHTS, phrases)
        tally.add(self.documents)
        return Finder(tally, tally_of_terms(self.terms, phrases), self.thesaurus)


def site_files(contents: Contents) -> Iterator[File]:
    """Every file of the index. The same contents give the same bytes."""
    pieces = list(_pieces(contents.finder))
    words = _packed("words.gz", _words(contents.finder.correctable()))
    results = [
        _packed(f"result-{number}.gz", _result(document, url))
        for number, (document, url) in enumerate(
            zip(contents.documents, contents.urls, strict=True), 1
        )
    ]
    files = [words, *(file for _, file in pieces), *results]
    # Whoever has an older start asks for older pieces under another address.
    version = sha256(b"".join(file.content for file in files)).hexdigest()[:12]
    yield _packed("start.gz", _start(contents, [first for first, _ in pieces], version))
    yield from files


def _start(contents: Contents, firsts: list[str], version: str) -> dict[str, Any]:
    found = contents.finder
    return {
        "version": version,
        "size": found.postmortems.size,
        "steps": STEPS,
        "same": query.SAME,
        "completed": query.COMPLETED,
        "any": query.ANY,
        "concept": finder.CONCEPT,
        "concepts": finder.CONCEPTS,
        "spokenOf": finder.SPOKEN_OF,
        "strange": finder.STRANGE,
        "offered": finder.OFFERED,
        "offers": finder.OFFERS,
        "filling": sorted(FILLING),
        "groups": found.thesaurus.by_key,
        "named": found.thesaurus.named,
        "longest": query.LONGEST_PHRASE,
        "most": query.MOST_WORDS,
        "firsts": firsts,
        "terms": _terms(found),
        "facets": [_facet(facet, contents) for facet in contents.facets],
        "days": _gaps(_ordinal(document) for document in contents.documents),
        "minutes": [document.shown["minutes"] for document in contents.documents],
    }


def _terms(found: Finder) -> dict[str, Any]:
    """The terms as results, and what each stem and group is worth in which of them."""
    keys = (*found.terms.stems(), *found.thesaurus.groups)
    worths = ((key, found.worth(found.terms, key)) for key in keys)
    return {
        "results": list(found.terms.shown().values()),
        "keys": {key: _worth(worth) for key, worth in worths if worth.steps},
        "unknown": found.terms.find("").scale,
    }


def _ordinal(document: Document) -> int:
    """The day in days since 1970; 0 where none is known."""
    day = document.shown["day"]
    return (date.fromisoformat(day) - _FIRST_DAY).days if day else 0


def _gaps(numbers: Iterable[int]) -> list[int]:
    """The steps from each number to the next, from 0 on."""
    return [number - before for before, number in pairwise((0, *numbers))]


def _facet(facet: FacetColumn, contents: Contents) -> dict[str, Any]:
    """A facet with the places of the terms that each postmortem carries, in the same order."""
    place = {id_: at for at, (id_, _) in enumerate(facet.terms)}
    carried = (
        [place[id_] for id_ in terms_carried(document.shown, facet.name, contents.today)]
        for document in contents.documents
    )
    # A lone term stands without brackets: most do.
    column = [places[0] if len(places) == 1 else places for places in carried]
    return {"name": facet.name, "title": facet.title, "terms": facet.terms, "carried": column}


def _words(words: Mapping[str, int]) -> dict[str, Any]:
    """The words in order, and for each a letter that says how common it is."""
    ordered = sorted(words)
    common = (chr(ord("a") + words[word]) for word in ordered)
    return {"words": " ".join(ordered), "common": "".join(common)}


def _pieces(found: Finder) -> Iterator[tuple[str, File]]:
    """The files of keys, each with the first key in it."""
    piece: list[str] = []
    first, length, number = "", 0, 0
    for key, worth in _keys(found):
        first = first if piece else key
        piece.append(f"{_json(key)}:{_json(_worth(worth))}")
        length += len(piece[-1])
        if length > _PIECE:
            yield first, _piece(number, piece)
            piece, length, number = [], 0, number + 1
    if piece:
        yield first, _piece(number, piece)


def _piece(number: int, parts: list[str]) -> File:
    text = "{" + ",".join(parts) + "}"
    return File(f"keys-{number}.gz", _zipped(text))


def _keys(found: Finder) -> Iterator[tuple[str, Found]]:
    """Every stem, phrase, group and concept that a postmortem has, in order."""
    known, tally = found.thesaurus, found.postmortems
    for key in sorted({*tally.stems(), *known.phrases, *known.groups, *known.concepts}):
        worth = found.worth(tally, key)
        if worth.steps:
            yield key, worth


def _worth(found: Found) -> list[Any]:
    """The scale, the numbers of the documents as steps from one to the next, and their steps."""
    numbers = sorted(found.steps)
    return [found.scale, _gaps(numbers), [found.steps[number] for number in numbers]]


def _result(document: Document, url: str) -> dict[str, Any]:
    kept = ("id", "title", "severity", "fixed")
    return {"url": url, **{name: document.shown[name] for name in kept}, "text": document.text}


def _packed(name: str, value: object) -> File:
    return File(name, _zipped(_json(value)))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _zipped(text: str) -> bytes:
    return gzip.compress(text.encode("utf-8", "surrogatepass"), 6, mtime=0)
