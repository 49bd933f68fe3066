"""A folder to a `Library`: every postmortem and every problem. Everything starts here."""

import gc
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from .model import FrontMatter, Postmortem, read_postmortem
from .problem import Level, Problem
from .rules import Context, check
from .source import read
from .taxonomy import Taxonomy, load_taxonomy

_NOT_POSTMORTEMS = {"readme.md", "index.md"}
_HIDDEN = ("_", ".")


@dataclass(frozen=True)
class Library:
    """Every postmortem of an archive, oldest first and undated ones last, and every problem."""

    directory: Path
    postmortems: tuple[Postmortem, ...]
    taxonomy: Taxonomy
    problems: tuple[Problem, ...]
    today: date

    @cached_property
    def by_id(self) -> dict[str, Postmortem]:
        """The postmortems by id."""
        return {postmortem.id: postmortem for postmortem in self.postmortems}

    @cached_property
    def published(self) -> tuple[Postmortem, ...]:
        """What every list, count and chart is made of: no draft, nothing withdrawn."""
        return tuple(p for p in self.postmortems if p.status == "published")

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that block publication."""
        return tuple(p for p in self.problems if p.level is Level.ERROR)


def load(  # noqa: PLR0913 (all but the first by name)
    directory: Path,
    *,
    today: date,
    taxonomy: Path | None = None,
    extra_fields: Collection[str] = (),
    root: Path | None = None,
    files: Iterable[Path] | None = None,
) -> Library:
    """Read and check every postmortem below `directory`, or only `files`.

    `taxonomy` is the vocabulary's file (None: the packaged one), `extra_fields` the fields
    that the site declared, `root` the folder that problem paths are relative to. Never raises
    for what the files hold.
    """
    root = root or directory.parent
    words = load_taxonomy(taxonomy, shown(taxonomy, root) if taxonomy else "taxonomy.yml")
    files = postmortem_files(directory) if files is None else sorted(files)
    with _nothing_collected():
        found = [read_postmortem(read(path, shown(path, root)), extra_fields) for path in files]
        problems = [*words.problems, *check_all(found, words, today, extra_fields)]
    ordered = sorted(found, key=lambda p: (p.day or date.max, p.id))
    return Library(directory, tuple(ordered), words, tuple(problems), today)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Everything that is read lives on: looking for garbage in it costs a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def postmortem_files(directory: Path, *, deep: bool = True) -> list[Path]:
    """The Markdown files in `directory`, but for notes and templates (`_x.md`, README.md).

    Those of its sub-folders are among them if `deep`.
    """
    found: list[str] = []
    # Text and not paths, which take ten times as long to compare.
    for folder, folders, files in os.walk(directory):
        found += (
            os.path.join(folder, name)  # noqa: PTH118 (no paths yet)
            for name in (*files, *folders)
            if name.endswith(".md")
            and name.lower() not in _NOT_POSTMORTEMS
            and not name.startswith(_HIDDEN)
        )
        folders[:] = [name for name in folders if deep and not name.startswith(_HIDDEN)]
    return [Path(name) for name in sorted(found)]


def check_all(
    postmortems: Iterable[Postmortem],
    taxonomy: Taxonomy,
    today: date,
    extra_fields: Collection[str] = (),
) -> list[Problem]:
    """Every problem of every postmortem, held against each other, in a fixed order."""
    postmortems = list(postmortems)
    corpus: dict[str, tuple[Postmortem, ...]] = {}
    for postmortem in postmortems:
        corpus[postmortem.id] = (*corpus.get(postmortem.id, ()), postmortem)
    fields = (*FrontMatter.model_fields, *extra_fields)
    context = Context(taxonomy, today, corpus, fields)
    return sorted(problem for postmortem in postmortems for problem in check(postmortem, context))


def shown(path: Path, root: Path) -> str:
    """The path to show people: relative to `root` where it is below it, with slashes."""
    path = path.resolve() if not path.is_absolute() else path
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
