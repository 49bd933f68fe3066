"""What each period was made of: level bars of stacked parts, with the number in each."""

from collections.abc import Iterator, Sequence
from itertools import count

from .drawing import (
    Spec,
    at,
    base_line,
    drawing,
    layer,
    words,
)
from .figure import Chart, Table, chart
from .links import Mark, token
from .records import Mix, Part
from .style import ON_SERIES, SERIES, SOFT, Size
from .wording import counted, cut, number, width

_BAR = 20
_STEP = 27
_OTHERS = "Others"


def mix(
    title: str, periods: Sequence[Mix], *, one: str = "incident", table: Table | None = None
) -> Chart:
    """A bar of parts for every period in the order given; equal names have equal colours.

    Names are shown in the order in which they first occur; past the eighth they are summed
    up as others, but for the table. `one` is what is counted; `table` replaces the numbers.
    """
    names = tuple(dict.fromkeys(part.name for period in periods for part in period.parts))
    kept = names if len(names) <= len(SERIES) else names[: len(SERIES) - 1]
    drawn = [(period, _parts(period, kept, names)) for period in periods]
    known = any(part.count for period in periods for part in period.parts)
    return chart(
        "mix",
        title,
        draw=(lambda size: _draw(size, drawn)) if known else None,
        key=f"The numbers of {one}s.",
        description=_description(periods, names, one),
        marks=[
            Mark(f"{_named(period)}: {part.name}, {counted(part.count, one)}", part.href)
            for period, parts in drawn
            for part in parts
        ],
        table=table or _table(periods, names),
        nothing=f"there are no {one}s yet.",
        legend=kept if kept == names else (*kept, _OTHERS),
    )


def _parts(period: Mix, kept: Sequence[str], names: Sequence[str]) -> list[Part]:
    """The period's parts in the order of the legend; those not kept are summed up."""
    found = {part.name: part for part in period.parts}
    parts = [found.get(name, Part(name, 0)) for name in kept]
    rest = sum(part.count for name, part in found.items() if name not in kept)
    return parts if len(kept) == len(names) else [*parts, Part(_OTHERS, rest)]


def _named(period: Mix) -> str:
    return period.label + " so far" * period.unfinished


def _description(periods: Sequence[Mix], names: Sequence[str], one: str) -> str:
    totals = dict.fromkeys(names, 0)
    for period in periods:
        for part in period.parts:
            totals[part.name] += part.count
    said = ", ".join(f"{name} {number(total)}" for name, total in totals.items())
    return f"Stacked bars of {one}s in {counted(len(periods), 'period')}. In all: {said}."


def _table(periods: Sequence[Mix], names: Sequence[str]) -> Table:
    rows = []
    for period in periods:
        found = {part.name: part.count for part in period.parts}
        counts = [found.get(name, 0) for name in names]
        rows.append((_named(period), *map(str, counts), str(sum(counts))))
    return Table(("Period", *names, "All"), tuple(rows))


def _draw(size: Size, drawn: Sequence[tuple[Mix, list[Part]]]) -> Spec:
    most = 84.0 if size.is_narrow else 160.0
    labels = [cut(_named(period), most, size.font) for period, _ in drawn]
    left = max(width(label, size.font) for label in labels) + 8
    totals = [sum(part.count for part in parts) for _, parts in drawn]
    unit = (size.width - left - width(f"{max(totals):,}", size.font) - 10) / max(totals)
    middles = [(index + 0.5) * _STEP for index in range(len(drawn))]
    beside = [
        {"x": left - 8, "y": middle, "text": label}
        for label, middle in zip(labels, middles, strict=True)
    ]
    sums = [
        {"x": left + total * unit + 6, "y": middle, "text": f"{total:,}"}
        for total, middle in zip(totals, middles, strict=True)
    ]
    rows = _segments(drawn, left, unit)
    inside = [row for row in rows if width(row["text"], size.font) + 4 < row["x2"] - row["x"]]
    return drawing(size, len(drawn) * _STEP + 2, [
        words(beside, color=SOFT, align="right", baseline="middle"),
        *_bars(rows),
        layer("text", inside, {"x": at("middle"), "y": at("y"), "text": {"field": "text"}},
              color=ON_SERIES, baseline="middle", pointerEvents="none"),
        words(sums, align="left", baseline="middle"),
        base_line(left, 0, left, len(drawn) * _STEP),
    ])  # fmt: skip


def _segments(drawn: Sequence[tuple[Mix, list[Part]]], left: float, unit: float) -> list[Spec]:
    """Every part that is not empty, beside the one before it."""
    rows: list[Spec] = []
    marks = count()
    for index, (_, parts) in enumerate(drawn):
        x, y = left, (index + 0.5) * _STEP
        for series, part in enumerate(parts):
            x2, mark = x + part.count * unit, token(next(marks))
            # A line of the page between neighbours, whose colours may look alike.
            shape = {"x": x, "x2": x2 - 1, "middle": (x + x2) / 2, "y": y}
            row = {**shape, "series": series, "text": f"{part.count:,}", "token": mark}
            rows += [row] * bool(part.count)
            x = x2
    return rows


def _bars(rows: Sequence[Spec]) -> Iterator[Spec]:
    place = {"x": at("x"), "x2": {"field": "x2"}, "y": at("y")}
    shape = {"orient": "horizontal", "height": _BAR, "stroke": None}
    for series, colour in enumerate(SERIES):
        own = [row for row in rows if row["series"] == series]
        yield layer("bar", own, place, named=True, **shape, color=colour)
