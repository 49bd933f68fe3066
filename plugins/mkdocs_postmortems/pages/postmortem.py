"""The page of one postmortem."""

import re
from dataclasses import dataclass
from datetime import datetime

from mkdocs_postmortems.actions import actions_of
from mkdocs_postmortems.model import DURATIONS, MILESTONES, Postmortem
from mkdocs_postmortems.problem import Problem
from mkdocs_postmortems.similar import Similar

from .archive import Archive
from .page import Page
from .repeats import repeat_text

_ALIKE = 4
_LEADING_TITLE = re.compile(r"\A\s*# [^\n]*\n")


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone on the drawn scale: `share` is its place between the first and the last."""

    name: str
    at: datetime
    share: float
    minutes: int


def postmortem_page(archive: Archive, postmortem: Postmortem) -> Page:
    """A published postmortem, or a draft under its banner."""
    meta = postmortem.meta
    data = {
        "postmortem": postmortem,
        "meta": meta,
        "body": body_of(postmortem),
        "milestones": milestones(postmortem),
        "durations": [(span, postmortem.durations[span.name]) for span in DURATIONS],
        "earlier_links": repeated(archive, postmortem),
        "alike": alike(archive, postmortem),
        "later": later_repeats(archive, postmortem),
        "actions": actions_of(postmortem, archive.library.today),
        "related": references(archive, postmortem, "related"),
        "problems": problems_of(archive, postmortem) if archive.options.drafts else [],
        "words": words_for_search(archive, postmortem),
    }
    published = postmortem.status == "published"
    return Page(
        archive.postmortem_uri(postmortem),
        postmortem.title,
        "postmortem.md.jinja",
        data,
        meta.summary or "",
        source=postmortem.source.path,
        searchable=published,
    )


def withdrawn_page(archive: Archive, postmortem: Postmortem) -> Page:
    """A stub that says that there was something here, and nothing of what it said."""
    return Page(
        archive.postmortem_uri(postmortem),
        "Withdrawn postmortem",
        "withdrawn.md.jinja",
        {"postmortem": postmortem},
        source=postmortem.source.path,
        searchable=False,
    )


def body_of(postmortem: Postmortem) -> str:
    """The body without a title of its own: the page has one already."""
    return _LEADING_TITLE.sub("", postmortem.body.text, count=1).strip()


def milestones(postmortem: Postmortem) -> list[Milestone]:
    """The known milestones with their places on a scale; none where they contradict."""
    known = postmortem.meta.milestones()
    if len(known) < 2 or any(d.state == "conflicting" for d in postmortem.durations.values()):  # noqa: PLR2004 (a scale has two ends)
        return []
    first = min(known.values())
    whole = (max(known.values()) - first).total_seconds()
    return [
        Milestone(
            name.removesuffix("_at"),
            known[name],
            round(100 * (known[name] - first).total_seconds() / whole, 2) if whole else 0,
            int((known[name] - first).total_seconds() // 60),
        )
        for name in MILESTONES
        if name in known
    ]


def repeated(archive: Archive, postmortem: Postmortem) -> list[tuple[Postmortem, str]]:
    """The earlier incidents that this one repeats, each with what joins them."""
    links = archive.findings.repeats.by_later.get(postmortem.id, ())
    by_id = archive.library.by_id
    return [(by_id[link.earlier], repeat_text(archive, link)) for link in links if link.direct]


def references(archive: Archive, postmortem: Postmortem, field: str) -> list[Postmortem]:
    """The published postmortems that `field` names; others are not shown."""
    by_id = archive.library.by_id
    found = [by_id[id_] for id_ in getattr(postmortem.meta, field) if id_ in by_id]
    return [p for p in found if p.status == "published"]


def later_repeats(archive: Archive, postmortem: Postmortem) -> list[Postmortem]:
    """The published postmortems that say they repeat this one."""
    return archive.repeated_by.get(postmortem.id, [])


def alike(archive: Archive, postmortem: Postmortem) -> list[Similar]:
    """The past incidents most like this one that it does not name already."""
    named = {*postmortem.meta.recurrence_of, *postmortem.meta.related}
    named |= {p.id for p in later_repeats(archive, postmortem)}
    found = archive.likeness.similar(postmortem, _ALIKE + len(named))
    return [similar for similar in found if similar.postmortem.id not in named][:_ALIKE]


def problems_of(archive: Archive, postmortem: Postmortem) -> list[Problem]:
    """What `postmortem check` says about it."""
    return [p for p in archive.library.problems if p.path == postmortem.source.name]


def words_for_search(archive: Archive, postmortem: Postmortem) -> list[str]:
    """What people may type for its causes: titles and aliases, of the parents too."""
    taxonomy = archive.library.taxonomy["root_causes"]
    words: dict[str, None] = {}
    for cause in (*postmortem.meta.root_causes, *postmortem.meta.contributing_factors):
        for id_ in (cause, cause.partition("/")[0]):
            term = taxonomy.terms.get(id_)
            if term:
                words.update(dict.fromkeys((term.title, *term.aliases)))
    return list(words)
