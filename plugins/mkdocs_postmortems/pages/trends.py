"""The page of trends: counts, shares, times and tables, each with what it stands on."""

from dataclasses import dataclass

from mkdocs_postmortems.charts import Chart
from mkdocs_postmortems.trends import CrossTable, Kind, PeriodCount, Shares, Trends

from .archive import Archive
from .drawn import counts_chart, mix_chart, shares_chart, times_chart
from .page import Page

# How many periods a chart shows well. The chooser begins with the finest kind that fits and has
# something in most of its periods.
_MOST_PERIODS = 44
_SHARED = ("root-causes", "impacts", "triggers", "detections")


@dataclass(frozen=True)
class Counting:
    """The counts of one kind of period: drawn, and in rows with the latest first."""

    kind: Kind
    chart: Chart
    rows: tuple[PeriodCount, ...]
    is_first: bool


@dataclass(frozen=True)
class Shading:
    """A table of two facets with the largest cell, against which the others are shaded."""

    table: CrossTable
    most: int


def trends_page(archive: Archive) -> Page:
    """Whether it is getting better, and how far the record can tell."""
    found = archive.findings.trends
    uri = archive.index_uri("trends")
    data = {
        "found": found,
        "countings": countings(archive, uri, found),
        "charts": [
            (shares.facet, shares, shares_chart(archive, uri, _title(shares), shares))
            for name, shares in found.shares.items()
            if name in _SHARED
        ],
        "times_chart": times_chart(archive, uri, "How long it took", found.times),
        "detection_chart": mix_chart(archive, uri, "Who noticed first, by year", found.detection),
        "shadings": [shading(table) for table in (found.cause_impact, found.cause_trigger)],
    }
    title = archive.title("trends", "Trends")
    description = "Counts, shares and times of the incidents on record, with their intervals."
    return Page(uri, title, "trends.md.jinja", data, description, listed=True, searchable=False)


def countings(archive: Archive, origin: str, found: Trends) -> list[Counting]:
    """The counts per month, quarter and year."""
    dated = sum(row.count for row in found.counts[Kind.YEAR])
    fitting = [k for k in Kind if len(found.counts[k]) <= min(_MOST_PERIODS, dated)]
    first = fitting[0] if fitting else Kind.YEAR
    digests = archive.digest_uris
    return [
        Counting(
            kind,
            counts_chart(archive, origin, f"Incidents per {kind}", rows, digests),
            tuple(reversed(rows)),
            kind is first,
        )
        for kind, rows in found.counts.items()
    ]


def shading(table: CrossTable) -> Shading:
    """The table with its largest cell."""
    return Shading(table, max((len(cell) for row in table.cells for cell in row), default=0))


def _title(shares: Shares) -> str:
    return f"Share of incidents by {shares.facet.one}"
