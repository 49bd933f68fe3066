"""What has changed since a git revision: in commits, staged, not staged, and not yet added."""

import subprocess
from pathlib import Path


class GitError(Exception):
    """Git cannot say what has changed; the text tells why and what to do."""


def changed_since(revision: str, directory: Path) -> set[Path]:
    """The files at or below `directory` that differ from where this branch left `revision`.

    Deleted files are not among them. Raises GitError where `directory` is in no repository
    or `revision` names no commit.
    """
    top = _top(directory)
    base = _fork_point(top, _commit(top, revision))
    # From the top, as names then come out relative to it whatever git is configured to do.
    below = directory.resolve().relative_to(top.resolve()).as_posix()
    tracked = _names(top, "diff", "--name-only", "--no-renames", "--diff-filter=d", "--no-ext-diff",
                     base, "--", below)  # fmt: skip
    untracked = _names(top, "ls-files", "--others", "--exclude-standard", "--", below)
    found = (directory / (top.resolve() / name).relative_to(directory.resolve())
             for name in (*tracked, *untracked))  # fmt: skip
    return {path for path in found if path.exists()}


def _top(directory: Path) -> Path:
    try:
        return Path(_git(directory, "rev-parse", "--show-toplevel").rstrip("\n"))
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise GitError(f"git cannot tell what changed in {directory}: {said}") from None


def _commit(top: Path, revision: str) -> str:
    asked = f"{revision}^{{commit}}"
    try:
        # --end-of-options: a revision that begins with a hyphen is no option.
        return _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", asked).strip()
    except (subprocess.CalledProcessError, ValueError):
        raise GitError(
            f"git knows no revision '{revision}' here; fetch it, or name a branch, "
            "a tag or a commit."
        ) from None


def _fork_point(top: Path, commit: str) -> str:
    """Where this branch left `commit`'s, so that what others did there since is no change here.

    `commit` itself where there is no commit yet, or none in common.
    """
    try:
        return _git(top, "merge-base", commit, "HEAD").strip()
    except subprocess.CalledProcessError:
        return commit


def _names(top: Path, *arguments: str) -> list[str]:
    command, *rest = arguments
    try:
        return [name for name in _git(top, command, "-z", *rest).split("\0") if name]
    except subprocess.CalledProcessError as error:
        raise GitError(error.stderr.decode(errors="replace").strip()) from None


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (a list, never a shell)
            ["git", "-C", str(folder), *arguments],  # noqa: S607 (wherever git is installed)
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        raise GitError("git is not installed, or not on the PATH.") from None
    return done.stdout.decode("utf-8", "surrogateescape")
