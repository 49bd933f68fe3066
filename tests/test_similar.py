import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import TAXONOMY, example, library, postmortem, seeds, text
from command import run
from conftest import Site
from conftest import postmortem as complete
from mkdocs_postmortems.model import Postmortem, read_postmortem
from mkdocs_postmortems.similar import Likeness, similar
from mkdocs_postmortems.source import parse
from mkdocs_postmortems.words import causes_spoken_of, words_of

POOL, DNS, DISK = "resource-exhaustion/connection-pool", "network/dns", "resource-exhaustion/disk"
FIRST_FIVE = Likeness(seeds())
BARE = {
    "services": [],
    "impacts": [],
    "trigger": ...,
    "root_causes": [],
    "title": "x",
    "summary": "y",
}


def bare(id_: str, **fields: object) -> Postmortem:
    """A postmortem that shares nothing with others but what is said."""
    front = text(id_, **{**BARE, **fields}).rpartition("## Summary")[0]
    return read_postmortem(parse(front, f"postmortems/{id_}.md"))


def ranked(one: Postmortem, *others: Postmortem) -> list[str]:
    return [found.postmortem.id for found in similar(one, library(*others))]


def reasons(one: Postmortem, *others: Postmortem) -> list[str]:
    [found] = similar(one, library(*others), 1)
    return [str(reason) for reason in found.reasons]


def test_each_thing_in_common_is_a_reason_in_words() -> None:
    one = postmortem("2024-01-01-a", contributing_factors=["observability/missing-alert"])
    other = postmortem("2023-01-01-b", contributing_factors=["observability/missing-alert"])
    assert reasons(one, other)[:5] == [
        "same root cause: Connection pool",
        "same impact: Unavailability",
        "same service: web",
        "same trigger: Traffic spike",
        "same contributing factor: Missing alert",
    ]
    [found] = similar(one, library(other))
    assert (found.reasons[0].facet, found.reasons[0].terms) == ("root-causes", (POOL,))


def test_a_cause_weighs_more_than_a_service_and_both_more_than_what_comes_with_them() -> None:
    others = [
        bare("2023-01-01-cause", root_causes=[POOL]),
        bare("2023-01-02-more", services=["web"], trigger="traffic-spike"),
        bare("2023-01-03-service", services=["web"]),
        bare("2023-01-04-trigger", trigger="traffic-spike", summary="p"),
        bare("2023-01-05-impact", impacts=["unavailability"], summary="q"),
    ]
    # A trigger or an impact by itself is nothing that two incidents have in common.
    assert ranked(postmortem("2024-01-01-a"), *others) == [p.id for p in others[:3]]


def test_what_is_rare_in_the_archive_counts_more() -> None:
    rare = bare("2023-01-01-rare", root_causes=[DNS])
    common = [bare(f"2023-02-0{day}-common", root_causes=[POOL]) for day in range(1, 8)]
    found = ranked(bare("2024-01-01-a", root_causes=[POOL, DNS]), rare, *common)
    assert found[0] == rare.id


def test_only_what_is_published_is_ranked_and_never_itself() -> None:
    one = postmortem("2024-01-01-a")
    others = [one, postmortem("2023-01-01-draft", status="draft"),
              postmortem("2023-01-02-gone", status="withdrawn"), postmortem("2023-01-03-b")]  # fmt: skip
    assert ranked(one, *others) == ["2023-01-03-b"]


@pytest.mark.parametrize("side", ["mine", "theirs"])
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("related", ("named as related", "named as related")),
        ("recurrence_of", ("named as what this repeats", "named as a repeat of this")),
    ],
)
def test_being_named_adds_whoever_names(field: str, said: tuple[str, str], side: str) -> None:
    mine = {field: ["2023-01-01-b"]} if side == "mine" else {}
    theirs = {field: ["2024-01-01-a"]} if side == "theirs" else {}
    one, other = bare("2024-01-01-a", **mine), bare("2023-01-01-b", **theirs)
    better = bare("2023-01-02-c", root_causes=[DNS])
    assert ranked(one, other, better) == [other.id]
    assert reasons(one, other)[0] == said[side == "theirs"]


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_unrelated_rules_out_whoever_says_it(side: str) -> None:
    one = postmortem("2024-01-01-a", unrelated=["2023-01-01-b"] if side == "mine" else [])
    other = postmortem("2023-01-01-b", unrelated=[one.id] if side == "theirs" else [],
                       recurrence_of=[one.id])  # fmt: skip
    assert ranked(one, other) == []


def test_unknown_other_and_none_are_nothing_in_common() -> None:
    nothing = {"root_causes": ["unknown"], "trigger": "none", "impacts": ["none"], "summary": "z"}
    assert ranked(bare("2024-01-01-a", **nothing), bare("2023-01-01-b", **nothing, title="q")) == []


def test_wording_alone_finds_a_past_incident_and_shows_the_words() -> None:
    said = "HikariPool-1 refused requests after max_connections was reached"
    other = bare("2023-01-01-b", summary=said)
    noise = [
        bare(f"2023-02-0{d}-c", summary=s)
        for d, s in enumerate(("A fibre was cut.", "A disk broke."), 1)
    ]
    one = bare("2024-01-01-a", title="max_connections reached: HikariPool-1 refuses")
    assert ranked(one, other, *noise) == [other.id]
    assert set(reasons(one, other, *noise)[0].removeprefix("words in common: ").split(", ")) == {
        "hikaripool-1", "max_connections", "reached",
    }  # fmt: skip


def test_a_draft_with_only_a_title_finds_incidents_by_an_alias_of_their_cause() -> None:
    one = bare("2024-01-01-a", title="Checkout fails: too many connections", status="draft")
    found = similar(one, library(bare("2023-01-01-b", root_causes=[POOL], summary="z")))
    assert str(found[0].reasons[0]) == ("root cause that the text speaks of: Connection pool")
    assert causes_spoken_of(one, TAXONOMY) == [POOL]
    stated = bare("2024-01-01-a", title="Too many connections", root_causes=[DNS])
    assert "speaks of" not in str(reasons(stated, bare("2023-01-01-b", root_causes=[POOL])))


def test_all_five_of_the_first_archive_find_each_other() -> None:
    for one in seeds().postmortems:
        found = similar(one, seeds(), 10)
        assert len(found) == 4
        assert all("same root cause" in str(each.reasons) for each in found)


def test_equal_scores_are_ordered_by_the_later_id_and_so_always_alike() -> None:
    others = [bare(f"2023-01-0{day}-b", root_causes=[POOL]) for day in range(1, 5)]
    expected = [p.id for p in reversed(others)]
    for order in itertools.permutations(others):
        assert ranked(bare("2024-01-01-a", root_causes=[POOL]), *order) == expected


def test_the_limit_and_an_empty_archive() -> None:
    others = [postmortem(f"2023-01-0{day}-b") for day in range(1, 5)]
    assert len(similar(postmortem("2024-01-01-a"), library(*others), 2)) == 2
    assert similar(postmortem("2024-01-01-a"), library()) == []


def test_one_index_says_the_same_as_one_made_for_each() -> None:
    archive = library(*(postmortem(f"2023-01-0{day}-b", title=f"t{day}") for day in range(1, 8)))
    index = Likeness(archive)
    for one in archive.postmortems:
        assert index.similar(one) == similar(one, archive)


def test_guidance_and_headings_are_no_words_of_its_own() -> None:
    body = "## Lessons learned\n\n<!-- zebra -->\n\n## Root cause\n\nhttps://example.org/zebra\n"
    one = read_postmortem(parse(f"---\ntitle: x\nstatus: draft\n---\n{body}", "a.md"))
    other = read_postmortem(parse(f"---\ntitle: zebra\nstatus: published\n---\n{body}", "b.md"))
    assert similar(one, library(other)) == []
    assert words_of("Timeline: The timeouts and max_connections of 2024") == [
        "timeout",
        "max_connections",
    ]


@given(st.text())
def test_any_text_can_be_compared(anything: str) -> None:
    one = read_postmortem(parse(anything, "a.md"))
    assert len(FIRST_FIVE.similar(one)) <= 5


# The command.


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.chdir(site.root)
    site.write("postmortems/2023-03-08-pool.md", complete())
    site.write("postmortems/2023-04-08-dns.md",
               complete(root_causes="[network/dns]", services="[dns]", trigger="attack"))  # fmt: skip
    return site


def test_the_command_says_which_and_why(here: Site) -> None:
    draft = here.write("draft.md", "---\ntitle: Too many connections\nservices: [web]\n---\n")
    result = run("similar", str(draft))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith(
        "postmortems/2023-03-08-pool.md  The pool ran dry"
    )
    assert "same service: web" in result.stdout
    [first, *_] = json.loads(run("similar", str(draft), "--json", "--limit", "1").stdout)
    assert first["id"] == "2023-03-08-pool"
    assert first["score"] > 0
    assert first["reasons"][0] == {"kind": "same service", "words": ["web"], "terms": ["web"]}


def test_a_file_of_the_archive_does_not_find_itself(here: Site) -> None:
    found = json.loads(run("similar", "postmortems/2023-03-08-pool.md", "--json").stdout)
    assert "2023-03-08-pool" not in [row["id"] for row in found]
    assert here.root.exists()


def test_a_file_without_front_matter_is_compared_by_its_words(here: Site) -> None:
    note = here.write("note.md", "We saw too many connections.\n")
    assert "2023-03-08-pool" in run("similar", str(note)).stdout


def test_nothing_alike_is_said(here: Site) -> None:
    note = here.write("note.md", "---\ntitle: Zebra\n---\n")
    result = run("similar", str(note))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing published so far is like note.md" in result.stderr


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere.md"], 2, "does not exist"),
        (["docs"], 2, "is a directory"),
        ([], 2, "Missing argument"),
        (["mkdocs.yml", "--limit", "0"], 2, "0 is not in the range"),
        (["mkdocs.yml", "--limit", "many"], 2, "'many' is not a valid integer"),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, said: str) -> None:
    result = run("similar", *arguments)
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"---\na: [\n---\n", b"---\n- x\n---\n"])
def test_what_cannot_be_read_is_said_with_its_line(here: Site, content: bytes) -> None:
    result = run("similar", str(here.write("x.md", content)))
    assert result.exit_code == 1
    assert "x.md:" in result.stderr


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Matches", "match"),
        ("crashes", "crash"),
        ("boxes", "box"),
        ("caches", "cache"),
        ("stores", "store"),
        ("Kubernetes", "kubernetes"),
        ("access", "access"),
        ("status", "status"),
    ],
)
def test_plurals_are_read_as_one(written: str, read: str) -> None:
    assert words_of(written) == [read]


@pytest.fixture(scope="module")
def famous() -> Likeness:
    return Likeness(example())


@pytest.mark.parametrize(
    ("id_", "first", "reason"),
    [
        # Much the same in other words.
        ("2019-02-04-mandrill-xid-wraparound", "2015-07-20-sentry-xid-wraparound", "Identifiers"),
        ("2019-07-02-cloudflare-waf-regex", "2016-07-20-stack-exchange-regex", "Inefficient code"),
        ("2025-06-10-heroku-unattended-upgrade", "2023-03-08-datadog-systemd-update", "in common"),
        # GitHub twice, not memcached twice: the cache of the one is the weapon of the other.
        ("2018-02-28-github-memcached-ddos", "2014-03-11-github-ddos", "Denial of service"),
        # Okta twice, not laptops or tokens anywhere.
        ("2023-09-28-okta-support-system", "2022-01-16-okta-sitel-support-laptop", "Intrusion"),
    ],
)
def test_of_the_famous_ones_the_likeliest_come_first(
    famous: Likeness, id_: str, first: str, reason: str
) -> None:
    archive = example()
    found = famous.similar(archive.by_id[id_], 3)
    places = {one.postmortem.id: one for one in found}
    assert first in places
    assert any(reason in str(one) for one in places[first].reasons)


def test_what_only_sounds_alike_comes_behind_what_has_the_cause(famous: Likeness) -> None:
    archive = example()
    found = [
        one.postmortem.id
        for one in famous.similar(archive.by_id["2022-02-22-slack-cache-churn"], len(archive.by_id))
    ]
    same_cause, same_word = (
        "2010-09-23-facebook-config-cache-stampede",
        "2018-02-28-github-memcached-ddos",
    )
    assert found.index(same_cause) == 0
    assert same_word not in found[:5]


def test_a_veto_holds_both_ways(famous: Likeness) -> None:
    archive = example()
    one, other = "2023-11-14-cloudflare-atlassian-intrusion", "2022-04-05-atlassian-site-deletion"
    for id_, vetoed in ((one, other), (other, one)):
        found = famous.similar(archive.by_id[id_], len(archive.by_id))
        assert vetoed not in [alike.postmortem.id for alike in found]
