"""PM5xx: words that blame people, and people who are named."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Passage, word_set

from .registry import Context, Found, rule

# Somebody, with room for the little words between a subject and its verb. All patterns here are
# held against text in lower case, which is faster than to ignore the case.
_SOMEBODY = (
    r"\b(?:i|he|she|they|we|you|who|someone|somebody|nobody|no[ ]one|everyone|person|people|staff|"
    r"(?:engineer|developer|dev|operator|administrator|admin|dba|team|employee|colleague|member|"
    r"technician|contractor|intern|manager|sysadmin|programmer|reviewer|author|sre)s?)"
    r"(?:\s(?:also|had|has|have|then|simply|just|still|again|never|both|all|who|initially|\w+ly))*\s+"
)
_GUARD = "Name what let it happen: the missing guard, check, test or signal."
_KNOWN_THEN = "Say what was known at the time, and what would have made it visible."

# Characters before and behind a sign between which the whole of the words stands.
_BEFORE, _BEHIND = 60, 30


class _Blame(NamedTuple):
    """One of `signs` must occur for `pattern` to be worth trying; `cure` is what to write."""

    signs: frozenset[bytes]
    pattern: re.Pattern[str]
    cure: str


def _blame(signs: str, pattern: str, cure: str) -> _Blame:
    return _Blame(word_set(signs), re.compile(pattern), cure)


_BLAMES = (
    _blame("error errors",
           r"\b(?:(?:human|operator|engineer|developer)[ -]errors?|(?:user|pilot) error|"
           r"(?:his|her|someone's|somebody's) (?:own )?error)\b", _GUARD),
    _blame("careless carelessly carelessness", r"\bcareless(?:ly|ness)?\b", _GUARD),
    _blame("negligent negligently negligence", r"\bnegligen(?:t|tly|ce)\b", _GUARD),
    _blame("incompetent incompetence", r"\bincompeten(?:t|ce)\b", _GUARD),
    _blame("sloppy sloppily sloppiness", r"\bslopp(?:y|ily|iness)\b", _GUARD),
    _blame("inattention inattentive", r"\binattenti(?:on|ve)\b", _GUARD),
    _blame("forgot forgotten", r"\bforg(?:ot|otten) (?:to|about|that|the)\b", _GUARD),
    _blame(
        "mistakenly",
        r"\bmistakenly\s+(?:believe|believing|assum|thought|think|conclu|suspect|attribut|blam)\w*",
        "Say what the evidence suggested at the time and what later ruled it out.",
    ),
    _blame("mistakenly", rf"{_SOMEBODY}mistakenly\b", _GUARD),
    _blame("should shouldn", rf"{_SOMEBODY}should(?:\s+not|n't)?\s+have\b(?!\s+been)", _KNOWN_THEN),
    _blame("should", r"\bshould have (?:known better|been more careful|noticed)\b", _KNOWN_THEN),
    _blame("failed", rf"{_SOMEBODY}failed\s+to\b", _KNOWN_THEN),
    _blame("fault",
           r"\b(?:(?:was|were|is) (?:\w+ )?at fault|(?:his|her|their) (?:own )?fault)\b"
           r"(?!\s(?:threshold|tolerance|domain|line))", _GUARD),
    _blame("blame", r"\b(?:is|are|was|were) to blame\b", _GUARD),
    _blame("mistake", r"\b(?:his|her|someone's|somebody's) (?:own )?mistake\b", _GUARD),
)  # fmt: skip
_BLAME_SIGNS = frozenset().union(*(blame.signs for blame in _BLAMES))


@rule("PM501")
def blame(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """Words that judge a person instead of describing what happened.

    Why: blame ends an investigation where it should begin, and teaches people to keep quiet
    about the next slip. Code, quotations and links are left alone.

    Example: "The outage was due to human error", "the operator forgot to drain the node",
    "the team mistakenly believes".

    Cure: say what people saw and did, and name the guard, check or signal that was missing:
    "the node could be stopped without being drained".
    """
    signs = _BLAME_SIGNS & postmortem.whole_text.words
    text = postmortem.own_text
    for found, cure in _blaming(text.passage, signs) if signs else ():
        said = " ".join(found[0].split())
        yield Found(text.at(found.end()), f"'{said}' blames instead of explaining", cure)


def _blaming(passage: Passage, signs: frozenset[bytes]) -> Iterator[tuple[re.Match[str], str]]:
    taken: set[int] = set()
    for possible, pattern, cure in _BLAMES:
        for sign in possible & signs:
            for offset in passage.find_all(sign.decode()):
                around = max(0, offset - _BEFORE), offset + _BEHIND
                for found in pattern.finditer(passage.lowered, *around):
                    if taken.isdisjoint(range(*found.span())):
                        taken.update(range(*found.span()))
                        yield found, cure


_ROLES = word_set(
    "engineer developer administrator admin dba manager architect technician analyst operator "
    "sysadmin cto ceo cio director intern specialist programmer"
)
_NAME = r"[A-Z][a-z\u00e0-\u00ff]+(?:[ -][A-Z][a-z\u00e0-\u00ff'\u2019-]+){0,2}"
_BEFORE_ROLE = re.compile(
    rf"(?<![\w.'-])(?P<name>{_NAME})(?:,\s+|\s+\()(?:(?:our|the|a|an|one of our)\s+)?"
    r"(?:[\w&/-]+\s+){0,4}$"
)
_AFTER_NAME_AND_ROLE = re.compile(r"\s*(?:[,);:\u2013\u2014]|\.\s|\.?$|$)", re.MULTILINE)
_AFTER_ROLE = re.compile(rf"(?:\s+\(|,?\s+)(?P<name>{_NAME})(?![\w-])")
# Capitalised words that stand where a name could: they begin sentences, or name no person.
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """the a an our on in at by for from to with and but or if as so no not this that these
        those it its we they he she i all any both each some one two after before during since
        until when while once then there here also however although though because despite
        finally meanwhile later next first second third afterwards unfortunately initially
        eventually immediately subsequently additionally monday tuesday wednesday thursday
        friday saturday sunday january february march april may june july august september
        october november december database network senior junior lead chief principal staff
        site support security systems system software hardware platform operations
        infrastructure production cloud data backend frontend web devops engineer engineering
        developer administrator manager team incident service services company customer
        customers user users client vendor provider author owner role escalation resolution
        detection slack linux windows ubuntu kubernetes docker github google amazon microsoft
        oracle redis kafka jenkins grafana prometheus cloudflare apache nginx mysql postgres""",
    )
)


@rule("PM502")
def named_person(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A person is named together with a role.

    Why: a name says nothing that the role does not, stays findable for ever, and turns the
    account of a system into the account of a person.

    Example: "Ada, our senior backend developer, saw the same fault".

    Cure: "the senior backend developer saw the same fault".
    """
    text = postmortem.own_text
    for role in sorted(_ROLES & postmortem.whole_text.words):
        for begins in _named(text.passage, role.decode()):
            yield Found(
                text.at(begins),
                f"a person is named beside the role '{role.decode()}'",
                "Leave the name out and keep the role.",
            )


def _named(passage: Passage, role: str) -> Iterator[int]:
    """Where `role`, in the singular, stands beside the name of a person."""
    words = passage.text
    for begins in passage.find_all(role):
        ends = begins + len(role)
        if words[begins - 1 : begins].isalnum() or words[ends : ends + 1].isalnum():
            continue
        name = _name_before(words, begins, ends) or _name_after(words, begins, ends)
        if name and not _NO_NAMES.intersection(re.split(r"[ -]", name.lower())):
            yield begins


def _name_before(words: str, begins: int, ends: int) -> str:
    found = _BEFORE_ROLE.search(words[max(0, begins - 90) : begins])
    return found["name"] if found and _AFTER_NAME_AND_ROLE.match(words, ends) else ""


def _name_after(words: str, begins: int, ends: int) -> str:
    found = _AFTER_ROLE.match(words, ends)
    return found["name"] if found and words[begins].islower() else ""
