"""One search for readers: the theme's own search gives way to the archive's."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

_THEMES = Path(__file__).parents[1] / "themes"
# What a theme's search is called, by the name that its plugin has where it is chosen.
_NAMES = ("material/search", "search")
_SCRIPT, _PAGE = "search/main.js", "search.html"


def take_over(config: Any, address: str) -> None:
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
    config.plugins[name] = SimpleNamespace(config=SimpleNamespace(enabled=True))


def tidy_up(config: Any) -> None:
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
