"""The pieces that every Vega-Lite specification here is put together from.

A drawing has no padding and no axes of Vega's: positions are units of the whole drawing, and
the labels of an axis are text like any other. Text is not drawn by Vega either. It cannot know
the font of the reader's browser, measuring a label costs it 1 ms and an axis has many, and a
control character in one aborts the process. So a text mark is empty and carries its words as
its description; they are put in their place when the drawing is embedded in a page.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from .style import AXIS, GRID, RANGE, SOFT, Size, config
from .wording import clean

Spec = dict[str, Any]
# From a field's name to the channel that places it; and where an axis has labels, and which.
Channel = Callable[[str], Spec]
Ticks = Sequence[tuple[float, str]]
# Where the parts of a drawing begin and end, from its top.
Bands = Sequence[tuple[float, float]]
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def drawing(size: Size, height: float, layers: Sequence[Spec]) -> Spec:
    """A specification of `layers`, the first one at the back."""
    return {
        "$schema": _SCHEMA,
        "width": size.width,
        "height": round(height),
        "padding": 0,
        "autosize": "none",
        "config": config(size),
        # A layer without data draws nothing, yet Vega would write its group.
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def layer(
    mark: str, rows: Sequence[Spec], encoding: Spec, *, named: bool = False, **properties: Any
) -> Spec:
    """Marks of one kind, one for each of `rows`, of which `encoding` takes what it names.

    Marks that are `named` carry the row's `token`, which ties them to what they stand for.
    """
    fields = [channel["field"] for channel in encoding.values() if "field" in channel]
    carried = "token" if named else encoding.get("text", {}).get("field", "")
    if carried:
        fields.append(carried)
        encoding = {**encoding, "description": {"field": carried, "type": "nominal"}}
    if mark == "text":
        encoding["text"] = {"value": ""}
    return {
        "data": {"values": [{field: _value(row[field]) for field in fields} for row in rows]},
        "mark": {"type": mark, "aria": bool(carried), **properties},
        "encoding": encoding,
    }


def _value(value: Any) -> Any:
    # Hundredths of a unit are too small to see and large enough to differ between machines.
    return clean(value) if isinstance(value, str) else round(float(value), 4)


def at(field: str) -> Spec:
    """A channel that takes its units from `field`."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def linear(lowest: float, highest: float, first: float, last: float) -> Channel:
    """A scale on which `lowest` lies at `first` units and `highest` at `last`."""
    return _scaled("linear", [lowest, highest], [first, last])


def logarithmic(lowest: float, highest: float, first: float, last: float) -> Channel:
    """The same, where equal ratios are equally far apart."""
    return _scaled("log", [lowest, highest], [first, last])


def _scaled(type_: str, domain: list[float], units: list[float]) -> Channel:
    scale: Spec = {"type": type_, "domain": domain, "range": units, "nice": False}
    return lambda field: {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def whiskers(rows: Sequence[Spec], along: str, scaled: Channel, cap: float) -> list[Spec]:
    """Lines from `low` to `high` of every row along `x` or `y`, with ends of `cap` units."""
    across = "x" if along == "y" else "y"
    orient = "horizontal" if along == "y" else "vertical"
    ends: Spec = {"color": RANGE, "thickness": 1.5, "size": cap, "orient": orient}
    line = {along: scaled("low"), f"{along}2": {"field": "high"}, across: at(across)}
    return [
        layer("rule", rows, line),
        *(layer("tick", rows, {along: scaled(end), across: at(across)}, **ends)
          for end in ("low", "high") if cap),
    ]  # fmt: skip


def columns_of_grid(ticks: Ticks, scaled: Channel, bands: Bands, bottom: float) -> list[Spec]:
    """Upright lines through the bands at every tick, and the ticks' labels below `bottom`."""
    rows = [{"at": value, "text": text} for value, text in ticks if text]
    pieces = [{"at": value, "y": y, "y2": y2} for y, y2 in bands for value, _ in ticks]
    lines = {"x": scaled("at"), "y": at("y"), "y2": {"field": "y2"}}
    words = {"x": scaled("at"), "y": {"value": bottom + 8}, "text": {"field": "text"}}
    return [
        layer("rule", pieces, lines, color=GRID, strokeWidth=1),
        layer("text", rows, words, color=SOFT, baseline="top"),
    ]


def rows_of_grid(ticks: Ticks, scaled: Channel, left: float, right: float) -> list[Spec]:
    """Level lines from `left` to `right` at every tick, and the ticks' labels before them."""
    rows = [{"at": value, "text": text} for value, text in ticks]
    lines = {"x": {"value": left}, "x2": {"value": right}, "y": scaled("at")}
    words = {"x": {"value": left - 6}, "y": scaled("at"), "text": {"field": "text"}}
    return [
        layer("rule", rows, lines, color=GRID, strokeWidth=1),
        layer("text", rows, words, color=SOFT, align="right", baseline="middle"),
    ]


def words(rows: Sequence[Spec], **properties: Any) -> Spec:
    """The `text` of every row at its `x` and `y`."""
    return layer(
        "text", rows, {"x": at("x"), "y": at("y"), "text": {"field": "text"}}, **properties
    )


def base_line(x: float, y: float, x2: float, y2: float) -> Spec:
    """The line that an axis stands on."""
    ends = {"x": at("x"), "y": at("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    rows = [{"x": x, "y": y, "x2": x2, "y2": y2}]
    return layer("rule", rows, ends, color=AXIS, strokeWidth=1)


def multiples(highest: float, steps: Sequence[float], most: int) -> list[float]:
    """0 and the multiples of the smallest of `steps` that reach `highest` in `most` steps."""
    fitting = (step for step in steps if highest / step <= most)
    step = next(fitting, steps[-1])
    return [round(index * step, 6) for index in range(max(1, math.ceil(highest / step)) + 1)]


def round_steps(highest: float) -> list[float]:
    """1, 2, 5, 10, 20, 50 … up to `highest`."""
    return [f * 10**power for power in range(len(f"{highest:.0f}") + 1) for f in (1, 2, 5)]


def lanes(places: Sequence[float], gap: float) -> list[int]:
    """For each place the lowest lane in which nothing else lies nearer than `gap`."""
    last: list[float] = []
    taken = [0] * len(places)
    for index in sorted(range(len(places)), key=lambda i: (places[i], i)):
        place = places[index]
        lane = next((i for i, end in enumerate(last) if place - end >= gap), len(last))
        last[lane : lane + 1] = [place]
        taken[index] = lane
    return taken
