"""The figures as plain values for `api/v1/trends.json`, rounded here and nowhere else.

An estimate is always an object with four keys:

- `value`: the figure; a share is from 0 to 1, a time in minutes; null where there is none
- `interval`: its 95% interval as [low, high]; null where there is none
- `n`: how many incidents it rests on
- `missing`: how many were left out because the record does not say

Keys of the document:

- `today`, `first_day`: the day of the build, and the day on which the record begins
- `incidents`, `near_misses`: how many are published; `undated`, `future`: the ids of the
  incidents that stand in no period
- `counts`: by `month`, `quarter` and `year`; each period has `period` (its name), `begins`,
  `ends` (the first day after it), `elapsed` (from 0 to 1), `finished`, `value`, `interval`
  (exact Poisson), `n` (the same as `value`), `missing` (always 0), `near_misses` (their number),
  `ids`, and `comparison` with the period before
- `overall`: `year`, a comparison of the last 365 days with the 365 before; `halves`, one of
  the later half of the record, which begins on `middle`, with the earlier
- a comparison has `verdict`, `sentence`, `p`, and what was compared: `now` and `before`; for
  counts also `days_now`, `days_before` and `record_begins`, for times `n_now` and `n_before`
- `shares`: by facet, `n`, `missing`, `several` (how many carry more than one top term) and
  `terms`; each term has `id`, `title`, `count`, an estimate (Wilson) and its `leaves`
- `primary_causes`: the same for the first root cause of each incident; these add up to 1
- `times`: by name, `title`, `values` (`id`, `day`, `minutes`), the summary, and by kind of period
  the summary of each that has an incident, with its `comparison` with the period before; a summary
  is the estimate of the median with `lower_quartile`, `upper_quartile`, `ninetieth`, and `missing`
  taken apart into `not_recorded`, `conflicting` and `coarse`. `quantile_method` names how
  quantiles are interpolated
- `tables`: `cause_impact` and `cause_trigger`, each with `rows` and `columns` (ids of terms),
  `cells` (a list of ids for each row and column), `n` and `missing`
- `detection`: the shares of who noticed first, year by year
"""

from collections.abc import Iterable

from . import Trends
from .claims import CountComparison, TimeComparison
from .counts import Overall, PeriodCount
from .intervals import Estimate
from .plain import Document, day_document, estimate_document, period_document, rounded
from .population import Population
from .shares import Shares, TermShare
from .tables import CrossTable
from .times import QUANTILE_METHOD, Summary, Times

_COUNT, _MINUTE, _P = 2, 1, 4


def trends_document(found: Trends) -> Document:
    """`found` as values that JSON can hold."""
    tables = {"cause_impact": found.cause_impact, "cause_trigger": found.cause_trigger}
    return {
        **_population(found.population),
        "counts": {kind.value: [_count(r) for r in rows] for kind, rows in found.counts.items()},
        "overall": _overall(found.overall),
        "shares": {name: shares_document(shares) for name, shares in found.shares.items()},
        "primary_causes": shares_document(found.primary),
        "quantile_method": QUANTILE_METHOD,
        "times": {times.span.name: _times(times) for times in found.times},
        "tables": {name: _table(table) for name, table in tables.items()},
        "detection": [
            {**period_document(mix.period), **shares_document(mix.shares)}
            for mix in found.detection
        ],
    }


def shares_document(found: Shares) -> Document:
    """The shares of one facet."""
    return {
        "n": found.n,
        "missing": len(found.missing),
        "several": len(found.several),
        "terms": _terms(found.terms),
    }


def count_comparison_document(found: CountComparison | None) -> Document | None:
    """A comparison of two counts."""
    if found is None:
        return None
    return {
        "verdict": found.verdict.value,
        "sentence": found.sentence,
        "p": round(found.p, _P),
        "now": found.now,
        "before": found.before,
        "days_now": found.days_now,
        "days_before": found.days_before,
        "record_begins": day_document(found.opened),
    }


def _population(people: Population) -> Document:
    return {
        "today": day_document(people.today),
        "first_day": day_document(people.first_day),
        "incidents": len(people.incidents),
        "near_misses": len(people.near_misses),
        "undated": [p.id for p in people.undated],
        "future": [p.id for p in people.future],
    }


def _count(row: PeriodCount) -> Document:
    return {
        **period_document(row.period),
        **estimate_document(Estimate(row.count, row.interval, row.count), _COUNT),
        "near_misses": len(row.near_misses),
        "ids": list(row.incidents),
        "comparison": count_comparison_document(row.comparison),
    }


def _overall(found: Overall) -> Document:
    return {
        "year": count_comparison_document(found.year),
        "halves": count_comparison_document(found.halves),
        "middle": day_document(found.middle),
    }


def _terms(terms: Iterable[TermShare]) -> list[Document]:
    return [
        {
            "id": found.term.id,
            "title": found.term.title,
            "count": len(found.incidents),
            **estimate_document(found.share),
            "leaves": _terms(found.leaves),
        }
        for found in terms
    ]


def _times(found: Times) -> Document:
    return {
        "title": found.span.title,
        **_summary(found.summary),
        "values": [
            {"id": value.id, "day": day_document(value.day), "minutes": value.minutes}
            for value in found.values
        ],
        **{
            kind.value: [
                {
                    **period_document(row.period),
                    **_summary(row.summary),
                    "comparison": _time_comparison(row.comparison),
                }
                for row in rows
                if row.summary.n + row.summary.median.missing
            ]
            for kind, rows in found.by_period.items()
        },
    }


def _summary(found: Summary) -> Document:
    return {
        **estimate_document(found.median, _MINUTE),
        "lower_quartile": rounded(found.lower_quartile, _MINUTE),
        "upper_quartile": rounded(found.upper_quartile, _MINUTE),
        "ninetieth": rounded(found.ninetieth, _MINUTE),
        "not_recorded": found.missing,
        "conflicting": found.conflicting,
        "coarse": found.coarse,
    }


def _time_comparison(found: TimeComparison | None) -> Document | None:
    if found is None:
        return None
    return {
        "verdict": found.verdict.value,
        "sentence": found.sentence,
        "p": rounded(found.p, _P),
        "now": rounded(found.now, _MINUTE),
        "before": rounded(found.before, _MINUTE),
        "n_now": found.n_now,
        "n_before": found.n_before,
    }


def _table(found: CrossTable) -> Document:
    return {
        "rows": [term.id for term in found.rows],
        "columns": [term.id for term in found.columns],
        "cells": [[list(cell) for cell in row] for row in found.cells],
        "n": found.n,
        "missing": len(found.missing),
    }
