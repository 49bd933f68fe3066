"""How every chart looks: sizes, colours and the one Vega configuration."""

from dataclasses import dataclass
from typing import Any

# Drawings name variables and never colours: the page's style sheet gives them their values,
# for the light scheme and for the dark one.
MARK = "var(--pm-mark)"  # dots, outlines, curves: 3:1 on the page and on MARK_SOFT
MARK_SOFT = "var(--pm-mark-soft)"  # the filling of bars, bands between quartiles
RANGE = "var(--pm-range)"  # whiskers and medians: 3:1 on the page and on MARK_SOFT
AXIS = "var(--pm-axis)"  # base lines: 3:1 on the page
GRID = "var(--pm-grid)"  # faint lines, which say nothing a label does not
TEXT = "var(--pm-text)"  # labels: 4.5:1 on the page
SOFT = "var(--pm-soft)"  # labels of axes: 4.5:1 on the page
ON_SERIES = "var(--pm-on-series)"  # numbers in a stacked bar: 4.5:1 on every SERIES
SERIES = tuple(f"var(--pm-series-{index})" for index in range(1, 9))  # 3:1 on the page

VARIABLES = tuple(
    colour.removeprefix("var(").removesuffix(")")
    for colour in (MARK, MARK_SOFT, RANGE, AXIS, GRID, TEXT, SOFT, ON_SERIES, *SERIES)
)


@dataclass(frozen=True, slots=True)
class Size:
    """One of the two sizes that a chart is drawn in, in units; the page shows one of them."""

    name: str
    width: int
    font: int

    @property
    def line(self) -> int:
        """The height of a line of text."""
        return round(self.font * 1.35)

    @property
    def is_narrow(self) -> bool:
        """Whether labels must stand above what they name instead of beside it."""
        return self.width < 500  # noqa: PLR2004 (between the two)


WIDE = Size("wide", 720, 13)
NARROW = Size("narrow", 340, 12)
SIZES = (WIDE, NARROW)


def config(size: Size) -> dict[str, Any]:
    """The Vega configuration of every drawing of a size."""
    return {
        "background": None,
        "view": {"stroke": None, "fill": None},
        "bar": {"color": MARK_SOFT, "stroke": MARK, "strokeWidth": 1},
        "rect": {"color": MARK_SOFT},
        "rule": {"color": RANGE, "strokeWidth": 1.5},
        "line": {"color": MARK, "strokeWidth": 2},
        "area": {"color": MARK_SOFT, "stroke": MARK, "strokeWidth": 0.5},
        "circle": {"color": MARK, "opacity": 1},
        "tick": {"color": MARK, "opacity": 1},
        "text": {"font": "inherit", "fontSize": size.font, "color": TEXT},
    }
