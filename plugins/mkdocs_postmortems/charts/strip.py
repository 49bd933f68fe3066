"""When it happened: a strip of years with one tick for every incident."""

from calendar import isleap
from collections.abc import Sequence
from datetime import date

from .drawing import Spec, at, base_line, columns_of_grid, drawing, lanes, layer, linear
from .figure import Chart, Link, Table, chart
from .links import Mark, token
from .records import Tick
from .style import AXIS, Size
from .wording import counted, thin

_HEIGHT = 16
_GAP = 4.5
_MOST_LANES = 4


def strip(title: str, ticks: Sequence[Tick], *, since: int, until: int) -> Chart:
    """The years from `since` to `until`, both whole, with `ticks` in any order.

    Strips of the same years can be compared; a tick outside them stretches the strip.
    """
    ordered = sorted(ticks, key=lambda tick: (tick.day, tick.title))
    if ordered:
        since, until = min(since, ordered[0].day.year), max(until, ordered[-1].day.year)
    return chart(
        "strip",
        title,
        draw=(lambda size: _draw(size, ordered, since, until)) if ordered else None,
        key="A tick is an incident.",
        description=_description(ordered, since, until),
        marks=[Mark(f"{tick.day.isoformat()}: {tick.title}", tick.href) for tick in ordered],
        table=_table(ordered),
        nothing="no incident with a date.",
    )


def _description(ticks: Sequence[Tick], since: int, until: int) -> str:
    if not ticks:
        return ""
    return (
        f"{counted(len(ticks), 'incident')} on a line from {since} to {until}, "
        f"the first on {ticks[0].day.isoformat()}, the last on {ticks[-1].day.isoformat()}."
    )


def _table(ticks: Sequence[Tick]) -> Table:
    rows = tuple((Link(tick.title, tick.href), tick.day.isoformat()) for tick in reversed(ticks))
    return Table(("Incident", "Date"), rows)


def _draw(size: Size, ticks: Sequence[Tick], since: int, until: int) -> Spec:
    left, right = 2.0, size.width - 2.0
    year = (right - left) / (until + 1 - since)
    places = [left + (_years(tick.day) - since) * year for tick in ticks]
    stacked = [lane % _MOST_LANES for lane in lanes(places, _GAP)]
    bottom = (max(stacked) + 1) * (_HEIGHT + 2) + 4
    rows = [
        {"x": x, "y": bottom - 2 - _HEIGHT / 2 - lane * (_HEIGHT + 2), "token": token(index)}
        for index, (x, lane) in enumerate(zip(places, stacked, strict=True))
    ]
    labels = thin([str(number) for number in range(since, until + 1)], year, size.font)
    scaled = linear(since, until + 1, left, right)
    _, names = columns_of_grid([(since + i + 0.5, text) for i, text in labels], scaled, (), bottom)
    begins = [{"at": number, "y": bottom, "y2": bottom + 6} for number in range(since, until + 2)]
    ends = {"x": scaled("at"), "y": at("y"), "y2": {"field": "y2"}}
    place = {"x": at("x"), "y": at("y")}
    return drawing(size, bottom + size.line + 8, [
        layer("rule", begins, ends, color=AXIS, strokeWidth=1),
        base_line(left, bottom, right, bottom),
        names,
        layer("tick", rows, place, named=True, orient="vertical", size=_HEIGHT, thickness=3),
    ])  # fmt: skip


def _years(day: date) -> float:
    """2024-07-02 is 2024.5."""
    return day.year + (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)
