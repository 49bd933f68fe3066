"""Incidents in a row on one service, and the same cause turning up all over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.taxonomy import Taxonomy

from .links import Link, leaf_causes


@dataclass(frozen=True, slots=True)
class Chain:
    """Incidents, by id and oldest first, that links join; `causes` are those the links share."""

    incidents: tuple[str, ...]
    links: tuple[Link, ...]
    causes: tuple[str, ...]
    services: tuple[str, ...]

    @property
    def steps(self) -> tuple[Link, ...]:
        """The links without those that pass over an incident in between."""
        return tuple(link for link in self.links if link.direct)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A leaf cause of incidents that no single chain holds: elsewhere, or more than a year later.

    `incidents` are all that have the cause, oldest first; `chained` are those of them that
    stand in a chain together, chain by chain; `apart` are the rest.
    """

    cause: str
    incidents: tuple[str, ...]
    services: tuple[str, ...]
    chained: tuple[tuple[str, ...], ...]
    apart: tuple[str, ...]


def chains(links: Sequence[Link], order: Sequence[str]) -> tuple[Chain, ...]:
    """The incidents that `links` join, directly or by way of others; the longest chain first.

    `order` holds every id, oldest first.
    """
    rank = {id_: index for index, id_ in enumerate(order)}
    group_of = _groups(links)
    members = {id(group): group for group in group_of.values()}
    held: dict[int, list[Link]] = {}
    for link in links:
        held.setdefault(id(group_of[link.later]), []).append(link)
    made = [_chain(sorted(members[key], key=rank.__getitem__), held[key]) for key in held]
    return tuple(sorted(made, key=lambda c: (-len(c.incidents), rank[c.incidents[0]])))


def patterns(
    incidents: Sequence[Postmortem], joined: Iterable[Chain], taxonomy: Taxonomy
) -> tuple[Pattern, ...]:
    """The leaf causes of two or more incidents that are not all in one chain, most first.

    Incidents that name each other as unrelated are no pattern by themselves.
    """
    chain_of = {id_: chain for chain in joined for id_ in chain.incidents}
    by_cause: dict[str, list[Postmortem]] = {}
    for postmortem in incidents:
        for cause in leaf_causes(postmortem, taxonomy):
            by_cause.setdefault(cause, []).append(postmortem)
    found = [
        _pattern(cause, members, chain_of)
        for cause, members in by_cause.items()
        if _is_pattern(members, chain_of)
    ]
    return tuple(sorted(found, key=lambda pattern: (-len(pattern.incidents), pattern.cause)))


def _groups(links: Iterable[Link]) -> dict[str, set[str]]:
    """The connected component of each id, one set shared by all of its members."""
    group_of: dict[str, set[str]] = {}
    for link in links:
        one = group_of.setdefault(link.earlier, {link.earlier})
        other = group_of.setdefault(link.later, {link.later})
        if one is not other:
            small, large = sorted((one, other), key=len)
            large |= small
            group_of.update(dict.fromkeys(small, large))
    return group_of


def _chain(members: list[str], links: list[Link]) -> Chain:
    causes = dict.fromkeys(cause for link in links for cause in link.causes)
    services = dict.fromkeys(service for link in links for service in link.services)
    return Chain(tuple(members), tuple(links), tuple(causes), tuple(services))


def _is_pattern(members: Sequence[Postmortem], chain_of: dict[str, Chain]) -> bool:
    held = {id(chain_of.get(p.id)) for p in members}
    if len(members) < 2 or (len(held) == 1 and members[0].id in chain_of):  # noqa: PLR2004
        return False
    return any(
        (one.id not in chain_of or chain_of[one.id] is not chain_of.get(other.id))
        and one.id not in other.meta.unrelated
        and other.id not in one.meta.unrelated
        for one, other in combinations(members, 2)
    )


def _pattern(cause: str, members: Sequence[Postmortem], chain_of: dict[str, Chain]) -> Pattern:
    together: dict[int, list[str]] = {}
    for postmortem in members:
        if postmortem.id in chain_of:
            together.setdefault(id(chain_of[postmortem.id]), []).append(postmortem.id)
    chained = tuple(tuple(ids) for ids in together.values() if len(ids) > 1)
    held = {id_ for ids in chained for id_ in ids}
    ids = tuple(postmortem.id for postmortem in members)
    services = sorted({service for postmortem in members for service in postmortem.meta.services})
    apart = tuple(id_ for id_ in ids if id_ not in held)
    return Pattern(cause, ids, tuple(services), chained, apart)
