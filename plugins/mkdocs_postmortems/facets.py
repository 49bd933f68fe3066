"""What incidents can be browsed by.

A facet is one declaration; its index, its term pages, its navigation, its counts and its JSON
follow from it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .model import Postmortem
from .taxonomy import Taxonomy, Term, Vocabulary

UNDATED = "undated"


class Order(StrEnum):
    """How a facet's terms are listed."""

    COUNT = "most incidents first"
    VOCABULARY = "as the vocabulary has them"
    LATEST = "the latest first"


@dataclass(frozen=True)
class Facet:
    """One way to browse. `name` is its address, `terms_of` the term ids a postmortem carries.

    `vocabulary` is the part of the taxonomy that its terms come from; a facet without one
    has the terms that occur.
    """

    name: str
    title: str
    one: str
    question: str
    terms_of: Callable[[Postmortem], Iterable[str]]
    vocabulary: str = ""
    order: Order = Order.COUNT

    @property
    def is_declared(self) -> bool:
        """Whether the site added it to those of the package."""
        return isinstance(self.terms_of, _Extra)


@dataclass(frozen=True)
class Counted:
    """A term with the incidents that carry it or a term below it, each once, newest first."""

    facet: Facet
    term: Term
    incidents: tuple[Postmortem, ...]
    leaves: tuple["Counted", ...] = ()


def _year(postmortem: Postmortem) -> list[str]:
    return [str(postmortem.day.year) if postmortem.day else UNDATED]


def _of(name: str) -> Callable[[Postmortem], Iterable[str]]:
    """The terms that stand in the front matter field `name`, one or several."""

    def terms(postmortem: Postmortem) -> Iterable[str]:
        value = getattr(postmortem.meta, name)
        return value if isinstance(value, list) else [value] if value else []

    return terms


FACETS = (
    Facet("root-causes", "Root causes", "root cause", "Why could it happen?",
          _of("root_causes"), "root_causes"),
    Facet("impacts", "Impacts", "impact", "What did it do to people?",
          _of("impacts"), "impacts"),
    Facet("services", "Services", "service", "What was affected?",
          _of("services"), "services"),
    Facet("triggers", "Triggers", "trigger", "What set it off?",
          _of("trigger"), "triggers"),
    Facet("severities", "Severities", "severity", "How bad was it?",
          _of("severity"), "severities", Order.VOCABULARY),
    Facet("detections", "Detections", "detection", "How was it noticed?",
          _of("detection"), "detections"),
    Facet("resolutions", "Resolutions", "resolution", "What fixed it?",
          _of("resolution"), "resolutions"),
    Facet("years", "Years", "year", "When did it happen?", _year, order=Order.LATEST),
)  # fmt: skip


def slug(text: str) -> str:
    """The part of an address that stands for `text`."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-_") or "unnamed"


def configured(options: Mapping[str, Any]) -> tuple[Facet, ...]:
    """The facets of a site, from its option `facets`.

    `{years: false}` leaves one out, `{impacts: {title: Effects}}` words one differently, and
    a name that is not among `FACETS` declares one: `{organisations: {field: organisation}}`.
    """
    kept = [_reworded(f, options[f.name]) if options.get(f.name) else f
            for f in FACETS if options.get(f.name) is not False]  # fmt: skip
    own = {facet.name for facet in FACETS}
    new = [_declared(name, option or {}) for name, option in options.items()
           if name not in own and option is not False]  # fmt: skip
    return (*kept, *new)


def _reworded(facet: Facet, option: object) -> Facet:
    words = option if isinstance(option, Mapping) else {}
    changed: dict[str, Any] = {
        key: str(words[key]) for key in ("title", "one", "question") if key in words
    }
    return replace(facet, **changed)


def extra_fields(facets: Iterable[Facet]) -> tuple[str, ...]:
    """The front matter fields that declared facets add to the contract."""
    return tuple(f.terms_of.field for f in facets if isinstance(f.terms_of, _Extra))


@dataclass(frozen=True)
class _Extra:
    """Reads a field that the site declared; its words are their own titles."""

    field: str

    def __call__(self, postmortem: Postmortem) -> Iterable[str]:
        value = postmortem.extra.get(self.field)
        words = value if isinstance(value, list) else [value]
        return [slug(str(word)) for word in words if word is not None]

    def titles(self, postmortems: Iterable[Postmortem]) -> dict[str, str]:
        """The words by the id that stands for them."""
        found: dict[str, str] = {}
        for postmortem in postmortems:
            value = postmortem.extra.get(self.field)
            for word in value if isinstance(value, list) else [value]:
                found.setdefault(slug(str(word)), str(word))
        return found


def _declared(name: str, option: Mapping[str, Any]) -> Facet:
    field = str(option.get("field") or name)
    title = str(option.get("title") or name.replace("-", " ").capitalize())
    one = str(option.get("one") or field.replace("_", " "))
    return Facet(name, title, one, str(option.get("question") or ""), _Extra(field), field)


def count(
    facet: Facet, postmortems: Iterable[Postmortem], taxonomy: Taxonomy
) -> tuple[Counted, ...]:
    """The top terms of a facet, each with its incidents and leaves.

    Every term of the vocabulary is there, with no incidents if need be. Terms with most
    incidents come first (for years: the latest first); a term counts an incident once.
    """
    postmortems = sorted(postmortems, key=newest_first)
    carried: dict[str, list[Postmortem]] = {}
    for postmortem in postmortems:
        for id_ in dict.fromkeys(facet.terms_of(postmortem)):
            carried.setdefault(id_, []).append(postmortem)
    vocabulary = taxonomy[facet.vocabulary]
    terms = {**{id_: Term(id_, title) for id_, title in _titles(facet, postmortems).items()},
             **vocabulary.terms}  # fmt: skip
    for id_ in carried:
        terms.setdefault(id_, Term(id_, id_.capitalize() if id_ == UNDATED else id_))
    found = [
        _counted(facet, term, terms, carried)
        for term in terms.values()
        if not term.parent or term.parent not in terms
    ]
    return tuple(_ordered(facet, vocabulary, found))


def occurring(tops: Iterable[Counted]) -> list[Counted]:
    """The most specific terms that occur at all, most incidents first."""
    found = [leaf for top in tops for leaf in (top.leaves or (top,)) if leaf.incidents]
    return sorted(found, key=lambda counted: (-len(counted.incidents), counted.term.title))


def newest_first(postmortem: Postmortem) -> tuple[int, str]:
    """Sort key: the latest day first, undated ones last."""
    return (-postmortem.day.toordinal() if postmortem.day else 0, postmortem.id)


def _titles(facet: Facet, postmortems: list[Postmortem]) -> dict[str, str]:
    reader = facet.terms_of
    if not isinstance(reader, _Extra):
        return {}
    titles = reader.titles(postmortems)
    return {id_: titles[id_] for p in postmortems for id_ in reader(p)}


def _counted(
    facet: Facet, term: Term, terms: dict[str, Term], carried: dict[str, list[Postmortem]]
) -> Counted:
    leaves = tuple(_counted(facet, terms[leaf], terms, carried) for leaf in term.leaves)
    own = carried.get(term.id, [])
    below = (postmortem for leaf in leaves for postmortem in leaf.incidents)
    distinct = {postmortem.id: postmortem for postmortem in (*own, *below)}
    incidents = tuple(sorted(distinct.values(), key=newest_first))
    ordered = sorted(leaves, key=lambda leaf: -len(leaf.incidents))
    return Counted(facet, term, incidents, tuple(ordered))


def _ordered(facet: Facet, vocabulary: Vocabulary, found: list[Counted]) -> list[Counted]:
    position = {id_: index for index, id_ in enumerate(vocabulary.terms)}
    if facet.order is Order.LATEST:
        # "undated" is not a year and comes last.
        return sorted(found, key=lambda c: -int(c.term.id) if c.term.id.isdigit() else 0)
    if facet.order is Order.VOCABULARY:
        return sorted(found, key=lambda c: position.get(c.term.id, len(position)))
    return sorted(found, key=lambda c: (-len(c.incidents), position.get(c.term.id, 0), c.term.id))
