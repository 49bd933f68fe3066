import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import run
from conftest import Site
from conftest import postmortem as complete
from mkdocs_postmortems.cli.formats import FORMATS
from mkdocs_postmortems.problem import Level, Problem

GOOD, BAD, DRAFT = "2024-03-08-good", "2024-05-01-bad", "2024-06-01-draft"


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An archive with a good one, one that has two errors, and a draft with warnings."""
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(site.root)
    site.write(f"postmortems/{GOOD}.md", complete())
    bad = complete(start="2024-05-01", severity="sev9", end="2024-05-01T12:00:00+00:00")
    site.write(f"postmortems/{BAD}.md", bad)
    site.write(f"postmortems/{DRAFT}.md", complete(status="draft", trigger=None))
    return site


def paths(output: str) -> list[str]:
    return sorted({row["path"] for row in json.loads(output)})


@pytest.mark.usefixtures("here")
class TestWhatIsReported:
    def test_every_problem_of_every_file_at_once_and_a_summary_line(self) -> None:
        result = run("check")
        assert result.exit_code == 1
        assert re.search(
            rf"^postmortems/{BAD}.md:\d+: PM036 .+\n    \S", result.stdout, re.MULTILINE
        )
        assert f"postmortems/{BAD}.md" in result.stdout
        assert re.search(
            rf"^postmortems/{DRAFT}.md:\d+: PM701 'trigger'", result.stdout, re.MULTILINE
        )
        assert re.fullmatch(r"3 postmortems checked: \d errors, \d+ warnings\.\n", result.stderr)

    def test_the_same_twice_is_the_same_text(self) -> None:
        for form in FORMATS:
            assert run("check", "--format", form).stdout == run("check", "--format", form).stdout

    def test_paths_choose(self) -> None:
        assert paths(run("check", f"postmortems/{BAD}.md", "--json").stdout) == [
            f"postmortems/{BAD}.md"
        ]
        assert run("check", f"postmortems/{DRAFT}.md").exit_code == 0
        assert run("check", "postmortems", f"postmortems/{DRAFT}.md").exit_code == 1
        assert run("check", "postmortems/taxonomy.yml").exit_code == 2  # there is none here

    def test_only_errors_count_unless_strict(self) -> None:
        assert run("check", f"postmortems/{DRAFT}.md").exit_code == 0
        assert run("check", f"postmortems/{DRAFT}.md", "--strict").exit_code == 1

    def test_a_file_is_judged_among_all_of_the_archive(self, here: Site) -> None:
        name = here.write("postmortems/2024-07-01-x.md", complete(related=f"[{GOOD}]"))
        assert "PM803" not in run("check", str(name)).stdout
        name = here.write("postmortems/2024-07-01-x.md", complete(related="[2001-01-01-none]"))
        assert "PM803" in run("check", str(name)).stdout

    def test_a_file_elsewhere_is_judged_among_its_neighbours_and_no_deeper(
        self, here: Site
    ) -> None:
        one = here.write("elsewhere/2024-07-01-x.md", complete(related="[2024-07-02-y]"))
        here.write("elsewhere/2024-07-02-y.md", complete())
        here.write("elsewhere/deep/2024-07-01-x.md", complete())
        found = run("check", str(one))
        assert "PM803" not in found.stdout
        assert "PM802" not in found.stdout
        assert found.stderr.startswith("1 postmortem checked")

    def test_a_broken_vocabulary_is_reported_whatever_was_asked_for(self, here: Site) -> None:
        here.write("postmortems/taxonomy.yml", "root_causes: [\n")
        for arguments in ([], [f"postmortems/{GOOD}.md"]):
            result = run("check", *arguments)
            assert result.exit_code == 1
            assert "postmortems/taxonomy.yml:" in result.stdout

    def test_the_vocabulary_as_a_path_means_all(self, here: Site) -> None:
        source = Path(__file__).parents[1] / "postmortems" / "taxonomy.yml"
        here.write("postmortems/taxonomy.yml", source.read_bytes())
        assert run("check", "postmortems/taxonomy.yml").stderr.startswith("3 postmortems")

    def test_notes_beside_the_postmortems_are_none(self, here: Site) -> None:
        note = here.write("postmortems/README.md", "# Notes\n")
        result = run("check", str(note))
        assert result.exit_code == 0
        assert result.stderr.startswith("0 postmortems")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.md"], "there is no nowhere.md"),
        (["mkdocs.yml"], "is not a postmortem"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--explain", "PM999"], "there is no rule PM999"),
        (["--since", "HEAD"], "git cannot tell what changed"),
        (["--no-such-option"], "No such option"),
    ],
)
def test_wrong_usage_exits_with_two_and_says_what_is_wrong(arguments: list[str], said: str) -> None:
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_without_an_archive_it_says_where_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "Run this where mkdocs.yml is" in result.stderr


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (
            b"site_name: x\nplugins: [postmortems: {facets: {a: {question: Who?}}}]\n",
            "mkdocs.yml:2:",
        ),
        (b"site_name: caf\xe9\n", "mkdocs.yml: cannot be read"),
    ],
)
def test_settings_that_cannot_be_read_are_told_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: bytes, said: str
) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(config)
    (tmp_path / "postmortems").mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "plugins", ["5", "[5]", "{postmortems: 5}", "[postmortems: {facets: [a]}]"]
)
def test_settings_of_the_wrong_kind_are_left_to_mkdocs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plugins: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nplugins: {plugins}\n")
    (tmp_path / "postmortems").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("check").exit_code == 0


def test_explain_prints_the_rule() -> None:
    for name in ("PM036", "pm036", "invalid-time"):
        result = run("check", "--explain", name)
        assert result.exit_code == 0
        assert result.stdout.startswith("PM036 invalid-time (error)\n\n")
        assert "Cure:" in result.stdout


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"---\n", b"---\n- a\n---\n", b"\x00" * 99]
)
def test_what_cannot_be_read_is_a_problem_and_no_traceback(here: Site, content: bytes) -> None:
    name = here.write("postmortems/2024-08-01-x.md", content)
    result = run("check", str(name))
    assert result.exit_code == 1
    assert "2024-08-01-x.md:" in result.stdout


def test_a_folder_named_like_a_postmortem_is_a_problem(here: Site) -> None:
    (here.root / "postmortems/2024-08-01-x.md").mkdir()
    result = run("check", "postmortems/2024-08-01-x.md")
    assert result.exit_code == 1
    assert "PM001" in result.stdout


def test_colour_is_for_a_terminal_only(here: Site) -> None:
    assert "\x1b" not in run("check").output
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "mkdocs_postmortems", "check"]
        subprocess.run(command, stdout=slave, stderr=slave, env={**os.environ, **environment},
                       cwd=here.root, check=False)  # fmt: skip
        os.close(slave)
        seen = os.read(master, 100_000)
        os.close(master)
        assert (b"\x1b[31mPM036" in seen) is coloured


# Formats.

PROBLEM = Problem(
    "a b/x,y:z%.md", 7, "PM103", "unknown root cause '50%\n::error::'", "Use\r\nx, y: z"
)


def test_github_escapes_whatever_could_end_a_command() -> None:
    [line] = FORMATS["github"]([PROBLEM])
    assert line == (
        "::error file=a b/x%2Cy%3Az%25.md,line=7,title=PM103"
        "::unknown root cause '50%25%0A::error::'%0AUse%0D%0Ax, y: z"
    )


@given(st.text(), st.text(), st.text())
def test_no_text_makes_a_second_command(path: str, message: str, cure: str) -> None:
    [line] = FORMATS["github"]([Problem(path, 1, "PM001", message, cure, Level.WARNING)])
    assert line.startswith("::warning file=")
    assert "\n" not in line
    assert "\r" not in line


@given(st.text(), st.text(), st.text())
def test_text_for_people_has_two_lines_and_no_control_characters(
    path: str, message: str, cure: str
) -> None:
    [part] = FORMATS["text"]([Problem(path, 1, "PM001", message, cure)])
    part = part.replace("\x1b[33m", "").replace("\x1b[31m", "").replace("\x1b[0m", "")
    assert len(part.splitlines()) == 2
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", part)


def test_github_and_gitlab_name_files_from_the_top_of_the_checkout(
    here: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here.root.parent))
    monkeypatch.setenv("CI_PROJECT_DIR", str(here.root.parent))
    top = here.root.name
    assert f"file={top}/postmortems/{BAD}.md," in run("check", "--format", "github").stdout
    found = json.loads(run("check", "--format", "gitlab").stdout)
    assert found[0]["location"]["path"].startswith(f"{top}/postmortems/")
    assert f"\npostmortems/{DRAFT}.md" in run("check").stdout


def test_gitlab_has_the_keys_that_code_quality_wants(here: Site) -> None:
    found = json.loads(run("check", "--format", "gitlab").stdout)
    assert {row["severity"] for row in found} == {"major", "minor"}
    for row in found:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["location"]["lines"]["begin"] >= 1
    assert len({row["fingerprint"] for row in found}) == len(found)
    path = here.root / f"postmortems/{BAD}.md"
    path.write_text(path.read_text().replace("title:", "# a line more\ntitle:"))
    moved = json.loads(run("check", "--format", "gitlab").stdout)
    assert {row["fingerprint"] for row in moved} == {row["fingerprint"] for row in found}


def test_two_alike_problems_have_two_fingerprints() -> None:
    [text] = FORMATS["gitlab"]([PROBLEM, PROBLEM])
    assert len({row["fingerprint"] for row in json.loads(text)}) == 2


def test_json_has_every_field() -> None:
    [text] = FORMATS["json"]([PROBLEM])
    assert json.loads(text) == [
        {"path": PROBLEM.path, "line": 7, "code": "PM103", "level": "error",
         "message": PROBLEM.message, "cure": PROBLEM.cure}
    ]  # fmt: skip


def test_check_imports_nothing_that_only_other_commands_need() -> None:
    code = "import mkdocs_postmortems.cli.check, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"mkdocs", "scipy", "jinja2", "vl_convert", "numpy", "subprocess"}


@pytest.mark.parametrize("command", ["new", "check", "similar", "summary", "from-issue", "schema"])
def test_every_command_has_help_with_examples(command: str) -> None:
    assert command in run("--help").stdout
    said = run(command, "--help")
    assert said.exit_code == 0
    assert "Examples:\n" in said.stdout
