"""`postmortem check`: every problem of every file, at once."""

import os
from collections.abc import Collection
from pathlib import Path

import click

from mkdocs_postmortems.library import Library, postmortem_files
from mkdocs_postmortems.problem import Level, Problem
from mkdocs_postmortems.rules import all_rules
from mkdocs_postmortems.settings import Settings, find_settings

from .archive import open_library
from .formats import FORMATS

# Where the forges say that the repository is: annotations name files from there.
_CHECKOUTS = {"github": "GITHUB_WORKSPACE", "gitlab": "CI_PROJECT_DIR"}

Files = set[Path] | None  # None: every file of the folder


def _explain(_context: click.Context, _option: click.Parameter, code: str | None) -> None:
    if not code:
        return
    wanted = code.strip().lower()
    for rule in all_rules():
        if wanted in (rule.code.lower(), rule.name):
            click.echo(f"{rule.code} {rule.name} ({rule.level})\n\n{rule.doc}")
            raise SystemExit(0)
    raise click.BadParameter(f"there is no rule {code}; see the rules page for all of them.")


@click.command(short_help="Report every problem.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text",
    help="How to print: for people, for programs, or for a forge's annotations.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--since", metavar="REV", help="Report only files that differ from this git revision."
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option(
    "--explain",
    metavar="CODE",
    callback=_explain,
    is_eager=True,
    expose_value=False,
    help="Explain a rule, as PM035, and exit.",
)
def check(
    paths: tuple[Path, ...], form: str, as_json: bool, since: str | None, strict: bool
) -> None:
    r"""Report every problem of the postmortems at PATHS (files or folders; default: all).

    Exits with 0 if there is no error, 1 if there is one, 2 for wrong usage.

    \b
    Examples:
      postmortem check
      postmortem check postmortems/2024-03-08-checkout.md
      postmortem check --since origin/main --strict
      postmortem check --format json
    """
    settings = find_settings(Path.cwd())
    form = "json" if as_json else form
    problems: list[Problem] = []
    count = 0
    for folder, files in _by_folder(paths, settings).items():
        library = _library(settings, folder, files, _root(form))
        if since:
            files = _changed(since, library, settings, files)  # noqa: PLW2901
        found, checked = _reported(library, files)
        problems += found
        count += checked
    _print(problems, count, form)
    raise SystemExit(any(strict or p.level is Level.ERROR for p in problems))


def _library(settings: Settings, folder: Path, files: Files, root: Path) -> Library:
    """The library that `files` are judged among: the archive, or what lies right beside them."""
    if files is None or folder == settings.directory:
        return open_library(settings, folder, root=root)
    beside = {path for path in postmortem_files(folder, deep=False) if path.is_file()}
    return open_library(settings, folder, root=root, files=beside | files)


def _root(form: str) -> Path:
    """The folder that paths are relative to: the checkout for a forge, else where we are."""
    checkout = Path(os.environ.get(_CHECKOUTS.get(form, "")) or Path.cwd())
    return checkout if Path.cwd().is_relative_to(checkout) else Path.cwd()


def _by_folder(paths: tuple[Path, ...], settings: Settings) -> dict[Path, Files]:
    """The folders to load, each with the files to report of it.

    A file of the archive is judged among all of the archive, so that references and repeats
    are seen; any other file among those beside it.
    """
    folders: dict[Path, Files] = {}
    for path in paths or (settings.directory,):
        whole = Path(os.path.abspath(path))  # noqa: PTH100 (resolves .. and leaves links alone)
        if not whole.exists():
            hint = "" if paths else " Run this where mkdocs.yml is, or name the files to check."
            raise click.UsageError(f"there is no {path}.{hint}")
        home, files = _home(whole, settings)
        chosen = folders.setdefault(home, set())
        folders[home] = None if files is None or chosen is None else chosen | files
    return folders


def _home(path: Path, settings: Settings) -> tuple[Path, Files]:
    """The folder to load for `path`, and which of its files are meant."""
    inside = path.is_relative_to(settings.directory)
    if path == settings.taxonomy:
        # Whoever changes the vocabulary changes what is right everywhere.
        return settings.directory, None
    if path.is_dir() and path.suffix != ".md":
        whole = not inside or path == settings.directory
        return (path, None) if whole else (settings.directory, set(path.rglob("*.md")))
    if path.suffix != ".md":
        raise click.UsageError(f"{path} is not a postmortem: their names end in .md.")
    return (settings.directory if inside else path.parent), {path}


def _changed(since: str, library: Library, settings: Settings, files: Files) -> Files:
    from mkdocs_postmortems.changes import GitError, changed_since  # noqa: PLC0415 (only now)

    try:
        changed = changed_since(since, library.directory)
        vocabulary = settings.taxonomy
        if vocabulary and changed_since(since, vocabulary.parent) & {vocabulary}:
            return files
    except GitError as error:
        raise click.UsageError(str(error)) from None
    return changed if files is None else changed & files


def _reported(library: Library, files: Files) -> tuple[list[Problem], int]:
    """The problems of `files` and of the vocabulary, and how many files that is."""
    names = {p.source.name: p.source.path for p in library.postmortems}
    left_out: Collection[str] = {
        name for name, path in names.items() if files is not None and path not in files
    }
    problems = [problem for problem in library.problems if problem.path not in left_out]
    return problems, len(names) - len(left_out)


def _print(problems: list[Problem], count: int, form: str) -> None:
    # Colour is for a terminal, and only where nobody asked for none (no-color.org).
    colour = False if os.environ.get("NO_COLOR") else None
    text = "\n".join(FORMATS[form](problems))
    if text:
        click.echo(text, color=colour)
    errors = sum(p.level is Level.ERROR for p in problems)
    click.echo(
        f"{_counted(count, 'postmortem')} checked: {_counted(errors, 'error')}, "
        f"{_counted(len(problems) - errors, 'warning')}.",
        err=True,
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
