"""`postmortem schema`: JSON Schemas for editors."""

from pathlib import Path

import click

from mkdocs_postmortems.facets import extra_fields
from mkdocs_postmortems.schema import files
from mkdocs_postmortems.taxonomy import load_taxonomy

from .archive import here, shown, with_vocabulary


@click.command(short_help="Write JSON Schemas for editors.")
@click.option(
    "--out", metavar="DIR", default=Path("schemas"), show_default=True,
    type=click.Path(file_okay=False, path_type=Path), help="Where to write them.",
)  # fmt: skip
def schema(out: Path) -> None:
    r"""Write JSON Schemas of the front matter and the vocabulary, for editors.

    Run it again after a change to the vocabulary: its terms are in the schema.

    \b
    Examples:
      postmortem schema
      postmortem schema --out .schemas
    """
    settings = here()
    name = shown(settings.taxonomy or Path("taxonomy.yml"))
    taxonomy = with_vocabulary(load_taxonomy(settings.taxonomy, name))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files(taxonomy, extra_fields(settings.facets)).items():
            (out / name).write_text(text, encoding="utf-8", newline="\n")
            click.echo(f"Wrote {(out / name).as_posix()}")
    except OSError as error:
        said = (error.strerror or "unknown").lower()
        raise click.UsageError(f"{out} cannot be written: {said}.") from None
