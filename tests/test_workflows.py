"""What the forges run: valid, pinned, with the least rights, and nothing of a stranger's in a shell."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from conftest import EXAMPLE
from mkdocs_postmortems.cli import main

GITHUB = EXAMPLE / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z]+):", (EXAMPLE / "Makefile").read_text("utf-8"), re.MULTILINE))
BIN = Path(sys.executable).parent

# What may be put into a command or a setting: none of it is text that somebody wrote.
TRUSTED = re.compile(
    r"github\.event\.(pull_request\.(number|base\.sha)|issue\.number|repository\.default_branch)"
    r"|github\.(ref|token)|matrix\.\w+|steps\.\w+\.(outputs\.[\w-]+|outcome)|!?cancelled\(\)"
)


def loaded(path: Path) -> Any:
    # As text throughout: YAML 1.1 reads the key `on` as true.
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in loaded(path)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
class TestWorkflow:
    def test_every_action_is_pinned_by_commit_with_its_version(self, path: Path) -> None:
        lines = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
        assert lines
        for line in lines:
            assert re.search(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line

    def test_rights_are_named_and_none_are_left_over(self, path: Path) -> None:
        workflow = loaded(path)
        assert workflow["permissions"] in ({}, {"contents": "read"}, "")
        writes = {
            (path.stem, right)
            for job in workflow["jobs"].values()
            for right, level in (job.get("permissions") or {}).items()
            if level == "write"
        }
        assert writes <= {
            ("publish", "pages"), ("publish", "id-token"),
            ("draft-from-issue", "contents"), ("draft-from-issue", "pull-requests"),
        }  # fmt: skip

    def test_no_workflow_runs_a_stranger_s_code_with_rights(self, path: Path) -> None:
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(
            loaded(path)["on"]
        )

    def test_the_checkout_leaves_no_token_behind(self, path: Path) -> None:
        for step in steps(path):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"

    def test_no_expression_stands_in_a_command(self, path: Path) -> None:
        for step in steps(path):
            assert "${{" not in step.get("run", "")

    def test_no_expression_is_text_that_somebody_wrote(self, path: Path) -> None:
        for line in path.read_text("utf-8").splitlines():
            for expression in re.findall(r"\$\{\{(.*?)\}\}", line):
                for part in re.split(r"&&|==|'[^']*'", expression):
                    assert TRUSTED.fullmatch(part.strip() or "!cancelled()"), line

    def test_it_runs_the_targets_that_people_run(self, path: Path) -> None:
        commands = "\n".join(step.get("run", "") for step in steps(path))
        called = set(re.findall(r"make (?:--silent )?(\w+)", commands))
        assert called
        assert called <= TARGETS
        assert "mkdocs" not in commands
        assert "pip install" not in commands

    def test_every_job_has_a_limit(self, path: Path) -> None:
        for job in loaded(path)["jobs"].values():
            assert int(job["timeout-minutes"]) <= 30


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        *(("vendor.github-workflows", f".github/workflows/{path.name}") for path in WORKFLOWS),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/postmortem.yml"),
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_it_fits_the_schema_of_its_kind(schema: str, path: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path]
    command += ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    done = subprocess.run(command, cwd=EXAMPLE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pull_request_gets_annotations_a_summary_a_strict_build_and_a_preview() -> None:
    commands = [step.get("run", "") for step in steps(GITHUB / "workflows/pull-request.yml")]
    joined = "\n".join(commands)
    assert "--format github" in joined
    assert '>> "$GITHUB_STEP_SUMMARY"' in joined
    assert "make site ARGS=--strict" in joined
    assert "make preview" in joined


def test_an_issue_reaches_the_command_as_a_file_only() -> None:
    path = GITHUB / "workflows/draft-from-issue.yml"
    commands = "\n".join(step.get("run", "") for step in steps(path))
    assert (
        '''jq --raw-output '.issue.body // ""' "$GITHUB_EVENT_PATH" > "$RUNNER_TEMP/body.md"'''
        in commands
    )
    assert "eval" not in commands
    assert not re.search(r"github\.event\.issue\.(title|body|user)", path.read_text("utf-8"))


def test_gitlab_runs_the_same_targets() -> None:
    jobs = loaded(EXAMPLE / ".gitlab-ci.yml")
    commands = [c for job in ("check", "preview", "pages") for c in jobs[job]["script"]]
    called = set(re.findall(r"make (?:--silent )?(\w+)", "\n".join(commands)))
    assert called == {"install", "summary", "check", "site", "preview"}
    assert called <= TARGETS


def test_the_editor_s_matcher_reads_what_check_prints() -> None:
    tasks = json.loads((EXAMPLE / ".vscode/tasks.json").read_text("utf-8"))
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    found = re.match(pattern["regexp"], "postmortems/2024-03-08-a b.md:12: PM103 unknown 'x': y")
    assert found
    assert found.group(pattern["file"], pattern["line"], pattern["code"], pattern["message"]) == (
        "postmortems/2024-03-08-a b.md", "12", "PM103", "unknown 'x': y",
    )  # fmt: skip
    assert not re.match(pattern["regexp"], "    Nearest: configuration/wrong-value.")


@pytest.mark.parametrize(
    ("name", "is_checked"),
    [
        ("postmortems/2024-03-08-x.md", True),
        ("docs/postmortems/2024/2024-03-08-x.md", True),
        ("postmortems/taxonomy.yml", True),
        ("postmortems/_template.md", False),
        ("postmortems/picture.png", False),
        ("my-postmortems/x.md", False),
        ("README.md", False),
    ],
)
def test_the_pre_commit_hook_takes_postmortems(name: str, is_checked: bool) -> None:
    [hook] = yaml.safe_load((EXAMPLE / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["entry"], hook["language"]) == ("postmortem check", "python")
    assert bool(re.search(hook["files"], name)) is is_checked


CONTRIBUTING = sorted((EXAMPLE / "docs/contributing").glob("*.md"))


@pytest.mark.parametrize(
    "path", [EXAMPLE / "CONTRIBUTING.md", *CONTRIBUTING], ids=lambda path: path.stem
)
def test_what_the_instructions_name_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", text):
        generated = link in ("../fields/index.md", "../rules/index.md")
        assert generated or (path.parent / link).is_file(), link
    for target in re.findall(r"(?:`|^\$ )make (?:--silent )?([a-z]+)", text, re.MULTILINE):
        assert target in TARGETS, target
    for command in re.findall(r"(?:`|^\$ )postmortem ([a-z-]+)", text, re.MULTILINE):
        assert command in main.list_commands(click.Context(main)), command
