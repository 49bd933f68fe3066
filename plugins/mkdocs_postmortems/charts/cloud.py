"""Where the dots of a chart of durations lie: along a logarithmic axis, heaped, none hidden."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .drawing import (
    Channel,
    Spec,
    at,
    columns_of_grid,
    drawing,
    lanes,
    layer,
    words,
)
from .links import token
from .records import Row
from .style import MARK, SOFT, Size
from .time_axis import TimeAxis, on_axis
from .wording import cut, width

# The largest dots whose highest heap fits into a row are taken.
_RADII = (3.2, 2.4, 1.7, 1.1)
_HIGHEST = 64
_GAP = 0.8


@dataclass(frozen=True, slots=True)
class _Band:
    """A row in its place: where it begins and ends, its middle, and its dots' lanes."""

    row: Row
    top: float
    middle: float
    end: float
    lanes: tuple[int, ...]

    @property
    def edges(self) -> tuple[float, float]:
        """Where what is drawn behind the dots begins and ends."""
        half = min(self.end - self.middle, self.middle - self.top) - 3
        return self.middle - half, self.middle + half


def draw(size: Size, rows: Sequence[Row], *, named: bool) -> Spec:
    """A band of dots for every row. Dots that are not `named` are small squares."""
    left = 20.0 if size.is_narrow else 200.0
    times = [dot.minutes for row in rows for dot in row.dots]
    axis = TimeAxis.over(times, left, size.width - 14.0)
    radius, heaps = _heaps(rows, axis)
    bands = list(_bands(rows, heaps, 2 * radius + _GAP, size))
    bottom = bands[-1].end + 2
    grid = [band.edges for band in bands if band.row.dots] if size.is_narrow else [(0.0, bottom)]
    return drawing(size, bottom + size.line + 8, [
        *columns_of_grid(axis.ticks(size.font), axis.scaled, grid, bottom),
        _halves(bands, axis.scaled),
        # A dot on the median would hide behind it; a thick cloud would hide the median.
        *(_middles(bands, axis.scaled) if named else ()),
        _cloud(bands, axis.scaled, radius, named),
        *(() if named else _middles(bands, axis.scaled)),
        *_labels(bands, size, left),
    ])  # fmt: skip


def _heaps(rows: Sequence[Row], axis: TimeAxis) -> tuple[float, list[tuple[int, ...]]]:
    """The radius of the dots, and for every row the lanes they lie in, 0 being the middle."""
    for radius in _RADII:
        gap = 2 * radius + _GAP
        heaps = [tuple(lanes([axis.units(d.minutes) for d in row.dots], gap)) for row in rows]
        if gap * (max(max(heap, default=0) for heap in heaps) + 1) <= _HIGHEST:
            return radius, heaps
    most = int(_HIGHEST // gap)
    return radius, [tuple(lane % most for lane in heap) for heap in heaps]


def _bands(
    rows: Sequence[Row], heaps: Sequence[tuple[int, ...]], gap: float, size: Size
) -> Iterator[_Band]:
    top = 0.0
    for row, heap in zip(rows, heaps, strict=True):
        height = gap * (max(heap, default=0) + 1)
        if size.is_narrow:
            begin, height = top + size.line + 2, max(height + 8, 20)
        else:
            begin, height = top, max(height, 2 * size.line) + 14
        yield _Band(row, begin, begin + height / 2, begin + height, heap)
        top = begin + height + (8 if size.is_narrow else 0)


def _cloud(bands: Sequence[_Band], scaled: Channel, radius: float, named: bool) -> Spec:
    gap = 2 * radius + _GAP
    dots: list[Spec] = [
        {
            "minutes": on_axis(dot.minutes),
            # 0, 1, -1, 2, -2: a heap grows from its middle.
            "y": band.middle + (lane + 1) // 2 * gap * (1 if lane % 2 else -1),
        }
        for band in bands
        for dot, lane in zip(band.row.dots, band.lanes, strict=True)
    ]
    place = {"x": scaled("minutes"), "y": at("y")}
    if named:
        dots = [{**dot, "token": token(index)} for index, dot in enumerate(dots)]
        return layer("circle", dots, place, named=True, size=math.pi * radius**2)
    square: Spec = {"width": 2 * radius, "height": 2 * radius}
    return layer("rect", dots, place, **square, color=MARK)


def _halves(bands: Sequence[_Band], scaled: Channel) -> Spec:
    """A shade over the middle half of every row."""
    rows = []
    for band in bands:
        if band.row.quartiles:
            low, high = map(on_axis, band.row.quartiles)
            rows.append({"at": low, "to": high, "y": band.edges[0], "y2": band.edges[1]})
    place = {"x": scaled("at"), "x2": {"field": "to"}, "y": at("y"), "y2": {"field": "y2"}}
    return layer("rect", rows, place, stroke=MARK, strokeWidth=0.5)


def _middles(bands: Sequence[_Band], scaled: Channel) -> list[Spec]:
    """The median and the 90th percentile of every row."""
    medians = [(band, band.row.median) for band in bands]
    ninetieths = [(band, band.row.ninetieth) for band in bands]
    place = {"x": scaled("at"), "y": at("y"), "y2": {"field": "y2"}}
    return [
        layer("rule", list(_lines(ninetieths)), place, strokeDash=[3, 3]),
        layer("rule", list(_lines(medians)), place, strokeWidth=3),
    ]


def _lines(known: Iterable[tuple[_Band, float | None]]) -> Iterator[Spec]:
    for band, minutes in known:
        if minutes is not None:
            yield {"at": on_axis(minutes), "y": band.edges[0], "y2": band.edges[1]}


def _labels(bands: Sequence[_Band], size: Size, left: float) -> list[Spec]:
    """Labels and notes: above their rows on a narrow drawing, before them on a wide one."""
    room = size.width / 2 if size.is_narrow else left - 16
    line, labels, notes = size.line, [], []
    for band in bands:
        row, above = band.row, band.top - line
        note = cut(row.note, room, size.font)
        if size.is_narrow:
            label = cut(row.label, size.width - width(note, size.font) - 8, size.font)
            labels.append({"x": 0, "y": above, "text": label})
            notes.append({"x": size.width, "y": above, "text": note})
        else:
            y = band.middle - line * (1 if row.note else 0.5)
            labels.append({"x": 0, "y": y, "text": cut(row.label, room, size.font)})
            notes.append({"x": 0, "y": y + line, "text": note})
    none = [{"x": left + 4, "y": b.middle, "text": "none known"} for b in bands if not b.row.dots]
    return [
        words(labels, align="left", baseline="top", fontWeight="bold"),
        words([note for note in notes if note["text"]], color=SOFT, baseline="top",
              align="right" if size.is_narrow else "left"),
        words(none, color=SOFT, align="left", baseline="middle", fontStyle="italic"),
    ]  # fmt: skip
