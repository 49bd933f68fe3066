"""Templates: how a page's data becomes Markdown."""

import re
import secrets
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.loaders import BaseLoader, ChoiceLoader
from markupsafe import Markup

from mkdocs_postmortems import charts

from .archive import Archive
from .page import Page
from .wording import written_count, written_day, written_moment, written_span


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
        self._kept: dict[str, str] = {}
        self._numbers = count()
        # Nobody can write a stand-in by hand, and none is left in what is published.
        self._token = f"pm-kept-{secrets.token_hex(8)}"
        self._stand_in = re.compile(f'<div id="{self._token}-([0-9]+)"></div>')
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        drawing = charts.Renderer(cache)
        self._environment.globals.update(
            archive=archive,
            site=dict(site or {}),
            draw=lambda chart: self.keep(chart.html(drawing)),
        )
        self._environment.filters.update(
            kept=self.keep,
            day=written_day,
            moment=written_moment,
            span=written_span,
            count=written_count,
        )

    def keep(self, html: str) -> Markup:
        """A stand-in for finished HTML, which `restore` puts back once the page is rendered.

        Markdown would parse every tag of it only to leave it alone: for a table of a thousand
        rows that takes longer than everything else together.
        """
        number = next(self._numbers)
        self._kept[str(number)] = html
        return Markup('\n<div id="{}-{}"></div>\n').format(self._token, number)

    def restore(self, html: str) -> str:
        """The rendered page with everything that was kept out of it."""
        return self._stand_in.sub(self._restored, html)

    def _restored(self, stand_in: re.Match[str]) -> str:
        return self.restore(self._kept.pop(stand_in[1], ""))

    def render(self, page: Page, **more: object) -> str:
        """The Markdown of `page`; `more` is what only the caller knows, such as edit links."""

        def url(target: str, query: Mapping[str, str] | None = None) -> str:
            return self._archive.link(page.uri, target, query)

        template = self._environment.get_template(page.template)
        return template.render({"page": page, "url": url, **page.data, **more})
