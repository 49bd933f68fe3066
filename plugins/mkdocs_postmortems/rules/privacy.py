"""PM61x: what tells more about people and machines than a postmortem needs."""

import ipaddress
import re
from collections.abc import Iterator

from mkdocs_postmortems.model import Postmortem

from .registry import Context, Found, rule

_EMAIL = re.compile(
    r"(?<![\w@.+-])(?P<local>[\w.+-]{1,64})@(?P<host>(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24})(?![\w@])"
)
# Hosts that are reserved or not reachable from outside.
_NO_HOST = re.compile(
    r"(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost|local|internal|lan|corp|cluster)$"
)
_NOBODY = re.compile(r"(?:no-?reply|do-?not-?reply|git|postmaster)$")


@rule("PM611")
def email_address(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An e-mail address.

    Why: it is personal data, it is harvested, and it goes stale when its owner leaves.

    Example: a mail header in a pasted log, or an address under `authors`.

    Cure: name the role or team; in logs write `<address>`. Reserved hosts such as
    `example.com` are left alone.
    """
    whole = postmortem.whole_text
    for found in _EMAIL.finditer(whole.text) if "@" in whole.text else ():
        local, host = found["local"].lower(), found["host"].lower()
        if not (_NO_HOST.search(host) or _NOBODY.match(local)):
            yield Found(
                whole.line_at(found.start()),
                f"an e-mail address at {host}",
                "Name the role or team instead; in logs write `<address>`.",
            )


# Each begins with a plain character, which a search for it finds fast.
_INTERNATIONAL = re.compile(
    r"\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){2,4}(?![\w:-])"
)
_WITH_AREA = re.compile(r"\(\d{3}\)[ ]?\d{3}-\d{4}(?![\w:-])")
_TAIL = re.compile(r"-\d{3}-\d{4}(?![\w:-])")
_LENGTHS = range(9, 16)  # of an international number (ITU-T E.164 allows fifteen)


@rule("PM612")
def phone_number(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A telephone number.

    Why: it is personal data, and an on-call number in a published page gets called.

    Example: "escalated to +44 20 7946 0958".

    Cure: name the rota or the role.
    """
    text = postmortem.own_text
    for offset in _phone_numbers(text.passage.text):
        cure = "Name the rota or the role instead."
        yield Found(text.at(offset), "this looks like a telephone number", cure)


def _phone_numbers(words: str) -> Iterator[int]:
    for found in _INTERNATIONAL.finditer(words):
        if sum(map(str.isdigit, found[0])) in _LENGTHS and _stands_alone(words, found.start()):
            yield found.start()
    for found in _WITH_AREA.finditer(words):
        if _stands_alone(words, found.start()):
            yield found.start()
    for found in _TAIL.finditer(words):
        begins = found.start() - 3
        if words[max(0, begins) : found.start()].isdecimal() and _stands_alone(words, begins):
            yield begins


def _stands_alone(words: str, offset: int) -> bool:
    """Whether what begins here is not the end of a longer word or number."""
    before = words[max(0, offset - 1) : offset]
    return not before.isalnum() and before not in ("_", ".", "+", ":", "/", "-")


_IPV4_REST = re.compile(r"\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w/-]|\.\d)")
_LAST_NUMBER = re.compile(r"\d{1,3}$")
_IPV6 = re.compile(r"[23][0-9a-fA-F]{3}:[0-9a-fA-F:]{2,35}(?![\w:/])")
_VERSION = re.compile(r"(?:version|release|\bv|build|upgraded? (?:to|from))\s*$", re.IGNORECASE)
# Resolvers that everybody knows.
_WELL_KNOWN = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"})


@rule("PM613")
def public_ip_address(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A public IP address.

    Why: it points at a customer, or tells an attacker where to knock.

    Example: a client address in a pasted access log.

    Cure: write `<address>`, or one of the documentation ranges such as 192.0.2.1. Private
    addresses, networks with a prefix length and well-known resolvers are left alone.
    """
    whole = postmortem.whole_text
    for begins, address in _addresses(whole.text):
        if _is_public(address) and not _VERSION.search(whole.text, max(0, begins - 16), begins):
            yield Found(
                whole.line_at(begins),
                "a public IP address",
                "Write `<address>`, or an address from the documentation range 192.0.2.0/24.",
            )


def _addresses(words: str) -> Iterator[tuple[int, str]]:
    for rest in _IPV4_REST.finditer(words):
        first = _LAST_NUMBER.search(words, max(0, rest.start() - 3), rest.start())
        if first and _stands_alone(words, first.start()):
            yield first.start(), first[0] + rest[0]
    if "::" in words or "2001:" in words:
        for found in _IPV6.finditer(words):
            if _stands_alone(words, found.start()):
                yield found.start(), found[0].rstrip(":")


def _is_public(written_address: str) -> bool:
    try:
        address = ipaddress.ip_address(written_address)
    except ValueError:
        return False
    return address.is_global and not address.is_multicast and written_address not in _WELL_KNOWN


_MENTION = re.compile(r"(?<![\w@./`\u00a4:])@(?P<handle>[A-Za-z][\w-]{1,38})(?![\w@.]*[@(/])")


@rule("PM614")
def bare_mention(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A bare @mention.

    Why: pasted into an issue or a chat it notifies somebody, perhaps a stranger with the
    same handle, and it names a person where a role would do.

    Example: "@jo restarted the queue".

    Cure: name the role; put what only looks like a mention into backticks.
    """
    text = postmortem.own_text
    words = text.passage.text
    for found in _MENTION.finditer(words) if "@" in words else ():
        yield Found(
            text.at(found.start()),
            f"the bare mention @{found['handle']}",
            "Name the role instead, or put it into backticks if it is code.",
        )
