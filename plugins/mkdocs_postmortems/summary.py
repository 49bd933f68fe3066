"""What reviewers want to know of the postmortems in a change, as Markdown for a forge.

The text of a postmortem comes from whoever opened the pull request, so all of it is written as
text: no markup, no link, no mention and no picture of theirs takes effect.
"""

import re
from collections.abc import Iterable, Iterator

from .actions import actions_of
from .facets import FACETS, Facet
from .library import Library
from .model import DURATIONS, Postmortem
from .pages.wording import written_count, written_moment, written_promises, written_span
from .problem import Level, Problem
from .repeats import Link, links
from .similar import Likeness, Similar

_MARKUP = re.compile(r"[^\w\s.,;:%()'/-]|_")
_SIMILAR = 5
# A forge refuses a summary of more than a mebibyte.
_MOST = 100


def summarise(
    postmortems: Iterable[Postmortem], library: Library, facets: Iterable[Facet] = FACETS
) -> str:
    """The facts of each of `postmortems`, its problems, what is like it and what it repeats."""
    postmortems = list(postmortems)
    facets = list(facets)
    likeness = Likeness(library)
    others = [p for p in library.published if p.id not in {one.id for one in postmortems}]
    repeated = links([*others, *postmortems], library.taxonomy)
    parts = [_head(postmortems, library)]
    for postmortem in postmortems[:_MOST]:
        earlier = [link for link in repeated if link.later == postmortem.id]
        parts += [
            f"### {plain(postmortem.title)}",
            _facts(postmortem, library, facets),
            _problems(_of(postmortem, library)),
            _repeats(earlier, library),
            _alike(likeness.similar(postmortem, _SIMILAR)),
        ]
    if len(postmortems) > _MOST:
        parts.append(f"The other {len(postmortems) - _MOST} are left out here.")
    return "\n\n".join(part for part in parts if part) + "\n"


def plain(text: str) -> str:
    """`text` on one line, written so that it is shown as it is and never taken for markup."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", " ".join(text.split()))


def _code(text: str) -> str:
    return f"<code>{plain(text)}</code>"


def _of(postmortem: Postmortem, library: Library) -> list[Problem]:
    return [problem for problem in library.problems if problem.path == postmortem.source.name]


def _head(postmortems: list[Postmortem], library: Library) -> str:
    if not postmortems:
        return "## Postmortems\n\nNo postmortem was added or changed."
    problems = [problem for one in postmortems for problem in _of(one, library)]
    errors = sum(problem.level is Level.ERROR for problem in problems)
    return (
        f"## Postmortems\n\n{written_count(len(postmortems), 'postmortem')} added or changed: "
        f"{written_count(errors, 'error')}, "
        f"{written_count(len(problems) - errors, 'warning')}."
    )


def _facts(postmortem: Postmortem, library: Library, facets: list[Facet]) -> str:
    rows = [("File", _code(postmortem.source.name)), ("Status", plain(postmortem.status))]
    rows += [(name, plain(text)) for name, text in _times(postmortem)]
    for facet in facets:
        known = library.taxonomy[facet.vocabulary].terms
        titles = [known[id_].title if id_ in known else id_ for id_ in facet.terms_of(postmortem)]
        if titles and facet.vocabulary:  # the year follows from the date
            rows.append((plain(facet.one.capitalize()), plain(", ".join(titles))))
    items = actions_of(postmortem, library.today)
    still_open = sum(action.is_open for action in items)
    rows.append(("Action items", f"{len(items)}, of them {still_open} open" if items else "none"))
    lines = (f"| {name} | {text} |" for name, text in rows)
    return "\n".join(("| | |", "|---|---|", *lines))


def _times(postmortem: Postmortem) -> Iterator[tuple[str, str]]:
    for name, at in postmortem.meta.milestones().items():
        yield name.removesuffix("_at").capitalize(), written_moment(at)
    for span in DURATIONS:
        minutes = postmortem.durations[span.name].minutes
        if minutes is not None:
            yield span.title, written_span(minutes)


def _problems(problems: list[Problem]) -> str:
    if not problems:
        return "**No problems.**"
    ordered = sorted(problems, key=lambda problem: (problem.level is Level.WARNING, problem))
    rows = (
        f"| {p.line} | {p.level.value} {p.code} | {plain(p.message)} | {plain(p.cure)} |"
        for p in ordered
    )
    return "\n".join(("| Line | Rule | What is wrong | Cure |", "|---:|---|---|---|", *rows))


def _repeats(earlier: list[Link], library: Library) -> str:
    lines = [f"- {_repeat(link, library)}" for link in earlier]
    return "\n".join(("**It repeats an earlier incident:**", "", *lines)) if lines else ""


def _repeat(link: Link, library: Library) -> str:
    before = library.by_id[link.earlier]
    known = library.taxonomy["root_causes"].terms
    causes = ", ".join(known[cause].title if cause in known else cause for cause in link.causes)
    when = f"{written_count(link.days, 'day')} earlier" if link.days is not None else "earlier"
    same = [f"the same root cause ({plain(causes)})"] * bool(causes)
    same += [f"the same service ({plain(', '.join(link.services))})"] * bool(link.services)
    shared = " and ".join(same) or "named by its author"
    kept = written_promises(link.promises)
    return f"{plain(before.title)}, {when} ({_code(before.source.name)}): {shared}; {kept}."


def _alike(found: list[Similar]) -> str:
    lines = [
        f"- {plain(one.postmortem.title)} ({_code(one.postmortem.source.name)}): "
        f"{plain('; '.join(map(str, one.reasons)))}"
        for one in found
    ]
    return "\n".join(("**Past incidents most like it:**", "", *lines)) if lines else ""
