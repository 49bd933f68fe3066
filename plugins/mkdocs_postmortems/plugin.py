"""The thin adapter to MkDocs: the only module that knows what renders the pages."""

import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import write_file

from . import api, clock
from .facets import extra_fields
from .library import Library, load
from .navigation import navigation
from .pages import Archive, Options, Page, Renderer, all_pages
from .pages.links import destination
from .pages.search import search_files
from .sanitising import sanitised
from .search import box
from .settings import Settings, settings_of

log = get_plugin_logger("postmortems")

_ASSETS = Path(__file__).with_name("assets")
# What Material sets when a site says nothing about fonts.
_MATERIAL_FONT = {"text": "Roboto", "code": "Roboto Mono"}
_MARKER = "<!-- postmortems -->"


class _PageOption(base.Config):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    title = c.Optional(c.Type(str))
    path = c.Optional(c.Type(str))


class _FacetOption(_PageOption):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    one = c.Optional(c.Type(str))
    question = c.Optional(c.Type(str))
    field = c.Optional(c.Type(str))


class _Switch(BaseConfigOption[Any]):
    """`false` to leave something out, or a mapping that says how to show it."""

    def __init__(self, kind: type[base.Config]) -> None:
        super().__init__()
        self.kind = kind

    def run_validation(self, value: object) -> dict[str, Any] | Literal[False]:
        if value is False:
            return False
        if not isinstance(value, dict):
            raise ValidationError("expected false, or a mapping such as {title: …}")
        option = self.kind()
        option.load_dict(value)
        failed, warned = option.validate()
        if failed or warned:
            raise ValidationError("; ".join(f"{k}: {e}" for k, e in (*failed, *warned)))
        return {key: word for key, word in option.items() if word is not None}


class PostmortemsConfig(base.Config):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    """What a site owner can set below `postmortems:` in mkdocs.yml."""

    directory = c.Type(str, default="postmortems")
    taxonomy = c.Optional(c.File(exists=True))
    visibility = c.Choice(("internal", "public"), default="internal")
    drafts = c.Type(bool, default=False)
    sanitize = c.Type(bool, default=True)
    facets: Any = c.DictOfItems(_Switch(_FacetOption), default={})
    pages: Any = c.DictOfItems(_Switch(_PageOption), default={})


class PostmortemsPlugin(BasePlugin[PostmortemsConfig]):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    """Reads the archive at every build and hands MkDocs its pages."""

    serving = False
    archive: Archive
    renderer: Renderer
    pages: dict[str, Page]

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 (MkDocs' names)
        """Remember whether this is `mkdocs serve`, where problems only warn."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch the archive, and bring the package's style and script along."""
        settings = self._settings(config)
        if not settings.directory.is_dir():
            raise PluginError(
                f"postmortems: there is no folder {settings.directory}. Create it beside "
                "mkdocs.yml, or name another one with the option `directory`."
            )
        _keep_to_itself(config)
        watched = [settings.directory, *([settings.taxonomy] if settings.taxonomy else [])]
        config.watch.extend(str(path) for path in watched if str(path) not in config.watch)
        # First, so that a site's own style sheets and scripts have the last word.
        for named, suffix in ((config.extra_css, ".css"), (config.extra_javascript, ".js")):
            ours = [f"assets/{a.name}" for a in sorted(_ASSETS.iterdir()) if a.suffix == suffix]
            named[:0] = [asset for asset in ours if asset not in named]
        options = self._options(config, settings)
        if "search" not in options.without:
            uri = f"{options.paths.get('search', 'search')}/index.md"
            box.take_over(config, destination(uri, options.directory_urls))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every page and file of the archive."""
        box.tidy_up(config)
        settings = self._settings(config)
        library = self._load(settings)
        self._report(library)
        self.archive = Archive(library, self._options(config, settings))
        self.renderer = self._renderer(config)
        self.pages = all_pages(self.archive)
        for page in self.pages.values():
            if files.get_file_from_path(page.uri) is None:
                files.append(_generated(config, page))
        for path in self._attachments(library):
            below = path.relative_to(library.directory).as_posix()
            files.append(_copied(config, path, f"{self.archive.path('postmortems')}/{below}"))
        for name, text in api.documents(self.archive):
            files.append(File.generated(config, name, content=text))
        for asset in sorted(_ASSETS.iterdir()):
            if files.get_file_from_path(f"assets/{asset.name}") is None:
                files.append(_copied(config, asset, f"assets/{asset.name}"))
        if config.nav is None:
            config.nav = navigation(self.pages, [f.src_uri for f in files.documentation_pages()])
        return files

    @event_priority(100)
    def on_page_read_source(self, page: MkDocsPage, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Write a page of ours; its front matter never reaches MkDocs' own reader."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None or page.file.generated_by != "postmortems":
            return None
        return self._written(ours, page)

    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Give a page of ours its title; fill the marker on a site's own page in its place."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None:
            return markdown
        if page.file.generated_by != "postmortems":
            return markdown.replace(_MARKER, self._written(ours, page))
        page.meta = _meta(ours)
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: object) -> str:
        """Clean what an author wrote, and put back what was kept out of Markdown's way."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None:
            return html
        is_authored = ours.source is not None and self.config.sanitize
        return self.renderer.restore(sanitised(html) if is_authored else html)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Keep Material from asking the forge how many stars the repository has."""
        return output.replace(' data-md-component="source"', "")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files that the search page reads."""
        if self.archive.has("search"):
            for uri, content in search_files(self.archive):
                write_file(content, str(Path(config.site_dir) / uri))

    def _settings(self, config: MkDocsConfig) -> Settings:
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return settings_of(root, dict(self.config))

    def _load(self, settings: Settings) -> Library:
        library = load(
            settings.directory,
            today=clock.today(),
            taxonomy=settings.taxonomy,
            extra_fields=extra_fields(settings.facets),
            root=settings.root,
        )
        if self.config.visibility == "public":
            public = (p for p in library.postmortems if p.meta.visibility == "public")
            library = replace(library, postmortems=tuple(public))
        return library

    def _report(self, library: Library) -> None:
        """Log every problem, then fail once: in `mkdocs serve` the page still previews."""
        level = logging.WARNING if self.serving else logging.ERROR
        for problem in library.errors:
            log.log(level, "%s\n    %s", problem, problem.cure)
        warnings = len(library.problems) - len(library.errors)
        if warnings:
            log.info("%d warnings: `postmortem check` lists them.", warnings)
        if library.errors and not self.serving:
            raise PluginError(
                f"postmortems: {len(library.errors)} problems block publication; "
                "each is listed above with its cure."
            )

    def _options(self, config: MkDocsConfig, settings: Settings) -> Options:
        chosen: Mapping[str, Any] = {**self.config.facets, **self.config.pages}
        shown = {name: option for name, option in chosen.items() if option}
        return Options(
            facets=settings.facets,
            paths={n: o["path"].strip("/") for n, o in shown.items() if "path" in o},
            titles={n: o["title"] for n, o in shown.items() if "title" in o},
            without=frozenset(n for n, o in chosen.items() if o is False),
            drafts=self.serving or self.config.drafts,
            directory_urls=config.use_directory_urls,
        )

    def _renderer(self, config: MkDocsConfig) -> Renderer:
        custom = config.theme.custom_dir
        overrides = [Path(custom) / "postmortems"] if custom else []
        site = {"name": config.site_name, "description": config.site_description}
        cache = Path(config.config_file_path or ".").parent / ".cache" / "postmortems"
        return Renderer(self.archive, overrides, site, cache)

    def _attachments(self, library: Library) -> list[Path]:
        """The files beside the postmortems that something shown refers to, and no others."""
        shown = (*self.archive.published, *self.archive.drafts)
        return [
            path
            for path in sorted(library.directory.rglob("*"))
            if path.is_file()
            and path.suffix not in (".md", ".yml")
            and any(path.name in p.body.text for p in shown)
        ]

    def _written(self, ours: Page, page: MkDocsPage) -> str:
        edit_url = page.edit_url
        history_url = edit_url.replace("/edit/", "/commits/", 1) if edit_url else None
        return self.renderer.render(ours, edit_url=edit_url, history_url=history_url)


def _keep_to_itself(config: MkDocsConfig) -> None:
    """Turn off what the themes load from other hosts unless the site asked for it.

    Who reads about which incident is nobody else's business.
    """
    if config.theme.name == "material" and config.theme.get("font") == _MATERIAL_FONT:
        config.theme["font"] = False
    if config.theme.name in ("mkdocs", "readthedocs"):
        config.theme["highlightjs"] = False


def _generated(config: MkDocsConfig, page: Page) -> File:
    inclusion = InclusionLevel.INCLUDED if page.listed else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, page.uri, content="", inclusion=inclusion)
    file.generated_by = "postmortems"
    if page.source:
        # Where the file really is, seen from docs/, is where an edit link must lead.
        file.edit_uri = Path(os.path.relpath(page.source, config.docs_dir)).as_posix()
    return file


def _copied(config: MkDocsConfig, path: Path, uri: str) -> File:
    return File.generated(config, uri, abs_src_path=str(path))


def _meta(page: Page) -> dict[str, Any]:
    return {
        # Themes print a title as it is.
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        "hide": list(page.hide),
        **({} if page.searchable else {"search": {"exclude": True}}),
    }
