"""Figures to charts: which numbers are drawn, what each mark is called and where it leads."""

from collections.abc import Iterable, Sequence

from mkdocs_postmortems import charts
from mkdocs_postmortems.actions import Closing
from mkdocs_postmortems.charts import Chart
from mkdocs_postmortems.facets import Facet
from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.trends import Mix, PeriodCount, Shares, TermShare, Times

from .archive import Archive
from .wording import written_day, written_span

_MOST_SHARES = 15


def counts_chart(
    archive: Archive, origin: str, title: str, rows: Sequence[PeriodCount], digests: Iterable[str]
) -> Chart:
    """Incidents per period; a period that has a digest, by its source path, leads to it."""
    known = set(digests)
    bars = []
    for row in rows:
        uri = archive.digest_uri(row.period)
        href = archive.link(origin, uri) if uri in known else ""
        bars.append(
            charts.Bar(row.period.name, row.count, *row.interval, href, not row.period.is_finished)
        )
    return charts.counts(title, bars)


def shares_chart(archive: Archive, origin: str, title: str, found: Shares) -> Chart:
    """The share of incidents that carry each term: the most frequent ones, most specific level."""
    terms = most_specific(found)[:_MOST_SHARES]
    return charts.shares(title, [_share(archive, origin, found.facet, term) for term in terms])


def most_specific(found: Shares) -> list[TermShare]:
    """The leaves that occur, and the tops that have none, most incidents first."""
    flat = [leaf for top in found.terms for leaf in (top.leaves or (top,)) if leaf.incidents]
    return sorted(flat, key=lambda term: (-len(term.incidents), term.term.title))


def times_chart(archive: Archive, origin: str, title: str, found: Sequence[Times]) -> Chart:
    """Every incident a dot, one row for each of the four times."""
    rows = [_row(archive, origin, times) for times in found]
    return charts.durations(title, rows, written=written_span)


def mix_chart(archive: Archive, origin: str, title: str, found: Sequence[Mix]) -> Chart:
    """What each year was made of, by the terms of one facet."""
    return charts.mix(title, [_mix(archive, origin, mix) for mix in found])


def strip_chart(
    archive: Archive, origin: str, title: str, incidents: Iterable[Postmortem]
) -> Chart:
    """When incidents happened: a mark for each, on an axis that is the same on every page."""
    years = [p.day.year for p in archive.published if p.day]
    ticks = [
        charts.Tick(p.day, p.title, archive.link(origin, archive.postmortem_uri(p)))
        for p in incidents
        if p.day
    ]
    now = archive.library.today.year
    return charts.strip(title, ticks, since=min(years, default=now), until=max(*years, now, now))


def closing_chart(title: str, found: Closing) -> Chart:
    """The share of promises kept, by the days since they were made."""
    steps = [
        charts.Step(step.days, step.share, *(step.interval or (step.share, step.share)))
        for step in found.steps
    ]
    return charts.survival(title, steps, left="done", since="days")


def _share(archive: Archive, origin: str, facet: Facet, term: TermShare) -> charts.Share:
    estimate = term.share
    assert estimate.value is not None
    assert estimate.interval is not None
    href = archive.link(origin, archive.term_uri(facet.name, term.term.id))
    count = len(term.incidents)
    return charts.Share(term.term.title, estimate.value, *estimate.interval, count, href)


def _row(archive: Archive, origin: str, times: Times) -> charts.Row:
    by_id = archive.library.by_id
    summary = times.summary
    dots = tuple(
        charts.Dot(
            value.minutes,
            f"{by_id[value.id].title} ({written_day(value.day)})",
            archive.link(origin, archive.postmortem_uri(by_id[value.id])),
        )
        for value in times.values
    )
    quartiles = None
    if summary.lower_quartile is not None and summary.upper_quartile is not None:
        quartiles = (summary.lower_quartile, summary.upper_quartile)
    left_out = summary.missing + summary.conflicting + summary.coarse
    note = f"{len(dots)} known, {left_out} not"
    return charts.Row(
        times.span.title, dots, summary.median.value, quartiles, summary.ninetieth, note
    )


def _mix(archive: Archive, origin: str, mix: Mix) -> charts.Mix:
    facet = mix.shares.facet
    parts = tuple(
        charts.Part(
            term.term.title,
            len(term.incidents),
            archive.link(origin, archive.term_uri(facet.name, term.term.id)),
        )
        for term in mix.shares.terms
    )
    return charts.Mix(mix.period.name, parts, not mix.period.is_finished)
