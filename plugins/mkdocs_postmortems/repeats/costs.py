"""The causes that cost most, by incidents and by minutes."""

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.taxonomy import Taxonomy

from .links import leaf_causes


@dataclass(frozen=True, slots=True)
class Cost:
    """A leaf cause with its incidents, by id, and the minutes until they were resolved.

    An incident with two causes costs each of them its whole time, so minutes do not add up
    over causes. `unknown` are the incidents whose time to resolve is not known: they cost more
    than nothing, and nobody can say how much.
    """

    cause: str
    incidents: tuple[str, ...]
    minutes: int
    unknown: tuple[str, ...]


def costs(incidents: Iterable[Postmortem], taxonomy: Taxonomy) -> tuple[Cost, ...]:
    """Every leaf cause that occurs, that with most incidents first, then with most minutes."""
    by_cause: dict[str, list[Postmortem]] = {}
    for postmortem in incidents:
        for cause in leaf_causes(postmortem, taxonomy):
            by_cause.setdefault(cause, []).append(postmortem)
    found = [_cost(cause, members) for cause, members in by_cause.items()]
    return tuple(sorted(found, key=lambda c: (-len(c.incidents), -c.minutes, c.cause)))


def _cost(cause: str, members: list[Postmortem]) -> Cost:
    minutes = {p.id: p.durations["resolve"].minutes for p in members}
    unknown = tuple(id_ for id_, known in minutes.items() if known is None)
    return Cost(cause, tuple(minutes), sum(known or 0 for known in minutes.values()), unknown)
