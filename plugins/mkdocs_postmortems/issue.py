"""An issue form for people who do not use git: what it asks, and how to read what comes back.

Both sides are made from one list of questions, and that from the contract and the sections of
a new postmortem. An issue's text comes from anybody: it is only ever handled as text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_origin

import yaml

from .model import FrontMatter
from .model.fields import told
from .naming import slug_of
from .taxonomy import Taxonomy, Vocabulary
from .template import SECTIONS

_HEADING = re.compile(r"^### +(.+?) *$", re.MULTILINE)
_CONTROL = re.compile(r"[^\S \n\t]|[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_NOTHING = {"", "_no response_", "none", "null", "unknown", "not known"}
_LONG = ("summary",)
_INTRODUCTION = """\
Answer what you know and leave the rest empty: this becomes a draft that can be completed \
before anybody publishes it. Write about roles and systems, not about persons, and paste no \
passwords, keys or customer data: an issue cannot be taken back.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form.

    `field` is the front matter field it fills, `section` the section of the body; the summary
    fills both. `terms` are what may be chosen, `many` allows several.
    """

    label: str
    hint: str
    field: str = ""
    section: str = ""
    terms: Vocabulary | None = None
    many: bool = False

    @property
    def required(self) -> bool:
        """Whether the form cannot be sent without it."""
        return self.field == "title"


@dataclass(frozen=True, slots=True)
class Answers:
    """What an issue says: front matter values by field, and texts by section."""

    values: dict[str, Any]
    sections: dict[str, str]


def questions(taxonomy: Taxonomy) -> list[Question]:
    """What the form asks: every field that publication needs, then the sections."""
    asked = [
        Question(
            _label(name),
            info.description or "",
            name,
            name.capitalize() if name in _LONG else "",
            taxonomy[told(info, "vocabulary")]
            if taxonomy[told(info, "vocabulary")].terms
            else None,
            get_origin(info.annotation) is list,
        )
        for name, info in FrontMatter.model_fields.items()
        if told(info, "needed") and name != "status"
    ]
    filled = {question.section for question in asked}
    texts = ((title, hint) for title, hint in SECTIONS.items() if title not in filled)
    return [*asked, *(Question(f"{title} (text)", hint, section=title) for title, hint in texts)]


def form(taxonomy: Taxonomy) -> str:
    """The issue form, as the forge wants it: YAML with one element for each question."""
    body = [{"type": "markdown", "attributes": {"value": _INTRODUCTION}}]
    body += [_element(question) for question in questions(taxonomy)]
    return yaml.safe_dump(
        {
            "name": "Postmortem",
            "description": "Tell what happened; a draft and a pull request are made from it.",
            "title": "Postmortem: ",
            "labels": ["postmortem"],
            "body": body,
        },
        sort_keys=False,
        allow_unicode=True,
        width=98,
    )


def read_issue(text: str, taxonomy: Taxonomy) -> Answers:
    """What the body of an issue made with the form says; `text` may be anything at all."""
    asked = questions(taxonomy)
    given = dict(_given(text, {question.label for question in asked}))
    values: dict[str, Any] = {}
    sections: dict[str, str] = {}
    for question in asked:
        answer = given.get(question.label, "")
        value = _value(question, answer) if question.field else None
        if value:
            values[question.field] = value
        if question.section and answer:
            sections[question.section] = answer
    return Answers(values, sections)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _element(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label, "description": question.hint}
    kind = "input"
    if question.terms:
        kind = "dropdown"
        attributes["options"] = _options(question.terms)
        attributes["multiple"] = question.many
    elif question.section:
        kind = "textarea"
    elif question.field.endswith("_at"):
        attributes["placeholder"] = "2024-03-08T10:00:00+00:00"
    elif question.many:
        attributes["description"] += " Put commas between them."
    element = {"type": kind, "id": slug_of(question.label), "attributes": attributes}
    return {**element, "validations": {"required": True}} if question.required else element


def _options(vocabulary: Vocabulary) -> list[str]:
    """`id: title`, as an id alone is hard to choose by; what the answer needs is the id."""
    return [f"{term.id}: {term.title}" for term in vocabulary.terms.values() if not term.leaves]


def _given(text: str, labels: set[str]) -> Iterator[tuple[str, str]]:
    """Each label with its answer.

    A heading that is not a label belongs to the answer it stands in; so does a label that
    stands for the second time.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    heads: list[re.Match[str]] = []
    for found in _HEADING.finditer(text):
        if found[1] in labels and found[1] not in {head[1] for head in heads}:
            heads.append(found)
    starts = [*(head.start() for head in heads), len(text)]
    for head, end in zip(heads, starts[1:], strict=True):
        answer = text[head.end() : end].strip()
        if answer.lower() not in _NOTHING:
            yield head[1], answer


def _value(question: Question, answer: str) -> Any:
    """The front matter value that an answer means; None where it means none."""
    if question.terms:
        ids = [part.partition(":")[0].strip() for part in re.split(r", |\n", answer)]
        known = list(dict.fromkeys(id_ for id_ in ids if id_ in question.terms.terms))
        return known if question.many else next(iter(known), None)
    if question.many:
        return list(
            dict.fromkeys(slug_of(part) for part in re.split(r"[,\n]", answer) if part.strip())
        )
    return " ".join(answer.split())
