"""Print what the search costs, beside Material's own on the same site: a part of `make bench`.

usage: bench_search.py [COUNT]  (how many postmortems of about 6 KB; default 5000)

Both are asked in Chromium on a fresh page of a site that is served from this machine. Bytes are
what travels from the first request of the page to the first results, nothing compressed by the
server; a further query is one that the page has not seen yet.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench import BIN, measured
from mkdocs_postmortems.library import load
from mkdocs_postmortems.pages import Archive, Options
from mkdocs_postmortems.pages.search import search_files
from screenshots import served
from synthetic import write

SITE = "site_name: Bench\ntheme: {name: material, font: false}\nplugins: [search, postmortems]\n"
OTHER = SITE.replace("postmortems]", "postmortems: {pages: {search: false}}]")
FIRST = "certificate"
MORE = ("too many connections", "replicaton lag", "disk full after deploy", "dns")
PATIENCE = 120_000


def cost_of_index(folder: Path) -> None:
    """Print the seconds and the MB that the index takes once everything is read (a process)."""
    library = load(folder / "postmortems", today=date(2026, 11, 21))
    archive = Archive(library, Options())
    archive.terms  # noqa: B018 (the pages need it anyway)
    before, started = _most_memory(), time.perf_counter()
    size = sum(len(content) for _, content in search_files(archive))
    print(json.dumps([time.perf_counter() - started, _most_memory() - before, size / 1e6]))


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def fresh_page(browser: Browser, address: str) -> Iterator[tuple[Page, list[int]]]:
    """A page that has loaded, and the bytes of everything that travels from then on."""
    context = browser.new_context()
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    yield page, sizes
    context.close()


def answered(page: Page, box: str, query: str, result: str) -> float:
    """Milliseconds from typing `query` into `box` to a change of what `result` selects."""
    return float(page.evaluate(
        """async ([box, query, result, patience]) => {
          const input = document.querySelector(box);
          const shown = () => document.querySelector(result)?.closest("ol").innerHTML;
          const before = shown();
          const started = performance.now();
          input.focus();
          input.value = query;
          for (const event of ["input", "keyup"]) {
            input.dispatchEvent(new Event(event, {bubbles: true}));
          }
          while (!shown() || shown() === before) {
            if (performance.now() - started > patience) throw new Error(`no answer to ${query}`);
            await new Promise((go) => setTimeout(go, 2));
          }
          return performance.now() - started;
        }""",
        [box, query, result, PATIENCE],
    ))  # fmt: skip


def ask(browser: Browser, address: str, box: str, result: str) -> Sequence[float]:
    """First result in ms, KB until then, and the median and the longest of further queries."""
    with fresh_page(browser, address) as (page, sizes):
        first = answered(page, box, FIRST, result)
        bytes_until = sum(sizes)
        further = [answered(page, box, query, result) for query in MORE]
    return first, bytes_until / 1024, statistics.median(further), max(further)


def row(name: str, values: Sequence[float]) -> None:
    print(
        f"| {name:<18} | " + " | ".join(f"{value:>10,.0f}" for value in values) + " |", flush=True
    )


def built(folder: Path, config: str) -> float:
    """Seconds of a cold build."""
    (folder / "mkdocs.yml").write_text(config)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    seconds, _ = measured([BIN / "mkdocs", "build", "-q"], folder)
    return seconds


def bench(count: int, folder: Path, browser: Browser) -> None:
    write(folder, count)
    os.chdir(folder)
    build = built(folder, SITE)
    costs = subprocess.run([sys.executable, __file__, "--index", folder], check=True,
                           capture_output=True, text=True)  # fmt: skip
    seconds, memory, size = json.loads(costs.stdout)
    print(
        f"{count:,} postmortems: the index takes {seconds:.1f} s of a build of {build:.1f} s "
        f"({seconds / build:.0%}), {memory:.0f} MB of memory and {size:.0f} MB on the site.\n"
    )
    print("| search             | first (ms) | until (KB) | next (ms)  | worst (ms) |")
    print("|--------------------|-----------:|-----------:|-----------:|-----------:|")
    with served(folder / "site") as address:
        row("this project's", ask(browser, f"{address}/search/", "#pm-query", ".pm-hits li"))
    built(folder, OTHER)
    with served(folder / "site") as address:
        row("Material's own", ask(browser, f"{address}/trends/", ".md-search__input",
                                  ".md-search-result__item"))  # fmt: skip
    for query in ("connection timeout", "replicaton lag"):
        command: list[str | Path] = [BIN / "postmortem", "search", query]
        measured(command, folder)
        print(f"postmortem search {query}: {measured(command, folder)[0]:.2f} s")


def main(count: str = "5000") -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        bench(int(count), Path(folder), browser)
        browser.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--index"]:
        cost_of_index(Path(sys.argv[2]))
    else:
        main(*sys.argv[1:])
