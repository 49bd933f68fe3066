"""Print how long things take and how much memory they need, beside their peers.

usage: bench.py [COUNT ...]  (how many postmortems; default 1000)

Every row is a whole process, as a person would run it. The peer is Material for MkDocs alone on
the same Markdown, kept out of the navigation like ours: what it costs to render that many pages.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from synthetic import write

BIN = Path(sys.executable).parent
SITE = "site_name: Bench\ntheme: {name: material, font: false}\nplugins: [search, postmortems]\n"
PEER = """\
site_name: Bench
theme: {name: material, font: false}
docs_dir: postmortems
nav: []
not_in_nav: "*"
validation: {links: {not_found: ignore}}
"""


def measured(command: list[str | Path], folder: Path) -> tuple[float, float]:
    """Seconds and the peak of memory in MB of a command that must succeed."""
    with (folder / "bench.log").open("w") as log:
        started = time.perf_counter()
        pid = os.posix_spawn(
            command[0],
            [str(word) for word in command],
            {**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            file_actions=[(os.POSIX_SPAWN_DUP2, log.fileno(), fd) for fd in (1, 2)],
        )
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status):
        sys.exit((folder / "bench.log").read_text())
    return seconds, usage.ru_maxrss / 1024


def row(name: str, count: int, command: list[str | Path], folder: Path) -> float:
    seconds, memory = measured(command, folder)
    print(f"| {name:<44} | {count:>6,} | {seconds:>7.2f} | {memory:>7.0f} |", flush=True)
    return seconds


def size_of(site: Path) -> str:
    total = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    return f"{total / 1e6:.0f} MB"


def bench(count: int, folder: Path) -> None:
    write(folder, count)
    (folder / "mkdocs.yml").write_text(SITE)
    (folder / "peer.yml").write_text(PEER)
    build: list[str | Path] = [BIN / "mkdocs", "build", "-q", "-f", folder / "mkdocs.yml"]
    peer: list[str | Path] = [BIN / "mkdocs", "build", "-q", "-f", folder / "peer.yml"]
    check = row(
        "postmortem check", count, [BIN / "postmortem", "check", folder / "postmortems"], folder
    )
    cold = row("build, nothing cached", count, build, folder)
    row("build, charts cached", count, build, folder)
    ours = size_of(folder / "site")
    shutil.rmtree(folder / "site")
    row("peer: Material alone, the same Markdown", count, peer, folder)
    print(f"\ncheck / build = {check / cold:.2f}; the site is {ours}, the peer's "
          f"{size_of(folder / 'site')}.\n")  # fmt: skip


def main(*counts: str) -> None:
    print("| what                                         |  files | seconds |  MB max |")
    print("|----------------------------------------------|-------:|--------:|--------:|")
    for count in counts or ("1000",):
        with tempfile.TemporaryDirectory() as folder:
            bench(int(count), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
