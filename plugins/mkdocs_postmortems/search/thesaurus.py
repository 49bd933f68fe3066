"""Words that say the same in operations: general ones, and the aliases of the taxonomy.

A group is a key of its own, `#12`; so is what a root cause is called, `@resource-exhaustion/disk`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mkdocs_postmortems.taxonomy import Taxonomy

from .words import key_of, words_of

_FILE = Path(__file__).with_name("thesaurus.txt")


@dataclass(frozen=True)
class Thesaurus:
    """Groups of words and phrases, as keys, by name; `words` are theirs as they are written."""

    groups: dict[str, tuple[str, ...]]
    concepts: dict[str, tuple[str, ...]]
    words: frozenset[str] = frozenset()

    def has(self, key: str) -> bool:
        """Whether any group has the stem `key`, by itself or in a phrase."""
        return key in self._stems

    def groups_of(self, key: str) -> list[str]:
        """The groups that have the word or phrase `key`."""
        return self.by_key.get(key, [])

    def concepts_of(self, key: str) -> list[str]:
        """The root causes that are called by the phrase `key`."""
        return self.named.get(key, [])

    def members(self, name: str) -> tuple[str, ...]:
        """The keys that a group or concept stands for."""
        return self.groups.get(name) or self.concepts.get(name) or ()

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """The root causes by each of their names of more than one word."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, keys in self.concepts.items():
            for key in keys:
                if " " in key:
                    found[key].append(name)
        return found

    @cached_property
    def phrases(self) -> frozenset[str]:
        """The keys of more than one stem."""
        known = (*self.groups.values(), *self.concepts.values())
        return frozenset(key for keys in known for key in keys if " " in key)

    @cached_property
    def _stems(self) -> set[str]:
        return {stem for keys in self.groups.values() for key in keys for stem in key.split()}

    @cached_property
    def by_key(self) -> dict[str, list[str]]:
        """The groups by each of their keys."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, keys in self.groups.items():
            for key in keys:
                found[key].append(name)
        return found


def thesaurus_of(taxonomy: Taxonomy) -> Thesaurus:
    """The general groups, with the names of the taxonomy's root causes."""
    lines = (line.strip() for line in _FILE.read_text("utf-8").splitlines())
    groups = [line.split(",") for line in lines if line and not line.startswith("#")]
    terms = taxonomy["root_causes"].terms.values()
    return Thesaurus(
        {f"#{number}": _keys(group) for number, group in enumerate(groups)},
        {f"@{term.id}": _keys((term.title, *term.aliases)) for term in terms},
        frozenset(word for group in groups for phrase in group for word in words_of(phrase)),
    )


def _keys(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for phrase in phrases if (key := key_of(phrase))))
