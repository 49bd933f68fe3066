"""What every other figure stands on: the fields that are filled, and what is still to be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .facets import UNDATED
from .library import Library
from .model import FrontMatter, Ignore, Postmortem
from .problem import Level, Problem
from .rules import all_rules
from .trends.intervals import Estimate, share
from .trends.population import UNKNOWN


@dataclass(frozen=True, slots=True)
class Filled:
    """How many of `n` postmortems hold a value in a field.

    `unknown` of the `filled` ones hold nothing but the term "unknown"; `null` ones say that
    the value is really not known, and are not among the filled.
    """

    n: int
    filled: int
    unknown: int
    null: int

    @property
    def share(self) -> Estimate:
        """The share that is filled."""
        return share(self.filled, self.n)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the contract: what it holds, and how many hold it, in all and by year."""

    name: str
    description: str
    total: Filled
    by_year: Mapping[str, Filled]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A postmortem, by id, that is not published yet, `days` after the incident began."""

    id: str
    status: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A rule silenced in the postmortem with that id, with the reason given."""

    id: str
    ignore: Ignore


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The problems that one rule still finds in published postmortems."""

    code: str
    name: str
    summary: str
    level: Level
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Coverage:
    """Everything that the page of data quality says. `years` has the latest first."""

    n: int
    years: tuple[str, ...]
    fields: tuple[Field, ...]
    waiting: tuple[Waiting, ...]
    ignored: tuple[Ignored, ...]
    unresolved: tuple[Unresolved, ...]


def coverage(library: Library) -> Coverage:
    """The quality of the data: fields and problems of what is published, and what is not yet."""
    published = library.published
    years = _by_year(published)
    fields = tuple(
        Field(
            name,
            info.description or "",
            filled(name, published),
            {year: filled(name, members) for year, members in years.items()},
        )
        for name, info in FrontMatter.model_fields.items()
    )
    ignored = (Ignored(p.id, item) for p in published for item in p.meta.ignore)
    return Coverage(
        len(published), tuple(years), fields, waiting(library), tuple(ignored), unresolved(library)
    )


def filled(name: str, postmortems: Sequence[Postmortem]) -> Filled:
    """How many of the postmortems hold a value in the field `name`; a default is no value."""
    given = [getattr(p.meta, name) for p in postmortems if name in p.meta.model_fields_set]
    held = [value for value in given if value not in (None, "", [], {})]
    unknown = sum(value in (UNKNOWN, [UNKNOWN]) for value in held)
    return Filled(len(postmortems), len(held), unknown, sum(value is None for value in given))


def waiting(library: Library) -> tuple[Waiting, ...]:
    """The drafts and the postmortems in review, the longest waiting first, undated ones last."""
    found = [
        Waiting(p.id, p.status, max(0, (library.today - p.day).days) if p.day else None)
        for p in library.postmortems
        if p.status in ("draft", "in-review")
    ]
    return tuple(sorted(found, key=lambda w: (w.days is None, -(w.days or 0), w.id)))


def unresolved(library: Library) -> tuple[Unresolved, ...]:
    """What `postmortem check` still says of published postmortems, most findings first."""
    paths = {p.source.name for p in library.published}
    by_rule: dict[tuple[str, Level], list[Problem]] = {}
    for problem in library.problems:
        if problem.path in paths:
            by_rule.setdefault((problem.code, problem.level), []).append(problem)
    rules = {rule.code: rule for rule in all_rules()}
    found = [
        Unresolved(code, rules[code].name, rules[code].summary, level, tuple(problems))
        for (code, level), problems in by_rule.items()
    ]
    return tuple(sorted(found, key=lambda u: (u.level, -len(u.problems), u.code)))


def _by_year(postmortems: Iterable[Postmortem]) -> dict[str, list[Postmortem]]:
    """The postmortems by the year of the incident, the latest first and undated ones last."""
    found: dict[str, list[Postmortem]] = {}
    for postmortem in postmortems:
        year = str(postmortem.day.year) if postmortem.day else UNDATED
        found.setdefault(year, []).append(postmortem)
    ordered = sorted(
        found, key=lambda year: (year == UNDATED, -int(year) if year != UNDATED else 0)
    )
    return {year: found[year] for year in ordered}
