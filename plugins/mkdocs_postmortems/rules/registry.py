"""What a rule is, and how a postmortem is held against all of them."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.problem import Level, Problem
from mkdocs_postmortems.source import Path
from mkdocs_postmortems.taxonomy import Taxonomy


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside the postmortem itself.

    `corpus` holds every postmortem of the archive by id; `fields` the names that front
    matter may hold.
    """

    taxonomy: Taxonomy
    today: date
    corpus: Mapping[str, tuple[Postmortem, ...]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


class Found(NamedTuple):
    """One finding: a line of the file or the path of a front matter value, and what to say."""

    at: int | Path
    message: str
    cure: str


Check = Callable[[Postmortem, Context], Iterable[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule: `code` and `name` identify it, `doc` explains it.

    `always` marks what stays an error in a draft: the file cannot be read or leaks something.
    """

    code: str
    name: str
    level: Level
    check: Check
    doc: str
    always: bool = False

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.doc.partition("\n")[0]

    def level_for(self, postmortem: Postmortem) -> Level:
        """Only what is published is held to errors: everything else is still being written."""
        if self.always or postmortem.status == "published":
            return self.level
        return Level.WARNING


_RULES: dict[str, Rule] = {}


def rule(
    code: str, level: Level = Level.WARNING, *, always: bool = False
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule; its name becomes the rule's name."""

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        assert code not in _RULES, f"{code} stands for two rules"
        _RULES[code] = Rule(code, name, level, check, inspect.getdoc(check) or "", always)
        return check

    return register


def all_rules() -> list[Rule]:
    """Every rule in the order of its code."""
    return sorted(_RULES.values(), key=lambda rule: rule.code)


def check(postmortem: Postmortem, context: Context) -> list[Problem]:
    """Every problem of one postmortem, in the order of the file.

    Where the front matter cannot be read only the rules about files have a say.
    """
    silenced = {item.rule for item in postmortem.meta.ignore}
    problems = [
        Problem(
            postmortem.source.name,
            found.at if isinstance(found.at, int) else postmortem.line_of(found.at),
            rule.code,
            found.message,
            found.cure,
            level,
        )
        for rule in all_rules()
        if postmortem.source.readable or rule.code < "PM03"
        for found in rule.check(postmortem, context)
        for level in [rule.level_for(postmortem)]
        if level is Level.ERROR or rule.code not in silenced
    ]
    return sorted(dict.fromkeys(problems))


def worded(postmortem: Postmortem, kind: str, message: str, cure: str) -> Iterator[Found]:
    """A finding for each fault of `kind`, with {subject} and {detail} filled in."""
    for fault in postmortem.faults:
        if fault.kind == kind:
            words = {"subject": fault.subject, "detail": fault.detail}
            yield Found(fault.line, message.format(**words), cure.format(**words))
