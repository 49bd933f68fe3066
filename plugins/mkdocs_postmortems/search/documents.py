"""What is searched: the fields of every postmortem and every term, and what a result shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mkdocs_postmortems.facets import Facet
from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.taxonomy import Taxonomy, Term

from .fixes import what_fixed
from .plain import plain
from .states import ACTIONS, state_of_actions
from .words import names_of, stems, words_of

# What a word is worth by the field it stands in.
WEIGHTS = {
    "title": 3.0,
    "keywords": 3.0,
    "summary": 2.0,
    "terms": 1.5,
    "headings": 1.0,
    "body": 1.0,
    "names": 1.0,
}
TERM_WEIGHTS = {"title": 2.0, "aliases": 2.0, "definition": 0.7}

# Stands between two phrases, so that no third is found across them.
BREAK = "\N{PILCROW SIGN}"


@dataclass(frozen=True)
class Document:
    """Something to find: its words by field, and what a result says of it.

    `shown` is what every result shows, as JSON has it; `text` is where an excerpt comes from.
    """

    id: str
    fields: dict[str, str]
    shown: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    def analysed(self) -> tuple[dict[str, list[str]], set[str]]:
        """The stems of every field, and every word as it is written."""
        written = {name: _words(text) for name, text in self.fields.items()}
        words = set().union(*written.values())
        stems(words)
        return {name: stems(found) for name, found in written.items()}, words - {BREAK}


def document_of(postmortem: Postmortem, facets: Iterable[Facet], taxonomy: Taxonomy) -> Document:
    """A postmortem with everything that it can be found by.

    Of its terms the titles and aliases, those of their parents too, so that it is found in words
    that it never uses.
    """
    meta, text = postmortem.meta, plain(postmortem.body)
    facets = tuple(facets)
    own = [postmortem.title, *meta.keywords, meta.summary or "", text]
    fields = {
        "title": postmortem.title,
        "keywords": _apart(meta.keywords),
        "summary": meta.summary or "",
        "terms": _apart(_names_of_terms(postmortem, facets, taxonomy)),
        "headings": _apart(section.title for section in postmortem.body.sections),
        "body": text,
        "names": _apart(name for part in own for name in names_of(part)),
    }
    text = " ".join(part for part in (meta.summary, text) if part)
    return Document(postmortem.id, fields, _shown(postmortem, facets, taxonomy), text)


def document_of_term(term: Term) -> Document:
    """A term by its title, aliases and definition."""
    own = [term.title, *term.aliases, term.id.rpartition("/")[2]]
    names = [name for part in own for name in names_of(part)]
    fields = {
        "title": term.title,
        "aliases": _apart([*term.aliases, *names]),
        "definition": term.definition,
    }
    return Document(term.id, fields)


def _shown(postmortem: Postmortem, facets: Sequence[Facet], taxonomy: Taxonomy) -> dict[str, Any]:
    meta = postmortem.meta
    return {
        "id": postmortem.id,
        "path": postmortem.source.name,
        "title": postmortem.title,
        "day": postmortem.day.isoformat() if postmortem.day else None,
        "severity": meta.severity,
        "minutes": postmortem.durations["resolve"].minutes,
        "facets": {
            **{facet.name: list(dict.fromkeys(facet.terms_of(postmortem))) for facet in facets},
            ACTIONS: [state_of_actions(postmortem)],
        },
        "due": min((str(due) for due in _due(postmortem)), default=None),
        "fixed": what_fixed(postmortem, taxonomy),
    }


def _due(postmortem: Postmortem) -> Iterator[date]:
    for item in postmortem.meta.action_items:
        if item.is_open and item.due:
            yield item.due


def _names_of_terms(
    postmortem: Postmortem, facets: Sequence[Facet], taxonomy: Taxonomy
) -> Iterator[str]:
    carried = [(facet.vocabulary, id_) for facet in facets for id_ in facet.terms_of(postmortem)]
    carried += [("root_causes", id_) for id_ in postmortem.meta.contributing_factors]
    found = (
        (name, part) for name, id_ in carried for part in (id_, id_.rpartition("/")[0]) if part
    )
    for vocabulary, id_ in dict.fromkeys(found):
        term = taxonomy[vocabulary].terms.get(id_)
        yield from (term.title, *term.aliases) if term else (id_,)


def _apart(phrases: Iterable[str]) -> str:
    return f" {BREAK} ".join(phrases)


def _words(text: str) -> list[str]:
    if BREAK not in text:
        return words_of(text)
    return [word for part in text.split(BREAK) for word in (*words_of(part), BREAK)]
