"""How long it took: every incident a dot on a logarithmic axis, a row per measure or year."""

from collections.abc import Callable, Sequence

from .cloud import draw
from .figure import Chart, Table, chart
from .links import Mark
from .records import Row
from .wording import counted

# More dots than this are drawn without names and links: they would be most of the page.
_MOST_NAMED = 500

Written = Callable[[float], str]


def durations(
    title: str, rows: Sequence[Row], *, written: Written, table: Table | None = None
) -> Chart:
    """A row of dots for every one of `rows`; `written` puts minutes into words.

    `table` replaces the numbers beneath.
    """
    known = any(row.dots for row in rows)
    named = sum(len(row.dots) for row in rows) <= _MOST_NAMED
    marks = [
        Mark(f"{dot.title}: {written(dot.minutes)}", dot.href) for row in rows for dot in row.dots
    ]
    return chart(
        "durations",
        title,
        draw=(lambda size: draw(size, rows, named=named)) if known else None,
        key=_key(rows),
        description=" ".join(_worded(row, written) for row in rows),
        marks=marks if named else [],
        table=table or _table(title, rows, written),
        nothing="no incident has the times that it takes.",
    )


def _key(rows: Sequence[Row]) -> str:
    parts = ["A dot is an incident; the axis is logarithmic."]
    parts += ["Shaded: the middle half."] * any(row.quartiles for row in rows)
    parts += ["Thick line: median."] * any(row.median is not None for row in rows)
    parts += ["Dashed line: 90th percentile."] * any(row.ninetieth is not None for row in rows)
    return " ".join(parts)


def _worded(row: Row, written: Written) -> str:
    parts = [f"{row.label}: {counted(len(row.dots), 'incident')}"]
    if row.median is not None:
        parts.append(f"median {written(row.median)}")
    if row.quartiles:
        parts.append(f"middle half {written(row.quartiles[0])} to {written(row.quartiles[1])}")
    return ", ".join(parts) + "."


def _table(title: str, rows: Sequence[Row], written: Written) -> Table:
    def cells(row: Row) -> tuple[str, ...]:
        lower, upper = row.quartiles or (None, None)
        times = (lower, row.median, upper, row.ninetieth)
        return (row.label, str(len(row.dots)), *("" if t is None else written(t) for t in times))

    columns = (title, "Incidents", "Lower quartile", "Median", "Upper quartile", "90th percentile")
    return Table(columns, tuple(cells(row) for row in rows))
