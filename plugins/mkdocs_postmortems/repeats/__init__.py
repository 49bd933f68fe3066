"""A `Library` to what happened again: chains, patterns, and what was promised in between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from mkdocs_postmortems.library import Library
from mkdocs_postmortems.trends.intervals import Estimate, share
from mkdocs_postmortems.trends.population import Population, ids, population

from .chains import Chain, Pattern, chains, patterns
from .costs import Cost, costs
from .links import Link, leaf_causes, links
from .promises import Outcome, Promise, promises

__all__ = [
    "Chain",
    "Cost",
    "Link",
    "Outcome",
    "Pattern",
    "Promise",
    "Repeats",
    "chains",
    "costs",
    "leaf_causes",
    "links",
    "patterns",
    "promises",
    "repeats",
]

HISTORY = timedelta(days=365)


@dataclass(frozen=True)
class Repeats:
    """Everything that the page of repeats says.

    `repeated` are the incidents, by id and oldest first, that repeat an earlier postmortem;
    `while_open` those of them that came while a preventive action of an earlier one was
    open. `share` is that of repeats among the incidents that have a year of record before
    them (undated ones are `missing` from it), `share_while_open` that of `while_open` among
    `repeated` (`missing`: it is not known whether an action was open). `since` is the day
    from which on incidents have that year.
    """

    links: tuple[Link, ...]
    chains: tuple[Chain, ...]
    patterns: tuple[Pattern, ...]
    costs: tuple[Cost, ...]
    repeated: tuple[str, ...]
    while_open: tuple[str, ...]
    share: Estimate
    share_while_open: Estimate
    since: date | None

    @cached_property
    def by_later(self) -> dict[str, tuple[Link, ...]]:
        """The links to the earlier ones, by the id of the later; the oldest comes first."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.later, []).append(link)
        return {later: tuple(links) for later, links in found.items()}


def repeats(library: Library) -> Repeats:
    """The repeats among the published postmortems of `library`."""
    people, words = population(library), library.taxonomy
    found = links(library.published, words)
    joined = chains(found, ids(library.published))
    repeated = _among(people, (link.later for link in found))
    while_open = _among(people, (link.later for link in found if link.still_open))
    not_known = _among(people, (link.later for link in found if link.not_known))
    untold = len(set(not_known).difference(while_open))
    first = people.first_day
    since = first + HISTORY if first else None
    return Repeats(
        found,
        joined,
        patterns(people.incidents, joined, words),
        costs(people.incidents, words),
        repeated,
        while_open,
        _share(people, repeated, since),
        share(len(while_open), len(repeated) - untold, untold),
        since,
    )


def _among(people: Population, found: Iterable[str]) -> tuple[str, ...]:
    """Those of the incidents that are `found`."""
    wanted = set(found)
    return tuple(p.id for p in people.incidents if p.id in wanted)


def _share(people: Population, repeated: Iterable[str], since: date | None) -> Estimate:
    known = {p.id for p in people.incidents if p.day and since and p.day >= since}
    return share(len(known.intersection(repeated)), len(known), len(people.undated))
