"""How many per period: bars, with whiskers for what the small numbers leave open."""

from collections.abc import Sequence

from .drawing import (
    Channel,
    Spec,
    at,
    base_line,
    drawing,
    layer,
    linear,
    multiples,
    round_steps,
    rows_of_grid,
    whiskers,
    words,
)
from .figure import Chart, Link, Table, chart
from .links import Mark, token
from .records import Bar
from .style import AXIS, MARK, SOFT, Size
from .wording import counted, cut, number, thin, width

_SO_FAR = "so far"
_MOST_TICKS = 6
_MOST_WITH_WHISKERS = 36


def counts(
    title: str, bars: Sequence[Bar], *, one: str = "incident", table: Table | None = None
) -> Chart:
    """A bar for every period in the order given; an unfinished one is dashed and says so.

    `one` is what is counted, in the singular; `table` replaces the numbers beneath.
    """
    unfinished = any(bar.unfinished for bar in bars)
    shape = "Shaded" if _is_dense(bars) else "Whiskers"
    return chart(
        "counts",
        title,
        draw=(lambda size: _draw(size, bars, one)) if bars else None,
        key=f"{shape}: 95% interval." + " Dashed: the period is not over." * unfinished,
        description=_description(bars, one),
        marks=[Mark(_worded(bar, one), bar.href) for bar in bars],
        table=table or _table(bars, one),
        nothing="there is no period to count in yet.",
    )


def _worded(bar: Bar, one: str) -> str:
    so_far = f" {_SO_FAR}" * bar.unfinished
    return f"{bar.label}: {counted(bar.value, one)}{so_far}, 95% interval {_interval(bar)}"


def _interval(bar: Bar) -> str:
    return f"{bar.low:.2f} to {bar.high:.2f}"


def _description(bars: Sequence[Bar], one: str) -> str:
    if not bars:
        return ""
    most = max(bars, key=lambda bar: bar.value)
    total = counted(sum(bar.value for bar in bars), one)
    span = f"{bars[0].label} to {bars[-1].label}" if len(bars) > 1 else bars[0].label
    return (
        f"Bar chart of {total} in {counted(len(bars), 'period')}, {span}. "
        f"The most are {number(most.value)} in {most.label}."
    )


def _table(bars: Sequence[Bar], one: str) -> Table:
    rows = tuple(
        (
            Link(bar.label + f" ({_SO_FAR})" * bar.unfinished, bar.href),
            number(bar.value),
            _interval(bar),
        )
        for bar in bars
    )
    return Table(("Period", f"{one.capitalize()}s", "95% interval"), rows)


def _draw(size: Size, bars: Sequence[Bar], one: str) -> Spec:
    height = 200.0 if size.is_narrow else 240.0
    highest = max(1.0, *(max(bar.high, bar.value) for bar in bars))
    ticks = multiples(highest, round_steps(highest), _MOST_TICKS)
    left = width(f"{ticks[-1]:,.0f}", size.font) + 10
    right, top, bottom = size.width - 6.0, size.line + 12.0, height - size.line - 10
    step = (right - left) / len(bars)
    value = linear(0, ticks[-1], bottom, top)
    rows = [_row(index, bar, left + (index + 0.5) * step) for index, bar in enumerate(bars)]
    return drawing(size, height, [
        *rows_of_grid([(tick, f"{tick:,.0f}") for tick in ticks], value, left, right),
        words([{"x": 0, "y": 3, "text": f"{one.capitalize()}s"}], color=SOFT, align="left",
              baseline="top"),
        *_bars(rows, value, bottom, step),
        base_line(left, bottom, right, bottom),
        words(_labels(bars, rows, bottom + 8, size), color=SOFT, baseline="top"),
        *_so_far(rows, step, top, bottom),
        # What is pointed at is the whole column: a bar of none has no height.
        layer("rect", rows, {"x": at("x"), "y": {"value": top}, "y2": {"value": bottom}},
              named=True, width=step, fill="transparent"),
    ])  # fmt: skip


def _row(index: int, bar: Bar, x: float) -> Spec:
    numbers = {"value": bar.value, "low": bar.low, "high": bar.high}
    return {"x": x, **numbers, "unfinished": bar.unfinished, "token": token(index)}


def _bars(rows: Sequence[Spec], value: Channel, bottom: float, step: float) -> list[Spec]:
    """Bars with whiskers; many of them are slim ones in front of a shade over the interval."""
    dense = _is_dense(rows)
    shape: Spec = {"orient": "vertical", "width": min(step * (0.3 if dense else 0.72), 44)}
    if dense:
        shape |= {"color": MARK, "stroke": None}
        around = {"x": at("x"), "y": value("low"), "y2": {"field": "high"}}
        intervals = [layer("rect", rows, around, width=step * 0.86)]
    else:
        intervals = whiskers(rows, "y", value, min(8, step * 0.4))
    place = {"x": at("x"), "y": value("value"), "y2": {"value": bottom}}
    done = layer("bar", [row for row in rows if not row["unfinished"]], place, **shape)
    shape |= {"fill": "transparent", "stroke": MARK, "strokeDash": [4, 3]}
    open_ = layer("bar", [row for row in rows if row["unfinished"]], place, **shape)
    return [*intervals, done, open_] if dense else [done, open_, *intervals]


def _is_dense(bars: Sequence[object]) -> bool:
    return len(bars) > _MOST_WITH_WHISKERS


def _labels(bars: Sequence[Bar], rows: Sequence[Spec], y: float, size: Size) -> list[Spec]:
    step = rows[1]["x"] - rows[0]["x"] if len(rows) > 1 else size.width
    kept = [(rows[i]["x"], text) for i, text in thin([b.label for b in bars], step, size.font)]
    return [
        {"x": x, "y": y, "text": cut(text, 2 * min(x, size.width - x), size.font)}
        for x, text in kept
    ]


def _so_far(rows: Sequence[Spec], step: float, top: float, bottom: float) -> list[Spec]:
    """A line where an unfinished period begins, and words in the margin above it."""
    found = [row for row in rows if row["unfinished"]]
    lines = [{"x": row["x"] - step / 2, "y": top, "y2": bottom} for row in found]
    place = {"x": at("x"), "y": at("y"), "y2": {"field": "y2"}}
    said = [{"x": row["x"] + step / 2, "y": 3, "text": _SO_FAR} for row in found]
    return [
        layer("rule", lines, place, color=AXIS, strokeWidth=1, strokeDash=[2, 3]),
        words(said, align="right", baseline="top", fontStyle="italic"),
    ]
