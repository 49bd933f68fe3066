"""A `Library` to figures: counts, shares, times and tables, each with what it rests on.

Plain data and pure functions: no file, no clock, no page. The figures count postmortems
written, which is not reliability.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_postmortems.facets import FACETS, Facet
from mkdocs_postmortems.library import Library

from .claims import CountComparison, TimeComparison, Verdict, compare_counts, compare_times
from .counts import Overall, PeriodCount, counts, overall
from .intervals import Estimate, Interval, poisson_interval, share
from .periods import Kind, Period, period_of, periods
from .population import UNKNOWN, Population, population
from .shares import Mix, Shares, TermShare, facet_named, mix_by_year, primary_causes, shares
from .tables import CrossTable, cross_table
from .times import QUANTILE_METHOD, PeriodTimes, Summary, Times, Value, summary, times, values

__all__ = [
    "QUANTILE_METHOD",
    "UNKNOWN",
    "CountComparison",
    "CrossTable",
    "Estimate",
    "Interval",
    "Kind",
    "Mix",
    "Overall",
    "Period",
    "PeriodCount",
    "PeriodTimes",
    "Population",
    "Shares",
    "Summary",
    "TermShare",
    "TimeComparison",
    "Times",
    "Trends",
    "Value",
    "Verdict",
    "compare_counts",
    "compare_times",
    "counts",
    "cross_table",
    "facet_named",
    "mix_by_year",
    "overall",
    "period_of",
    "periods",
    "poisson_interval",
    "population",
    "primary_causes",
    "share",
    "shares",
    "summary",
    "times",
    "trends",
    "values",
]


@dataclass(frozen=True)
class Trends:
    """Everything that the trends page says.

    `counts` are by kind of period, `shares` by facet name, `times` in the order of the model's
    durations. `detection` says who noticed first, year by year.
    """

    population: Population
    counts: dict[Kind, tuple[PeriodCount, ...]]
    overall: Overall
    shares: dict[str, Shares]
    primary: Shares
    times: tuple[Times, ...]
    cause_impact: CrossTable
    cause_trigger: CrossTable
    detection: tuple[Mix, ...]


def trends(library: Library, facets: Sequence[Facet] = FACETS) -> Trends:
    """The figures of `library`; shares are of those `facets` whose terms have a meaning."""
    people, words = population(library), library.taxonomy
    incidents = people.incidents
    causes, impacts, triggers = map(facet_named, ("root-causes", "impacts", "triggers"))
    return Trends(
        people,
        {kind: counts(kind, people) for kind in Kind},
        overall(people),
        {f.name: shares(f, incidents, words) for f in facets if f.vocabulary},
        primary_causes(incidents, words),
        times(people),
        cross_table(causes, impacts, incidents, words),
        cross_table(causes, triggers, incidents, words),
        mix_by_year(facet_named("detections"), people, words),
    )
