"""A chart as a page shows it: a caption, the drawing in two sizes, and its numbers."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from markupsafe import Markup

from .drawing import Spec
from .links import Mark, safe_href
from .renderer import Renderer
from .style import SIZES, Size
from .svg import embedded
from .wording import clean

_LINKS_WORTH_SKIPPING = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A cell of a table that leads somewhere."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart. The first column names the row, the others hold its numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | Link, ...], ...]


@dataclass(frozen=True)
class Chart:
    """Everything that one figure shows. `specs` is empty where there is nothing to draw.

    `key` says in a sentence how to read it, `description` what there is to see for those who
    cannot; `legend` names the series in the order of their colours; `nothing` is the
    sentence that stands in for a chart without data.
    """

    kind: str
    title: str
    key: str
    description: str
    specs: tuple[tuple[Size, Spec], ...]
    marks: tuple[Mark, ...]
    table: Table
    legend: tuple[str, ...] = ()
    nothing: str = ""

    def html(self, renderer: Renderer) -> Markup:
        """The figure on one line of HTML, safe to put into a page as it is."""
        if not self.specs:
            return Markup('<p class="pm-note">{}</p>').format(
                clean(f"{self.title}: {self.nothing}")
            )
        stem = self._stem()
        return Markup(
            '<figure class="pm-chart pm-chart--{kind}" id="{stem}">'
            '<figcaption id="{stem}-caption"><span class="pm-chart__title">{title}</span> '
            '<span class="pm-chart__key">{key}</span></figcaption>'
            "{skip}{legend}{drawings}{numbers}</figure>"
        ).format(
            kind=self.kind,
            stem=stem,
            title=clean(self.title),
            key=clean(self.key),
            skip=self._skip(stem),
            legend=_legend(self.legend),
            drawings=Markup("").join(self._drawn(renderer, stem, *one) for one in self.specs),
            numbers=_numbers(self.table, stem),
        )

    def _stem(self) -> str:
        """What the ids begin with: the same for the same chart, and for no other one."""
        specs = [(size.name, spec) for size, spec in self.specs]
        marks = [asdict(mark) for mark in self.marks]
        content = json.dumps([self.title, self.key, self.description, specs, marks])
        return f"pm-{hashlib.sha256(content.encode()).hexdigest()[:10]}"

    def _drawn(self, renderer: Renderer, stem: str, size: Size, spec: Spec) -> Markup:
        drawn = renderer.draw(spec)
        inner = f"{stem}-{size.name}"
        svg = embedded(drawn, inner, size.name, self.title, self.description, self.marks)
        return Markup(svg)  # noqa: S704 (escaped by the XML writer)

    def _skip(self, stem: str) -> Markup:
        """A way past a drawing of many links for those who go through them by keyboard."""
        if sum(1 for mark in self.marks if safe_href(mark.href)) < _LINKS_WORTH_SKIPPING:
            return Markup("")
        return Markup(
            '<a class="pm-chart__skip" href="#{}-numbers">Skip to the numbers</a>'
        ).format(stem)


def chart(  # noqa: PLR0913 (one figure has this many parts)
    kind: str,
    title: str,
    *,
    draw: Callable[[Size], Spec] | None,
    key: str,
    description: str,
    marks: Sequence[Mark],
    table: Table,
    nothing: str,
    legend: Sequence[str] = (),
) -> Chart:
    """A chart that `draw` draws in every size; without it the chart has nothing to show."""
    specs = tuple((size, draw(size)) for size in SIZES) if draw else ()
    return Chart(kind, title, key, description, specs, tuple(marks), table, tuple(legend), nothing)


def _legend(names: Sequence[str]) -> Markup:
    if not names:
        return Markup("")
    swatch = Markup('<li><span class="pm-chart__swatch pm-chart__swatch--{}"></span>{}</li>')
    items = (swatch.format(index, clean(name)) for index, name in enumerate(names, 1))
    return Markup('<ul class="pm-chart__legend">{}</ul>').format(Markup("").join(items))


def _numbers(table: Table, stem: str) -> Markup:
    return Markup(
        '<details class="pm-chart__numbers" id="{stem}-numbers"><summary>The numbers</summary>'
        '<div class="pm-scroll"><table class="pm-chart__table" aria-labelledby="{stem}-caption">'
        "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    ).format(stem=stem, head=_head(table.columns), body=Markup("").join(map(_row, table.rows)))


def _head(columns: Sequence[str]) -> Markup:
    first, other = (
        Markup('<th scope="col">{}</th>'),
        Markup('<th scope="col" class="pm-number">{}</th>'),
    )
    cells = (other if index else first for index in range(len(columns)))
    return Markup("").join(
        cell.format(clean(name)) for cell, name in zip(cells, columns, strict=True)
    )


def _row(row: Sequence[str | Link]) -> Markup:
    first, *rest = map(_cell, row)
    numbers = (Markup('<td class="pm-number">{}</td>').format(cell) for cell in rest)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, Markup("").join(numbers))


def _cell(cell: str | Link) -> Markup:
    if isinstance(cell, str):
        return Markup("{}").format(clean(cell))
    text, href = clean(cell.text), safe_href(cell.href)
    return Markup('<a href="{}">{}</a>').format(href, text) if href else Markup("{}").format(text)
