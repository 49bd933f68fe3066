"""The archive that a command works on: the site's own, or a folder that was named."""

from collections.abc import Iterable
from pathlib import Path

import click

from mkdocs_postmortems.clock import today
from mkdocs_postmortems.facets import extra_fields
from mkdocs_postmortems.library import Library, load
from mkdocs_postmortems.settings import Settings, find_settings
from mkdocs_postmortems.taxonomy import Taxonomy


def here() -> Settings:
    """The settings of the site at or above the working directory.

    Raises a usage error where there is neither a site nor a folder of postmortems.
    """
    settings = find_settings(Path.cwd())
    if not settings.directory.is_dir() and not (settings.root / "mkdocs.yml").is_file():
        raise click.UsageError(
            f"there is no folder {shown(settings.directory)}. Run this where mkdocs.yml is."
        )
    return settings


def open_library(
    settings: Settings,
    folder: Path | None = None,
    *,
    root: Path | None = None,
    files: Iterable[Path] | None = None,
) -> Library:
    """The library in `folder` (None: the archive's own), or of `files` alone.

    Paths are shown relative to `root` (None: the working directory).
    """
    folder = folder or settings.directory
    own = folder / "taxonomy.yml"
    return load(
        folder,
        today=today(),
        taxonomy=own if own.exists() else settings.taxonomy,
        extra_fields=extra_fields(settings.facets),
        root=root or Path.cwd(),
        files=files,
    )


def with_vocabulary(taxonomy: Taxonomy) -> Taxonomy:
    """The vocabulary itself; a broken one is an error with what is wrong, as terms are needed."""
    if not taxonomy.usable:
        said = "\n".join(f"{problem}\n    {problem.cure}" for problem in taxonomy.problems)
        raise click.ClickException(said)
    return taxonomy


def shown(path: Path) -> str:
    """A path as its reader would type it: relative to the working directory if it is below it."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
