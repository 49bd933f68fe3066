"""The file that a new postmortem starts from, read off the contract and the vocabulary."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from inspect import isclass
from itertools import pairwise
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .model import FrontMatter
from .model.fields import choices, told
from .taxonomy import Taxonomy, Vocabulary

_WIDTH = 98
_HEAD = """\
Fill in what is empty; take the # away from a field that applies.
`postmortem check` says what is still missing.
"""

# The sections that the body needs, each with what belongs there, in one line.
SECTIONS: Mapping[str, str] = {
    "Summary": "For somebody who was not there: what broke, for whom, how long, why.",
    "Impact": "What people could not do, how many of whom, from when to when. Give numbers.",
    "Timeline": "What was seen and done, by role, as a list of lines like: - **10:00** An alert.",
    "Root cause and resolution": "Why it could happen, not what set it off; then what ended it.",
    "Corrective and preventative measures": "Which action prevents a repeat, and why. If there "
    "is none, why not.",
    "Lessons learned": "What went well, what did not, where luck helped.",
}


def draft(
    values: Mapping[str, Any],
    taxonomy: Taxonomy,
    *,
    known: Mapping[str, Iterable[str]] | None = None,
    sections: Mapping[str, str] | None = None,
) -> str:
    """The text of a new postmortem that already says `values`, by field.

    `known` names what the archive says in fields without a vocabulary; `sections` holds text
    that stands in a section instead of its guidance. Values are written by a YAML writer, so
    whatever they hold they are read back as they were.
    """
    paragraphs: list[str] = [_comment(_HEAD)]
    for name, info in FrontMatter.model_fields.items():
        if name in values or told(info, "needed"):
            paragraphs.append(_wanted(name, info, values, _allowed(name, info, taxonomy, known)))
        else:
            paragraphs.append(_optional(name, info, taxonomy))
    written = sections or {}
    body = (f"## {title}\n\n{written.get(title) or guidance(text)}\n"
            for title, text in SECTIONS.items())  # fmt: skip
    return "".join(("---\n", _joined(paragraphs), "---\n\n", "\n".join(body)))


def guidance(text: str) -> str:
    """Guidance as it stands in a new postmortem: a comment that no reader sees."""
    return f"<!-- {text} -->"


def as_yaml(name: str, value: Any) -> str:
    """A line of YAML (or several) in which `name` is exactly `value`."""
    nested = isinstance(value, list | dict)
    return yaml.safe_dump(
        {name: value},
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=None if nested else False,
    )


def _joined(paragraphs: list[str]) -> str:
    """One below the other; optional fields of a single line stand close."""
    text = ""
    for above, paragraph in pairwise(("", *paragraphs)):
        close = above.count("\n") == paragraph.count("\n") == 1
        text += paragraph if close or not above else f"\n{paragraph}"
    return text


def _wanted(name: str, info: FieldInfo, values: Mapping[str, Any], allowed: list[str]) -> str:
    """A field that publication needs: what it holds, what it may hold, and its line."""
    null = " Write null if it is really not known." if told(info, "nullable") else ""
    said = _comment("\n".join((f"{info.description}{null}", *allowed)))
    if name in values:
        return said + as_yaml(name, values[name])
    if told(info, "nullable"):
        # An empty time would say "not known", which nobody has said yet.
        return said + _comment(as_yaml(name, info.examples[0] if info.examples else None))
    return said + (_empty(name) if info.default is None else as_yaml(name, info.default))


def _empty(name: str) -> str:
    return f"{name}:\n"


def _optional(name: str, info: FieldInfo, taxonomy: Taxonomy) -> str:
    """A field that may help, switched off."""
    part = _part(info)
    if part:
        return _comment(f"{info.description}\n{name}:\n{_item(part, taxonomy)}")
    line = _shown(name, info)
    said = f"{info.description}{_one_of(choices(info.annotation))}"
    one_line = f"{line.rstrip()}  # {said}"
    if "\n" not in line.rstrip() and len(one_line) <= _WIDTH:
        return _comment(one_line)
    return _comment(f"{said}\n{line}")


def _allowed(
    name: str, info: FieldInfo, taxonomy: Taxonomy, known: Mapping[str, Iterable[str]] | None
) -> list[str]:
    """The lines that say what a field may hold."""
    vocabulary = taxonomy[told(info, "vocabulary")]
    if vocabulary.terms:
        return list(_terms(vocabulary))
    if words := choices(info.annotation):
        return [_one_of(words).strip()]
    if used := sorted((known or {}).get(name, ())):
        return [f"So far there are: {', '.join(used)}."]
    return []


def _terms(vocabulary: Vocabulary) -> Iterator[str]:
    """Every term: in one sentence, or with a line for each top of the tree."""
    tops = [term for term in vocabulary.terms.values() if not term.parent]
    single = [term.id for term in tops if not term.leaves]
    if len(single) == len(tops):
        yield _one_of(single).strip()
        return
    leaf = next(leaf for top in tops for leaf in top.leaves)
    yield f"Written top/leaf, as in {leaf}. One or more of:"
    for top in tops:
        leaves = ", ".join(leaf.rpartition("/")[2] for leaf in top.leaves)
        yield f"  {top.id}/: {leaves}" if leaves else f"  {top.id}"


def _item(part: type[BaseModel], taxonomy: Taxonomy) -> str:
    """The first item of a list of mappings, with every key it may have."""
    lines = []
    for key, info in part.model_fields.items():
        vocabulary = taxonomy[told(info, "vocabulary")]
        said = f"{info.description}{_one_of(choices(info.annotation) or [*vocabulary.terms])}"
        lines.append(f"    {_shown(key, info).rstrip()}  # {said}")
    return "\n".join(("  - " + lines[0].lstrip(), *lines[1:]))


def _part(info: FieldInfo) -> type[BaseModel] | None:
    """The model of a list's items, where they are mappings."""
    for inner in get_args(info.annotation):
        if get_origin(info.annotation) is list and isclass(inner) and issubclass(inner, BaseModel):
            return inner
    return None


def _shown(name: str, info: FieldInfo) -> str:
    """A field with an example, or with what it holds where nothing is said."""
    if info.examples:
        return as_yaml(name, info.examples[0])
    has_default = isinstance(info.default, str | bool | list)
    return as_yaml(name, info.default) if has_default else _empty(name)


def _one_of(words: list[str]) -> str:
    return f" One of: {', '.join(words)}." if words else ""


def _comment(text: str) -> str:
    """`text` behind #, wrapped where it is prose and left alone where it is YAML."""
    lines = (wrapped for line in text.splitlines() for wrapped in _wrapped(line))
    return "".join(f"# {line}\n" for line in lines)


def _wrapped(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    if "  # " in line or len(line) <= _WIDTH:
        return [line]
    return textwrap.wrap(line, _WIDTH, subsequent_indent=indent if line.startswith(" ") else "",
                         break_on_hyphens=False, break_long_words=False)  # fmt: skip
