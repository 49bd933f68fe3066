"""`postmortem similar`: what has happened before and looks like this."""

import json
from pathlib import Path

import click

from mkdocs_postmortems.library import Library
from mkdocs_postmortems.model import Postmortem, read_postmortem
from mkdocs_postmortems.similar import Likeness, Similar
from mkdocs_postmortems.source import read

from .archive import here, open_library, shown
from .formats import printable


@click.command(short_help="Rank past incidents by likeness.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, help="At most.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def similar(file: Path, limit: int, as_json: bool) -> None:
    r"""Rank published postmortems by how much they are like FILE, and say why.

    They share root causes, services, trigger, impacts and wording; what is rare in the archive
    counts more. A draft with little more than a title will do. Exits with 1 if FILE cannot be
    read at all.

    \b
    Examples:
      postmortem similar postmortems/2024-03-08-checkout.md
      postmortem similar draft.md --limit 10 --json
    """
    library = open_library(here())
    postmortem = _read(file, library)
    found = Likeness(library).similar(postmortem, limit)
    if as_json:
        click.echo(json.dumps([_row(one) for one in found], indent=2, ensure_ascii=False))
        return
    if not found:
        click.echo(f"Nothing published so far is like {printable(shown(file))}.", err=True)
    for one in found:
        click.echo(f"{printable(one.postmortem.source.name)}  {printable(one.postmortem.title)}")
        click.echo(f"    {printable('; '.join(map(str, one.reasons)))}")


def _read(file: Path, library: Library) -> Postmortem:
    """The library's own postmortem where `file` is one of them, else the file by itself."""
    path = file.resolve()
    for postmortem in library.postmortems:
        if postmortem.source.path.resolve() == path:
            return postmortem
    found = read_postmortem(read(path, shown(path)))
    if not found.source.readable and not found.body.text:
        fault = found.faults[0]
        raise click.ClickException(
            f"{printable(shown(file))}:{fault.line}: it cannot be read "
            f"({fault.kind.replace('-', ' ')}); `postmortem check` says more."
        )
    return found


def _row(one: Similar) -> dict[str, object]:
    return {
        "id": one.postmortem.id,
        "path": one.postmortem.source.name,
        "title": one.postmortem.title,
        "score": round(one.score, 4),
        "reasons": [
            {"kind": reason.kind, "words": reason.words, "terms": reason.terms}
            for reason in one.reasons
        ],
    }
