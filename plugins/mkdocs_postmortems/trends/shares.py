"""What share of the incidents carries each term of a facet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mkdocs_postmortems.facets import FACETS, Counted, Facet, count
from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.taxonomy import Taxonomy, Term

from .intervals import Estimate, share
from .periods import Kind, Period
from .population import Population, ids


@dataclass(frozen=True, slots=True)
class TermShare:
    """A term with the incidents, by id, that carry it or a term below it, each once."""

    term: Term
    incidents: tuple[str, ...]
    share: Estimate
    leaves: tuple["TermShare", ...] = ()


@dataclass(frozen=True, slots=True)
class Shares:
    """Every top term of a facet, among `n` incidents; each may have leaves.

    `missing` are the incidents that carry no term; they count in `n`. `several` are those
    that carry more than one top term, because of which shares can add up to more than 100%.
    """

    facet: Facet
    terms: tuple[TermShare, ...]
    n: int
    missing: tuple[str, ...]
    several: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """The shares of one period."""

    period: Period
    shares: Shares


def shares(facet: Facet, incidents: Sequence[Postmortem], taxonomy: Taxonomy) -> Shares:
    """The shares of every term of `facet`, with Wilson intervals."""
    tops = count(facet, incidents, taxonomy)
    carried = {p.id: {id_.partition("/")[0] for id_ in facet.terms_of(p)} for p in incidents}
    missing = tuple(id_ for id_, terms in carried.items() if not terms)
    several = tuple(id_ for id_, terms in carried.items() if len(terms) > 1)
    terms = tuple(_share(found, len(incidents), len(missing)) for found in tops)
    return Shares(facet, terms, len(incidents), missing, several)


def primary_causes(incidents: Sequence[Postmortem], taxonomy: Taxonomy) -> Shares:
    """The shares of the first root cause of each incident, which add up to 100%.

    `n` is the number of incidents that name a cause; those that name none are `missing`.
    """
    causes = facet_named("root-causes")
    first = replace(causes, title="Primary causes", one="primary cause", terms_of=_first_cause)
    named = [p for p in incidents if p.meta.root_causes]
    unnamed = ids(p for p in incidents if not p.meta.root_causes)
    found = shares(first, named, taxonomy)
    return replace(
        found, terms=tuple(_with_missing(t, len(unnamed)) for t in found.terms), missing=unnamed
    )


def mix_by_year(facet: Facet, people: Population, taxonomy: Taxonomy) -> tuple[Mix, ...]:
    """The shares of `facet` in each year of the record."""
    held = people.by_period(Kind.YEAR, people.incidents)
    return tuple(
        Mix(year, shares(facet, held.get(year, ()), taxonomy)) for year in people.periods(Kind.YEAR)
    )


def facet_named(name: str) -> Facet:
    """The built-in facet of that name."""
    return next(facet for facet in FACETS if facet.name == name)


def _first_cause(postmortem: Postmortem) -> list[str]:
    return postmortem.meta.root_causes[:1]


def _share(found: Counted, n: int, missing: int) -> TermShare:
    estimate = share(len(found.incidents), n, missing)
    leaves = tuple(_share(leaf, n, missing) for leaf in found.leaves)
    return TermShare(found.term, ids(found.incidents), estimate, leaves)


def _with_missing(found: TermShare, missing: int) -> TermShare:
    leaves = tuple(_with_missing(leaf, missing) for leaf in found.leaves)
    return replace(found, share=replace(found.share, missing=missing), leaves=leaves)
