"""`postmortem from-issue`: a draft from the form that people fill in who do not use git."""

import json
from pathlib import Path
from typing import BinaryIO

import click

from mkdocs_postmortems.issue import form, read_issue
from mkdocs_postmortems.model import read_postmortem
from mkdocs_postmortems.naming import file_name
from mkdocs_postmortems.settings import find_settings
from mkdocs_postmortems.source import parse
from mkdocs_postmortems.taxonomy import load_taxonomy
from mkdocs_postmortems.template import draft

from .archive import here, open_library, shown, with_vocabulary
from .formats import printable
from .writing import write_new

# Far more than a forge lets anybody write.
_LONGEST = 1_000_000


def _print_form(_context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        taxonomy = with_vocabulary(load_taxonomy(find_settings(Path.cwd()).taxonomy))
        click.echo(form(taxonomy), nl=False)
        raise SystemExit(0)


@click.command("from-issue", short_help="Write a draft from an issue.")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--author", metavar="HANDLE", help="Who opened the issue.")
@click.option("--slug", help="The words of the file's name, instead of the title's.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the path, the id, the title.")
@click.option(
    "--print-form", is_flag=True, is_eager=True, expose_value=False, callback=_print_form,
    help="Print the issue form itself, with today's vocabulary, and exit.",
)  # fmt: skip
def from_issue(file: BinaryIO, author: str | None, slug: str | None, as_json: bool) -> None:
    r"""Write a draft from FILE, the body of an issue made with the form (- or none: stdin).

    Prints the path of the draft. Nothing that the text holds is executed or obeyed: it becomes
    front matter values and Markdown. Exits with 1 if there is no title in it.

    \b
    Examples:
      postmortem from-issue body.md --author kim
      postmortem from-issue --print-form > .github/ISSUE_TEMPLATE/postmortem.yml
    """
    settings = here()
    library = open_library(settings)
    answers = read_issue(_text(file.read(_LONGEST + 1)), with_vocabulary(library.taxonomy))
    title = answers.values.get("title")
    if not title:
        raise click.ClickException("the text has no answer to 'Title': was it made with the form?")
    values = {**answers.values, "status": "draft"}
    if author:
        values["authors"] = [author]
    text = draft(values, library.taxonomy, sections=answers.sections)
    found = read_postmortem(parse(text, "draft.md"))
    path = settings.directory / file_name(slug or title, found.day)
    write_new(text, path, library)
    row = {"path": shown(path), "id": path.stem, "title": title}
    click.echo(json.dumps(row, ensure_ascii=False) if as_json else printable(row["path"]))


def _text(data: bytes) -> str:
    if len(data) > _LONGEST:
        raise click.ClickException(f"the text is longer than {_LONGEST:,} bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"the text is not UTF-8: byte {error.start}.") from None
