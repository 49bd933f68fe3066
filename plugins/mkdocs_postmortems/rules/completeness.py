"""PM7xx: what a postmortem needs before it is published."""

import re
from collections.abc import Iterator

from mkdocs_postmortems.model import FrontMatter, Postmortem
from mkdocs_postmortems.model.fields import told
from mkdocs_postmortems.problem import Level

from .registry import Context, Found, rule

_NEEDED = tuple(
    (name, info.description or "", bool(told(info, "nullable")))
    for name, info in FrontMatter.model_fields.items()
    if told(info, "needed") == "publish"
)


@rule("PM701", Level.ERROR)
def needed_to_publish(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A field that publication needs is missing.

    Why: each of these is what somebody will search, browse or count by.

    Example: a published postmortem without `trigger`.

    Cure: add the field; `started_at` and `resolved_at` may be null where they are really
    not known, and every vocabulary has `unknown`.
    """
    for name, description, nullable in _NEEDED:
        given = name in postmortem.meta.model_fields_set
        satisfied = given if nullable else bool(getattr(postmortem.meta, name))
        if not satisfied and name not in postmortem.rejected:
            or_null = " Write null if it is really not known." if nullable else ""
            at = (name,) if given else ()
            message = f"'{name}' is needed to publish"
            yield Found(at, message, f"Add `{name}:` - {description}{or_null}")


# "There is no action", "no further measures", "action items: none".
_WHY_NONE = re.compile(
    r"\bno\b[^.\n]{0,30}\b(?:action|measure|follow-?up)|\b(?:action items?|actions|measures): none",
    re.IGNORECASE,
)


@rule("PM702", Level.ERROR)
def no_action(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """There is no action item, and the body does not say why.

    Why: without an action the same thing will happen again, for the same reason.

    Example: `action_items: []` and no section on corrective measures.

    Cure: add an action item, or say in the section "Corrective and preventative measures"
    why there is none.
    """
    if postmortem.meta.action_items or "action_items" in postmortem.rejected:
        return
    section = postmortem.body.section("actions")
    told = section and any(line.text.strip() for line in section.lines)
    if not told and not _WHY_NONE.search(postmortem.body.text):
        yield Found(
            ("action_items",),
            "there is no action item and no reason for that in the body",
            "Add one to `action_items`, or say why there is none under "
            '"## Corrective and preventative measures".',
        )


@rule("PM703", Level.ERROR)
def unreviewed(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """It is published without a reviewer who is not one of its authors.

    Why: whoever was in the incident knows too much to see what the text leaves out.

    Example: `authors: [web-team]` and `reviewers: [web-team]`.

    Cure: name somebody else who has read it under `reviewers`.
    """
    if {"reviewers", "authors"} & postmortem.rejected:
        return
    if not set(postmortem.meta.reviewers) - set(postmortem.meta.authors):
        yield Found(
            ("reviewers",),
            "no reviewer who is not an author",
            "Add the handle or role of somebody else who has read it to `reviewers`.",
        )
