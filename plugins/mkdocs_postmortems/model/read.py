"""A `Source` to a `Postmortem`: every invalid field found at once, none lost silently."""

import textwrap
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mkdocs_postmortems.source import Fault, Path, Source

from .front_matter import FrontMatter
from .postmortem import Postmortem

# Pydantic's error types, by the rule that words them; any other is an invalid value.
_KINDS = {
    "unquoted_date": "unquoted-date",
    "invalid_time": "invalid-time",
    "date_for_time": "invalid-time",
    "invalid_date": "invalid-date",
    "time_without_offset": "time-without-offset",
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "list_type": "not-a-list",
    "string_type": "not-text",
    "model_type": "not-a-mapping-value",
    "dict_type": "not-a-mapping-value",
}


def read_postmortem(source: Source, extra_fields: Collection[str] = ()) -> Postmortem:
    """The postmortem that `source` holds; `extra_fields` are those the site declared.

    Never raises: a field that is not valid is left out of `meta`, its fault recorded and
    its name in `rejected`.
    """
    if not source.readable:
        return Postmortem(source, FrontMatter(), source.faults)
    known = FrontMatter.model_fields.keys() | set(extra_fields)
    values = {key: value for key, value in source.front.values.items() if key in known}
    unknown = [Fault("unknown-key", source.front.line_of((key,)), key)
               for key in source.front.values if key not in known]  # fmt: skip
    meta, faults, rejected = _validated(source, _without_holes(source, values))
    rejected |= {str(path[0]) for path in source.front.faulty if path}
    return Postmortem(source, meta, (*source.faults, *unknown, *faults), frozenset(rejected))


def _without_holes(source: Source, values: dict[str, Any]) -> dict[str, Any]:
    """Leave out lists with an item that YAML misread: its fault is told already."""
    holed = {path[0] for path in source.front.faulty if len(path) > 1 and isinstance(path[-1], int)}
    return {key: value for key, value in values.items() if key not in holed}


def _validated(source: Source, values: dict[str, Any]) -> tuple[FrontMatter, list[Fault], set[str]]:
    try:
        return FrontMatter.model_validate(_given(values)), [], set()
    except ValidationError as error:
        details = error.errors(include_url=False)
    faults = list(dict.fromkeys(_faults(source, details)))
    rejected = {str(detail["loc"][0]) for detail in details}
    kept = {key: value for key, value in values.items() if key not in rejected}
    return FrontMatter.model_validate(_given(kept)), faults, rejected


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """A null stands for "not known", which for most fields is the same as leaving it out."""
    return {
        key: value
        for key, value in values.items()
        if value is not None or FrontMatter.model_fields.get(key) is None or _nullable(key)
    }


def _nullable(key: str) -> bool:
    return FrontMatter.model_fields[key].default is None


def _faults(source: Source, details: list[ErrorDetails]) -> Iterator[Fault]:
    for detail in details:
        path: Path = detail["loc"]
        kind = _KINDS.get(detail["type"], "invalid-value")
        given = detail["input"]
        subject = ".".join(str(part) for part in path if isinstance(part, str))
        if kind in ("not-a-list", "not-text", "not-a-mapping-value", "invalid-value"):
            said = detail["msg"] if kind == "invalid-value" else ""
            yield Fault(kind, source.front.line_of(path), subject, f"{_shown(given)}\n{said}")
        elif kind in ("unknown-key", "missing-key"):
            yield Fault(kind, source.front.line_of(path), str(path[-1]), str(path[0]))
        else:
            yield Fault(kind, source.front.line_of(path), subject, _shown(given))


def _shown(value: object) -> str:
    """A value as it may be repeated in a message: on one line and not too long."""
    text = " ".join(str(value).split())
    return textwrap.shorten(text, 60, placeholder=" …") if " " in text else text[:60]
