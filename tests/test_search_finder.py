"""What is found, and in which order: small archives of a few words."""

from collections.abc import Sequence

import pytest

from archive import TAXONOMY, library, postmortem
from archive import text as written
from mkdocs_postmortems.facets import FACETS
from mkdocs_postmortems.library import Library
from mkdocs_postmortems.model import Postmortem, read_postmortem
from mkdocs_postmortems.search.documents import WEIGHTS, document_of
from mkdocs_postmortems.search.finder import Answer, Finder
from mkdocs_postmortems.search.index import Index
from mkdocs_postmortems.search.tally import Tally
from mkdocs_postmortems.search.terms import entries_of, tally_of_terms
from mkdocs_postmortems.search.thesaurus import thesaurus_of
from mkdocs_postmortems.search.worth import Words
from mkdocs_postmortems.source import parse

UNKNOWN = {"root_causes": ["unknown"]}


def told(id_: str, body: str, **front_matter: object) -> Postmortem:
    """A postmortem with a body of its own that says nothing else."""
    front = {"title": "It broke", "summary": "It broke.", **UNKNOWN, **front_matter}
    head = written(id_, **front).partition("\n## Summary")[0]
    return read_postmortem(parse(f"{head}\n{body}\n", f"postmortems/{id_}.md"))


class Asked:
    """A library that has been made searchable."""

    def __init__(self, found: Library, words: Words | None = None) -> None:
        known = thesaurus_of(TAXONOMY)
        words = words or Tally(WEIGHTS, known.phrases)
        words.add(document_of(p, FACETS, TAXONOMY) for p in found.published)  # type: ignore[attr-defined]
        terms = tally_of_terms(entries_of(FACETS, TAXONOMY, {}), known.phrases)
        self.finder = Finder(words, terms, known)
        self.ids = {number: row["id"] for number, row in words.shown().items()}

    def answer(self, query: str) -> Answer:
        return self.finder.find(query)

    def ids_for(self, query: str, *, literal: bool = False) -> list[str]:
        hits = self.finder.find(query, literal=literal).postmortems
        return [self.ids[hit.number] for hit in sorted(hits, key=lambda hit: -hit.score)]


NOISE = [
    told(f"2020-01-{day:02}-noise-{day}", f"Something else number {day}.") for day in range(1, 9)
]


@pytest.fixture(params=[Tally, Index], ids=["memory", "sqlite"])
def words(request: pytest.FixtureRequest) -> Words:
    phrases = [thesaurus_of(TAXONOMY).phrases] if request.param is Tally else []
    found: Words = request.param(WEIGHTS, *phrases)
    return found


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "max_connections",
            ("max_connections", "maxconnections", "max connections", "connections"),
        ),
        ("HikariPool-1", ("HikariPool-1", "HikariPool", "hikaripool", "hikari", "hikar")),
        ("ORA-00020", ("ORA-00020", "ora00020", "ora 00020", "00020")),
        ("5xx", ("5xx", "5X")),
        ("us-east-1", ("us-east-1", "us-east", "useast1", "east")),
        ("ECONNREFUSED", ("ECONNREFUSED", "econnref")),
    ],
)
def test_names_are_found_whole_and_by_part(name: str, parts: Sequence[str], words: Words) -> None:
    asked = Asked(library(told("2024-03-08-named", f"The log said `{name}` twice."), *NOISE), words)
    for part in parts:
        assert asked.ids_for(part)[:1] == ["2024-03-08-named"], part


def test_the_whole_name_beats_its_parts_apart() -> None:
    whole = told("2024-03-08-whole", "It said ORA-00020 and stopped.")
    apart = told("2024-03-09-apart", "ORA said nothing, and 00020 is a number here, ORA and 00020.")
    assert Asked(library(whole, apart, *NOISE)).ids_for("ORA-00020")[0] == whole.id


def test_an_alias_finds_what_never_says_it(words: Words) -> None:
    cause = ["resource-exhaustion/connection-pool"]
    silent = told("2024-03-08-silent", "Every request waited.", root_causes=cause)
    asked = Asked(library(silent, *NOISE), words)
    for query in ("too many connections", "HikariPool", "max_connections", "ran out"):
        assert asked.ids_for(query)[:1] == [silent.id], query


def test_other_words_for_the_same_find_what_never_says_them() -> None:
    plain = told("2024-03-08-cert", "The certificate had expired overnight.")
    full = told("2024-03-09-disk", "The disk was full.")
    asked = Asked(library(plain, full, *NOISE))
    assert asked.ids_for("x509 lapsed")[:1] == [plain.id]
    assert asked.ids_for("no space left on the volume")[:1] == [full.id]


def test_the_words_of_a_phrase_mean_what_it_means() -> None:
    # Alone, a job is a build, too.
    asked = Asked(
        library(
            *NOISE,
            told("2024-02-01-build", "The build took the web server's memory in the pipeline."),
            told("2024-01-01-cron", "The cron took the web server's memory."),
        )
    )
    assert asked.ids_for("nightly job web server memory")[0] == "2024-01-01-cron"
    assert asked.ids_for("job memory web server")[0] == "2024-02-01-build"


def test_a_slip_is_forgiven_and_told_unless_it_is_meant() -> None:
    asked = Asked(library(told("2024-03-08-cert", "The certificate had expired."), *NOISE))
    answer = asked.answer("certifcate expird")
    assert [tuple(found) for found in answer.corrections] == [
        ("certifcate", "certificate"),
        ("expird", "expired"),
    ]
    assert asked.ids_for("certifcate expird") == ["2024-03-08-cert"]
    assert asked.ids_for("certifcate expird", literal=True) == []


def test_what_is_being_typed_is_no_slip() -> None:
    asked = Asked(library(told("2024-03-08-cert", "The certificate had expired."), *NOISE))
    assert asked.ids_for("certif")[:1] == ["2024-03-08-cert"]
    assert asked.answer("certif").corrections == ()


def test_a_word_of_the_title_counts_more_than_one_of_the_body() -> None:
    title = told("2024-03-08-title", "It broke.", title="Zookeeper lost its quorum")
    body = told("2024-03-09-body", "Zookeeper was restarted for other reasons.")
    assert Asked(library(title, body, *NOISE)).ids_for("zookeeper") == [title.id, body.id]


def test_equal_wording_and_different_cause_rank_by_the_cause_that_is_asked_for() -> None:
    same = "Requests failed with timeouts and users saw errors."
    pool = told("2024-03-08-pool", same, root_causes=["resource-exhaustion/connection-pool"])
    cert = told("2024-03-09-cert", same, root_causes=["expiry/certificate"])
    asked = Asked(library(pool, cert, *NOISE))
    assert asked.ids_for("timeouts certificate")[:2] == [cert.id, pool.id]
    assert asked.ids_for("timeouts pool exhausted")[:2] == [pool.id, cert.id]


def test_the_same_cause_in_different_words_is_found_together() -> None:
    cause = ["resource-exhaustion/disk"]
    one = told("2024-03-08-log", "Old logs piled up on the host.", root_causes=cause)
    other = told("2024-03-09-wal", "The write ahead log filled what was left.", root_causes=cause)
    found = Asked(library(one, other, *NOISE)).ids_for("disk full")
    assert set(found[:2]) == {one.id, other.id}


def test_a_term_is_offered_by_its_name_and_its_aliases() -> None:
    asked = Asked(library(*NOISE))
    for query, term in (
        ("pool", "resource-exhaustion/connection-pool"),
        ("too many clients", "resource-exhaustion/connection-pool"),
        ("dns", "network/dns"),
        ("NXDOMAIN", "network/dns"),
        ("certificat", "expiry/certificate"),
    ):
        offered = [row["id"] for row in asked.answer(query).terms]
        assert term in offered, query


def test_many_services_do_not_hide_a_cause() -> None:
    known = thesaurus_of(TAXONOMY)
    services = {("services", f"service-{number}"): 1 for number in range(300)}
    terms = tally_of_terms(entries_of(FACETS, TAXONOMY, services), known.phrases)
    found = Finder(Tally(WEIGHTS, known.phrases), terms, known).find("volume 100 percent")
    assert [term["id"] for term in found.terms][:1] == ["resource-exhaustion/disk"]


def test_words_that_say_nothing_alone_are_searched_as_they_stand() -> None:
    asked = Asked(library(told("2024-03-08-who", "Nobody knew who."), *NOISE))
    assert asked.ids_for("who")[:1] == ["2024-03-08-who"]


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "OR AND NOT", "a* OR b", "'; DROP TABLE", "¶", "\0"]
)
def test_no_query_breaks_it(query: str, words: Words) -> None:
    Asked(library(postmortem("2024-03-08-pool"), *NOISE), words).answer(query)


def test_an_empty_archive_has_no_answers(words: Words) -> None:
    assert Asked(library(), words).answer("too many connections").postmortems == []


def test_only_what_is_published_is_found() -> None:
    draft = told("2024-03-08-draft", "Zebra crossing.", status="draft")
    assert Asked(library(draft, *NOISE)).ids_for("zebra crossing", literal=True) == []
