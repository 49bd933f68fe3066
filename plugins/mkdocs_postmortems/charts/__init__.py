"""Charts drawn at build time: plain records to figures of inline SVG, no script needed.

`counts`, `shares`, `durations`, `survival`, `strip` and `mix` give back a `Chart`, whose `html`
draws it. Colours are the style sheet's: `VARIABLES` are the custom properties it must set.
"""

from .counts import counts
from .durations import durations
from .figure import Chart, Link, Table
from .mix import mix
from .records import Bar, Dot, Mix, Part, Row, Share, Step, Tick
from .renderer import Renderer
from .shares import shares
from .strip import strip
from .style import VARIABLES
from .survival import survival

__all__ = [
    "VARIABLES",
    "Bar",
    "Chart",
    "Dot",
    "Link",
    "Mix",
    "Part",
    "Renderer",
    "Row",
    "Share",
    "Step",
    "Table",
    "Tick",
    "counts",
    "durations",
    "mix",
    "shares",
    "strip",
    "survival",
]
