"""A file to `Source`: bytes, front matter, body."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path as FilePath
from pathlib import PurePath

from frontmatter.default_handlers import YAMLHandler

from .body import Body
from .yaml_text import Fault, YamlText, read_yaml

_LARGEST_FILE = 5_000_000
_LARGEST_FRONT_MATTER = 100_000
_FRONT_MATTER = YAMLHandler()


@dataclass(frozen=True)
class Source:
    """One file as its author wrote it.

    `name` is the path to show, `path` the file itself, `text` all of it with LF line ends.
    A file that could not be read has `readable` False and says why in `faults`.
    """

    name: str
    path: FilePath
    front: YamlText
    body: Body
    text: str = ""

    @cached_property
    def id(self) -> str:
        """The file name's stem."""
        return PurePath(self.name).stem

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the text itself."""
        return self.front.faults

    @property
    def readable(self) -> bool:
        """Whether there are front matter values to look at."""
        return self.front.readable


def read(path: FilePath, name: str) -> Source:
    """Read the file at `path`, shown as `name`. Never raises for what the file holds."""
    text, fault = read_text(path)
    return _refused(name, path, fault) if fault else parse(text, name, path)


def read_text(path: FilePath) -> tuple[str, Fault | None]:
    """The text of a UTF-8 file, or an empty text and why it cannot be had."""
    try:
        if path.stat().st_size > _LARGEST_FILE and path.is_file():
            return "", Fault("oversized-file", 1, f"{_LARGEST_FILE:,} bytes")
        data = path.read_bytes()
    except OSError as error:
        return "", Fault("unreadable-file", 1, (error.strerror or "unknown").lower())
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", Fault("not-utf-8", line, f"0x{data[error.start]:02x}")


def parse(text: str, name: str, path: FilePath | None = None) -> Source:
    """The `Source` of a text that is already decoded."""
    path = path or FilePath(name)
    text, encoding_faults = _normalised(text)
    if not text.strip():
        return _refused(name, path, Fault("missing-front-matter", 1, "the file is empty"))
    opened = _FRONT_MATTER.FM_BOUNDARY.match(text)
    if not opened:
        fault = Fault("missing-front-matter", 1, "the first line is not ---")
        return _refused(name, path, fault, text, text)
    try:
        front, body = _FRONT_MATTER.split(text)
    except ValueError:
        return _refused(name, path, Fault("unclosed-front-matter", 1), text)
    if len(front) > _LARGEST_FRONT_MATTER:
        limit = f"{_LARGEST_FRONT_MATTER:,} characters"
        return _refused(name, path, Fault("oversized-front-matter", 1, f"{len(front):,}", limit))
    found = read_yaml(front, first_line=text.count("\n", 0, opened.end()) + 1)
    found = replace(found, faults=(*encoding_faults, *found.faults))
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    return Source(name, path, found, Body(body, first_line), text)


def _normalised(text: str) -> tuple[str, list[Fault]]:
    faults = []
    if text.startswith("\ufeff"):
        text = text.removeprefix("\ufeff")
        faults.append(Fault("byte-order-mark", 1))
    if "\r" in text:
        line = text.replace("\r\n", "\n").count("\n", 0, text.index("\r")) + 1
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        faults.append(Fault("windows-line-endings", line))
    return text, faults


def _refused(name: str, path: FilePath, fault: Fault, text: str = "", body: str = "") -> Source:
    return Source(name, path, YamlText(faults=(fault,), readable=False), Body(body), text)
