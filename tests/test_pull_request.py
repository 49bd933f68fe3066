"""Two people, two incidents of one day, two branches, one site."""

import json
from pathlib import Path

import pytest

from command import run
from conftest import Site
from conftest import postmortem as complete
from repository import begin, git

DAY = "2026-10-05"
FIELDS = {
    "summary": "A part of the users could not pay for two hours.",
    "severity": "sev2",
    "impacts": "[unavailability]",
    "trigger": "config-change",
    "detection": "monitoring",
    "resolution": "[rollback]",
    "resolved_at": f'"{DAY}T12:00:00+00:00"',
    "authors": "[payments]",
    "reviewers": "[platform]",
    "action_items": "[{title: Alert at 80% of the pool, type: prevent, owner: payments}]",
}


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A bare repository that has a site with one postmortem on main."""
    first = Site(tmp_path / "first")
    first.write("postmortems/2026-01-05-first.md", complete(start="2026-01-05T10:00:00+00:00",
                end="2026-01-05T11:00:00+00:00"))  # fmt: skip
    first.write(".gitignore", "site/\n")
    begin(first.root)
    git(tmp_path, "clone", "--quiet", "--bare", str(first.root), "origin.git")
    return tmp_path / "origin.git"


def fill_in(path: Path, **fields: str) -> None:
    """Edit the draft as its author would: put values behind the fields, write a summary."""
    lines = path.read_text("utf-8").splitlines()
    for name, value in fields.items():
        starts = (f"{name}:", f"# {name}:")
        at = next(i for i, line in enumerate(lines) if line.startswith(starts))
        end = at + 1
        while lines[end].startswith("#   "):
            end += 1
        lines[at:end] = [f"{name}: {value}"]
    text = "\n".join(lines) + "\n"
    path.write_text(text.replace("## Summary\n", "## Summary\n\nUsers could not pay.\n"), "utf-8")


def contribute(
    origin: Path, monkeypatch: pytest.MonkeyPatch, who: str, title: str, cause: str
) -> str:
    """Clone, branch, write, check, commit and push, all as `who`; returns the branch."""
    clone = origin.parent / who
    git(origin.parent, "clone", "--quiet", str(origin), who)
    monkeypatch.chdir(clone)
    git(clone, "switch", "--quiet", "--create", f"{who}-{DAY}")

    made = run("new", "--title", title, "--start", f"{DAY}T10:00:00+00:00", "--service", who)
    assert made.exit_code == 0
    [path] = (clone / "postmortems").glob(f"{DAY}-*.md")
    drafted = run("check", "--since", "origin/main")
    assert drafted.exit_code == 0
    assert drafted.stderr.startswith("1 postmortem checked: 0 errors")
    assert "is needed to publish" in drafted.stdout

    fill_in(path, status="published", root_causes=f"[{cause}]", **FIELDS)
    checked = run("check", "--since", "origin/main")
    assert checked.exit_code == 0, checked.stdout
    assert f"### {title}" in run("summary", "--since", "origin/main").stdout

    git(clone, "add", "postmortems", who=who)
    git(clone, "commit", "--quiet", "--message", f"Add {title}", who=who)
    git(clone, "push", "--quiet", "origin", f"{who}-{DAY}", who=who)
    return f"{who}-{DAY}"


def test_two_incidents_of_a_day_are_merged_and_published(
    origin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branches = [
        contribute(
            origin, monkeypatch, "kim", "Cards refused", "resource-exhaustion/connection-pool"
        ),
        contribute(origin, monkeypatch, "lee", "Invoices late", "network/dns"),
    ]
    # The forge merges one after the other, each into what main then is.
    merger = origin.parent / "merger"
    git(origin.parent, "clone", "--quiet", str(origin), "merger")
    for branch in branches:
        git(merger, "merge", "--quiet", "--no-ff", "--message", branch, f"origin/{branch}")
    assert git(merger, "status", "--porcelain") == ""
    assert git(merger, "log", "--merges", "--oneline").count("\n") == 2

    monkeypatch.chdir(merger)
    assert run("check").exit_code == 0
    merged = Site.__new__(Site)
    merged.root = merger
    out = merged.build()
    ids = [f"{DAY}-cards-refused", f"{DAY}-invoices-late"]
    for id_ in ids:
        assert (out / "postmortems" / id_ / "index.html").is_file()
    index = merged.read("postmortems/index.html")
    assert all(id_ in index for id_ in ids)
    rows = json.loads(merged.read("api/v1/postmortems.json"))
    assert {row["id"] for row in rows} == {*ids, "2026-01-05-first"}
    assert ids[0] in merged.read("root-causes/resource-exhaustion/connection-pool/index.html")
    assert ids[1] in merged.read("root-causes/network/dns/index.html")
    assert ids[1] not in merged.read("root-causes/resource-exhaustion/connection-pool/index.html")
    trends = json.loads(merged.read("api/v1/trends.json"))
    assert trends["incidents"] == 3
    [october] = (row for row in trends["counts"]["month"] if row["period"] == DAY[:7])
    assert (october["value"], sorted(october["ids"])) == (2, ids)


def test_the_same_title_on_the_same_day_is_told_as_soon_as_both_meet(
    origin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = contribute(origin, monkeypatch, "kim", "Cards refused", "network/dns")
    clone = origin.parent / "lee"
    git(origin.parent, "clone", "--quiet", "--branch", branch, str(origin), "lee")
    monkeypatch.chdir(clone)
    again = run("new", "--title", "Cards refused", "--start", f"{DAY}T18:00:00+00:00")
    assert again.exit_code == 2
    assert f"there is already postmortems/{DAY}-cards-refused.md" in again.stderr
    assert "--slug" in again.stderr
    other = [
        "--title",
        "Cards refused",
        "--start",
        f"{DAY}T18:00:00+00:00",
        "--slug",
        "cards-evening",
    ]
    assert run("new", *other).exit_code == 0
    assert git(clone, "status", "--porcelain") == f"?? postmortems/{DAY}-cards-evening.md\n"
