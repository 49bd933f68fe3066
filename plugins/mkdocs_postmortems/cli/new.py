"""`postmortem new`: a draft to fill in, named and begun."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mkdocs_postmortems.clock import today
from mkdocs_postmortems.library import Library, check_all
from mkdocs_postmortems.model import FrontMatter, Postmortem, read_postmortem
from mkdocs_postmortems.naming import file_name, slug_of
from mkdocs_postmortems.problem import Level, Problem
from mkdocs_postmortems.similar import Likeness
from mkdocs_postmortems.source import parse
from mkdocs_postmortems.taxonomy import Taxonomy
from mkdocs_postmortems.template import as_yaml, draft

from .archive import here, open_library, shown, with_vocabulary
from .formats import as_text, printable
from .writing import write_new

_ALIKE = 3


@click.command(short_help="Begin a postmortem.")
@click.option("--title", help="What broke and why, in one line.")
@click.option(
    "--start", help='When it began, with an offset: "2024-03-08T10:00:00+00:00". Empty: not known.'
)
@click.option("--service", "services", multiple=True, help="A service it hit; may be repeated.")
@click.option("--slug", help="The words of the file's name, instead of the title's.")
@click.option("--no-input", is_flag=True, help="Ask nothing.")
def new(
    title: str | None,
    start: str | None,
    services: tuple[str, ...],
    slug: str | None,
    no_input: bool,
) -> None:
    r"""Begin a postmortem: write a draft with every field explained.

    What is not given as an option is asked for. The file is named after the day it began and
    the title; no file is ever overwritten.

    \b
    Examples:
      postmortem new
      postmortem new --title "DNS fails as a zone expires" \
        --start 2024-03-08T10:00:00+00:00 --service dns --no-input
    """
    settings = here()
    library = open_library(settings)
    ask = _Questions(with_vocabulary(library.taxonomy), silent=no_input or _nobody_answers(title))
    title = ask("title", "What broke and why, in one line", title, needed=True)
    start = ask("started_at", "When did it begin? 2024-03-08T10:00:00+00:00, or empty", start)
    used = _services(library)
    known = f" (so far: {', '.join(used)})" if used else ""
    named = ",".join(services) or None
    named = ask("services", f"Services it hit, with commas between{known}", named)

    values = _values(title, start, named)
    text = draft(values, library.taxonomy, known={"services": used})
    day = FrontMatter.model_validate(values).day()
    path = settings.directory / file_name(slug or title, day)
    write_new(text, path, library)
    _report(path, text, library)


class _Questions:
    """Asks for what was not given, and holds every answer against the rules for its field."""

    def __init__(self, taxonomy: Taxonomy, *, silent: bool) -> None:
        self.taxonomy = taxonomy
        self.silent = silent
        self.refused = ""

    def __call__(
        self, field: str, question: str, given: str | None, *, needed: bool = False
    ) -> str:
        if given is None and self.silent and needed:
            raise click.UsageError(f"a {field} is needed: give --{field}.")
        if given is None and self.silent:
            return ""
        valid = self._valid(field, needed=needed)
        return valid(given) if given is not None else self._asked(question, valid, needed=needed)

    def _asked(self, question: str, valid: Callable[[str], str], *, needed: bool) -> str:
        try:
            default = None if needed else ""
            answer = click.prompt(question, default, value_proc=valid, show_default=False, err=True)
        except click.Abort:
            if sys.stdin.isatty():
                raise
            # The answers came through a pipe, and ended here.
            if self.refused or needed:
                raise click.UsageError(self.refused or "a title is needed: give --title.") from None
            return ""
        return str(answer)

    def _valid(self, field: str, *, needed: bool) -> Callable[[str], str]:
        def valid(answer: str) -> str:
            answer = answer.strip()
            if not answer and not needed:
                return answer
            value = _slugs(answer) if field == "services" else answer
            problems = problems_with(field, value, self.taxonomy)
            self.refused = "\n".join(f"{p.message}\n    {p.cure}" for p in problems)
            if problems:
                raise click.UsageError(self.refused)
            return answer

        return valid


def problems_with(field: str, value: Any, taxonomy: Taxonomy) -> list[Problem]:
    """What the rules say of `value` in `field`, when it is to be published."""
    text = f"---\nstatus: published\n{as_yaml(field, value)}---\n"
    found = read_postmortem(parse(text, f"{field}.md"))
    problems = check_all([found], taxonomy, today())
    return [p for p in problems if p.level is Level.ERROR and p.line == found.line_of((field,))]


def _values(title: str, start: str, services: str) -> dict[str, Any]:
    values: dict[str, Any] = {"title": title, "status": "draft", "services": _slugs(services)}
    if start:
        moment = FrontMatter.model_validate({"started_at": start}).started_at
        values["started_at"] = moment.isoformat() if moment else None
    return values


def _slugs(services: str) -> list[str]:
    return list(dict.fromkeys(slug_of(name) for name in services.split(",") if name.strip()))


def _services(library: Library) -> list[str]:
    return sorted({service for p in library.postmortems for service in p.meta.services})


def _nobody_answers(title: str | None) -> bool:
    """Whether to ask at all: answers may come through a pipe, if the first is needed."""
    return title is not None and not sys.stdin.isatty()


def _report(path: Path, text: str, library: Library) -> None:
    """Say what was written, what is still missing and what to do next."""
    name = shown(path)
    found = read_postmortem(parse(text, name, path))
    missing = check_all([found], library.taxonomy, library.today)
    click.echo(f"Wrote {printable(name)}, a draft: nobody sees it on the site yet.\n")
    click.echo(f"To fill in or look at before it is published: {len(missing)} things, among them:")
    for part in as_text(missing[:_ALIKE]):
        click.echo(part)
    _suggest(found, library)
    click.echo(
        f"\nNext:\n"
        f"  1. Fill it in.              $EDITOR {name}\n"
        f"  2. See what is missing.     postmortem check {name}\n"
        f"  3. Has it happened before?  postmortem similar {name}\n"
        f"  4. Commit it on a branch of its own, push, and open a pull request."
    )


def _suggest(found: Postmortem, library: Library) -> None:
    alike = Likeness(library).similar(found, _ALIKE)
    if alike:
        click.echo("\nPast incidents that look like this one:")
    for one in alike:
        click.echo(f"  {one.postmortem.source.name}: {'; '.join(map(str, one.reasons))}")
