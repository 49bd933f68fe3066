"""PM4xx: what was promised, and how anyone can tell that it is done."""

import re
from collections.abc import Iterator

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Kind, Passage

from .likeness import alike, stems
from .registry import Context, Found, rule


@rule("PM401")
def no_preventive_action(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """None of the action items prevents the incident from happening again.

    Why: to notice sooner and recover faster makes the next time shorter; it does not avoid it.

    Example: two actions, both `type: detect`.

    Cure: add an action of `type: prevent` that removes the cause. A published account that is
    retold promises what it promises.
    """
    items = () if postmortem.is_retold else postmortem.meta.action_items
    kinds = [item.type for item in items if item.status != "wont-do"]
    if kinds and all(kinds) and "prevent" not in kinds:
        yield Found(
            ("action_items",),
            "no action item prevents this from happening again",
            "Add one of `type: prevent` that removes the cause.",
        )


_VAGUE = re.compile(
    r"""\s*(?:to\s+)?(?P<verb>improv(?:e|ing)|enhanc(?:e|ing)|investigat(?:e|ing)|review(?:ing)?|
    ensur(?:e|ing)|mak(?:e|ing)\ssure|consider(?:ing)?|explor(?:e|ing)|evaluat(?:e|ing)|
    assess(?:ing)?|strengthen(?:ing)?|look(?:ing)?\s(?:into|at)|optimi[sz](?:e|ing)|
    continu(?:e|ing)|encourag(?:e|ing)|emphasi[sz](?:e|ing)|promot(?:e|ing)|be\smore|
    rais(?:e|ing)\sawareness|think\sabout|refin(?:e|ing)|
    (?:conduct|carry\sout|perform|do)\s(?:an?\s)?(?:[\w-]+\s){0,2}?reviews?)\b""",
    re.VERBOSE | re.IGNORECASE,
)


@rule("PM405")
def vague_action(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An action begins with a verb that has no end, and no `done_when` gives it one.

    Why: nobody can tell when something has been improved, so it is never closed.

    Example: "Improve monitoring".

    Cure: say what will be there that is not there now ("Alert when 80% of the connections
    are in use"), or add `done_when`.
    """
    for index, item in enumerate(postmortem.meta.action_items):
        found = _VAGUE.match(item.title)
        if found and not item.done_when and not item.is_over and not postmortem.is_retold:
            verb = " ".join(found["verb"].lower().split())
            yield Found(
                ("action_items", index, "title"),
                f"'{verb}' does not say when the action is done",
                "Say what will be there that is not there now, or add `done_when:`.",
            )


_TICKED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[xX]\]\s")
_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|going to|to be)\s+(?:\w+ly\s+)?\w+", re.IGNORECASE
)


@rule("PM406")
def done_in_future(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """An action counts as done and is worded as still to come, or closed on a day to come.

    Why: one of the two is wrong, and a promise that is ticked off too early is never kept.

    Example: a ticked item "a review of the logs will be carried out".

    Cure: say what was done, or open the action again.
    """
    cure = "Say in the past tense what was done, or open the action again."
    for index, item in enumerate(postmortem.meta.action_items):
        at = ("action_items", index)
        if item.status == "done" and (found := _FUTURE.search(item.title)):
            yield Found((*at, "title"), f"the action is done and says '{found[0]}'", cure)
        if item.closed and item.closed > context.today:
            message = f"the action is closed on {item.closed}, which is still to come"
            yield Found((*at, "closed"), message, "Correct the date.")
    for line in postmortem.body.lines if "[x]" in postmortem.whole_text.lowered else ():
        if line.kind is Kind.PROSE and "]" in line.text and _TICKED.match(line.text):
            found = _FUTURE.search(line.text)
            if found:
                yield Found(line.number, f"the action is ticked off and says '{found[0]}'", cure)


# So many words of the title have to begin alike in the section before a closer look is worth it.
_SHARED, _BEGINNING = 3, 4
_FIX = re.compile(
    r"\b(?:resol(?:ved|ution)|fix(?:ed)?|restored|corrected|mitigated|adjusted|increased|raised|"
    r"lowered|changed|restarted|replaced|rolled\s+back|reverted|reconfigured|patched|removed|added)\b",
    re.IGNORECASE,
)


@rule("PM407")
def repeats_the_fix(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An open action asks for what ended the incident.

    Why: the change of the day looks like a promise, and what would prevent the next time is
    missing.

    Example: resolved by "raising the pool's maximum", with the action "Raise the maximum of
    the pool".

    Cure: take it out or mark it `done`, and add what keeps it from happening again.
    """
    section = postmortem.body.section("resolution")
    items = [
        (index, item) for index, item in enumerate(postmortem.meta.action_items) if not item.is_over
    ]
    if not section or not items:
        return
    passage = section.passage
    wanted = [
        (index, stems(item.title))
        for index, item in items
        if _shared(passage, item.title) >= _SHARED
    ]
    if not wanted:
        return
    told = [stems(sentence) for sentence in passage.sentences() if _FIX.search(sentence)]
    for index, title in wanted:
        if alike(title, told):
            yield Found(
                ("action_items", index, "title"),
                "the action repeats what already ended the incident",
                "Mark it `done`, or say what goes beyond the fix.",
            )


def _shared(passage: Passage, title: str) -> int:
    words = [word[:_BEGINNING] for word in title.lower().split() if len(word) >= _BEGINNING]
    return sum(word in passage.lowered for word in words)
