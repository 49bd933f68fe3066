"""Templates: how a page's data becomes Markdown."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.loaders import BaseLoader, ChoiceLoader

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
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        drawing = charts.Renderer(cache)
        self._environment.globals.update(
            archive=archive, site=dict(site or {}), draw=lambda chart: chart.html(drawing)
        )
        self._environment.filters.update(
            day=written_day, moment=written_moment, span=written_span, count=written_count
        )

    def render(self, page: Page, **more: object) -> str:
        """The Markdown of `page`; `more` is what only the caller knows, such as edit links."""

        def url(target: str, query: Mapping[str, str] | None = None) -> str:
            return self._archive.link(page.uri, target, query)

        template = self._environment.get_template(page.template)
        return template.render({"page": page, "url": url, **page.data, **more})
