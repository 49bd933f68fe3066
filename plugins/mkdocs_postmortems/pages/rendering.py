"""Templates: how a page's data becomes Markdown."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.loaders import BaseLoader, ChoiceLoader
from markupsafe import Markup

from mkdocs_postmortems import charts

from .archive import Archive
from .page import Page
from .wording import written_count, written_day, written_moment, written_span


_KEPT = re.compile(r'<div id="pm-kept-(\d{1,9})"></div>')


class Renderer:
    """Writes pages; templates found in `overrides` come before the package's own.

    Every value is escaped for HTML; only a postmortem's body reaches the page as Markdown.
    """

    def __init__(
        self,
        archive: Archive,
        overrides: Sequence[Path] = (),
        site: Mapping[str, Any] | None = None,
        cache: Path | None = None,
    ) -> None:
        loaders: list[BaseLoader] = [FileSystemLoader(overrides)] if overrides else []
        loaders.append(PackageLoader("mkdocs_postmortems", "templates"))
        self._archive = archive
        self._kept: list[str] = []
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        drawing = charts.Renderer(cache)
        self._environment.globals.update(
            archive=archive, site=dict(site or {}), draw=lambda chart: self.keep(chart.html(drawing))
        )
        self._environment.filters.update(
            kept=self.keep,
            day=written_day, moment=written_moment, span=written_span, count=written_count
        )

    def keep(self, html: str) -> Markup:
        """A stand-in for finished HTML, which `restore` puts back once the page is rendered.

        Markdown would parse every tag of it only to leave it alone: for a table of a thousand
        rows that takes longer than everything else together.
        """
        self._kept.append(html)
        return Markup('\n<div id="pm-kept-{}"></div>\n').format(len(self._kept) - 1)

    def restore(self, html: str) -> str:
        """The rendered page with everything that was kept out of it."""
        return _KEPT.sub(self._restored, html)

    def _restored(self, stand_in: re.Match[str]) -> str:
        index = int(stand_in[1])
        # A stand-in that somebody wrote by hand stands for nothing.
        return self.restore(self._kept[index]) if index < len(self._kept) else ""

    def render(self, page: Page, **more: object) -> str:
        """The Markdown of `page`; `more` is what only the caller knows, such as edit links."""

        def url(target: str, query: Mapping[str, str] | None = None) -> str:
            return self._archive.link(page.uri, target, query)

        template = self._environment.get_template(page.template)
        return template.render({"page": page, "url": url, **page.data, **more})
