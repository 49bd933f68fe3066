"""Where the archive is, as a site's mkdocs.yml says: for programs that run without MkDocs."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .facets import FACETS, Facet, configured


@dataclass(frozen=True)
class Settings:
    """The part of the plugin's options that reading an archive needs."""

    root: Path
    directory: Path
    taxonomy: Path | None = None
    facets: tuple[Facet, ...] = field(default=FACETS)


class UnreadableSettingsError(ValueError):
    """An mkdocs.yml that cannot be read; the message names file, line and cure."""


class _Loader(yaml.SafeLoader):
    """Reads an mkdocs.yml without running what its tags ask for."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def find_settings(start: Path) -> Settings:
    """The settings of the site at or above `start`; the defaults where there is none.

    Raises `UnreadableSettingsError` where there is one that cannot be read: without it nobody
    knows which fields and which vocabulary the archive has.
    """
    for root in (start, *start.parents):
        config = root / "mkdocs.yml"
        if config.is_file():
            return settings_of(root, _plugin_options(config))
    return settings_of(start, {})


def settings_of(root: Path, options: dict[str, Any]) -> Settings:
    """The settings that `options` (the plugin's, from mkdocs.yml) mean for a site at `root`."""
    directory = root / str(options.get("directory") or "postmortems")
    named = options.get("taxonomy")
    path = root / str(named) if named else directory / "taxonomy.yml"
    declared = options.get("facets")
    facets = configured(declared if isinstance(declared, dict) else {})
    return Settings(root, directory, path if named or path.exists() else None, facets)


def _plugin_options(config: Path) -> dict[str, Any]:
    try:
        loaded = yaml.load(config.read_text("utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        wrong = f"{config.name}{line}: not valid YAML, {error.problem}"
        message = f"{wrong}. Quote text that has : ? or # in it."
        raise UnreadableSettingsError(message) from error
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        message = f"{config.name}: cannot be read ({error}). Save it as YAML in UTF-8."
        raise UnreadableSettingsError(message) from error
    plugins = loaded.get("plugins") if isinstance(loaded, dict) else None
    entries = list(plugins.items()) if isinstance(plugins, dict) else plugins
    entries = entries if isinstance(entries, list) else []
    for entry in entries:
        pairs = entry.items() if isinstance(entry, dict) else [entry]
        for pair in pairs:
            if isinstance(pair, tuple) and pair[0] == "postmortems":
                return pair[1] if isinstance(pair[1], dict) else {}
    return {}
