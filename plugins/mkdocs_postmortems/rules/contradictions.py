"""PM304 and PM305: sections that tell of different causes, or of different ends."""

import re
from collections.abc import Callable, Iterable, Iterator

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Passage

from .registry import Context, Found, rule
from .spoken import tops

_Speaks = Callable[[str], set[str]]


def _told(passage: Passage, about: Iterable[str], speaks: _Speaks) -> tuple[set[str], int]:
    """The terms that the sentences about something speak of, and the line of the first."""
    terms: set[str] = set()
    line = passage.first_line
    for offset in sorted(offset for sign in about for offset in passage.find_all(sign)):
        begins, ends = passage.sentence_at(offset)
        spoken = speaks(passage.text[begins:ends])
        line = line if terms or not spoken else passage.line_at(offset)
        terms |= spoken
    return terms, line


_SAYS_WHY = ("root cause", "caused by", "cause was", "cause is", "cause of", "due to")


@rule("PM304")
def causes_differ(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """The summary and the analysis give different causes.

    Why: most readers stop after the summary, and will remember the wrong one.

    Example: a summary "caused by a full disk", and an analysis of an expired certificate.

    Cure: bring the summary up to what the analysis found.
    """
    body = postmortem.body
    summary, analysis = body.section("summary"), body.section("root-cause")
    if not summary or not analysis:
        return
    speaks = context.cause_phrases.spoken_of
    one, line = _told(summary.passage, _SAYS_WHY, speaks)
    two, _line = _told(analysis.passage, _SAYS_WHY, speaks)
    if one and two and not tops(one) & tops(two):
        yield Found(
            line,
            f"the summary speaks of {_listed(one)}, the analysis of {_listed(two)}",
            "Bring the summary up to what the analysis found.",
        )


_SAYS_HOW = ("resolved", "fixed", "restored", "corrected", "mitigated", "recovered", "resolution")
# What was done, by the resolution that it is an instance of.
_DONE = {
    id_: re.compile(pattern, re.IGNORECASE)
    for id_, pattern in {
        "rollback": r"\broll(?:ed|ing)?[ -]?back\b|\brevert",
        "restart": r"\b(?:restart|reboot)",
        "config-change": r"\b(?:settings?|configuration|limits?|pool)\b.{0,60}\b(?:adjust|correct|"
        r"increas|chang|rais|lower|optimi|updat)|\b(?:adjust|correct|increas|chang|rais|lower|updat)"
        r"\w*\b.{0,60}\b(?:settings?|configuration|limits?|pool)\b|\breconfigur",
        "failover": r"\bfail(?:ed|ing)?[ -]?over\b",
        "scale-up": r"\b(?:scal(?:ed|ing)\s+(?:up|out)|add(?:ed|ing)\s+(?:more\s+)?"
        r"(?:capacity|nodes|servers|instances|memory|disk))",
        "renewal": r"\b(?:renew|rotat(?:ed|ing))",
        "code-fix": r"\b(?:hotfix|patch(?:ed|ing)|bug\s*fix)",
        "data-repair": r"\brestor(?:ed|ing)\b.{0,40}\bbackup",
    }.items()
}


def _done(sentence: str) -> set[str]:
    return {id_ for id_, pattern in _DONE.items() if pattern.search(sentence)}


@rule("PM305")
def resolutions_differ(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """Two sections give different resolutions.

    Why: the next person who meets this incident will try what ended it.

    Example: "resolved by correcting the pool's settings" in the summary, and "resolved by
    restarting the server" in the analysis.

    Cure: say which of them ended it, or that both were needed, and list both under
    `resolution`.
    """
    body = postmortem.body
    summary, analysis = body.section("summary"), body.section("resolution")
    if not summary or not analysis:
        return
    one, line = _told(summary.passage, _SAYS_HOW, _done)
    two, _line = _told(analysis.passage, _SAYS_HOW, _done)
    if one and two and not one & two and not one | two <= set(postmortem.meta.resolution):
        yield Found(
            line,
            f"the summary speaks of {_listed(one)}, the analysis of {_listed(two)}",
            "Say which of them ended it; if both did, list both under `resolution`.",
        )


def _listed(terms: set[str]) -> str:
    return " and ".join(sorted(terms))
