"""Words, stems and slips; and that what is counted in memory is what SQLite counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import TAXONOMY, postmortem, seeds
from archive import text as written
from mkdocs_postmortems.facets import FACETS
from mkdocs_postmortems.model import read_postmortem
from mkdocs_postmortems.search.documents import WEIGHTS, Document, document_of
from mkdocs_postmortems.search.fixes import what_fixed
from mkdocs_postmortems.search.index import Index
from mkdocs_postmortems.search.plain import plain
from mkdocs_postmortems.search.spelling import correctable, distance, nearest
from mkdocs_postmortems.search.tally import Tally
from mkdocs_postmortems.search.thesaurus import thesaurus_of
from mkdocs_postmortems.search.words import FILLING, names_of, stems, words_of
from mkdocs_postmortems.source import Body, parse


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("ORA-00020: maximum reached", ["ora", "00020", "maximum", "reached"], ["ora00020"]),
        ("HikariPool-1", ["hikaripool", "1"], ["hikaripool1", "hikari", "pool"]),
        ("max_connections=100", ["max", "connections", "100"], ["maxconnections"]),
        ("5xx in us-east-1.", ["5xx", "in", "us", "east", "1"], ["useast1"]),
        ("at 10:30 on 2024-03-08", ["at", "10", "30", "on", "2024", "03", "08"], []),
        ("Café naïve ﬁle", ["cafe", "naive", "file"], []),
        ("", [], []),
    ],
)
def test_names_are_read_whole_and_in_parts(text: str, words: list[str], names: list[str]) -> None:
    assert words_of(text) == words
    assert names_of(text) == names


def test_words_that_differ_in_their_ending_meet() -> None:
    assert len(set(stems(["expired", "expires", "expiring"]))) == 1
    assert stems(["5xx", "naïve", "日本"]) == ["5xx", "naïve", "日本"]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for word in (*words_of(text), *names_of(text)):
        assert word
        assert stems([word])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("certifcate", "certificate"),
        ("fierwall", "firewall"),
        ("kuberentes", "kubernetes"),
        ("expird", "expired"),
        ("databse", "database"),
        ("pol", None),
        ("zzzzzzzz", None),
        ("ora00021", None),
    ],
)
def test_a_slip_leads_back_to_the_likeliest_word(typed: str, meant: str | None) -> None:
    known = "certificate certificates firewall kubernetes expired expiry database pool ora00020"
    assert nearest(typed, correctable(dict.fromkeys(known.split(), 3))) == meant


def test_a_distance_beyond_the_limit_is_told_as_just_beyond_it() -> None:
    assert distance("bc", "caa", 1) == 2
    assert distance("bc", "caa", 20) == 3


WORD = st.text("abcdef", max_size=8)


@given(WORD, WORD)
def test_distance_is_the_same_both_ways_and_nothing_between_equals(one: str, other: str) -> None:
    assert distance(one, other, 20) == distance(other, one, 20)
    assert (distance(one, other, 20) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other, 20) <= max(len(one), len(other))
    assert distance(one, other, 1) == min(2, distance(one, other, 20))


def _documents() -> list[Document]:
    return [document_of(p, FACETS, TAXONOMY) for p in seeds().published]


def test_what_is_counted_in_memory_is_what_sqlite_counts() -> None:
    known = thesaurus_of(TAXONOMY)
    index, tally = Index(WEIGHTS), Tally(WEIGHTS, known.phrases)
    index.add(_documents())
    tally.add(_documents())
    assert index.stems() == tally.stems()
    assert index.written() == tally.written()
    found = 0
    for key in (*index.stems(), *known.phrases):
        one, other = index.find(key), tally.find(key)
        assert one.scale == other.scale
        assert one.steps.keys() == other.steps.keys()
        found += len(one.steps)
        assert all(abs(other.steps[n] - steps) <= 1 for n, steps in one.steps.items()), key
    assert found > 1000


def test_every_line_of_the_thesaurus_says_something_twice() -> None:
    known = thesaurus_of(TAXONOMY)
    assert len(known.groups) > 100
    for name, keys in known.groups.items():
        assert len(keys) > 1, (name, keys)
        assert not FILLING & set(keys), (name, keys)


def test_a_body_is_searched_without_its_markup_and_with_its_code() -> None:
    body = Body(
        "# Title\n\n<b>Bold</b> *text* [link](https://x.y/z) &amp; `ORA-00020`\n\n```\nBOOM\n```\n"
    )
    assert plain(body) == "Bold text link & ORA-00020 BOOM"


def test_what_fixed_it_is_told_from_the_section_and_the_terms() -> None:
    found = {p.id: what_fixed(p, TAXONOMY) for p in seeds().published}
    told = found["2023-08-13-web-application-connection-pool"]
    assert told.startswith("Configuration change. ")
    assert "Raising it" in told
    silent = postmortem("2024-03-08-pool", resolution=["rollback", "restart"])
    assert what_fixed(silent, TAXONOMY) == "Rollback, Restart"


@pytest.mark.parametrize(
    ("resolution", "section", "wanted"),
    [
        (
            "restart",
            (
                "The node could not be restarted. A bad flag had broken it. "
                "Restarting the whole cluster ended it."
            ),
            "Restart. Restarting the whole cluster ended it.",
        ),
        (
            "data-repair",
            (
                "An engineer removed the directory while repairing the replica. "
                "The data was restored from a snapshot. Users were asked to sign in again."
            ),
            "Data repair. The data was restored from a snapshot.",
        ),
        (
            "rollback",
            "The change was reverted. All traffic was back at noon.\n\nThe cause was a typo.",
            "Rollback. The change was reverted. All traffic was back at noon.",
        ),
        ("config-change", "A limit was too low. Nobody knew of it.", "Configuration change"),
    ],
)
def test_the_sentences_that_tell_of_the_end_are_found(
    resolution: str, section: str, wanted: str
) -> None:
    body = f"## Root cause and resolution\n\n{section}\n"
    front = written("2024-03-08-x", resolution=[resolution], summary="It was down.")
    text = f"{front.partition('## Summary')[0]}{body}"
    found = read_postmortem(parse(text, "postmortems/2024-03-08-x.md"))
    assert what_fixed(found, TAXONOMY) == wanted
