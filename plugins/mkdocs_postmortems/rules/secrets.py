"""PM60x: what opens a door must not stand in a file that git keeps for ever."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.problem import Level
from mkdocs_postmortems.source import Passage, occurrences

from .registry import Context, Found, rule

_CURE = (
    "Revoke it now: git keeps every version. Then take it out, and write `<removed>` in its place."
)


class _Token(NamedTuple):
    """A kind of token: one begins with one of `signs` and goes on as `rest` says."""

    kind: str
    signs: tuple[str, ...]
    rest: re.Pattern[str]


def _token(kind: str, signs: str, rest: str) -> _Token:
    return _Token(kind, tuple(signs.split()), re.compile(rest))


# The forms are those that the issuers document.
_TOKENS = (
    _token("an AWS access key id", "AKIA ASIA", r"[0-9A-Z]{16}\b"),
    _token("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"[A-Za-z0-9]{36,}"),
    _token("a GitHub token", "github_pat_", r"[A-Za-z0-9_]{50,}"),
    _token("a GitLab token", "glpat-", r"[A-Za-z0-9_-]{20,}"),
    _token("a Slack token", "xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs-", r"[A-Za-z0-9-]{10,}"),
    _token("a Slack webhook", "hooks.slack.com/services/", r"T\w+/B\w+/\w{20,}"),
    _token("a Google API key", "AIza", r"[0-9A-Za-z_-]{35}"),
    _token("a Google OAuth token", "ya29.", r"[0-9A-Za-z_-]{30,}"),
    _token("a Stripe key", "sk_live_ rk_live_", r"[0-9A-Za-z]{20,}"),
    _token("an Anthropic key", "sk-ant-", r"[A-Za-z0-9_-]{24,}"),
    _token("an OpenAI key", "sk-proj- sk-", r"(?!ant-|proj-)[A-Za-z0-9_-]{32,}"),
    _token("a SendGrid key", "SG.", r"[\w-]{20,}\.[\w-]{40,}"),
    _token("an npm token", "npm_", r"[A-Za-z0-9]{36}"),
    _token("a PyPI token", "pypi-AgE", r"[A-Za-z0-9_-]{50,}"),
    _token("a DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", r"[a-f0-9]{64}"),
    _token("a Hugging Face token", "hf_", r"[A-Za-z0-9]{34,}"),
    _token("an Azure storage key", "AccountKey=", r"[A-Za-z0-9+/]{60,}={0,2}"),
    _token("a JSON web token", "eyJ", r"[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}"),
)


@rule("PM601", Level.ERROR, always=True)
def secret_token(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A token or key of a well-known service.

    Why: git keeps it in every clone even after it is deleted, and bots find it within
    minutes. Code blocks, links and the front matter are searched as well.

    Example: an access key id in a pasted log line.

    Cure: revoke the token first; then remove it from the text and, if it was pushed, tell
    whoever answers for security.
    """
    for text in postmortem.all_texts:
        for offset, kind in _found_tokens(text.passage.text):
            yield Found(text.at(offset), f"this looks like {kind}", _CURE)


def _found_tokens(words: str) -> Iterator[tuple[int, str]]:
    for kind, signs, rest in _TOKENS:
        for sign in signs:
            for offset in occurrences(sign, words):
                before = words[offset - 1 : offset]
                if rest.match(words, offset + len(sign)) and not (
                    before.isalnum() or before == "_"
                ):
                    yield offset, kind


_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")


@rule("PM602", Level.ERROR, always=True)
def private_key(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The header of a private key.

    Why: whoever has the key is, for every machine that trusts it, its owner.

    Example: a PEM block from a configuration file that was pasted as evidence.

    Cure: replace the key wherever it is used; then remove it from the text.
    """
    for text in postmortem.all_texts:
        if "PRIVATE KEY" in text.passage.text:
            for found in _PRIVATE_KEY.finditer(text.passage.text):
                yield Found(text.at(found.start()), "this looks like a private key", _CURE)


_NAMES = (
    "password", "passwd", "pwd", "secret", "token", "api_key", "api-key", "apikey",
    "access_key", "access-key", "accesskey",
)  # fmt: skip
_ASSIGNED = re.compile(r"""["']?\s*(?::=|=>|[:=])\s*["']?(?P<value>[^\s"'`,;<>]{8,200})""")
_IN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/:@]{1,64}:(?P<value>[^\s/@]{4,100})@")
_PLACEHOLDER = re.compile(
    r"""[<${%\[(*]|\.\.\.|\u2026|xxx|example|placeholder|redacted|removed|changeme|your[_-]|
    dummy|^(?:[A-Za-z_]+[.(\[])|://|^\d{4}-\d\d-\d\d""",
    re.VERBOSE | re.IGNORECASE,
)
# Bits a character: English words stay below it, random strings above.
_RANDOM = 3.0


@rule("PM603", Level.ERROR, always=True)
def password(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A password or key is assigned in the text, or stands in an address.

    Why: as with a token, git keeps it for ever. Values that are plainly placeholders, such
    as `<removed>` or `$PASSWORD`, are left alone.

    Example: a line of a configuration file that sets `DB_PASSWORD`, or a database address
    with user and password.

    Cure: change the password; then write a placeholder in its place.
    """
    for text in postmortem.all_texts:
        for offset in _assigned(text.passage):
            yield Found(text.at(offset), "a password or key is set", _CURE)
        words = text.passage.text
        if "://" in words and "@" in words:
            for found in _IN_ADDRESS.finditer(words):
                if not _PLACEHOLDER.search(found["value"]):
                    message = "an address holds a password"
                    yield Found(text.at(found.start("value")), message, _CURE)


def _assigned(passage: Passage) -> Iterator[int]:
    """The offsets of values that look random and are given to something secret."""
    for name in _NAMES:
        for offset in passage.find_all(name):
            found = _ASSIGNED.match(passage.text, offset + len(name))
            if found and _is_random(found["value"]):
                yield found.start("value")


def _is_random(value: str) -> bool:
    """Whether this is more likely a secret than a word: letters, digits and much variety."""
    if _PLACEHOLDER.search(value) or not re.search(r"\d", value):
        return False
    shares = [count / len(value) for count in Counter(value).values()]
    return bool(re.search(r"[A-Za-z]", value)) and -sum(p * math.log2(p) for p in shares) >= _RANDOM
