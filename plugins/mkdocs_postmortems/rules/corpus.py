"""PM8xx: a postmortem among the others."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.problem import Level

from .registry import Context, Found, rule

_NAME = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2}|undated)-[a-z0-9]+(?:-[a-z0-9]+)*")


@rule("PM801", Level.ERROR)
def file_name(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The file name is not a date and a slug.

    Why: the name is the postmortem's id and its address; dates sort, and slugs need no
    counter that two pull requests could both take.

    Example: `DNS outage.md`.

    Cure: `2024-03-02-dns-outage.md`; without any known date `undated-dns-outage.md`.
    """
    if not _NAME.fullmatch(postmortem.id):
        yield Found(
            1,
            f"the file name '{postmortem.id}.md' is not YYYY-MM-DD-slug.md",
            "Rename it: the day it began, then lower-case words with hyphens; "
            "`undated-slug.md` where no date is known.",
        )


@rule("PM802", Level.ERROR)
def duplicate_id(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """Two files in different folders have the same name.

    Why: the name is the id, and references to it would mean either.

    Example: `2024/2024-03-02-dns.md` and `edge/2024-03-02-dns.md`.

    Cure: rename one of them.
    """
    for other in context.corpus.get(postmortem.id, ()):
        if other.source.name != postmortem.source.name:
            message = f"the id '{postmortem.id}' is also that of {other.source.name}"
            yield Found(1, message, "Rename one of the two files.")


@rule("PM803", Level.ERROR)
def unknown_reference(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A reference names a postmortem that does not exist.

    Why: a link to nothing hides a repeat instead of showing it.

    Example: `recurrence_of: 2024-03-02-dsn`.

    Cure: the id is the other file's name without `.md`.
    """
    if not context.corpus:
        return
    for field in ("recurrence_of", "related", "unrelated"):
        for index, id_ in enumerate(getattr(postmortem.meta, field)):
            if id_ not in context.corpus:
                cure = "Write the other file's name without `.md`."
                yield Found((field, index), f"{field}: there is no postmortem '{id_}'", cure)


@rule("PM804", Level.WARNING)
def name_and_date_differ(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The date in the file name is not the day on which the incident began.

    Why: lists sort by one and addresses show the other.

    Example: `2024-03-02-dns.md` with `started_at: "2024-03-12T10:00:00+00:00"`.

    Cure: rename the file, or correct the time.
    """
    named = _NAME.fullmatch(postmortem.id)
    at = postmortem.meta.started_at or postmortem.meta.detected_at
    if not named or not at or "started_at" in postmortem.rejected:
        return
    if named["day"] not in (at.date().isoformat(), _utc_day(at)):
        yield Found(
            ("started_at",),
            f"the file name says {named['day']}, the front matter {at.date()}",
            "Rename the file or correct the time.",
        )


def _utc_day(at: datetime) -> str:
    try:
        return at.astimezone(tz=UTC).date().isoformat()
    except OverflowError:  # within a day of the first or last year there is
        return at.date().isoformat()


_A_YEAR = timedelta(days=365)


@rule("PM805")
def unlinked_repeat(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """An earlier postmortem has the same cause on the same service, and no link says so.

    Why: "failing twice because of the same issue" is what an archive is there to show; only
    somebody who knows both can say whether this is one.

    Example: two postmortems within a year with `resource-exhaustion/connection-pool` on
    `checkout`.

    Cure: `recurrence_of:` with the earlier id if it is the same failure; `related` if it is
    worth reading beside it; `unrelated` if they only look alike.
    """
    told: set[str] = set()
    linked = _linked(postmortem, context)
    for cause, service in product(postmortem.meta.root_causes, postmortem.meta.services):
        earlier = _latest_like(postmortem, context.by_cause_and_service.get((cause, service), ()))
        if "/" in cause and earlier and earlier.id not in told | linked:
            told.add(earlier.id)
            yield Found(
                ("root_causes",),
                f"'{cause}' on {service} as in {earlier.id}, "
                f"{_days_between(earlier, postmortem)} days earlier",
                f"Add `recurrence_of: [{earlier.id}]`, or name it under `related` or `unrelated`.",
            )


def _latest_like(postmortem: Postmortem, alike: Sequence[Postmortem]) -> Postmortem | None:
    """The latest of those before it and within a year, but for those said to be unrelated."""
    if postmortem.is_near_miss:
        return None
    before = bisect_left(alike, _when(postmortem), key=_when)
    for other in reversed(alike[:before]):
        if not _is_within_a_year(other, postmortem):
            return None
        if other.id not in postmortem.meta.unrelated and postmortem.id not in _named(other):
            return other
    return None


def _when(postmortem: Postmortem) -> tuple[date, str]:
    return postmortem.day or date.max, postmortem.id


def _is_within_a_year(earlier: Postmortem, later: Postmortem) -> bool:
    if not earlier.day or not later.day:
        return False
    ended = earlier.meta.resolved_at
    return later.day - (ended.date() if ended else earlier.day) <= _A_YEAR


def _days_between(earlier: Postmortem, later: Postmortem) -> int:
    assert earlier.day
    assert later.day
    return (later.day - earlier.day).days


def _named(postmortem: Postmortem) -> set[str]:
    meta = postmortem.meta
    return {*meta.recurrence_of, *meta.related, *meta.unrelated}


def _linked(postmortem: Postmortem, context: Context) -> set[str]:
    """What it names, and what those name as the earlier ones of the same chain."""
    linked, waiting = _named(postmortem), list(postmortem.meta.recurrence_of)
    while waiting:
        for other in context.corpus.get(waiting.pop(), ()):
            new = set(other.meta.recurrence_of) - linked
            linked |= new
            waiting += new
    return linked
