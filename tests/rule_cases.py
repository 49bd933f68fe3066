r"""Rules' case files: what a rule finds, at which line, and what it lets pass.

A file `rules/PM402-no-owner.txt` holds cases of that rule alone:

    === finds: an action that nobody answers for
    action_items:
      - {title: Alert on pool use, type: detect} <<<

    === passes: an action with an owner
    action_items:
      - {title: Alert on pool use, type: detect, owner: web}

The text is laid over a complete postmortem: a field replaces that field, `-field` takes it out,
and what stands behind `---` replaces the body. ` <<<` ends each line that the rule must report;
`=== finds 2, 7: …` states the lines by number where there is none to mark. Only the case's own
rule is looked at.

    @file 2024-03-02-dns.md      a further postmortem (the first is 2024-03-08-pool.md)
    @raw notes.txt               a further file, or the first one, exactly as it is written
    @folder 2024-03-02-dns.md    a folder
    @today 2024-12-31            the day on which the check is run

Escapes: `\t`, `\r`, `\xFF` (a byte), `\\`, `\repeat{1000}{text}`, and `\+`, which stands for
nothing: it parts what must not be found in this repository as a whole, such as a token.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "rules"
FIRST = "2024-03-08-pool.md"
TODAY = date(2024, 12, 31)
MARK = " <<<"

_FRONT = """\
title: "Checkout fails as the connection pool runs dry"
status: published
summary: A quarter of the users could not pay for two hours.
severity: sev2
services: [checkout]
started_at: "2024-03-08T10:00:00+00:00"
detected_at: "2024-03-08T10:05:00+00:00"
resolved_at: "2024-03-08T12:00:00+00:00"
impacts: [unavailability]
affected: {percent: 25, of: users}
trigger: traffic-spike
root_causes: [resource-exhaustion/connection-pool]
detection: monitoring
resolution: [config-change]
action_items:
  - {title: Size the pool from peak load, type: prevent, owner: web, due: 2030-01-01, link: "https://tickets.example/1"}
authors: [web]
reviewers: [platform]
"""
_BODY = """
## Summary

Checkout failed for two hours.

## Impact

A quarter of the users could not pay.

## Timeline

- 10:00 Checkout fails.
- 12:00 The pool is larger.

## Root cause and resolution

The pool was smaller than peak load needs. Its maximum was raised.

## Corrective and preventative measures

The pool is sized from peak load from now on.

## Lessons learned

Pools need an alert.
"""
_ESCAPE = re.compile(r"\\(?:repeat\{(\d+)\}\{([^}]*)\}|x([0-9a-fA-F]{2})|([tr\\+]))")
_PLAIN = {"t": b"\t", "r": b"\r", "\\": b"\\", "+": b""}


@dataclass(frozen=True)
class Case:
    """One case: the files it draws, and the places that the rule must report, if any."""

    code: str
    about: str
    finds: bool
    places: frozenset[tuple[str, int]]
    files: dict[str, bytes] = field(repr=False, default_factory=dict)
    folders: tuple[str, ...] = ()
    today: date = TODAY

    def __str__(self) -> str:
        return f"{self.code} {'finds' if self.finds else 'passes'}: {self.about}"

    def draw(self, folder: Path) -> None:
        """Write its files below `folder`."""
        for name in self.folders:
            (folder / name).mkdir(parents=True)
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def cases() -> list[Case]:
    """Every case of every file, in order."""
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    code = path.name.partition("-")[0]
    for part in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        head, _, text = part.partition("\n")
        kind, numbers, about = re.fullmatch(r"(finds|passes)([\d, ]*): (.+)", head).groups()
        yield _case(code, kind == "finds", numbers, about, text.rstrip("\n") + "\n")


def _case(code: str, finds: bool, numbers: str, about: str, text: str) -> Case:
    files: dict[str, bytes] = {}
    folders: list[str] = []
    places = {(FIRST, int(number)) for number in re.findall(r"\d+", numbers)}
    today = TODAY
    parts = re.split(r"(?m)^@(file|raw|folder|today) (.+)\n", text)
    if parts[0].strip() or len(parts) == 1:
        parts[:1] = ["", "file", FIRST, parts[0]]
    for kind, name, content in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if kind == "today":
            today = date.fromisoformat(name)
        elif kind == "folder":
            folders.append(name)
        else:
            drawn = complete(content) if kind == "file" else content
            places |= {(name, line) for line in _marked(drawn)}
            files[name] = _bytes(drawn.replace(MARK + "\n", "\n"))
    assert finds == bool(places), f"{code}: '{about}' must state the lines that are found"
    return Case(code, about, finds, frozenset(places), files, tuple(folders), today)


def complete(text: str = "") -> str:
    """A complete postmortem with the fields and the body of `text` in place of its own."""
    over, divider, body = ("\n" + text).partition("\n---\n")
    fields = _fields(_FRONT)
    for name, lines in _fields(over.lstrip("\n") + "\n").items():
        if name.startswith("-"):
            del fields[name[1:]]
        else:
            fields[name] = lines
    return f"---\n{''.join(fields.values())}---\n{body if divider else _BODY}"


def _fields(text: str) -> dict[str, str]:
    """The lines of each field, by its name; a field goes on where lines are indented."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if not line.strip():
            continue
        if started := re.match(r"(-?\w+)(?=:|\s*$| <<<)", line):
            name = started[1]
            # A field that is given twice stands twice.
            found[name] = found.get(name, "") + line
        else:
            found[name] = found.get(name, "") + line
    return found


def _marked(text: str) -> list[int]:
    return [n for n, line in enumerate(text.split("\n"), 1) if line.endswith(MARK)]


def _bytes(text: str) -> bytes:
    data, at = b"", 0
    for found in _ESCAPE.finditer(text):
        data += text[at : found.start()].encode()
        at = found.end()
        if found[1]:
            data += found[2].encode() * int(found[1])
        else:
            data += bytes.fromhex(found[3]) if found[3] else _PLAIN[found[4]]
    return data + text[at:].encode()
