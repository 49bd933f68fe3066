"""The terms that a search can offer, as documents of an index of their own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mkdocs_postmortems.facets import Facet
from mkdocs_postmortems.taxonomy import Taxonomy, Term

from .documents import TERM_WEIGHTS, Document, document_of_term
from .tally import Tally


class Entry(NamedTuple):
    """A term of a facet with the number of its incidents, and its page where it has one."""

    facet: Facet
    term: Term
    incidents: int
    url: str | None = None


def tally_of_terms(entries: Iterable[Entry], phrases: Iterable[str]) -> Tally:
    """The terms in memory: number 1 is the first.

    A term that many names are known for is not long-winded, however many services there are
    that have no name but their own.
    """
    tally = Tally(TERM_WEIGHTS, phrases, broadness=0)
    tally.add(_document(entry) for entry in entries)
    return tally


def entries_of(
    facets: Iterable[Facet], taxonomy: Taxonomy, counts: Mapping[tuple[str, str], int]
) -> Iterator[Entry]:
    """The terms of the vocabularies that explain themselves, and those that `counts` has.

    `counts` are numbers of incidents by facet name and term id.
    """
    for facet in facets:
        known = taxonomy[facet.vocabulary].terms
        occurring = sorted(id_ for name, id_ in counts if name == facet.name)
        terms = {**known, **{id_: Term(id_, id_) for id_ in occurring if id_ not in known}}
        for id_, term in terms.items():
            count = counts.get((facet.name, id_), 0)
            if count or term.definition:
                yield Entry(facet, term, count)


def _document(entry: Entry) -> Document:
    facet, term = entry.facet, entry.term
    shown = {
        "facet": facet.name,
        "one": facet.one,
        "id": term.id,
        "title": term.title,
        "definition": term.definition,
        "count": entry.incidents,
        "url": entry.url,
    }
    return Document(f"{facet.name}:{term.id}", document_of_term(term).fields, shown)
