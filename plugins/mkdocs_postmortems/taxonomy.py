"""The vocabulary: what a postmortem's front matter may say, and the words people say instead."""

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from .problem import Problem
from .source import Fault, YamlText, read_text, read_yaml

_PACKAGED = Path(__file__).with_name("taxonomy.yml")
# In a checkout the default vocabulary is the example site's own: there is only one.
_CHECKOUT = Path(__file__).parents[2] / "postmortems" / "taxonomy.yml"


# An id is part of an address, so it is made of what addresses hold.
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class _Strict(BaseModel):
    # 503 and 2038 are words that people search for.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class _Definition(_Strict):
    title: str
    definition: str = ""
    aliases: list[str] = []


class _Group(_Definition):
    leaves: dict[_Id, _Definition] = {}


class _Instead(_Strict):
    use: str
    because: str


TERMS = TypeAdapter(dict[_Id, _Group])
INSTEAD = TypeAdapter(dict[str, dict[str, _Instead]])
NOT_VOCABULARIES = ("version", "instead")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `id` is what front matter holds: `top`, or `top/leaf` on the second level."""

    id: str
    title: str
    definition: str = ""
    aliases: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    @property
    def parent(self) -> str:
        """The id of the term above, or an empty string."""
        return self.id.rpartition("/")[0]


@dataclass(frozen=True)
class Vocabulary:
    """The terms that one or more fields may hold. An open one takes other words as well."""

    name: str
    terms: dict[str, Term] = field(default_factory=dict)
    instead: dict[str, _Instead] = field(default_factory=dict)

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        words: dict[str, list[str]] = {}
        for term in self.terms.values():
            for word in (term.title, *term.aliases, term.id.rpartition("/")[2]):
                ids = words.setdefault(word.casefold(), [])
                if term.id not in ids:
                    ids.append(term.id)
        return words

    def meant_by(self, word: str) -> list[str]:
        """The ids of the terms that have `word` as title, alias or last part."""
        return self._words.get(word.casefold().strip(), [])

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """The ids of the terms most like a misspelt `word`, best first."""
        known = {**{id_: [id_] for id_ in self.terms}, **self._words}
        close = difflib.get_close_matches(word.casefold(), list(known), n=most * 2, cutoff=0.6)
        return list(dict.fromkeys(id_ for match in close for id_ in known[match]))[:most]


@dataclass(frozen=True)
class Taxonomy:
    """Every vocabulary by name. A broken file gives an empty taxonomy with `problems`."""

    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def __getitem__(self, name: str) -> Vocabulary:
        return self.vocabularies.get(name) or Vocabulary(name)

    @property
    def usable(self) -> bool:
        """Whether terms can be checked against it."""
        return not self.problems


def load_taxonomy(path: Path | None, name: str = "taxonomy.yml") -> Taxonomy:
    """The taxonomy at `path`, shown as `name`; the packaged one where `path` is None."""
    path = path or (_PACKAGED if _PACKAGED.exists() else _CHECKOUT)
    text, fault = read_text(path)
    if fault:
        return Taxonomy(problems=(_worded(name, fault),))
    found = read_yaml(text.removeprefix("\ufeff"))
    problems = [_worded(name, fault) for fault in found.faults]
    vocabularies = {} if problems else _vocabularies(found, name, problems)
    if not problems and "root_causes" not in vocabularies:
        problems.append(_problem(name, 1, "the vocabulary has no root_causes"))
    return Taxonomy({} if problems else vocabularies, tuple(problems))


def _vocabularies(found: YamlText, name: str, problems: list[Problem]) -> dict[str, Vocabulary]:
    values = found.values
    instead = _valid(INSTEAD, values.get("instead") or {}, ("instead",), found, name, problems)
    vocabularies = {}
    for key, terms in values.items():
        if key in NOT_VOCABULARIES:
            continue
        groups = _valid(TERMS, terms or {}, (key,), found, name, problems) or {}
        flat = {term.id: term for id_, group in groups.items() for term in _flat(id_, group)}
        vocabularies[key] = Vocabulary(key, flat, (instead or {}).get(key, {}))
    return vocabularies


def _flat(id_: str, group: _Group) -> list[Term]:
    leaves = [
        Term(f"{id_}/{leaf}", found.title, found.definition, tuple(found.aliases))
        for leaf, found in group.leaves.items()
    ]
    ids = tuple(leaf.id for leaf in leaves)
    return [Term(id_, group.title, group.definition, tuple(group.aliases), ids), *leaves]


def _valid(  # noqa: PLR0913, PLR0917 (what to hold against what, and where to say so)
    adapter: TypeAdapter[Any],
    values: Any,
    at: tuple[str, ...],
    found: YamlText,
    name: str,
    problems: list[Problem],
) -> Any:
    try:
        return adapter.validate_python(values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = (*at, *detail["loc"])
            shown = ".".join(str(part) for part in path)
            message = f"the vocabulary: {shown}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
            problems.append(_problem(name, found.line_of(path), message))
        return None


def _worded(name: str, fault: Fault) -> Problem:
    said = " ".join(part for part in (fault.kind.replace("-", " "), *fault[2:]) if part)
    return _problem(name, fault.line, f"the vocabulary cannot be read: {said}")


def _problem(name: str, line: int, message: str) -> Problem:
    cure = "A term is `id: {title: …, definition: …, aliases: […]}`; see the vocabulary page."
    return Problem(name, line, "PM106", message, cure)
