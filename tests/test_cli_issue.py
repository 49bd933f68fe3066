import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import TAXONOMY
from command import run
from conftest import EXAMPLE, Site
from mkdocs_postmortems.issue import form, questions, read_issue
from mkdocs_postmortems.model import Postmortem, read_postmortem
from mkdocs_postmortems.source import parse
from mkdocs_postmortems.template import SECTIONS, draft

BODY = """\
### Title

DNS fails: a zone expired

### Summary

Names did not resolve.

Nobody was told.

### Severity

sev2: SEV2

### Services

DNS, Web App

### Started at

2024-05-01T10:00:00+00:00

### Resolved at

_No response_

### Impacts

unavailability: Unavailability, functional-error: Functional error

### Trigger

time-event: Time event

### Timeline (text)

- **10:00** An alert.
"""


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.chdir(site.root)
    (site.root / "postmortems").mkdir()
    return site


def only(here: Site) -> Path:
    [path] = (here.root / "postmortems").iterdir()
    return path


def found_in(path: Path) -> Postmortem:
    return read_postmortem(parse(path.read_text("utf-8"), path.name))


def test_the_committed_form_is_that_of_today() -> None:
    committed = (EXAMPLE / ".github/ISSUE_TEMPLATE/postmortem.yml").read_text("utf-8")
    assert committed == form(TAXONOMY), "run 'make schemas'"
    assert run("from-issue", "--print-form").stdout.startswith("name: Postmortem\n")


def test_the_form_is_one_that_the_forge_takes() -> None:
    found = yaml.safe_load(form(TAXONOMY))
    assert {"name", "description", "body"} <= set(found)
    asked = [element for element in found["body"] if element["type"] != "markdown"]
    assert len({element["id"] for element in asked}) == len(asked)
    assert len({element["attributes"]["label"] for element in asked}) == len(asked)
    for element in asked:
        assert re.fullmatch(r"[A-Za-z0-9_-]+", element["id"])
        options = element["attributes"].get("options", [])
        assert (element["type"] == "dropdown") == bool(options)
        assert len(set(options)) == len(options)
        assert "none" not in [option.lower() for option in options]  # reserved


def test_an_answered_form_becomes_a_draft_with_those_answers(here: Site) -> None:
    result = run("from-issue", "--author", "kim", stdin=BODY)
    assert result.exit_code == 0
    assert result.stdout == "postmortems/2024-05-01-dns-fails-a-zone-expired.md\n"
    found = found_in(only(here))
    assert not found.faults
    meta = found.meta
    assert (meta.title, meta.status, meta.severity) == (
        "DNS fails: a zone expired",
        "draft",
        "sev2",
    )
    assert meta.summary == "Names did not resolve. Nobody was told."
    assert meta.services == ["dns", "web-app"]
    assert meta.impacts == ["unavailability", "functional-error"]
    assert meta.trigger == "time-event"
    assert meta.authors == ["kim"]
    assert "resolved_at" not in meta.model_fields_set
    assert "Names did not resolve.\n\nNobody was told." in found.body.text
    assert [entry.written for entry in found.timeline] == ["10:00"]
    assert run("check").exit_code == 0


def test_every_option_of_the_form_is_read_back() -> None:
    for question in questions(TAXONOMY):
        if not question.terms:
            continue
        for term in question.terms.terms.values():
            answer = f"### Title\n\nT\n\n### {question.label}\n\n{term.id}: {term.title}\n"
            value = read_issue(answer, TAXONOMY).values.get(question.field)
            if not term.leaves:
                assert value == ([term.id] if question.many else term.id)


def test_json_for_the_workflow(here: Site) -> None:
    file = here.write("body.md", BODY)
    row = json.loads(run("from-issue", str(file), "--json", "--slug", "zone").stdout)
    assert row == {
        "path": "postmortems/2024-05-01-zone.md",
        "id": "2024-05-01-zone",
        "title": "DNS fails: a zone expired",
    }


@pytest.mark.parametrize(
    "title",
    [
        "$(touch pwned) `touch pwned` ; touch pwned",
        "${{ github.token }} {{ 7 * 7 }} {% raw %}",
        "../../../etc/passwd",
        "/absolute",
        "-rf --out=/tmp/x",
        "'; status: published #",
        '"\\" status: published',
        "*alias &anchor !tag @at %percent",
        "--- ...",
        "null",
        "2024-05-01",
        "\u202e\u2066reversed",
        "x" * 50_000,
    ],
)
def test_a_hostile_title_stays_a_title(here: Site, title: str) -> None:
    result = run("from-issue", stdin=f"### Title\n\n{title}\n\n### Severity\n\nsev3: SEV3\n")
    if title == "null":
        assert result.exit_code == 1
        return
    assert result.exit_code == 0
    path = only(here)
    assert re.fullmatch(r"undated-[a-z0-9-]{1,60}\.md", path.name)
    found = found_in(path)
    assert (found.meta.title, found.meta.status, found.meta.severity) == (title, "draft", "sev3")
    assert not list(here.root.glob("**/pwned"))


@pytest.mark.parametrize(
    "answer",
    [
        "---\nstatus: published\n---",
        "x\n\n### Title\n\nAnother\n",
        "x\n\n### Status\n\npublished\n",
        "::set-output name=x::y\n::error::z",
        "<script>alert(1)</script>",
        "### Severity (really)\nsev1: SEV1",
        "a\x00b\x1b[31mc\x07\u2028d\u0085e",
        "\r\n\r\nx\r\n",
    ],
)
def test_a_hostile_summary_stays_text(here: Site, answer: str) -> None:
    body = f"### Title\n\nT\n\n### Summary\n\n{answer}\n\n### Severity\n\nsev3: SEV3\n"
    result = run("from-issue", stdin=body)
    assert result.exit_code == 0
    assert result.stdout == "postmortems/undated-t.md\n"
    text = only(here).read_text("utf-8")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028]", text)
    meta = found_in(only(here)).meta
    assert (meta.title, meta.status, meta.severity) == ("T", "draft", "sev3")


def test_words_that_are_no_terms_are_left_out_and_bad_times_are_kept_to_be_mended(
    here: Site,
) -> None:
    body = (
        "### Title\n\nT\n\n### Severity\n\nworst\n\n### Impacts\n\nevil, none: None\n\n"
        "### Root causes\n\nhuman-error\n\n### Started at\n\ntomorrow: yes\n"
    )
    assert run("from-issue", stdin=body).exit_code == 0
    result = run("check")
    assert result.exit_code == 0
    assert "PM036 'started_at' is not a time with an offset: tomorrow: yes" in result.stdout
    meta = found_in(only(here)).meta
    assert (meta.severity, meta.impacts, meta.root_causes) == (None, ["none"], [])


@settings(max_examples=40)
@given(st.text())
def test_no_text_at_all_breaks_the_reader_or_the_draft(text: str) -> None:
    for body in (text, f"### Title\n\n{text}", f"### Title\n\nT\n\n### Summary\n\n{text}"):
        answers = read_issue(body, TAXONOMY)
        values: dict[str, Any] = {"title": "T", **answers.values, "status": "draft"}
        written = draft(values, TAXONOMY, sections=answers.sections)
        found = parse(written, "x.md")
        assert not found.faults
        assert found.front.values["status"] == "draft"
        assert found.front.values["title"] == values["title"]
        assert list(answers.sections) in ([], ["Summary"])


def test_the_summary_fills_the_field_and_the_section_and_others_only_the_section() -> None:
    labels = [question.label for question in questions(TAXONOMY)]
    assert len(labels) == len(set(labels))
    asked = {question.section for question in questions(TAXONOMY)} - {""}
    assert asked == set(SECTIONS)


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b"", 1, "no answer to 'Title'"),
        (b"just text", 1, "no answer to 'Title'"),
        (b"### Title\n\n_No response_\n", 1, "no answer to 'Title'"),
        (b"\xff\xfe\x00", 1, "not UTF-8"),
        (b"x" * 1_000_001, 1, "longer than"),
    ],
)
def test_what_is_no_form_is_refused(here: Site, body: bytes, code: int, said: str) -> None:
    result = run("from-issue", stdin=body)
    assert result.exit_code == code
    assert said in result.stderr
    assert not list((here.root / "postmortems").iterdir())


def test_wrong_usage(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("from-issue", "nowhere.md").exit_code == 2
    assert run("from-issue", stdin=BODY).exit_code == 0
    again = run("from-issue", stdin=BODY)
    assert again.exit_code == 2
    assert "there is already postmortems/2024-05-01-dns" in again.stderr
    monkeypatch.chdir("/")
    assert run("from-issue", stdin=BODY).exit_code == 2
    assert here.root.exists()


def test_a_broken_vocabulary_is_said_and_nothing_written(here: Site) -> None:
    here.write("postmortems/taxonomy.yml", "root_causes: [\n")
    result = run("from-issue", stdin=BODY)
    assert result.exit_code == 1
    assert "postmortems/taxonomy.yml:" in result.stderr
    assert not list((here.root / "postmortems").glob("*.md"))
