"""YAML to plain data, keeping the line of every value and refusing what YAML misreads."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

# Without libyaml the same classes exist in Python, six times slower.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_COLLECTIONS = (f"{_TAG}map", f"{_TAG}seq")
_DEEPEST = 20
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?[0-9][0-9_]*\.?[0-9]*([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+")

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """Something wrong with the text itself; `kind` names the rule that words it."""

    kind: str
    line: int
    subject: str = ""
    detail: str = ""


class Unquoted(str):
    """A date or time written without quotes, kept as its author typed it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class YamlText:
    """Plain data with the line each value stands on, by the path that leads to it.

    `faulty` holds the paths left out of `values` because YAML would misread them.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    faulty: frozenset[Path] = frozenset()
    readable: bool = True

    def line_of(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest thing that holds it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Read one YAML mapping; `first_line` is the file's line on which `text` begins.

    Never raises: whatever is wrong is in `faults`.
    """
    try:
        fault = _too_deep(text, first_line)
        node = None if fault else yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        fault = _syntax_fault(error, text, first_line)
    if fault:
        return YamlText(faults=(fault,), readable=False)
    if node is None:
        return YamlText(lines={(): first_line})
    if not isinstance(node, yaml.MappingNode) or node.tag not in _COLLECTIONS:
        line = first_line + int(node.start_mark.line)
        return YamlText(faults=(Fault("not-a-mapping", line),), readable=False)
    reader = _Reader(first_line)
    values = reader.value(node, ())
    return YamlText(values, reader.lines, tuple(reader.faults), frozenset(reader.faulty))


class _Misread(Exception):  # noqa: N818 (a signal inside this module, not an error)
    """The value must be left out; its fault is recorded."""


class _Reader:
    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.faulty: set[Path] = set()
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, at: Path) -> Any:
        if id(node) in self._seen:
            # The node is that of the anchor, and so is its line.
            line = self.lines.setdefault(at, self.lines.get(at[:-1], self.first_line))
            self._misread("yaml-alias", line, at)
        self._seen.add(id(node))
        self.lines.setdefault(at, self._line(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        if node.tag not in _COLLECTIONS:
            self._misread("yaml-tag", self._line(node), at, node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        assert isinstance(node, yaml.SequenceNode)
        return self._sequence(node, at)

    def _line(self, node: yaml.Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def _misread(self, kind: str, line: int, at: Path, subject: str = "", detail: str = "") -> None:
        self.faults.append(Fault(kind, line, subject, detail))
        self.faulty.add(at)
        raise _Misread

    def _mapping(self, node: yaml.MappingNode, at: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault("invalid-yaml", self._line(key_node), "a key is a list"))
                continue
            key = key_node.value
            path = (*at, key)
            if path in self.lines:
                first = str(self.lines[path])
                self.faults.append(Fault("duplicate-key", self._line(key_node), key, first))
                continue
            self.lines[path] = self._line(key_node)
            try:
                found[key] = self.value(value_node, path)
            except _Misread:
                continue
        return found

    def _sequence(self, node: yaml.SequenceNode, at: Path) -> list[Any]:
        found = []
        for index, item in enumerate(node.value):
            try:
                found.append(self.value(item, (*at, index)))
            except _Misread:
                # A hole keeps the later items on their own index, and so on their own line.
                found.append(None)
        return found

    def _scalar(self, node: yaml.ScalarNode, at: Path) -> Any:
        raw = node.value
        kind = node.tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool":
            return self._boolean(node, raw, at)
        if kind in ("int", "float"):
            return self._number(node, raw, at, kind)
        if kind == "timestamp":
            return Unquoted(raw)
        if kind not in ("str", "merge", "value"):
            self._misread("yaml-tag", self._line(node), at, node.tag)
        return raw

    def _boolean(self, node: yaml.ScalarNode, raw: str, at: Path) -> bool:
        if raw.lower() not in ("true", "false"):
            read_as = "true" if raw.lower() in ("yes", "on", "y") else "false"
            self._misread("yes-no", self._line(node), at, raw, read_as)
        return raw.lower() == "true"

    def _number(self, node: yaml.ScalarNode, raw: str, at: Path, kind: str) -> int | float:
        pattern = _DECIMAL if kind == "int" else _FLOAT
        if pattern.fullmatch(raw) and len(raw) <= _DEEPEST:
            return int(raw.replace("_", "")) if kind == "int" else float(raw.replace("_", ""))
        self._misread("number-notation", self._line(node), at, raw, _as_yaml_reads(kind, raw))
        raise AssertionError  # unreachable: _misread raises


def _as_yaml_reads(kind: str, raw: str) -> str:
    """What YAML 1.1 makes of `raw`: 90 of 1:30."""
    construct = yaml.constructor.SafeConstructor()
    node = yaml.ScalarNode(f"{_TAG}{kind}", raw)
    try:
        return str(getattr(construct, f"construct_yaml_{kind}")(node))
    except (ValueError, OverflowError):
        return "a number too large to hold"


def _too_deep(text: str, first_line: int) -> Fault | None:
    """Nesting that would exhaust the C stack, found without recursion.

    Counting what can open a level is enough for any text a person writes.
    """
    if sum(map(text.count, ("[", "{", "- ", "? ", ": "))) < _DEEPEST * 10:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            line = first_line + (event.start_mark.line if event.start_mark else 0)
            return Fault("invalid-yaml", line, f"lists nested more than {_DEEPEST} deep")
    return None


def _syntax_fault(error: yaml.YAMLError, text: str, first_line: int) -> Fault:
    mark = getattr(error, "problem_mark", None)
    offset = mark.line if mark else _offset_of(error, text)
    lines = text.split("\n")
    offset = min(offset, len(lines) - 1)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    if "\t" in lines[offset]:
        return Fault("tab-indentation", first_line + offset)
    return Fault("invalid-yaml", first_line + offset, str(said))


def _offset_of(error: yaml.YAMLError, text: str) -> int:
    """Reader errors carry a position instead of a mark."""
    return text.count("\n", 0, getattr(error, "position", 0) or 0)
