"""Writes a new postmortem's file: never over another, and never where its id is taken."""

from pathlib import Path

import click

from mkdocs_postmortems.library import Library

from .archive import shown


def write_new(text: str, path: Path, library: Library) -> None:
    """Write `text` to `path`, a file that must not exist yet.

    Raises a usage error that says what to do where it does, or where its id is another's.
    """
    cure = "If this is another incident, name it differently with --slug."
    taken = library.by_id.get(path.stem)
    if taken:
        raise click.UsageError(f"there is already {taken.source.name}. {cure}")
    if path.exists():
        raise click.UsageError(f"there is already {shown(path)}. {cure}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        said = (error.strerror or "unknown").lower()
        raise click.UsageError(f"{shown(path)} cannot be written: {said}.") from None
