"""JSON Schemas (draft 2020-12) of front matter and vocabulary, for editors to help with.

Made from the contract and the vocabulary, like everything else that knows the fields. They say
less than `postmortem check` does: a schema sees one file, and no meaning.
"""

import json
from collections.abc import Collection
from typing import Any

from .model import FrontMatter
from .model.fields import told
from .taxonomy import INSTEAD, TERMS, Taxonomy, Vocabulary

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
# What `holds` notes of a field and no schema knows.
_OURS = ("needed", "nullable", "vocabulary")

Schema = dict[str, Any]


def files(taxonomy: Taxonomy, extra_fields: Collection[str] = ()) -> dict[str, str]:
    """The text of every schema file by its name."""
    schemas = {
        "postmortem.schema.json": postmortem_schema(taxonomy, extra_fields),
        "taxonomy.schema.json": taxonomy_schema(),
    }
    return {name: _text(schema) for name, schema in schemas.items()}


def postmortem_schema(taxonomy: Taxonomy, extra_fields: Collection[str] = ()) -> Schema:
    """The schema of a postmortem's front matter, with the terms of `taxonomy` spelt out.

    `extra_fields` are those that the site declared; they may hold anything.
    """
    schema = FrontMatter.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        _spell_out(part, taxonomy)
    properties = _tidy(schema["properties"]) | {name: {} for name in extra_fields}
    return {
        "$schema": _DRAFT,
        "title": "Front matter of a postmortem",
        "description": schema["description"],
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": _needed("draft"),
        "if": {"properties": {"status": {"const": "published"}}, "required": ["status"]},
        "then": {"required": _needed("publish"), "properties": _filled()},
        "$defs": _tidy(schema["$defs"]),
    }


def taxonomy_schema() -> Schema:
    """The schema of the vocabulary file."""
    terms, instead = _tidy(TERMS.json_schema()), _tidy(INSTEAD.json_schema())
    definitions = {**terms.pop("$defs"), **instead.pop("$defs")}
    schema = {
        "$schema": _DRAFT,
        "title": "Vocabulary of postmortems",
        "description": "Every vocabulary by name: its terms by id, each with a title.",
        "type": "object",
        "properties": {"version": {"type": "integer"}, "instead": instead, "root_causes": terms},
        "additionalProperties": terms,
        "required": ["root_causes"],
        "$defs": definitions,
    }
    numbered: Schema = _numbers_too(schema)
    return numbered


def _needed(status: str) -> list[str]:
    return [name for name, info in FrontMatter.model_fields.items()
            if told(info, "needed") == status]  # fmt: skip


def _filled() -> Schema:
    """Publication needs more of a field than its name, unless null means "not known"."""
    needed = ((name, FrontMatter.model_fields[name]) for name in _needed("publish"))
    return {name: {"not": {"enum": [None, []]}} for name, info in needed
            if not told(info, "nullable")}  # fmt: skip


def _spell_out(part: Schema, taxonomy: Taxonomy) -> None:
    """Put the terms into every property of `part` that holds some, and drop our own notes."""
    for field in part["properties"].values():
        noted = {key: field.pop(key, None) for key in _OURS}
        terms = _terms(taxonomy[noted["vocabulary"] or ""])
        for target in (field.get("items"), *field.get("anyOf", ())):
            if terms and isinstance(target, dict) and target.get("type") == "string":
                target.clear()
                target.update(terms)


def _terms(vocabulary: Vocabulary) -> Schema:
    """The words a field may hold; where there is a second level, those of it."""
    terms = [term for term in vocabulary.terms.values() if not term.leaves]
    said = [f"{term.title}. {term.definition}".strip() for term in terms]
    return {"enum": [term.id for term in terms], "enumDescriptions": said} if terms else {}


def _tidy(value: Any) -> Any:
    """Without what pydantic adds that helps nobody; ids that fit no pattern are refused."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    # A title made from a name says nothing; a field *named* title holds a mapping here.
    kept = {key: _tidy(item) for key, item in value.items()
            if not (key == "title" and isinstance(item, str))
            and item not in ([], {}) and not (key == "default" and item is None)}  # fmt: skip
    return {**kept, "additionalProperties": False} if "patternProperties" in kept else kept


def _numbers_too(value: Any) -> Any:
    """The vocabulary reads numbers as text: 503 is a word that people search for."""
    if isinstance(value, list):
        return [_numbers_too(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _numbers_too(item) for key, item in value.items()}
    return {**found, "type": ["string", "number"]} if found.get("type") == "string" else found


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
