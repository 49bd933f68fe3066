"""The file that a new postmortem starts from, read off the contract and the vocabulary."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .model import ActionItem, FrontMatter
from .model.fields import told
from .taxonomy import Taxonomy, Vocabulary

_WIDTH = 98
_HEAD = """\
A field without `#` is needed to publish. Take the `#` away from any other that helps;
`postmortem check` says what is still missing.
"""

# The sections that the body needs, each with what belongs there.
SECTIONS: Mapping[str, str] = {
    "Summary": "Two or three sentences for somebody who was not there: what broke, for whom, "
    "how long, why.",
    "Impact": "What people could not do, how many of whom, from when to when. Numbers.",
    "Timeline": "What was seen and done and by which role, as a list: - **10:00** What happened.",
    "Root cause and resolution": "Why it could happen at all, beyond what set it off; then what "
    "ended it, and how you know.",
    "Corrective and preventative measures": "Why these actions, and which of them prevents a "
    "repeat. If there is none, say why.",
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

    `known` names values that the archive uses for fields without a vocabulary; `sections`
    holds text that replaces a section's guidance. Whatever the values hold, the result has
    them as plain text: they are written by a YAML writer and never pasted.
    """
    fields = "\n".join(_fields(values, taxonomy, known or {}))
    written = sections or {}
    body = "\n".join(
        f"## {title}\n\n{written.get(title) or guidance(text)}\n"
        for title, text in SECTIONS.items()
    )
    return f"---\n{_comment(_HEAD)}\n{fields}---\n\n{body}"


def guidance(text: str) -> str:
    """Guidance as it stands in a new postmortem: a comment that no reader sees."""
    return "\n".join(textwrap.wrap(f"<!-- {text} -->", _WIDTH))


def _fields(
    values: Mapping[str, Any], taxonomy: Taxonomy, known: Mapping[str, Iterable[str]]
) -> Iterator[str]:
    shown: set[str] = set()
    for name, info in FrontMatter.model_fields.items():
        part = _part(info)
        yield _comment("\n".join(_explained(name, info, taxonomy, known.get(name, ()), shown)))
        if name in values:
            yield as_yaml({name: values[name]})
        elif part:
            yield _comment(_item(name, part, taxonomy))
        elif told(info, "needed") and not told(info, "nullable"):
            yield f"{name}:\n"
        else:
            # An empty time would say "not known", which nobody has said yet.
            yield _comment(as_yaml({name: _example(info)}))


def _explained(
    name: str, info: FieldInfo, taxonomy: Taxonomy, known: Iterable[str], shown: set[str]
) -> Iterator[str]:
    needed = " Needed to publish." if told(info, "needed") == "publish" else ""
    null = " Write null if it is really not known." if told(info, "nullable") else ""
    yield f"{info.description}{needed}{null}"
    vocabulary = taxonomy[told(info, "vocabulary")]
    if vocabulary.terms and vocabulary.name in shown:
        yield f"The same terms as for {_first_with(vocabulary.name)}."
    elif vocabulary.terms:
        shown.add(vocabulary.name)
        yield from _terms(vocabulary)
    elif choices := _choices(info.annotation):
        yield f"One of: {', '.join(choices)}."
    elif known := sorted(known):
        yield f"Known so far: {', '.join(known)}."


def _first_with(vocabulary: str) -> str:
    fields = FrontMatter.model_fields.items()
    return next(name for name, info in fields if told(info, "vocabulary") == vocabulary)


def _terms(vocabulary: Vocabulary) -> Iterator[str]:
    """What may be written: in one line, or a line for each group of leaves."""
    groups = [term for term in vocabulary.terms.values() if term.leaves]
    single = [t.id for t in vocabulary.terms.values() if not t.leaves and not t.parent]
    for group in groups:
        leaves = ", ".join(leaf.rpartition("/")[2] for leaf in group.leaves)
        yield f"{group.id}/ {leaves}"
    yield f"{'or' if groups else 'One of:'} {', '.join(single)}."


def _item(name: str, part: type[BaseModel], taxonomy: Taxonomy) -> str:
    """One item of a list of mappings, with every key it may have."""
    lines = [f"{name}:"]
    for key, info in part.model_fields.items():
        value = yaml.safe_dump(_example(info)).partition("\n")[0]
        choices = _choices(info.annotation) or [*taxonomy[told(info, "vocabulary")].terms]
        listed = f" ({', '.join(choices)})" if choices else ""
        lines += textwrap.wrap(f"{info.description}{listed}", _WIDTH - 6,
                               initial_indent="    # ", subsequent_indent="    # ")  # fmt: skip
        lines.append(f"    {key}: {value}")
    # The first line of an item carries its hyphen.
    lines[1] = lines[1].replace("    #", "  - #", 1)
    return "\n".join(lines)


def _part(info: FieldInfo) -> type[BaseModel] | None:
    """The model of a list's items, where the contract has one that authors fill in by hand."""
    inner = next(iter(get_args(info.annotation)), None)
    return ActionItem if inner is ActionItem else None


def _example(info: FieldInfo) -> Any:
    if info.examples:
        return info.examples[0]
    if isinstance(info.default, str | bool | list | dict):
        return info.default
    choices = _choices(info.annotation)
    return choices[0] if choices else "…"


def _choices(annotation: Any) -> list[str]:
    """The words of a Literal, also inside an optional."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for inner in get_args(annotation) for word in _choices(inner)]


def as_yaml(values: Mapping[str, Any]) -> str:
    """`values` as YAML that means exactly them."""
    return yaml.safe_dump(
        dict(values), allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=None
    )


def _comment(text: str) -> str:
    lines = (
        wrapped
        for line in text.splitlines()
        for wrapped in (
            [line] if line.startswith(" ") else textwrap.wrap(line, _WIDTH, break_on_hyphens=False)
        )
    )
    return "".join(f"# {line}\n" for line in lines)
