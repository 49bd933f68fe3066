"""PM301 to PM303 and PM306: what is called the cause is one, and is told."""

import re
from collections.abc import Iterator

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Passage

from .likeness import stems
from .registry import Context, Found, rule
from .spoken import words_of

# Behind "the root cause of the outage was found to be", or behind a label with a colon.
_CAUSE_IS = re.compile(
    r"""\broot\s+cause\b[^.]{0,80}?(?:
      \b(?:was|is|were|be|to|lay\s+in|lies\s+in|as)\b
      (?:\s+(?:found|identified|determined|traced|believed|discovered|attributed|back|
        as|to|be|in|due|the|an?)\b)*
      | :\W*+(?!(?:the\s+|our\s+)?(?:root|main|primary)\s+cause)(?:(?:the|a|an)\b)?
    )\s*(?P<cause>[^.;:]{3,160})""",
    re.VERBOSE | re.IGNORECASE,
)
_DEMAND = (
    r"(?:traffic|requests?|users?|user\s+activity|load|demand|visitors?|orders?|usage|connections?)"
)
_TRIGGER = re.compile(
    rf"""\W*(?:(?:root\s+cause\W+)?(?:an?|the|this|our)\s+)?
    (?:(?:\w+ly|sudden|unexpected|unusual|huge|large|massive|sharp|big|heavy|high|recent|major|new|
      unprecedented|abnormal|significant)\s+)*
    (?:(?:surge|spike|increase|rise|jump|flood|influx|peak|burst|growth)\s+(?:in|of)\s+
      (?:[\w-]+\s+){{0,4}}?{_DEMAND}\b
    | (?:traffic|load|request|user)\s+(?:surge|spike|increase|growth|peak)
    | (?:traffic|load|demand)\s*(?:$|,|\bwhich\b|\bthat\b)
    | (?:deploy\w*|release|update|upgrade|migration|change|maintenance)\s*
      (?:$|,|\bwhich\b|\bthat\s+(?:was|went)\b))""",
    re.VERBOSE | re.IGNORECASE,
)


def _causes(passage: Passage) -> Iterator[tuple[int, str]]:
    """What the text calls the root cause, with the offset at which each begins."""
    if "root cause" in passage.lowered or "root\ncause" in passage.lowered:
        for found in _CAUSE_IS.finditer(passage.text):
            yield found.start("cause"), " ".join(found["cause"].split())


@rule("PM301")
def cause_restates_trigger(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """What set the incident off is called its root cause.

    Why: a surge in traffic or a release is the occasion. The cause is what could not stand
    it, and only that can be changed.

    Example: "The root cause was an unexpected surge in requests".

    Cure: put the occasion under `trigger`, and say which limit, defect or gap let it become
    an incident.
    """
    prose = postmortem.body.prose
    for offset, cause in _causes(prose):
        if found := _TRIGGER.match(cause):
            yield Found(
                prose.line_at(offset),
                f"'{_short(found[0])}' is what set it off, not the root cause",
                "Name it under `trigger`, and say here which limit, defect or gap it met.",
            )


_THING = (
    r"(?:database|db|server|network|connection|connectivity|api|service|system|application|website|"
    r"web|site|backend|frontend|hardware|software|technical|infrastructure|performance|"
    r"authentication|login|internal|unknown|unexpected|critical|major|load|balancer|cache|the|a|an|our)"
)
_SYMPTOM = re.compile(
    rf"""\W*(?:an?\s+|the\s+|our\s+)?(?:{_THING}[\s-]+){{1,4}}
    (?:issues?|problems?|outages?|failures?|errors?|crash(?:es)?|downtime|unavailability|slowness|glitch(?:es)?)
    \s*(?:$|,|\bwhich\b|\bthat\b|\bcausing\b|\bleading\b|\bresulting\b|\band\b)""",
    re.VERBOSE | re.IGNORECASE,
)


@rule("PM302")
def cause_restates_symptom(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """What was seen is called the root cause.

    Why: "a database issue" says where it hurt. Nobody can prevent an issue; a limit, a
    defect or a missing check can be.

    Example: "The root cause was identified as a database connection issue".

    Cure: ask why once more, and write down the answer.
    """
    prose = postmortem.body.prose
    for offset, cause in _causes(prose):
        if found := _SYMPTOM.match(cause):
            yield Found(
                prose.line_at(offset),
                f"'{_short(found[0])}' is a symptom, not the root cause",
                "Say why that happened: which limit, defect, setting or missing check.",
            )


def _short(text: str) -> str:
    text = re.sub(r"[\s,]+(?:which|that|causing|leading|resulting|and)?$", "", text.strip("*_:, "))
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004


@rule("PM303")
def unexplained_cause(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A second root cause is listed, and a short analysis never speaks of it.

    Why: a reader who follows that cause to this incident finds nothing to learn, and the
    count for it rests on a word.

    Example: `root_causes: [resource-exhaustion/connection-pool, network/dns]`, and an
    analysis of two sentences without a word on name resolution.

    Cure: explain it under "Root cause", or take it out.
    """
    causes, section = postmortem.meta.root_causes, postmortem.body.section("root-cause")
    if len(causes) < 2 or not section:  # noqa: PLR2004
        return
    sentences = [words for words in section.passage.sentences() if words.strip()]
    if len(sentences) > len(causes):
        return  # long enough to speak of a cause in words of its own
    said = stems(" ".join((*sentences, postmortem.title, postmortem.meta.summary or "")))
    terms = context.taxonomy["root_causes"].terms
    for index, cause in enumerate(causes[1:], 1):
        term = terms.get(cause)
        if term and term.parent and not said & words_of(term, terms):
            message = f"the analysis does not speak of '{cause}'"
            cure = 'Explain it under "Root cause", or take it out.'
            yield Found(("root_causes", index), message, cure)


_NOT_ENOUGH = frozenset({"observability", "process"})


@rule("PM306")
def no_technical_cause(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The only root causes are of `observability` or `process`.

    Why: a missing alert lets an incident last, and a missing review lets it through; what
    broke is still to be named.

    Example: `root_causes: [observability/missing-alert]`.

    Cure: name what broke, and move this to `contributing_factors`.
    """
    named = postmortem.top_causes
    if named and named <= _NOT_ENOUGH:
        yield Found(
            ("root_causes",),
            f"nothing but {' and '.join(sorted(named))} as a root cause",
            "Name what broke, and move this to `contributing_factors`.",
        )
