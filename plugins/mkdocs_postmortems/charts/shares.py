"""Parts of a whole: level bars with whiskers, a label and a figure each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .drawing import (
    Bands,
    Spec,
    at,
    columns_of_grid,
    drawing,
    layer,
    linear,
    multiples,
    whiskers,
    words,
)
from .figure import Chart, Link, Table, chart
from .links import Mark, token
from .records import Share
from .style import Size
from .wording import counted, percent, width, wrap

_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1)
_MOST_TICKS = 5
_BAR = 14


def shares(
    title: str, found: Sequence[Share], *, one: str = "incident", table: Table | None = None
) -> Chart:
    """A bar for every share in the order given, with the count behind it.

    `one` is what is counted, in the singular; `table` replaces the numbers beneath.
    """
    return chart(
        "shares",
        title,
        draw=(lambda size: _draw(size, found)) if found else None,
        key="Whiskers: 95% interval.",
        description=_description(found, one),
        marks=[Mark(_worded(share, one), share.href) for share in found],
        table=table or _table(title, found, one),
        nothing="there is nothing to take a share of yet.",
    )


def _worded(share: Share, one: str) -> str:
    value = f"{percent(share.value)}, {counted(share.count, one)}"
    return f"{share.label}: {value}, 95% interval {_interval(share)}"


def _interval(share: Share) -> str:
    return f"{percent(share.low)} to {percent(share.high)}"


def _description(found: Sequence[Share], one: str) -> str:
    if not found:
        return ""
    most = max(found, key=lambda share: share.value)
    return f"Bar chart of {counted(len(found), 'share')}. The largest is {_worded(most, one)}."


def _table(title: str, found: Sequence[Share], one: str) -> Table:
    rows = tuple(
        (Link(share.label, share.href), str(share.count), percent(share.value), _interval(share))
        for share in found
    )
    return Table((title, f"{one.capitalize()}s", "Share", "95% interval"), rows)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where labels, bars and figures stand, in units."""

    label: float
    left: float
    right: float


def _columns(size: Size, figure: float) -> _Columns:
    if size.is_narrow:
        return _Columns(size.width - figure - 12, 12, size.width - 18)
    return _Columns(226, 238, size.width - figure - 20)


def _draw(size: Size, found: Sequence[Share]) -> Spec:
    figures = [f"{percent(share.value)} ({share.count})" for share in found]
    columns = _columns(size, max(width(figure, size.font) for figure in figures))
    rows = _placed(found, columns, size)
    for row, figure in zip(rows, figures, strict=True):
        row["figure"] = figure
    ticks = multiples(max(max(s.high, s.value) for s in found), _STEPS, _MOST_TICKS)
    scaled = linear(0, ticks[-1], columns.left, columns.right)
    bottom = rows[-1]["end"] + 2
    bars = {"x": scaled("value"), "x2": {"value": columns.left}, "y": at("y")}
    side = "left" if size.is_narrow else "right"
    figures_at = {"x": {"value": size.width}, "y": at("figure_y"), "text": {"field": "figure"}}
    whole = {"x": {"value": 0}, "x2": {"value": size.width}, "y": at("top"), "y2": {"field": "end"}}
    return drawing(size, bottom + size.line + 8, [
        *columns_of_grid([(tick, percent(tick)) for tick in ticks], scaled,
                         _bands(rows, bottom, size), bottom),
        layer("bar", rows, bars, orient="horizontal", height=_BAR),
        *whiskers(rows, "x", scaled, 7),
        words(list(_lines(rows, size)), align=side, baseline="top"),
        layer("text", rows, figures_at, align="right", baseline="top"),
        # What is pointed at is the whole row; its title has what was cut off the label.
        layer("rect", rows, whole, named=True, fill="transparent"),
    ])  # fmt: skip


def _placed(found: Sequence[Share], columns: _Columns, size: Size) -> list[Spec]:
    """The rows from the top: where each begins and ends, its label stands and its bar lies."""
    rows: list[Spec] = []
    top = 0.0
    for index, share in enumerate(found):
        lines = wrap(share.label, columns.label, size.font)
        text = len(lines) * size.line
        row: Spec = {"lines": lines, "top": top, "token": token(index)}
        row |= {"value": share.value, "low": share.low, "high": share.high}
        if size.is_narrow:
            row |= {"x": 0, "y": top + text + _BAR / 2 + 6, "label": top + 4}
            row["end"] = top + text + _BAR + 15
        else:
            row["end"] = top + max(text, _BAR) + 10
            row["y"] = (top + row["end"]) / 2
            row |= {"x": columns.label, "label": row["y"] - text / 2 + 1}
        row["figure_y"] = row["label"] if size.is_narrow else row["y"] - size.line / 2 + 1
        rows.append(row)
        top = row["end"]
    return rows


def _lines(rows: Sequence[Spec], size: Size) -> Iterator[Spec]:
    for row in rows:
        for number, line in enumerate(row["lines"]):
            yield {"x": row["x"], "y": row["label"] + number * size.line, "text": line}


def _bands(rows: Sequence[Spec], bottom: float, size: Size) -> Bands:
    """Where the grid is drawn: behind the bars alone where labels stand between them."""
    if not size.is_narrow:
        return [(0, bottom)]
    return [(row["y"] - _BAR / 2 - 3, row["y"] + _BAR / 2 + 3) for row in rows]
