"""The words of a postmortem that come from a vocabulary."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from mkdocs_postmortems.source import Path

from .fields import told
from .front_matter import ActionItem, FrontMatter

Given = tuple[Path, str, str]


def given_terms(meta: FrontMatter) -> Iterator[Given]:
    """Each word with its path and the name of the vocabulary that it should be in."""
    yield from _given(meta, _OF_POSTMORTEM, ())
    for index, item in enumerate(meta.action_items):
        yield from _given(item, _OF_ACTION, ("action_items", index))


def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    pairs = ((name, told(info, "vocabulary")) for name, info in model.model_fields.items())
    return tuple((name, vocabulary) for name, vocabulary in pairs if vocabulary)


_OF_POSTMORTEM = _fields(FrontMatter)
_OF_ACTION = _fields(ActionItem)


def _given(part: BaseModel, fields: tuple[tuple[str, str], ...], at: Path) -> Iterator[Given]:
    for name, vocabulary in fields:
        value: Any = getattr(part, name)
        if isinstance(value, str):
            yield (*at, name), vocabulary, value
        elif value:
            yield from (((*at, name, i), vocabulary, item) for i, item in enumerate(value))
