"""Pairs of incidents of which the later repeats the earlier: found, or declared by an author."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.taxonomy import Taxonomy
from mkdocs_postmortems.trends.population import UNKNOWN

from .promises import Outcome, Promise, promises

WITHIN = timedelta(days=365)
# A cause that comes back every other day would make a link of every pair in the archive.
_MOST = 10
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Link:
    """The later of two incidents, by id, repeats the earlier.

    `days` run from the day the earlier one ended (or began, where its end is not known) to the
    day the later one began; None where either is undated. `causes` are the leaf causes and
    `services` the services that both have. A link can be `found`, `declared`, or both. It is
    `direct` unless, for each of its causes, another earlier incident stands between the two.
    """

    earlier: str
    later: str
    days: int | None
    causes: tuple[str, ...]
    services: tuple[str, ...]
    promises: tuple[Promise, ...]
    found: bool = False
    declared: bool = False
    direct: bool = True

    @property
    def still_open(self) -> tuple[Promise, ...]:
        """What was promised after the earlier one and not done when the later one began."""
        return self._of(Outcome.OPEN)

    @property
    def not_known(self) -> tuple[Promise, ...]:
        """What was promised after the earlier one, and nobody here knows what became of it."""
        return self._of(Outcome.UNKNOWN)

    def _of(self, outcome: Outcome) -> tuple[Promise, ...]:
        return tuple(promise for promise in self.promises if promise.outcome is outcome)


def links(postmortems: Iterable[Postmortem], taxonomy: Taxonomy) -> tuple[Link, ...]:
    """Every link among `postmortems`, in the order of the later and then the earlier one.

    Found: the later one shares a leaf root cause and a service with the earlier one, and
    began within 365 days of its resolution (of its start where that is not known), unless
    either names the other under `unrelated`; of each cause on each service, the ten latest
    (older ones are linked by way of those). Near misses are not found. Declared: the later
    one names the earlier under `recurrence_of`, whatever else there is.
    """
    ordered = sorted(postmortems, key=_oldest_first)
    position = {postmortem.id: index for index, postmortem in enumerate(ordered)}
    found = {(position[e.id], position[later.id]) for e, later in _found(ordered, taxonomy)}
    declared = set(_declared(ordered, position))
    made = (
        replace(
            _link(ordered[pair[0]], ordered[pair[1]], taxonomy),
            found=pair in found,
            declared=pair in declared,
        )
        for pair in sorted(found | declared, key=lambda pair: pair[::-1])
    )
    return tuple(_with_directness(made))


def leaf_causes(postmortem: Postmortem, taxonomy: Taxonomy) -> list[str]:
    """Its root causes that have nothing more particular below them; "unknown" is not a cause."""
    terms = taxonomy["root_causes"].terms
    causes = dict.fromkeys(postmortem.meta.root_causes)
    return [c for c in causes if c != UNKNOWN and not (c in terms and terms[c].leaves)]


def began(postmortem: Postmortem) -> datetime | None:
    """When it began, or was noticed where that is not known."""
    return postmortem.meta.started_at or postmortem.meta.detected_at


def ended(postmortem: Postmortem) -> datetime | None:
    """When it was resolved; when it began, where the end is not known or disputed."""
    begin, end = began(postmortem), postmortem.meta.resolved_at
    if begin is None or end is None or end < begin or "resolved_at" in postmortem.meta.disputed:
        return begin
    return end


def _oldest_first(postmortem: Postmortem) -> tuple[bool, float, str]:
    at = began(postmortem)
    return (at is None, (at - _EPOCH).total_seconds() if at else 0, postmortem.id)


def _found(
    ordered: list[Postmortem], taxonomy: Taxonomy
) -> Iterator[tuple[Postmortem, Postmortem]]:
    """Pairs that share a cause and a service, within the time; a pair can come twice."""
    recent: dict[tuple[str, str], deque[Postmortem]] = {}
    for later in ordered:
        begin = began(later)
        if begin is None or later.is_near_miss:
            continue
        causes = leaf_causes(later, taxonomy)
        for key in [(cause, service) for cause in causes for service in set(later.meta.services)]:
            before = recent.setdefault(key, deque())
            while before and not _is_near(before[0], begin):
                before.popleft()
            near = (e for e in reversed(before) if _is_near(e, begin) and _repeats(later, e, begin))
            yield from ((earlier, later) for earlier in islice(near, _MOST))
            before.append(later)


def _is_near(earlier: Postmortem, begin: datetime) -> bool:
    end = ended(earlier)
    return end is not None and begin - end <= WITHIN


def _repeats(later: Postmortem, earlier: Postmortem, begin: datetime) -> bool:
    """Whether the earlier one was over, so that something could have been learnt from it."""
    end, start = ended(earlier), began(earlier)
    was_over = end is not None and start is not None and start < begin and end <= begin
    return was_over and not _vetoed(earlier, later)


def _vetoed(one: Postmortem, other: Postmortem) -> bool:
    return other.id in one.meta.unrelated or one.id in other.meta.unrelated


def _declared(ordered: list[Postmortem], position: dict[str, int]) -> Iterator[tuple[int, int]]:
    """The positions of what `recurrence_of` joins; dates, where known, say which was first."""
    seen: set[frozenset[int]] = set()
    for here, postmortem in enumerate(ordered):
        for id_ in postmortem.meta.recurrence_of:
            there = position.get(id_, here)
            pair = frozenset((here, there))
            if there == here or pair in seen:
                continue
            seen.add(pair)
            dated = postmortem.day and ordered[there].day
            yield (min(pair), max(pair)) if dated else (there, here)


def _link(earlier: Postmortem, later: Postmortem, taxonomy: Taxonomy) -> Link:
    theirs = leaf_causes(earlier, taxonomy)
    causes = tuple(cause for cause in leaf_causes(later, taxonomy) if cause in theirs)
    services = tuple(sorted({*later.meta.services} & {*earlier.meta.services}))
    kept = promises(earlier, later.day)
    return Link(earlier.id, later.id, _days(earlier, later), causes, services, kept)


def _days(earlier: Postmortem, later: Postmortem) -> int | None:
    """Calendar days, as people count them: from the evening of one to the next morning is 1."""
    end, begin = ended(earlier), began(later)
    return max(0, (begin.date() - end.date()).days) if begin and end else None


def _with_directness(ordered: Iterable[Link]) -> list[Link]:
    """Links come grouped by the later incident, the earliest of the earlier ones first."""
    marked: list[Link] = []
    nearer: set[tuple[str, str]] = set()
    for link in reversed(list(ordered)):
        keys = {(link.later, cause) for cause in link.causes}
        marked.append(replace(link, direct=link.declared or not keys <= nearer))
        nearer |= keys
    return marked[::-1]
