"""What a rule is, and how a postmortem is held against all of them."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from itertools import chain, product
from typing import NamedTuple

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.problem import Level, Problem
from mkdocs_postmortems.source import Path
from mkdocs_postmortems.taxonomy import Taxonomy

from .spoken import Phrases


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside the postmortem itself.

    `corpus` holds every postmortem of the archive by id; `fields` the names that front
    matter may hold; `silenced` the codes of the findings that this postmortem's `ignore`
    took away, for the rules that are checked after all others.
    """

    taxonomy: Taxonomy
    today: date
    corpus: Mapping[str, tuple[Postmortem, ...]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    silenced: frozenset[str] = frozenset()

    @cached_property
    def known_terms(self) -> frozenset[tuple[str, str]]:
        """Every term, with the name of its vocabulary before it."""
        vocabularies = self.taxonomy.vocabularies.items()
        return frozenset((name, id_) for name, known in vocabularies for id_ in known.terms)

    @cached_property
    def cause_phrases(self) -> Phrases:
        """What root causes are called."""
        return Phrases(self.taxonomy["root_causes"])

    @cached_property
    def by_cause_and_service(self) -> Mapping[tuple[str, str], list[Postmortem]]:
        """The incidents that count, by each cause with each service, the earliest first."""
        found: dict[tuple[str, str], list[Postmortem]] = {}
        known = chain.from_iterable(self.corpus.values())
        counted = [p for p in known if p.status != "withdrawn" and not p.is_near_miss]
        for postmortem in sorted(counted, key=lambda p: (p.day or date.max, p.id)):
            for pair in product(postmortem.meta.root_causes, postmortem.meta.services):
                found.setdefault(pair, []).append(postmortem)
        return found


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
    `last` marks a rule about the findings of the others.
    """

    code: str
    name: str
    level: Level
    check: Check
    doc: str
    always: bool = False
    last: bool = False

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
    code: str, level: Level = Level.WARNING, *, always: bool = False, last: bool = False
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule; its name becomes the rule's name."""

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        assert code not in _RULES, f"{code} stands for two rules"
        _RULES[code] = Rule(code, name, level, check, inspect.getdoc(check) or "", always, last)
        all_rules.cache_clear()
        _rules_that_are.cache_clear()
        return check

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule in the order of its code."""
    return tuple(sorted(_RULES.values(), key=lambda rule: rule.code))


def check(postmortem: Postmortem, context: Context) -> list[Problem]:
    """Every problem of one postmortem, in the order of the file.

    Where the front matter cannot be read only the rules about files and leaks have a say.
    """
    ignored = {item.rule for item in postmortem.meta.ignore}
    found = list(_problems(postmortem, context, last=False))
    if ignored:
        silenced = frozenset(p.code for p in found if _is_silenced(p, ignored))
        found += _problems(postmortem, replace(context, silenced=silenced), last=True)
        found = [problem for problem in found if not _is_silenced(problem, ignored)]
    return sorted(dict.fromkeys(found))


def _problems(postmortem: Postmortem, context: Context, *, last: bool) -> Iterator[Problem]:
    name, readable = postmortem.source.name, postmortem.source.readable
    for rule in _rules_that_are(last=last):
        if not (readable or rule.always or rule.code < "PM03"):
            continue
        for found in rule.check(postmortem, context):
            line = found.at if isinstance(found.at, int) else postmortem.line_of(found.at)
            level = rule.level_for(postmortem)
            yield Problem(name, line, rule.code, found.message, found.cure, level)


@cache
def _rules_that_are(*, last: bool) -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules() if rule.last is last)


def _is_silenced(problem: Problem, ignored: set[str]) -> bool:
    return problem.level is Level.WARNING and problem.code in ignored


def worded(postmortem: Postmortem, kind: str, message: str, cure: str) -> Iterator[Found]:
    """A finding for each fault of `kind`, with {subject} and {detail} filled in."""
    for fault in postmortem.faults:
        if fault.kind == kind:
            words = {"subject": fault.subject, "detail": fault.detail}
            yield Found(fault.line, message.format(**words), cure.format(**words))
