"""PM03x, PM04x: the fields are those of the contract, and hold what it says."""

import difflib
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from mkdocs_postmortems.model import ActionItem, Affected, FrontMatter, Ignore, Postmortem
from mkdocs_postmortems.model.fields import told
from mkdocs_postmortems.problem import Level

from .registry import Context, Found, rule, worded

_PARTS: dict[str, type[BaseModel]] = {
    "action_items": ActionItem,
    "affected": Affected,
    "ignore": Ignore,
}


@rule("PM030", Level.ERROR)
def missing_field(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A field that even a draft needs is missing.

    Why: without a title nobody can refer to it, and without a status nobody knows whether
    it may be published.

    Example: front matter without `title`.

    Cure: add the field.
    """
    for name, info in FrontMatter.model_fields.items():
        absent = getattr(postmortem.meta, name) is None and name not in postmortem.rejected
        if told(info, "needed") == "draft" and absent:
            yield Found((), f"'{name}' is missing", f"Add `{name}:` - {info.description}")
    yield from worded(
        postmortem,
        "missing-key",
        "an item of '{detail}' has no '{subject}'",
        "Add `{subject}:` to it.",
    )


@rule("PM031", Level.ERROR)
def unknown_key(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A key that the contract does not know.

    Why: a misspelt key would be dropped without a word, and the fact with it.

    Example: `root_cause: …`, which should be `root_causes`.

    Cure: correct the spelling, or take the key out.
    """
    for fault in postmortem.faults:
        if fault.kind != "unknown-key":
            continue
        known = list(context.fields)
        if fault.detail in _PARTS:
            known = list(_PARTS[fault.detail].model_fields)
        near = difflib.get_close_matches(fault.subject.lower(), known, n=1, cutoff=0.6)
        guess = f": did you mean `{near[0]}`?" if near else ""
        cure = f"Rename it to `{near[0]}`." if near else f"Known here: {', '.join(known)}."
        yield Found(fault.line, f"unknown key '{fault.subject}'{guess}", cure)


@rule("PM032", Level.ERROR)
def invalid_value(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A field holds something it cannot hold.

    Why: a value that is not understood cannot be counted, linked or drawn.

    Example: `affected: {percent: 140}`, or `status: final`.

    Cure: the message names what the field takes.
    """
    for fault in postmortem.faults:
        if fault.kind != "invalid-value":
            continue
        given, _newline, said = fault.detail.partition("\n")
        said = said[:1].lower() + said[1:]
        yield Found(
            fault.line, f"'{fault.subject}' cannot be '{given}'", f"Correct the value: {said}."
        )
    yield from worded(
        postmortem,
        "not-a-mapping-value",
        "'{subject}' must hold `name: value` pairs",
        "Indent the pairs below `{subject}:`, or write them as `{{name: value}}`.",
    )


@rule("PM033", Level.ERROR)
def not_a_list(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A single value stands where a list belongs.

    Why: an incident can have several; a list says so from the start, and tools can rely on it.

    Example: `impacts: unavailability`.

    Cure: `impacts: [unavailability]`.
    """
    for fault in postmortem.faults:
        if fault.kind == "not-a-list":
            given = fault.detail.strip()
            yield Found(
                fault.line,
                f"'{fault.subject}' holds a single value where a list belongs",
                f"Write `{fault.subject}: [{given}]`.",
            )


@rule("PM034", Level.ERROR)
def not_text(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A number, a truth value or a date stands where text belongs.

    Why: YAML turns unquoted `5432`, `true` and `2024-03-08` into something that is not text,
    and loses leading zeros and spelling on the way.

    Example: `keywords: [5432]`.

    Cure: quote it: `keywords: ["5432"]`.
    """
    cure = 'Put it in quotes: "{given}".'
    for fault in postmortem.faults:
        given = fault.detail.partition("\n")[0].strip()
        if fault.kind == "not-text":
            message = f"'{fault.subject}' must be text and holds {given} without quotes"
        elif fault.kind == "unquoted-date":
            message = f"'{fault.subject}' must be text; unquoted, {given} is read as a date"
        else:
            continue
        yield Found(fault.line, message, cure.format(given=given))


@rule("PM035", Level.ERROR)
def time_without_offset(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A time says neither its zone nor its offset from UTC.

    Why: 10:00 is twenty-six different moments; durations and order come out wrong.

    Example: `started_at: 2024-03-08T10:00:00`.

    Cure: add the offset: `2024-03-08T10:00:00+00:00`, or `Z` for UTC.
    """
    return worded(
        postmortem,
        "time-without-offset",
        "'{subject}' has no offset: {detail}",
        'Add the offset, as in "{detail}+00:00"; write null if the zone is not known.',
    )


@rule("PM036", Level.ERROR)
def invalid_time(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A value cannot be read as a moment.

    Why: a time in another notation is read differently by different people (03/04/2024).

    Example: `started_at: 8 March 2024, 10 AM`.

    Cure: ISO 8601 with an offset: `2024-03-08T10:00:00+00:00`; for a date without a known
    time, `2024-03-08T00:00:00+00:00` with `time_precision: day`.
    """
    return worded(
        postmortem,
        "invalid-time",
        "'{subject}' is not a time with an offset: {detail}",
        'Write it as "2024-03-08T10:00:00+00:00"; where only the day is known, midnight '
        "with `time_precision: day`.",
    )


@rule("PM037", Level.ERROR)
def invalid_date(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A value cannot be read as a date.

    Why: 09-06-2024 is two different days, depending on where its reader grew up.

    Example: `due: 30.06.2024`.

    Cure: `due: 2024-06-30`.
    """
    return worded(
        postmortem,
        "invalid-date",
        "'{subject}' is not a date: {detail}",
        "Write it as year-month-day: 2024-06-30.",
    )
