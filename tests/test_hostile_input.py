"""Whatever a file holds, reading and checking it ends with problems and never with an exception."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mkdocs_postmortems.library import check_all
from mkdocs_postmortems.model import FrontMatter, Postmortem, read_postmortem
from mkdocs_postmortems.problem import Problem
from mkdocs_postmortems.source import parse, read
from mkdocs_postmortems.source.body import ALIASES
from mkdocs_postmortems.taxonomy import load_taxonomy

TODAY = date(2024, 12, 31)
TAXONOMY = load_taxonomy(None)
NAME = "2024-03-08-pool.md"
# A shared machine may stall in the middle of an example.
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow])


def problems(*found: Postmortem, lines: int = 1) -> list[Problem]:
    """Every problem, each of which can be printed on a line and leads to one of the file's.

    `lines` is how many there are where the file cannot be read as text.
    """
    told = check_all(found, TAXONOMY, TODAY)
    last = {postmortem.source.name: postmortem.source.text.count("\n") + 1 for postmortem in found}
    for problem in told:
        assert "\n" not in str(problem)
        assert problem.cure
        assert 1 <= problem.line <= max(lines, last[problem.path]), problem
    return told


def checked(text: str) -> list[Problem]:
    return problems(read_postmortem(parse(text, NAME)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@UNHURRIED
@given(data=st.binary(max_size=400))
@example(data=b"")
@example(data=b"---\n---")
@example(data=b"---\n\x00\n---\n")
@example(data=b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n")
@example(data=b"---\n!!set {a, b}\n---\n")
@example(data=b"---\n? [a, b]\n: c\n---\n")
def test_any_bytes(data: bytes, folder: Path) -> None:
    path = folder / NAME
    path.write_bytes(data)
    source = read(path, NAME)
    assert source.faults or source.readable
    problems(read_postmortem(source), lines=data.count(b"\n") + 1)


@UNHURRIED
@given(text=st.text(max_size=400))
def test_any_text(text: str) -> None:
    checked(text)
    checked(f"---\n{text}\n---\n")
    checked(f"---\ntitle: Pool\nstatus: published\n---\n{text}")


WORDS = st.sampled_from((
    "web", "sev2", "unknown", "resource-exhaustion/connection-pool", "configuration", "human-error",
    "published", "draft", "withdrawn", "PM402", "2024-03-08-pool", "none", "null", "~", "yes", "no",
    "1:30", "010", "0x1F", "1e999", "-.inf", ".nan", "1" * 400, "2024-03-08", "2024-02-30", "=", "<<",
    '"0001-01-01T00:00:00+14:00"', '"9999-12-31T23:59:59-14:00"', "2024-03-08 10:00:00 +1",
    '"2024-03-08T10:00:00+00:00"', '"2024-03-08T10:00:00"', "10:00", "&a x", "*a", "!!binary x",
    "!x y", "|", ">-", "@x", "`x`", "%", '"', "'", "\t", "\\x00", "{", "}", "[", "]", "[]", "{}",
    "- x", ": ", "#", "? x", "--- ", "...", "\u2028", "\u0085", "\ufeff", "\ud7ff", "\U0001f525",
    "{title: x, status: done, due: 2024-01-01}", "{percent: 3, of: users}", "{a: {b: {c: [d]}}}",
    "{resolved_at: [2024-03-08T10:00:00Z, x]}", "{rule: PM402, reason: x}", "{started_at: []}",
))  # fmt: skip
VALUES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=3).map(lambda items: "".join(f"\n  - {i}" for i in items)),
        st.tuples(WORDS, inner).map(lambda pair: f"{{{pair[0]}: {pair[1]}}}"),
    ),
    max_leaves=5,
)
KEYS = st.one_of(st.sampled_from(tuple(FrontMatter.model_fields)), WORDS)
FRONT = st.lists(st.tuples(KEYS, VALUES), max_size=8).map(
    lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs)
)
HEADINGS = st.sampled_from([f"## {title}" for titles in ALIASES.values() for title in titles[:2]])
LINES = st.one_of(
    HEADINGS,
    st.text(max_size=40),
    st.sampled_from((
        "- 23:50 UTC Checkout fails.", "- 00:10 All clear.", "- 24:61 PM x", "- 2024-02-30 10:00 x",
        "| 10:00 | x |", "- 10:00 UTC+99 x", "- 0001-01-01 00:00 UTC+14 x", "- 99:99", "### 2024-99-99",
        "- 9999-12-31 23:59 GMT-14 The incident is over.", "All times PT.", "```", "~~~", "    x", ">",
        "The outage began at 10:30 UTC and lasted until 1:10 AM GMT+3.", "Start: 99:99", "End: 24:00",
        "It lasted two and a half hours and 3 minutes.", "Duration: " + "9" * 400 + " h", "00:00 - 99:99",
        "Duration: 8 March 2024, 10:00 - 13:30", "The root cause was a surge in traffic", "Root cause:",
        "On 09-06-2024, 99/99/9999 and 12-11-00.", "25% were affected: a complete outage for 3% of users",
        "Ada, our developer, should have known", "@jo jo@checkout.dev +44 20 7946 0958 203.0.113.7",
        "2a02::1 ::::: 999.999.999.999 1.2.3.4.5", "[x](y\x00.md) ![x](<>) [x](%00%ff%2e.md) [x]: y",
        "[x](" + "y" * 5000 + ".md)", "<img src=x> <!-- <a href='y'> --> <!--", "{{ x }} TODO [your x]",
        "- [x] It will be done.", "**Impact:**", "**Impact**", "\u0130stanbul " * 9, '"x" \u201cx',
    )),
)  # fmt: skip
BODIES = st.lists(LINES, max_size=12).map("\n".join)


@UNHURRIED
@given(front=FRONT, body=BODIES)
@example(front="!!map {title: x}\n", body="")
@example(
    front="started_at: 0001-01-01T00:00:00+14:00\nresolved_at: 9999-12-31T23:59:59-14:00", body=""
)
def test_anything_like_a_postmortem(front: str, body: str) -> None:
    checked(f"---\ntitle: Pool\n{front}\n---\n{body}")


@UNHURRIED
@given(body=BODIES, other=FRONT)
def test_anything_beside_a_complete_postmortem(body: str, other: str) -> None:
    complete = (
        "---\ntitle: Pool\nstatus: published\nsummary: x\nseverity: sev1\nservices: [web]\n"
        'started_at: "2024-03-08T10:00:00+00:00"\nresolved_at: "2024-03-08T12:00:00+00:00"\n'
        "impacts: [unavailability]\naffected: {percent: 3, of: users}\ntrigger: unknown\n"
        "root_causes: [resource-exhaustion/connection-pool, network/dns]\n"
        "resolution: [restart]\naction_items: [{title: Raise the maximum of the pool}]\n"
        "ignore: [{rule: PM402, reason: x}, {rule: PM999, reason: x}]\n---\n"
    )
    problems(
        read_postmortem(parse(f"{complete}{body}", NAME)),
        read_postmortem(parse(f"{complete}{body}", "2024-04-08-pool.md")),
        read_postmortem(parse(f"---\n{other}---\n", "2024-05-08-pool.md")),
    )


@pytest.mark.parametrize(
    "body",
    [
        "# a\n" * 60_000,
        "\n    a\n" * 60_000,
        "- a\n\n    b\n" * 40_000,
        "`" * 200_000,
        '"' * 200_001,
        "[" * 200_000,
        "](" + "[" * 200_000,
        "](" + "[a" * 80_000,
        "](" + "[[b] " * 40_000,
        "](" + "![a](" * 40_000,
        "](" + "<a " * 60_000,
        "](" + "`a" * 80_000,
        "]: " * 60_000,
        "<" * 200_000,
        "<!--" * 50_000,
        "!" * 200_000,
        "9" * 200_000,
        "1-1-1-1" * 30_000,
        "1.1" * 60_000,
        "1:1:" * 50_000,
        "a@" * 80_000,
        "+1 " * 60_000,
        "@a" * 80_000,
        "root cause " * 20_000,
        "the outage lasted " * 10_000,
        "outage 10:00 " * 10_000,
        "engineer, " * 20_000,
        "they should have " * 10_000,
        "25% " * 40_000,
        "complete outage 3% of users " * 5_000,
        "password=" * 20_000,
        "AKIA" * 40_000,
        "://a:a" * 30_000,
        "## Timeline\n" + "- 10:00 a\n- 09:00 b\n" * 20_000,
        "## Impact\n" + "a " * 80_000,
        "**a**\n" * 40_000,
        " " * 200_000 + "a",
        "\t" * 200_000,
        "a" * 200_000,
        "A" + "a" * 200_000 + ": b",
        "\n" * 200_000,
        "> " * 80_000,
    ],
    ids=lambda body: body[:12].strip() or "blank",
)
def test_long_bodies_take_no_longer_than_they_are(body: str) -> None:
    """A quadratic pattern would take minutes here; a linear one takes a part of a second."""
    checked(f"---\ntitle: Pool\nstatus: published\n---\n## Summary\n\n{body}\n")
