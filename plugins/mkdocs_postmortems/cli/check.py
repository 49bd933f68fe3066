"""`postmortem check`: every problem of every file, at once."""

import json
from pathlib import Path

import click

from mkdocs_postmortems.clock import today
from mkdocs_postmortems.facets import extra_fields
from mkdocs_postmortems.library import Library, load
from mkdocs_postmortems.problem import Level, Problem
from mkdocs_postmortems.rules import all_rules
from mkdocs_postmortems.settings import Settings, find_settings


def _explain(_context: click.Context, _option: click.Parameter, code: str | None) -> None:
    if not code:
        return
    wanted = code.strip().lower()
    for rule in all_rules():
        if wanted in (rule.code.lower(), rule.name):
            click.echo(f"{rule.code} {rule.name} ({rule.level})\n\n{rule.doc}")
            raise SystemExit(0)
    raise click.BadParameter(f"there is no rule {code}; see the rules page for all of them.")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--explain",
    metavar="CODE",
    callback=_explain,
    is_eager=True,
    expose_value=False,
    help="Explain a rule, as PM035, and exit.",
)
def check(paths: tuple[Path, ...], form: str, as_json: bool) -> None:
    r"""Report every problem of the postmortems at PATHS (files or folders; default: all).

    Exits with 0 if there is no error, 1 if there is one, 2 for wrong usage.

    \b
    Examples:
      postmortem check
      postmortem check postmortems/2024-03-08-checkout.md
      postmortem check --format json
    """
    settings = find_settings(Path.cwd())
    problems: list[Problem] = []
    count = 0
    for folder, files in _by_folder(paths, settings).items():
        library = _load(folder, settings)
        chosen = _chosen(library, files)
        count += len(chosen)
        problems += [p for p in library.problems if files is None or p.path in chosen]
    _print(problems, count, "json" if as_json else form)
    raise SystemExit(any(p.level is Level.ERROR for p in problems))


def _by_folder(paths: tuple[Path, ...], settings: Settings) -> dict[Path, set[Path] | None]:
    """The folders to load, each with the files to report of it (None: all).

    A file of the archive is judged among all of the archive, so that references and repeats
    are seen.
    """
    folders: dict[Path, set[Path] | None] = {}
    for path in paths or (settings.directory,):
        whole = path.absolute()
        if not whole.exists():
            hint = "" if paths else " Run this where mkdocs.yml is, or name the files to check."
            raise click.UsageError(f"there is no {path}.{hint}")
        if whole.is_dir() and not whole.is_relative_to(settings.directory):
            folders[whole] = None
            continue
        home = settings.directory if whole.is_relative_to(settings.directory) else whole.parent
        if whole == home:
            folders[home] = None
        elif folders.get(home, set()) is not None:
            chosen = folders.setdefault(home, set())
            assert chosen is not None
            chosen.update(whole.rglob("*.md") if whole.is_dir() else [whole])
    return folders


def _load(folder: Path, settings: Settings) -> Library:
    own = folder / "taxonomy.yml"
    return load(
        folder,
        today=today(),
        taxonomy=own if own.exists() else settings.taxonomy,
        extra_fields=extra_fields(settings.facets),
        root=Path.cwd(),
    )


def _chosen(library: Library, files: set[Path] | None) -> set[str]:
    return {
        postmortem.source.name
        for postmortem in library.postmortems
        if files is None or postmortem.source.path in files
    }


def _print(problems: list[Problem], count: int, form: str) -> None:
    if form == "json":
        rows = [
            {"path": p.path, "line": p.line, "code": p.code, "level": p.level.value,
             "message": p.message, "cure": p.cure}
            for p in problems
        ]  # fmt: skip
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for problem in problems:
        colour = "red" if problem.level is Level.ERROR else "yellow"
        place, _, message = str(problem).partition(f" {problem.code} ")
        click.echo(f"{place} {click.style(problem.code, fg=colour)} {message}")
        click.echo(f"    {problem.cure}")
    errors = sum(p.level is Level.ERROR for p in problems)
    warnings = len(problems) - errors
    click.echo(f"{count} checked: {errors} errors, {warnings} warnings.", err=True)
