"""A postmortem to what ended the incident, in a line or two of its own."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Body
from mkdocs_postmortems.taxonomy import Taxonomy, Term

from .plain import plain
from .words import FILLING, stems, words_of

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d])")
# Words by which a sentence tells how an incident ended; some that may; some that say so outright.
_ENDING = re.compile(
    r"\b(?:resol[uv]|restor|fix|recover|revert|und(?:o|id)|roll(?:ed|ing)? ?back|restart|reboot"
    r"|mitigat|reliev|replac|renew|reissu|rotat|revok|repair|rebuil[dt]|correct|patch|throttl)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:rais|increas|remov|delet|block|add(?:ed|ing)|scal|disabl|switch|turn(?:ed|ing) o|put)",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(
    r"\b(?:ended (?:it|the|when)|end(?:ed|s) (?:when|with)|put (?:it )?right|cured?|remed(?:y|ied)"
    r"|in the end|at last|finally|c[ao]me back"
    r"|(?:brought|copied|given|got|led|put|switched|taken) (?:\w+ ){0,5}back\b"
    r"|(?:brought|built|came|come|was|were) up again|could be started"
    r"|(?:was|were|is) (?:back|restored|normal|undone|healthy))",
    re.IGNORECASE,
)
# What was tried, feared, still to come, or went on breaking.
_NOT_YET = re.compile(
    r"\b(?:not|nor|no|never|nobody|nothing|cannot|could have|should|would|if|useless|in vain"
    r"|before the|attempt|while|meanwhile|fault|slow(?:ed|er)?|fail(?:s|ed|ing)?|crash\w*"
    r"|refus\w+|instead|still to|because|^to)\b",
    re.IGNORECASE,
)
_LONGEST = 240
_CLEAR = 2.0


class _Told(NamedTuple):
    text: str
    clearness: float


def what_fixed(postmortem: Postmortem, taxonomy: Taxonomy) -> str:
    """How it ended: the resolutions by title, and the sentences that tell of it most clearly.

    They are looked for where the resolution is told, and in the summary.
    """
    known = taxonomy["resolutions"].terms
    ids = [id_ for id_ in postmortem.meta.resolution if id_ != "other"]
    titles = ", ".join(known[id_].title if id_ in known else id_ for id_ in ids)
    signs = _signs(known[id_] for id_ in ids if id_ in known)
    section = postmortem.body.section("resolution")
    text = "\n".join(line.text for line in section.lines) if section else ""
    told = _sentences(text, signs) + _sentences(postmortem.meta.summary or "", signs)
    return ". ".join(part for part in (titles, _clearest(told)) if part)


def _signs(resolutions: Iterable[Term]) -> frozenset[str]:
    """The stems by which these resolutions are called and explained."""
    text = " ".join(
        part for term in resolutions for part in (term.title, *term.aliases, term.definition)
    )
    return frozenset(stems(word for word in words_of(text) if word not in FILLING))


def _sentences(text: str, signs: frozenset[str]) -> list[_Told]:
    """The sentences with how clearly each tells of an ending; later ones are the likelier."""
    found = _SENTENCE.split(plain(Body(text)))
    return [
        _Told(sentence, _clearness(sentence, signs) + at / len(found))
        for at, sentence in enumerate(found)
    ]


def _clearness(sentence: str, signs: frozenset[str]) -> float:
    own = min(2, len(signs.intersection(stems(words_of(sentence)))))
    endings = min(2, len(_ENDING.findall(sentence)))
    changes = min(1, len(_CHANGE.findall(sentence)) / 2)
    outright = 1.5 if _OUTRIGHT.search(sentence) else 0
    return own + endings + changes + outright - len(_NOT_YET.findall(sentence))


def _clearest(told: list[_Told]) -> str:
    """The clearest sentence with what follows on it half as clearly; empty where none is clear."""
    best = max(told, key=lambda one: one.clearness, default=None)
    if best is None or best.clearness < _CLEAR:
        return ""
    text = " ".join(_together(told, told.index(best)))
    return text if len(text) <= 2 * _LONGEST else f"{text[: 2 * _LONGEST]}…"


def _together(told: list[_Told], first: int) -> Iterator[str]:
    yield told[first].text
    length = len(told[first].text)
    for one in told[first + 1 :]:
        length += len(one.text)
        if one.clearness < _CLEAR / 2 or length > _LONGEST:
            return
        yield one.text
