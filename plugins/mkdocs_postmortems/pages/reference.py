"""The pages that authors and programs look things up in, written from the code itself."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import BaseModel

from mkdocs_postmortems.actions import document as actions_document
from mkdocs_postmortems.model import ActionItem, Affected, FrontMatter, Ignore
from mkdocs_postmortems.model.fields import choices, told
from mkdocs_postmortems.repeats import document as repeats_document
from mkdocs_postmortems.rules import all_rules
from mkdocs_postmortems.trends import document as trends_document

from .archive import Archive
from .page import Page

_PARTS: dict[str, type[BaseModel]] = {
    "affected": Affected,
    "action_items": ActionItem,
    "ignore": Ignore,
}
# Where each document is made is where its keys are described.
_DOCUMENTS = {
    "trends": trends_document,
    "repeats": repeats_document,
    "actions": actions_document,
}
_FAMILIES = {
    "PM0": "File and fields",
    "PM1": "Vocabulary",
    "PM2": "Time",
    "PM3": "Cause, impact and detection",
    "PM4": "Actions",
    "PM5": "Language",
    "PM6": "Privacy and security",
    "PM7": "Completeness and review",
    "PM8": "The archive as a whole",
}


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One field of the contract as the reference shows it."""

    name: str
    description: str
    needed: str
    facet: str
    choices: tuple[str, ...]
    example: str


def fields_page(archive: Archive) -> Page:
    """What front matter may hold."""
    parts = {name: list(entries(part, archive)) for name, part in _PARTS.items()}
    return _page(
        archive, "fields", "Fields", fields=list(entries(FrontMatter, archive)), parts=parts
    )


def rules_page(archive: Archive) -> Page:
    """What `postmortem check` looks for."""
    return _page(archive, "rules", "Rules", families=families())


def api_page(archive: Archive) -> Page:
    """The JSON files and their keys."""
    described = [
        (name, inspect.cleandoc(module.__doc__ or "")) for name, module in _DOCUMENTS.items()
    ]
    return _page(archive, "api", "JSON", facets=archive.options.facets, described=described)


def entries(model: type[BaseModel], archive: Archive) -> Iterator[FieldEntry]:
    """The fields of a part of the contract, in the order in which they are written."""
    facets = {facet.vocabulary: facet.name for facet in archive.options.facets if facet.vocabulary}
    for name, info in model.model_fields.items():
        yield FieldEntry(
            name,
            info.description or "",
            told(info, "needed"),
            facets.get(told(info, "vocabulary"), ""),
            tuple(choices(info.annotation)),
            _written(info.examples[0]) if info.examples else "",
        )


def families() -> list[tuple[str, list[Any]]]:
    """The rules by family, in the order of their codes."""
    found: dict[str, list[Any]] = {title: [] for title in _FAMILIES.values()}
    for rule in all_rules():
        found[_FAMILIES[rule.code[:3]]].append(rule)
    return [(title, rules) for title, rules in found.items() if rules]


def _page(archive: Archive, name: str, title: str, **data: object) -> Page:
    return Page(
        archive.index_uri(name),
        archive.title(name, title),
        f"{name}.md.jinja",
        data,
        listed=True,
        group="Reference",
        hide=(),
    )


def _written(example: object) -> str:
    """An example as it stands in front matter, on one line."""
    text: str = yaml.safe_dump(example, default_flow_style=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")
