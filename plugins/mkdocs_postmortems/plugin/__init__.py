"""The thin adapter to MkDocs: the only place that knows what renders the pages."""

import logging
from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import write_file

from mkdocs_postmortems import clock
from mkdocs_postmortems.facets import extra_fields
from mkdocs_postmortems.library import Library, load
from mkdocs_postmortems.navigation import navigation
from mkdocs_postmortems.pages import Archive, Options, Page, Renderer, all_pages
from mkdocs_postmortems.pages.links import destination
from mkdocs_postmortems.pages.search import search_files
from mkdocs_postmortems.pages.wording import written_count
from mkdocs_postmortems.sanitising import sanitised
from mkdocs_postmortems.settings import Settings, settings_of

from . import theme
from .files import OURS, meta_of, other_files, page_file
from .options import PostmortemsConfig, options_of

__all__ = ["PostmortemsConfig", "PostmortemsPlugin"]

log = get_plugin_logger("postmortems")

_MARKER = "<!-- postmortems -->"


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
        watched = [settings.directory, *([settings.taxonomy] if settings.taxonomy else [])]
        config.watch.extend(str(path) for path in watched if str(path) not in config.watch)
        theme.keep_to_itself(config)
        theme.add_assets(config)
        options = self._options(config, settings)
        if "search" not in options.without:
            uri = f"{options.paths.get('search', 'search')}/index.md"
            theme.take_over_search(config, destination(uri, options.directory_urls))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every page and file of the archive."""
        theme.drop_search_files(config)
        settings = self._settings(config)
        library = self._load(settings)
        self._report(library)
        self.archive = Archive(library, self._options(config, settings))
        self.renderer = self._renderer(config)
        self.pages = all_pages(self.archive)
        ours = [page_file(config, page) for page in self.pages.values()]
        for file in (*ours, *other_files(config, self.archive)):
            # What a site has put in the place of something of ours wins.
            if files.get_file_from_path(file.src_uri) is None:
                files.append(file)
        if config.nav is None:
            config.nav = navigation(self.pages, [f.src_uri for f in files.documentation_pages()])
        return files

    @event_priority(100)
    def on_page_read_source(self, page: MkDocsPage, config: MkDocsConfig) -> str | None:  # noqa: ARG002 (MkDocs' names)
        """Write a page of ours; its front matter never reaches MkDocs' own reader."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None or page.file.generated_by != OURS:
            return None
        return self._written(ours, page)

    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002 (MkDocs' names)
        files: Files,  # noqa: ARG002 (MkDocs' names)
    ) -> str:
        """Give a page of ours its title; fill the marker on a site's own page in its place."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None:
            return markdown
        if page.file.generated_by != OURS:
            return markdown.replace(_MARKER, self._written(ours, page))
        page.meta = meta_of(ours)
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: object) -> str:
        """Clean what an author wrote, and put back what was kept out of Markdown's way."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None:
            return html
        is_authored = ours.source is not None and self.config.sanitize
        return self.renderer.restore(sanitised(html) if is_authored else html)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002 (MkDocs' names)
        """Keep Material from asking the forge how many stars the repository has."""
        return theme.without_requests(output)

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
            log.info("%s: `postmortem check` lists them.", written_count(warnings, "warning"))
        if library.errors and not self.serving:
            errors = written_count(len(library.errors), "problem")
            raise PluginError(
                f"postmortems: {errors} in what is to be published; the cure is told above."
            )

    def _options(self, config: MkDocsConfig, settings: Settings) -> Options:
        return options_of(
            self.config,
            settings,
            drafts=self.serving,
            directory_urls=config.use_directory_urls,
        )

    def _renderer(self, config: MkDocsConfig) -> Renderer:
        custom = config.theme.custom_dir
        overrides = [Path(custom) / "postmortems"] if custom else []
        site = {"name": config.site_name, "description": config.site_description}
        cache = Path(config.config_file_path or ".").parent / ".cache" / "postmortems"
        return Renderer(self.archive, overrides, site, cache)

    def _written(self, ours: Page, page: MkDocsPage) -> str:
        edit_url = page.edit_url
        history_url = edit_url.replace("/edit/", "/commits/", 1) if edit_url else None
        return self.renderer.render(ours, edit_url=edit_url, history_url=history_url)
