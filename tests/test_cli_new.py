import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import TAXONOMY
from command import run
from conftest import Site
from conftest import postmortem as complete
from mkdocs_postmortems.model import FrontMatter, read_postmortem
from mkdocs_postmortems.model.fields import told
from mkdocs_postmortems.naming import file_name, slug_of
from mkdocs_postmortems.source import parse
from mkdocs_postmortems.source.body import ALIASES, meanings
from mkdocs_postmortems.template import SECTIONS, as_yaml, draft

START = "2024-03-08T10:00:00+00:00"
NAME = "2024-03-08-checkout-fails-too-many-connections"
TITLE = "Checkout fails: too many connections"


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    (site.root / "postmortems").mkdir()
    monkeypatch.chdir(site.root)
    return site


def written(here: Site) -> list[str]:
    return sorted(path.name for path in (here.root / "postmortems").iterdir())


def new(*arguments: str, **options: Any) -> Any:
    return run("new", "--title", TITLE, "--start", START, *arguments, **options)


def test_options_alone_write_a_draft_that_says_what_they_say(here: Site) -> None:
    result = new("--service", "Check Out", "--service", "api", "--no-input")
    assert result.exit_code == 0
    found = read_postmortem(parse((here.root / f"postmortems/{NAME}.md").read_text(), "x.md"))
    assert not found.faults
    assert (found.meta.title, found.meta.status) == (TITLE, "draft")
    assert found.meta.services == ["check-out", "api"]
    assert str(found.meta.started_at) == "2024-03-08 10:00:00+00:00"


@pytest.mark.usefixtures("here")
def test_it_says_where_the_file_is_and_what_to_do_next() -> None:
    said = new("--no-input").stdout
    assert f"Wrote postmortems/{NAME}.md" in said
    assert f"postmortem check postmortems/{NAME}.md" in said
    assert f"postmortem similar postmortems/{NAME}.md" in said


def test_the_draft_checks_clean_and_names_all_that_publication_needs(here: Site) -> None:
    new("--service", "checkout", "--no-input")
    result = run("check", f"postmortems/{NAME}.md")
    assert result.exit_code == 0
    assert "0 errors" in result.stderr
    needed = {
        n for n, info in FrontMatter.model_fields.items() if told(info, "needed") == "publish"
    }
    missing = set(re.findall(r"'(\w+)' is needed to publish", result.stdout))
    assert missing == needed - {"services", "started_at"}
    lines = (here.root / f"postmortems/{NAME}.md").read_text().splitlines()
    for number, name in re.findall(r":(\d+): PM701 '(\w+)'", result.stdout):
        if name != "resolved_at":
            assert lines[int(number) - 1].startswith(f"{name}:")


def test_prompts_are_answered_on_a_terminal(here: Site) -> None:
    master, slave = pty.openpty()
    os.write(master, f"{TITLE}\nyesterday\n{START}\ncheckout, api\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs_postmortems", "new"],
        stdin=slave, capture_output=True, text=True, check=False,
    )  # fmt: skip
    os.close(master)
    os.close(slave)
    assert done.returncode == 0, done.stderr
    assert "'started_at' is not a time with an offset: yesterday" in done.stderr
    assert "Traceback" not in done.stderr
    assert "services: [checkout, api]" in (here.root / f"postmortems/{NAME}.md").read_text()


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        (f"{TITLE}\n{START}\ncheckout\n", f"{NAME}.md"),
        (f"{TITLE}\n\n\n", "undated-checkout-fails-too-many-connections.md"),
        (f"{TITLE}\n", "undated-checkout-fails-too-many-connections.md"),
        ("\n\nDNS down\n2024-05-01 10:00 Z\n", "2024-05-01-dns-down.md"),
    ],
)
def test_answers_may_come_through_a_pipe_and_end_early(here: Site, answers: str, name: str) -> None:
    assert run("new", stdin=answers).exit_code == 0
    assert written(here) == [name]


def test_without_a_terminal_nothing_is_asked_that_is_not_needed(here: Site) -> None:
    result = run("new", "--title", TITLE, stdin="not read\n")
    assert result.exit_code == 0
    assert written(here) == ["undated-checkout-fails-too-many-connections.md"]


def test_no_file_is_ever_overwritten(here: Site) -> None:
    path = here.write(f"postmortems/{NAME}.md", "mine\n")
    result = new("--no-input")
    assert result.exit_code == 2
    assert f"there is already postmortems/{NAME}.md" in result.stderr
    assert "--slug" in result.stderr
    assert path.read_text() == "mine\n"


def test_a_second_incident_of_the_day_takes_another_slug(here: Site) -> None:
    assert new("--no-input").exit_code == 0
    assert new("--slug", "Checkout again", "--no-input").exit_code == 0
    assert written(here) == ["2024-03-08-checkout-again.md", f"{NAME}.md"]


def test_an_id_that_stands_in_a_sub_folder_is_taken_too(here: Site) -> None:
    here.write(f"postmortems/2024/{NAME}.md", complete())
    result = new("--no-input")
    assert result.exit_code == 2
    assert f"there is already postmortems/2024/{NAME}.md" in result.stderr


@pytest.mark.parametrize(
    "start",
    ["yesterday", "03/04/2024", "2024-03-08", "2024-03-08T10:00:00", "2024-13-08T10:00Z", "2094-01-01T00:00Z", "1:30", "null"],
)  # fmt: skip
def test_a_bad_start_gets_the_message_of_the_rule(here: Site, start: str) -> None:
    result = run("new", "--title", TITLE, "--start", start, "--no-input")
    assert result.exit_code == 2
    assert written(here) == []
    bad = here.write("postmortems/2024-03-08-bad.md", complete(start=start))
    rule = run("check", str(bad)).stdout
    said = result.stderr.partition("Error: ")[2].splitlines()
    assert said[0] in rule
    assert said[1] in rule


@pytest.mark.parametrize("title", ["", "   ", "two\nlines"])
def test_a_title_that_is_none_is_refused(here: Site, title: str) -> None:
    result = run("new", "--title", title, "--no-input")
    assert result.exit_code == 2
    assert "'title' cannot be" in result.stderr
    assert written(here) == []


@pytest.mark.parametrize(("arguments", "answers"), [(["--no-input"], "x\n"), ([], "")])
def test_without_a_title_it_says_which_option_is_needed(
    here: Site, arguments: list[str], answers: str
) -> None:
    result = run("new", *arguments, stdin=answers)
    assert result.exit_code == 2
    assert "a title is needed: give --title" in result.stderr
    assert written(here) == []


def test_answers_that_end_after_a_refused_one_write_nothing(here: Site) -> None:
    result = run("new", stdin=f"{TITLE}\nyesterday\n")
    assert result.exit_code == 2
    assert written(here) == []


def test_outside_of_a_site_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = new("--no-input")
    assert result.exit_code == 2
    assert "there is no folder postmortems" in result.stderr


def test_the_first_postmortem_of_a_site_makes_the_folder(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    assert new("--no-input").exit_code == 0
    assert written(site) == [f"{NAME}.md"]


def test_a_folder_that_cannot_be_written_is_named(here: Site) -> None:
    (here.root / "postmortems").rmdir()
    here.write("postmortems", "a file")
    result = new("--no-input")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_past_incidents_that_look_alike_are_named_at_once(here: Site) -> None:
    here.write("postmortems/2023-01-01-pool.md", complete())
    said = new("--no-input").stdout
    assert "postmortems/2023-01-01-pool.md" in said
    assert "Connection pool" in said


def test_services_of_the_archive_are_offered(here: Site) -> None:
    here.write("postmortems/2023-01-01-pool.md", complete(services="[web, dns]"))
    new("--no-input")
    assert "So far there are: dns, web." in (here.root / f"postmortems/{NAME}.md").read_text()


# The template.


def blank(**values: Any) -> str:
    return draft({"title": "T", "status": "draft", **values}, TAXONOMY)


def test_every_field_of_the_contract_is_there_in_order() -> None:
    found = re.findall(r"^(?:# )?([a-z_]+):(?: |$)", blank(), re.MULTILINE)
    assert [name for name in found if name in FrontMatter.model_fields] == list(
        FrontMatter.model_fields
    )


def test_every_description_and_every_term_is_shown() -> None:
    text = " ".join(blank().replace("#", " ").split())
    for info in FrontMatter.model_fields.values():
        assert " ".join((info.description or "").split()) in text
    for vocabulary in (
        "severities",
        "impacts",
        "triggers",
        "detections",
        "resolutions",
        "action_types",
    ):
        assert ", ".join(TAXONOMY[vocabulary].terms) in text
    for term in TAXONOMY["root_causes"].terms.values():
        assert term.id.rpartition("/")[2] in text


def test_switching_on_what_is_commented_out_gives_what_the_contract_holds() -> None:
    inside, lines = False, []
    for line in blank().splitlines():
        starts = re.match(rf"# ({'|'.join(FrontMatter.model_fields)}):", line)
        inside = bool(starts) or (inside and line.startswith("#   "))
        lines.append(line[2:] if inside else line)
    found = read_postmortem(parse("\n".join(lines), "x.md"))
    # Only an action and an ignored rule lack what nobody can guess.
    assert {(fault.kind, fault.subject) for fault in found.faults} <= {
        ("not-text", "action_items.title"),
        ("not-text", "ignore.reason"),
    }
    assert found.meta.affected
    assert set(found.source.front.values) == set(FrontMatter.model_fields)


def test_each_section_of_the_body_has_one_and_one_line_of_guidance() -> None:
    body = read_postmortem(parse(blank(), "x.md")).body
    assert [section.title for section in body.sections] == list(SECTIONS)
    for section in body.sections:
        said = [line.text for line in section.lines if line.text.strip()]
        assert len(said) == 1
        assert re.fullmatch("<!-- .+ -->", said[0])
    assert {name for title in SECTIONS for name in meanings(title)} == set(ALIASES)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)
)
def test_whatever_a_title_holds_it_is_read_back(title: str) -> None:
    found = read_postmortem(parse(blank(title=title), "x.md"))
    assert found.meta.title == title
    assert found.meta.status == "draft"
    assert not found.faults


@given(st.text(), st.text())
def test_no_value_becomes_another_field(title: str, service: str) -> None:
    text = f"---\n{as_yaml('title', title)}{as_yaml('services', [service])}---\n"
    found = parse(text, "x.md")
    if found.readable:
        assert set(found.front.values) <= {"title", "services"}


# Names.


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("DNS: the 2nd time!", "dns-the-2nd-time"),
        ("Größe überschritten – Łódź", "grosse-uberschritten-lodz"),
        ("Can't connect", "cant-connect"),
        ("../../etc/passwd", "etc-passwd"),
        ("停机", "incident"),
        ("a" * 90, "a" * 60),
        (" ".join(["word"] * 40), "-".join(["word"] * 12)),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text())
def test_every_title_makes_a_name_that_the_rule_accepts(title: str) -> None:
    assert re.fullmatch(r"undated-[a-z0-9]+(?:-[a-z0-9]+)*\.md", file_name(title, None))


def test_a_broken_vocabulary_is_said_and_nothing_written(here: Site) -> None:
    here.write("postmortems/taxonomy.yml", "root_causes: [\n")
    result = run("new", "--title", "T", "--no-input")
    assert result.exit_code == 1
    assert "postmortems/taxonomy.yml:" in result.stderr
    assert not list((here.root / "postmortems").glob("*.md"))
