"""Whom the figures are about: incidents, and near misses apart from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mkdocs_postmortems.library import Library
from mkdocs_postmortems.model import Postmortem

from .periods import Kind, Period, period_of, periods

# Every vocabulary has this term; it says "looked for and not found", which is not a likeness.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Population:
    """The published postmortems, oldest first and undated ones last.

    Drafts, postmortems in review and withdrawn ones are in neither tuple. An incident dated
    after `today` stands in no period, as one without a date.
    """

    incidents: tuple[Postmortem, ...]
    near_misses: tuple[Postmortem, ...]
    today: date

    @cached_property
    def first_day(self) -> date | None:
        """The day on which the record begins: that of its first dated postmortem."""
        placed = (p.day for p in (*self.incidents, *self.near_misses) if self.is_placed(p))
        return min((day for day in placed if day), default=None)

    @property
    def undated(self) -> tuple[Postmortem, ...]:
        """The incidents that no period can hold."""
        return tuple(p for p in self.incidents if p.day is None)

    @property
    def future(self) -> tuple[Postmortem, ...]:
        """The incidents dated after today, by a slip or by a zone east of the build."""
        return tuple(p for p in self.incidents if p.day and p.day > self.today)

    def is_placed(self, postmortem: Postmortem) -> bool:
        """Whether the postmortem belongs to a period that has begun."""
        return postmortem.day is not None and postmortem.day <= self.today

    def periods(self, kind: Kind) -> tuple[Period, ...]:
        """Every period of that kind from the first day of the record to today."""
        return periods(kind, self.first_day, self.today)

    def by_period(
        self, kind: Kind, postmortems: Iterable[Postmortem]
    ) -> dict[Period, list[Postmortem]]:
        """Those postmortems that belong to a period, by period, in the order given."""
        found: dict[Period, list[Postmortem]] = {}
        for postmortem in postmortems:
            if postmortem.day and self.is_placed(postmortem):
                period = period_of(kind, postmortem.day, self.today)
                found.setdefault(period, []).append(postmortem)
        return found


def population(library: Library) -> Population:
    """The incidents and near misses of `library`."""
    return Population(
        tuple(p for p in library.published if not p.is_near_miss),
        tuple(p for p in library.published if p.is_near_miss),
        library.today,
    )


def ids(postmortems: Iterable[Postmortem]) -> tuple[str, ...]:
    """The ids in the order given."""
    return tuple(postmortem.id for postmortem in postmortems)
