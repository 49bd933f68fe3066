"""What themes bring along that an archive does otherwise: search, and files of other hosts."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from .files import ASSETS

_THEMES = Path(__file__).parents[1] / "themes"
# What a theme's search is called, by the name that its plugin has where it is chosen.
_NAMES = ("material/search", "search")
_SCRIPT, _PAGE = "search/main.js", "search.html"


# What Material sets when a site says nothing about fonts.
_MATERIAL_FONT = {"text": "Roboto", "code": "Roboto Mono"}


def add_assets(config: MkDocsConfig) -> None:
    """Our style sheets and scripts, first, so that a site's own have the last word."""
    for named, suffix in ((config.extra_css, ".css"), (config.extra_javascript, ".js")):
        ours = [f"assets/{a.name}" for a in sorted(ASSETS.iterdir()) if a.suffix == suffix]
        named[:0] = [asset for asset in ours if asset not in named]


def keep_to_itself(config: MkDocsConfig) -> None:
    """Turn off what the themes load from other hosts unless the site asked for it.

    Who reads about which incident is nobody else's business.
    """
    if config.theme.name == "material" and config.theme.get("font") == _MATERIAL_FONT:
        config.theme["font"] = False
    if config.theme.name in ("mkdocs", "readthedocs"):
        config.theme["highlightjs"] = False


def without_requests(html: str) -> str:
    """A page on which Material does not ask the forge how many stars the repository has."""
    return html.replace(' data-md-component="source"', "")


def take_over_search(config: MkDocsConfig, address: str) -> None:
    """Let the theme's search box lead to `address`, and spare the build an index nobody asks.

    A theme shows its box where `config.plugins` has its search plugin; what then stands in the
    box is a template of its own, which `themes/` replaces for the themes it knows. A site's own
    `custom_dir` still comes first. Other themes keep the search they have.
    """
    templates = _THEMES / str(config.theme.name)
    if not templates.is_dir():
        return
    custom = 1 if config.theme.custom_dir else 0
    config.theme.dirs.insert(custom, str(templates))
    config.extra["postmortems"] = {"search": address}
    name = _NAMES[0] if config.theme.name == "material" else _NAMES[1]
    for other in _NAMES:
        _silence(config.plugins, config.plugins.get(other))
    # All that a theme reads of it.
    stand_in: Any = SimpleNamespace(config=SimpleNamespace(enabled=True))
    config.plugins[name] = stand_in


def drop_search_files(config: MkDocsConfig) -> None:
    """Take out what the theme's search had asked for; every plugin has had its say by now."""
    if "postmortems" not in config.extra:
        return
    config.theme.static_templates.discard(_PAGE)
    if _SCRIPT in config.extra_javascript:
        config.extra_javascript.remove(_SCRIPT)


def _silence(plugins: Any, plugin: Any) -> None:
    for event, methods in plugins.events.items():
        # The events of configuration are being run, and a list must not change under its loop.
        if plugin is not None and event != "config":
            methods[:] = [m for m in methods if getattr(m, "__self__", None) is not plugin]
