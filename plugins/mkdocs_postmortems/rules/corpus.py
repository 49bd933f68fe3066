"""PM8xx: a postmortem among the others."""

import re
from collections.abc import Iterator
from datetime import UTC

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
    days = {at.date().isoformat(), at.astimezone(tz=UTC).date().isoformat()}
    if named["day"] not in days:
        yield Found(
            ("started_at",),
            f"the file name says {named['day']}, the front matter {at.date()}",
            "Rename the file or correct the time.",
        )
