"""Templates: how a page's data becomes Markdown."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.loaders import BaseLoader, ChoiceLoader

from .archive import Archive
from .links import relative
from .page import Page

_HOUR, _DAY = 60, 1440


class Renderer:
    """Writes pages; templates found in `overrides` come before the package's own.

    Every value is escaped for HTML; only a postmortem's body reaches the page as Markdown.
    """

    def __init__(
        self,
        archive: Archive,
        overrides: Sequence[Path] = (),
        site: Mapping[str, Any] | None = None,
    ) -> None:
        loaders: list[BaseLoader] = [FileSystemLoader(overrides)] if overrides else []
        loaders.append(PackageLoader("mkdocs_postmortems", "templates"))
        self._directory_urls = archive.options.directory_urls
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(archive=archive, site=dict(site or {}))
        self._environment.filters.update(
            day=written_day, moment=written_moment, span=written_span, count=written_count
        )

    def render(self, page: Page, **more: object) -> str:
        """The Markdown of `page`; `more` is what only the caller knows, such as edit links."""

        def url(target: str, query: Mapping[str, str] | None = None) -> str:
            return relative(page.uri, target, query or {}, self._directory_urls)

        template = self._environment.get_template(page.template)
        return template.render({"page": page, "url": url, **page.data, **more})


def written_day(day: date | None) -> str:
    """8 Mar 2024."""
    return f"{day.day} {day:%b %Y}" if day else "undated"


def written_moment(moment: datetime) -> str:
    """8 Mar 2024, 10:00 UTC+3."""
    offset = moment.strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:5]
    zone = f"{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
    zone = "" if zone == "+0" else zone
    return f"{written_day(moment.date())}, {moment:%H:%M} UTC{zone}"


def written_span(minutes: float | None) -> str:
    """A length of time in the two largest units that say something: 2 h 15 min, 3 d 4 h."""
    if minutes is None:
        return "not known"
    whole = round(minutes)
    days, hours, rest = whole // _DAY, whole % _DAY // _HOUR, whole % _HOUR
    parts = [f"{days:,} d"] * bool(days) + [f"{hours} h"] * bool(hours)
    if not days and (rest or not hours):
        parts.append(f"{rest} min")
    return " ".join(parts)


def written_count(number: int, one: str, several: str = "") -> str:
    """1 incident, 2 incidents."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
