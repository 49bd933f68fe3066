"""`postmortem search` as somebody at a terminal meets it."""

import json
from pathlib import Path

import pytest

from command import run
from conftest import Site, postmortem

pytestmark = pytest.mark.usefixtures("archive")

A, B, C = "2024-03-08-pool", "2024-05-01-certificate", "2023-01-01-draft"


@pytest.fixture
def archive(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    site.write(f"postmortems/{A}.md", postmortem("The pool ran dry"))
    site.write(
        f"postmortems/{B}.md",
        postmortem(
            "The certificate expired",
            root_causes="[expiry/certificate]",
            resolution="[renewal]",
            severity="sev1",
            action_items="[{title: Renew it, type: prevent, owner: web, due: 2024-06-01}]",
        ).replace("The pool ran dry.\n", "Browsers refused to connect.\n"),
    )
    site.write(f"postmortems/{C}.md", postmortem("Zebra crossing", status="draft"))
    monkeypatch.chdir(site.root)
    return site


def ids(*arguments: str) -> list[str]:
    result = run("search", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return [row["id"] for row in json.loads(result.stdout)]


def test_each_result_says_where_it_is_and_what_fixed_it() -> None:
    result = run("search", "tls", "cert", "lapsed")
    assert result.exit_code == 0
    assert f"postmortems/{B}.md  The certificate expired" in result.stdout
    assert "What fixed it: Renewal" in result.stdout
    assert "Root cause expiry/certificate: Certificate (1 incident)" in result.stdout


def test_what_was_corrected_is_told_apart_from_the_results() -> None:
    result = run("search", "certifcate", "--json")
    assert [row["id"] for row in json.loads(result.stdout)] == [B]
    assert "searched for “certificate”" in result.stderr
    assert ids("certifcate", "--literal") == []


def test_nothing_found_is_no_failure() -> None:
    result = run("search", "zebra", "--literal")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "Nothing published" in result.stderr


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--root-causes", "expiry"), [B]),
        (("--root-causes", "expiry", "--root-causes", "resource-exhaustion"), [A, B]),
        (("--severities", "sev1"), [B]),
        (("--actions", "overdue"), [B]),
        (("--actions", "open"), [A, B]),
        (("--years", "2024", "--severities", "sev3"), []),
        (("--limit", "1"), None),
    ],
)
def test_results_are_narrowed(options: tuple[str, ...], wanted: list[str] | None) -> None:
    found = ids("down", "web", *options)
    assert sorted(found) == wanted if wanted is not None else len(found) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--root-causes", "conection-pool"),
            "there is no root cause 'conection-pool'. Did you mean resource-exhaustion/connection",
        ),
        (("--services", "wep"), "there is no service 'wep'. Did you mean web?"),
        (("--actions", "opne"), "there is no state of the actions 'opne'. Did you mean open"),
        (("--years", "1066"), "there is no year '1066'."),
    ],
)
def test_a_term_that_does_not_exist_is_told_with_the_nearest(
    options: tuple[str, ...], said: str
) -> None:
    result = run("search", "web", *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_facet_of_the_site_is_an_option(archive: Site) -> None:
    archive.configure("facets: {teams: {field: team}}")
    archive.write(f"postmortems/{A}.md", postmortem("The pool ran dry", team="Web"))
    assert ids("pool", "--teams", "web") == [A]
    assert "--teams" in run("search", "--help").output


def test_what_is_kept_between_runs_follows_the_files(archive: Site) -> None:
    assert ids("pool") == [A]
    assert (archive.root / ".cache/postmortems/search.db").is_file()
    assert (archive.root / ".cache/postmortems/.gitignore").read_text() == "*\n"
    archive.write(f"postmortems/{C}.md", postmortem("The pool overflowed at last"))
    assert set(ids("pool")) == {A, C}
    Path(archive.root / f"postmortems/{A}.md").unlink()
    assert ids("pool") == [C]
    archive.write(f"postmortems/{C}.md", postmortem("Something else", summary="Else."))
    assert C not in ids("overflowed", "--literal")


def test_a_new_vocabulary_is_noticed(archive: Site) -> None:
    assert ids("flibbertigibbet", "--literal") == []
    own = (Path(__file__).parents[1] / "postmortems/taxonomy.yml").read_text("utf-8")
    own = own.replace("aliases: [expired certificate", "aliases: [flibbertigibbet")
    archive.write("postmortems/taxonomy.yml", own)
    assert ids("flibbertigibbet") == [B]


def test_a_damaged_cache_is_made_anew(archive: Site) -> None:
    archive.write(".cache/postmortems/search.db", b"not a database at all" * 99)
    assert ids("pool") == [A]
    assert ids("pool") == [A]


@pytest.mark.parametrize("query", ['"', "a AND (b", "--", "\x1b[31mred"])
def test_no_query_ends_in_a_traceback(query: str) -> None:
    assert run("search", "--", query).exit_code == 0


def test_without_a_site_it_says_so(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    result = run("search", "pool")
    assert result.exit_code == 2
    assert "there is no folder" in result.output
