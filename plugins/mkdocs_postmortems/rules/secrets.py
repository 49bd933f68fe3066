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
    """A kind of token: it begins with `sign` and goes on as `rest` says.

    `word` is among the words of every text that holds one, where it can be known.
    """

    kind: str
    sign: str
    rest: re.Pattern[str]
    word: bytes


def _tokens(kind: str, signs: str, rest: str, *, whole: bool = False) -> Iterator[_Token]:
    """`whole` tokens have no mark behind the sign, so that the sign is no word of its own."""
    for sign in signs.split():
        first = re.split(r"[^a-z0-9]", sign.lower())[0].encode()
        yield _Token(kind, sign, re.compile(rest), b"" if whole else first)


# The forms are those that the issuers document.
_TOKENS = (
    *_tokens("an AWS access key id", "AKIA ASIA", r"[0-9A-Z]{16}\b", whole=True),
    *_tokens("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"[A-Za-z0-9]{36,}"),
    *_tokens("a GitHub token", "github_pat_", r"[A-Za-z0-9_]{50,}"),
    *_tokens("a GitLab token", "glpat-", r"[A-Za-z0-9_-]{20,}"),
    *_tokens("a Slack token", "xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs-", r"[A-Za-z0-9-]{10,}"),
    *_tokens("a Slack webhook", "hooks.slack.com/services/", r"T\w+/B\w+/\w{20,}"),
    *_tokens("a Google API key", "AIza", r"[0-9A-Za-z_-]{35}", whole=True),
    *_tokens("a Google OAuth token", "ya29.", r"[0-9A-Za-z_-]{30,}"),
    *_tokens("a Stripe key", "sk_live_ rk_live_", r"[0-9A-Za-z]{20,}"),
    *_tokens("an Anthropic key", "sk-ant-", r"[A-Za-z0-9_-]{24,}"),
    *_tokens("an OpenAI key", "sk-", r"(?!ant-)[A-Za-z0-9_-]{32,}"),
    *_tokens("a SendGrid key", "SG.", r"[\w-]{20,}\.[\w-]{40,}"),
    *_tokens("an npm token", "npm_", r"[A-Za-z0-9]{36}"),
    *_tokens("a PyPI token", "pypi-AgE", r"[A-Za-z0-9_-]{50,}"),
    *_tokens("a DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", r"[a-f0-9]{64}"),
    *_tokens("a Hugging Face token", "hf_", r"[A-Za-z0-9]{34,}"),
    *_tokens("an Azure storage key", "AccountKey=", r"[A-Za-z0-9+/]{60,}={0,2}"),
    *_tokens("a JSON web token", "eyJ", r"[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}", whole=True),
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
    whole = postmortem.whole_text
    for offset, kind in _found_tokens(whole):
        yield Found(whole.line_at(offset), f"this looks like {kind}", _CURE)


def _found_tokens(whole: Passage) -> Iterator[tuple[int, str]]:
    for token in _TOKENS:
        if token.word and token.word not in whole.words:
            continue
        for offset in occurrences(token.sign, whole.text):
            before = whole.text[max(0, offset - 1) : offset]
            goes_on = token.rest.match(whole.text, offset + len(token.sign))
            if goes_on and not (before.isalnum() or before == "_"):
                yield offset, token.kind


_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")


@rule("PM602", Level.ERROR, always=True)
def private_key(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The header of a private key.

    Why: whoever has the key is, for every machine that trusts it, its owner.

    Example: a PEM block from a configuration file that was pasted as evidence.

    Cure: replace the key wherever it is used; then remove it from the text.
    """
    whole = postmortem.whole_text
    for offset in occurrences("-----BEGIN ", whole.text):
        if _PRIVATE_KEY.match(whole.text, offset):
            yield Found(whole.line_at(offset), "this looks like a private key", _CURE)


# What a secret is called, by a word that is then in the text.
_NAMES = {
    b"password": "password", b"passwd": "passwd", b"pwd": "pwd", b"secret": "secret",
    b"token": "token", b"api": "api_key", b"apikey": "apikey", b"access": "access_key",
    b"key": "-key", b"accesskey": "accesskey", b"dbpassword": "password",
}  # fmt: skip
_NAME_WORDS = frozenset(_NAMES)
_ASSIGNED = re.compile(r"""["']?\s*(?::=|=>|[:=])\s*["']?(?P<value>[^\s"'`,;<>]{8,200})""")
_IN_ADDRESS = re.compile(r"://[^\s/:@]{1,64}:(?P<value>[^\s/@]{4,100})@")
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
    whole = postmortem.whole_text
    for offset in _assigned(whole):
        yield Found(whole.line_at(offset), "a password or key is set", _CURE)
    if "://" in whole.text and "@" in whole.text:
        for found in _IN_ADDRESS.finditer(whole.text):
            if not _PLACEHOLDER.search(found["value"]):
                yield Found(whole.line_at(found.start()), "an address holds a password", _CURE)


def _assigned(passage: Passage) -> Iterator[int]:
    """The offsets of values that look random and are given to something secret."""
    for name in {_NAMES[word] for word in _NAME_WORDS & passage.words}:
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
