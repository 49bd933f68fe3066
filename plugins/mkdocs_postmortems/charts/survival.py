"""How much is left after how many days: a Kaplan-Meier curve with its interval."""

from collections.abc import Sequence

from .drawing import (
    Spec,
    base_line,
    columns_of_grid,
    drawing,
    layer,
    linear,
    multiples,
    rows_of_grid,
    words,
)
from .figure import Chart, Table, chart
from .records import Step
from .style import SOFT, Size
from .wording import number, percent, width

_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1_820, 3_640)
_QUARTERS = (0, 0.25, 0.5, 0.75, 1)


def survival(
    title: str,
    steps: Sequence[Step],
    *,
    left: str = "still open",
    since: str = "days",
    table: Table | None = None,
) -> Chart:
    """The share that is `left`, in steps from the first day to the last, which the caller sorts.

    `since` says what the days are counted from; `table` replaces the numbers beneath.
    """
    return chart(
        "survival",
        title,
        draw=(lambda size: _draw(size, steps, left, since)) if steps else None,
        key="Shaded: 95% interval.",
        description=_description(steps, left),
        marks=(),
        table=table or _table(steps, left),
        nothing="there is nothing to follow yet.",
    )


def _description(steps: Sequence[Step], left: str) -> str:
    if not steps:
        return ""
    last = steps[-1]
    half = next((step for step in steps if step.share <= 0.5), None)  # noqa: PLR2004 (one half)
    reached = f"Half are reached on day {number(half.day)}." if half else "Half are not reached."
    return (
        f"Step curve of the share {left}, falling to {percent(last.share)} "
        f"on day {number(last.day)}. {reached}"
    )


def _table(steps: Sequence[Step], left: str) -> Table:
    rows = tuple(
        (number(step.day), percent(step.share), f"{percent(step.low)} to {percent(step.high)}")
        for step in steps
    )
    return Table(("Day", left.capitalize(), "95% interval"), rows)


def _draw(size: Size, steps: Sequence[Step], left: str, since: str) -> Spec:
    height = 230 if size.is_narrow else 280
    x, right = width("100%", size.font) + 10, size.width - 16.0
    top, bottom = size.line + 12.0, height - 2.0 * size.line - 10
    days = multiples(max(steps[-1].day, 1), _DAYS, 5 if size.is_narrow else 8)
    across, down = linear(0, days[-1], x, right), linear(0, 1, bottom, top)
    rows = [{"day": s.day, "share": s.share, "low": s.low, "high": s.high} for s in steps]
    band = {"x": across("day"), "y": down("low"), "y2": {"field": "high"}}
    return drawing(size, height, [
        *rows_of_grid([(part, percent(part)) for part in _QUARTERS], down, x, right),
        *columns_of_grid([(day, number(day)) for day in days], across, [(top, bottom)], bottom),
        layer("area", rows, band, interpolate="step-after"),
        layer("line", rows, {"x": across("day"), "y": down("share")}, interpolate="step-after"),
        base_line(x, bottom, right, bottom),
        words([{"x": 0, "y": 3, "text": left.capitalize()}], color=SOFT, align="left",
              baseline="top"),
        words([{"x": right, "y": height, "text": since}], color=SOFT, align="right",
              baseline="bottom"),
    ])  # fmt: skip
