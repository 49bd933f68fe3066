"""The words of a postmortem that say what it is about, with how much each weighs."""

import re
from collections import Counter
from math import log

from .model import Postmortem
from .source.body import ALIASES
from .taxonomy import Taxonomy

_WORD = re.compile(r"[^\W_][\w.-]*\w")
_PART = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"<!--.*?-->|https?://\S+", re.DOTALL)
_SHORTEST = 3
# How many times a word counts where it stands.
_TITLE = 3
_SUMMARY = 2

# Words that say nothing of an incident, in postmortems or anywhere.
_FILLING = frozenset(
    """
    about above after again against all also and any are around because been before began being
    below between both but came can could did does doing done down during each either else even
    ever every few for from further get got had has have having her here him his how however into
    its itself just last later less like made make many may might minute minutes more most much
    must near neither new next nor not now off often once one only other our out over own per put
    same see seen several she should since some soon still such take taken than that the their
    them themselves then there these they this those three through thus time times too took two
    under until upon use used using utc very was way well were what when where whether which while
    who whom whose why will with within without would yet you your
    caused fixed problem problems postmortem
    """.split()  # noqa: SIM905 (a list of words reads as words)
)
# Those of the headings stand in all of them.
_HEADINGS = frozenset(word for titles in ALIASES.values() for word in " ".join(titles).split())
_EMPTY = _FILLING | _HEADINGS
# Names that end in s and stand for one thing, and the one plural that is not as its like.
_AS_IT_IS = {name: name for name in ("jenkins", "kubernetes", "postgres", "windows")}
_SINGULARS = {**_AS_IT_IS, "caches": "cache"}
_HISSING = ("ches", "shes", "sses", "xes")


def weigh(postmortem: Postmortem) -> dict[str, float]:
    """Every word of title, keywords, summary and body with 1 + ln(how often it stands there)."""
    meta = postmortem.meta
    counts: Counter[str] = Counter()
    for text, times in (
        (f"{meta.title or ''} {' '.join(meta.keywords)}", _TITLE),
        (meta.summary or "", _SUMMARY),
        (_ASIDE.sub(" ", postmortem.body.text), 1),
    ):
        for word in words_of(text):
            counts[word] += times
    return {word: 1 + log(count) for word, count in counts.items()}


def names_of_causes(postmortem: Postmortem, taxonomy: Taxonomy) -> set[str]:
    """The words by which its root causes are called, whether or not it says them."""
    terms = taxonomy["root_causes"].terms
    found = (terms[cause] for cause in postmortem.meta.root_causes if cause in terms)
    names = (name for term in found if term.parent for name in (term.title, *term.aliases))
    return set(words_of(" ".join(names)))


def causes_spoken_of(postmortem: Postmortem, taxonomy: Taxonomy) -> list[str]:
    """The ids of the root causes that the text names by title or alias.

    Anywhere by a phrase, as "too many connections"; by a single word only in the title and
    the keywords, as "memory" stands in many a body for other reasons.
    """
    meta = postmortem.meta
    head = _phrased(f"{meta.title or ''} {' . '.join(meta.keywords)}")
    text = head + _phrased(f"{meta.summary or ''} {_ASIDE.sub(' ', postmortem.body.text)}")
    return [
        term.id
        for term in taxonomy["root_causes"].terms.values()
        if term.parent
        and any(
            phrase in (text if phrase.strip().count(" ") else head)
            for phrase in map(_phrased, (term.title, *term.aliases))
        )
    ]


def _phrased(text: str) -> str:
    return " ".join(("", *_PART.findall(text.lower()), ""))


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case and in the singular; names like max_connections whole."""
    found = (match.lower() for match in _WORD.findall(text))
    return [
        _singular(word)
        for word in found
        if len(word) >= _SHORTEST and not word[0].isdigit() and word not in _EMPTY
    ]


def _singular(word: str) -> str:
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word.isalpha() and len(word) > _SHORTEST + 1 and word[-1] == "s" and word[-2] not in "siu":
        return word[:-2] if word.endswith(_HISSING) else word[:-1]
    return word
