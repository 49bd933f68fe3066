"""PM33x: how much was affected, in numbers that fit the words."""

import re
from collections.abc import Iterator

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Passage

from .registry import Context, Found, rule

_NUMBER = re.compile(
    r"\d|\b(?:all|every|none|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|"
    r"hundreds?|thousands?|millions?|half|third|quarter|most|everyone|everybody|nobody|no one|"
    r"entire|whole)\b",
    re.IGNORECASE,
)
_NOT_KNOWN = re.compile(
    r"\b(?:not|no|never|neither|nor|n't)\s+(?:\w+\s+){0,4}(?:known|counts?|counted|measured?|"
    r"recorded?|figures?|numbers?|how\s+many|share|say|says|state|states)\b|\bunknown\b",
    re.IGNORECASE,
)


@rule("PM331")
def impact_without_number(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """Nothing says how much was affected.

    Why: "many users" is three for one reader and three million for another; without a
    number nobody can rank this incident, or tell whether the next one was milder.

    Example: an impact section "Users experienced problems", and no `affected`.

    Cure: `affected: {percent: 25, of: users}` or `{count: 3000, of: orders}`, with
    `estimated: true` for an estimate; or say in the section that it is not known.
    """
    section = postmortem.body.section("impact")
    if postmortem.meta.affected or postmortem.is_near_miss or not section:
        return
    words = section.passage.text
    if words.strip() and not _NUMBER.search(words) and not _NOT_KNOWN.search(words):
        yield Found(
            section.line,
            "the impact has no number",
            "Add `affected:` to the front matter, or say here that it is not known.",
        )


# What a share of an incident is a share of stands behind it, or the sentence goes on without.
_WITHOUT_WHAT = re.compile(
    r"""(?P<figure>\d+(?:\.\d+)?)[ ]?(?:%|\s*per\s?cent\b|\s*percent\b)
    (?=\s*(?:[.,;:)]|\n\s*\n|\Z|(?:were|was|are|is|got|had|and|during|for|at|between|in\stotal)\b))""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_WHAT_BEFORE = re.compile(
    r"\b(?:of|at|to|by|from|rates?|usage|utili[sz]ation|cpu|memory|disk|traffic|"
    r"availability|latency|errors?|load|than|between|and|drop\w*|fell|rose|"
    r"users?|customers?|requests?|sites?|accounts?|orders?|transactions?)\b\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_ABOUT_IMPACT = re.compile(
    r"\b(?:affect|impact|unavailab|outage|down|fail|lost|unable|offline|locked out)", re.IGNORECASE
)


@rule("PM332")
def percent_of_what(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A percentage or count of what was affected does not say of what.

    Why: a quarter of the users, of the requests and of the machines are three incidents.

    Example: `affected: {percent: 25}`, or "about 25% were affected".

    Cure: `of: users`; "about 25% of the users were affected".
    """
    affected = postmortem.meta.affected
    if affected and not affected.of and (affected.percent, affected.count) != (None, None):
        yield Found(
            ("affected",), "'affected' does not say of what", "Add `of:`, as in `of: users`."
        )
    for name in ("summary", "impact"):
        section = postmortem.body.section(name)
        if section:
            yield from _shares_of_nothing(section.passage)


def _shares_of_nothing(passage: Passage) -> Iterator[Found]:
    has_share = "%" in passage.text or "per" in passage.lowered
    for found in _WITHOUT_WHAT.finditer(passage.text) if has_share else ():
        begins, ends = passage.sentence_at(found.start())
        before = passage.text[begins : found.start()]
        if _ABOUT_IMPACT.search(passage.text, begins, ends) and not _OF_WHAT_BEFORE.search(before):
            yield Found(
                passage.line_at(found.start()),
                f"{found['figure']}% does not say of what",
                f'Say of what: "{found["figure"]}% of the users", of the requests, of the orders.',
            )


_COMPLETE = re.compile(
    r"\b(?:complete(?:ly)?|total(?:ly)?|full(?:y)?|entire(?:ly)?)\s+(?:\w+\s+){0,2}?"
    r"(?:outage|unavailab\w+|inaccessib\w+|down(?:time)?|disruption|offline|"
    r"(?:loss|interruption)\s+of\s+(?:the\s+)?service)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)[ ]?(?:%|per\s?cent)\s+of\s+(?:\w+\s+){0,3}?"
    r"(?:users?|customers?|clients?|visitors?|traffic|requests?|accounts?|people|subscribers?)\b",
    re.IGNORECASE,
)
_NEARLY_ALL = 90


@rule("PM333")
def complete_but_partial(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The text speaks of a complete outage and gives a share far below everyone.

    Why: one of the two is wrong, and readers will quote whichever suits them.

    Example: "a complete outage for about 30% of the users".

    Cure: say what part was unavailable, to whom, and what went on working.
    """
    prose = postmortem.body.prose
    for offset in (*prose.find_all("%"), *prose.find_all("per cent")):
        share = _SHARE.search(prose.text, max(0, offset - 6), offset + 60)
        if not share or float(share["figure"]) >= _NEARLY_ALL:
            continue
        begins, ends = prose.sentence_at(share.start())
        if found := _COMPLETE.search(prose.text, begins, ends):
            said = " ".join(found[0].split())
            yield Found(
                prose.line_at(found.start()),
                f"'{said}' with {share['figure']}% affected",
                "Say what was unavailable and to whom, and what went on working.",
            )


# The shares of people that the definitions of the severities allow.
_RANGES = {"sev1": (50, 100), "sev2": (5, 100), "sev3": (0, 60), "sev4": (0, 15), "sev5": (0, 5)}
_PEOPLE = re.compile(
    r"\b(?:users?|customers?|clients?|visitors?|requests?|traffic|accounts?|people|members?)\b",
    re.IGNORECASE,
)
# Lost or exposed data is critical however few are affected.
_GRAVE = frozenset({"data-loss", "data-corruption", "security-exposure", "financial"})
_HARD = frozenset({"unavailability"})


@rule("PM334")
def severity_and_share(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The severity does not fit the share of people that was affected.

    Why: severities steer who is called and what is counted; a scale that everyone stretches
    measures nothing.

    Example: `severity: sev1` with 3% of the users, or `severity: sev4` with 80% locked out.

    Cure: choose the severity whose definition fits. Lost or exposed data justifies a high
    one at any share.
    """
    meta = postmortem.meta
    lowest, highest = _RANGES.get(meta.severity or "", (0, 100))
    if (
        not meta.affected
        or meta.affected.percent is None
        or not _PEOPLE.search(meta.affected.of or "")
    ):
        return
    share = meta.affected.percent
    too_high = share < lowest and not _GRAVE.intersection(meta.impacts)
    too_low = share > highest and bool(_HARD.intersection(meta.impacts))
    if too_high or too_low:
        yield Found(
            ("severity",),
            f"{meta.severity} with {share:g}% of {meta.affected.of} affected",
            f"Choose a {'lower' if too_high else 'higher'} severity, or correct `affected`.",
        )
