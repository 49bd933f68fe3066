"""Problems as text: for people, for programs, and for the two forges' annotations."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

import click

from mkdocs_postmortems.problem import Level, Problem

# What could move a terminal's cursor, or begin a line of its own in a log that is a program reads.
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127, *range(128, 160), 0x2028, 0x2029)}


def as_text(problems: Iterable[Problem]) -> Iterator[str]:
    """`path:line: CODE message` and below it, indented, the cure."""
    for problem in problems:
        colour = "red" if problem.level is Level.ERROR else "yellow"
        code = click.style(problem.code, fg=colour)
        place, message, cure = map(printable, (problem.path, problem.message, problem.cure))
        yield f"{place}:{problem.line}: {code} {message}\n    {cure}"


def as_json(problems: Iterable[Problem]) -> Iterator[str]:
    """One list with every field of every problem."""
    rows = [
        {"path": p.path, "line": p.line, "code": p.code, "level": p.level.value,
         "message": p.message, "cure": p.cure}
        for p in problems
    ]  # fmt: skip
    yield json.dumps(rows, indent=2, ensure_ascii=False)


def as_github(problems: Iterable[Problem]) -> Iterator[str]:
    """GitHub's workflow commands, each of which becomes an annotation on its line."""
    for problem in problems:
        properties = {"file": problem.path, "line": str(problem.line), "title": problem.code}
        written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        said = _data(f"{problem.message}\n{problem.cure}")
        yield f"::{problem.level.value} {written}::{said}"


def as_gitlab(problems: Iterable[Problem]) -> Iterator[str]:
    """GitLab's Code Quality report."""
    seen: Counter[tuple[str, ...]] = Counter()
    rows = []
    for problem in problems:
        # Without the line: a problem that only moved is not a new one.
        key = (problem.path, problem.code, problem.message)
        print_of = "\0".join((*key, str(seen[key]))).encode("utf-8", "surrogateescape")
        seen[key] += 1
        rows.append(
            {
                "description": f"{problem.message}. {problem.cure}",
                "check_name": problem.code,
                "fingerprint": sha256(print_of).hexdigest(),
                "severity": "major" if problem.level is Level.ERROR else "minor",
                "location": {"path": problem.path, "lines": {"begin": problem.line}},
            }
        )
    yield json.dumps(rows, indent=2, ensure_ascii=False)


FORMATS: Mapping[str, Callable[[Iterable[Problem]], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}


def printable(text: str) -> str:
    """`text` with every control character written out."""
    return text.translate(_CONTROL)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
