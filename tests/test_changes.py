"""What `--since` takes for changed, in a real repository."""

import subprocess
from pathlib import Path

import pytest

from command import run
from conftest import Site
from conftest import postmortem as complete
from mkdocs_postmortems.changes import GitError, changed_since
from repository import begin, git

OLD, OTHER = "2024-03-08-old.md", "2024-04-08-other.md"


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(site.root)
    site.write(f"postmortems/{OLD}", complete())
    site.write(f"postmortems/{OTHER}", complete())
    begin(site.root)
    return site


def changed(here: Site, revision: str = "main") -> set[str]:
    folder = here.root / "postmortems"
    return {path.relative_to(folder).as_posix() for path in changed_since(revision, folder)}


def test_nothing_is_changed_at_first(here: Site) -> None:
    assert changed(here) == set()


def test_committed_staged_unstaged_and_untracked_are_all_changed(here: Site) -> None:
    git(here.root, "switch", "--quiet", "--create", "work")
    here.write("postmortems/committed.md", "x")
    git(here.root, "add", "postmortems")
    git(here.root, "commit", "--quiet", "--message", "x")
    here.write("postmortems/staged.md", "x")
    git(here.root, "add", "postmortems")
    here.write(f"postmortems/{OLD}", "changed")
    here.write("postmortems/deep/untracked.md", "x")
    here.write("docs/elsewhere.md", "x")
    here.write(".gitignore", "ignored.md\n")
    here.write("postmortems/ignored.md", "x")
    assert changed(here) == {"committed.md", "staged.md", OLD, "deep/untracked.md"}
    assert changed(here, "HEAD") == {"staged.md", OLD, "deep/untracked.md"}


def test_what_others_did_on_the_base_since_is_no_change_of_this_branch(here: Site) -> None:
    git(here.root, "switch", "--quiet", "--create", "work")
    here.write("postmortems/mine.md", "x")
    git(here.root, "add", "--all")
    git(here.root, "commit", "--quiet", "--message", "mine")
    git(here.root, "switch", "--quiet", "main")
    here.write(f"postmortems/{OTHER}", "theirs")
    git(here.root, "commit", "--quiet", "--all", "--message", "theirs")
    git(here.root, "switch", "--quiet", "work")
    assert changed(here) == {"mine.md"}


def test_deleted_files_are_none_and_renamed_ones_are_new(here: Site) -> None:
    git(here.root, "mv", f"postmortems/{OLD}", "postmortems/renamed.md")
    (here.root / "postmortems" / OTHER).unlink()
    assert changed(here) == {"renamed.md"}


@pytest.mark.parametrize(
    "name", ["ünï cödé.md", 'quo"te.md', "-dash.md", "new\nline.md", " x.md", "*.md"]
)
def test_odd_names_are_found(here: Site, name: str) -> None:
    here.write(f"postmortems/{name}", "x")
    assert changed(here) == {name}
    git(here.root, "add", "--all")
    assert changed(here) == {name}


def test_a_site_in_a_sub_folder_and_a_link_to_it(
    here: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here.write("a/b/postmortems/x.md", "x")
    folder = here.root / "a/b/postmortems"
    assert changed_since("main", folder) == {folder / "x.md"}
    link = tmp_path_factory.mktemp("link") / "to"
    link.symlink_to(folder)
    assert changed_since("main", link) == {link / "x.md"}


@pytest.mark.parametrize(
    "revision", ["nope", "--output=pwned", "-h", "", " ", "main:docs", "a\nb", "main..HEAD", "\x00"]
)
def test_what_is_no_commit_is_said(here: Site, revision: str) -> None:
    with pytest.raises(GitError, match="git knows no revision"):
        changed(here, revision)
    assert not (here.root / "pwned").exists()


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(
        GitError, match=r"git cannot tell what changed in .*: .*not a git repository"
    ):
        changed_since("main", tmp_path)


def test_without_git(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(here.root))
    with pytest.raises(GitError, match="git is not installed"):
        changed(here)


def test_before_the_first_commit_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(GitError, match="git knows no revision 'HEAD'"):
        changed_since("HEAD", tmp_path)


def test_a_history_without_anything_in_common_is_compared_as_it_is(here: Site) -> None:
    git(here.root, "switch", "--quiet", "--orphan", "other")
    here.write("postmortems/x.md", "x")
    git(here.root, "add", "--all")
    git(here.root, "commit", "--quiet", "--message", "x")
    assert changed(here) == {"x.md"}


# The commands that take it.


def test_check_reports_only_what_changed(here: Site) -> None:
    here.write(f"postmortems/{OLD}", complete(severity="sev9"))
    git(here.root, "commit", "--quiet", "--all", "--message", "broken before")
    assert run("check").exit_code == 1
    assert run("check", "--since", "HEAD").exit_code == 0
    here.write("postmortems/2024-05-08-new.md", complete(severity="sev8"))
    result = run("check", "--since", "HEAD")
    assert result.exit_code == 1
    assert "2024-05-08-new.md" in result.stdout
    assert OLD not in result.stdout
    assert result.stderr.startswith("1 postmortem checked")
    assert run("check", "--since", "HEAD", f"postmortems/{OTHER}").stderr.startswith("0 ")


def test_a_changed_vocabulary_concerns_every_postmortem(here: Site) -> None:
    here.write("postmortems/taxonomy.yml", "root_causes: {odd: {title: Odd}}\n")
    result = run("check", "--since", "main")
    assert result.exit_code == 1
    assert result.stderr.startswith("2 postmortems checked")
    assert "PM103" in result.stdout


@pytest.mark.parametrize("command", ["check", "summary"])
def test_a_revision_that_is_none_is_wrong_usage(here: Site, command: str) -> None:
    result = run(command, "--since", "nope")
    assert result.exit_code == 2
    assert "git knows no revision 'nope'" in result.stderr
    subprocess.run(["rm", "-rf", here.root / ".git"], check=True)
    assert run(command, "--since", "main").exit_code == 2


def test_a_summary_needs_to_know_since_when() -> None:
    assert run("summary").exit_code == 2
