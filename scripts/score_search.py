"""Score the search, on the command line and on a built site, with queries whose answers are known.

usage: score_search.py QUERIES DOCUMENTS

QUERIES is a file of JSON lines: {"query": …, "kind": …, "relevant": [ids], "acceptable": [ids]}.
DOCUMENTS is a folder of Markdown: postmortems of this project, or free-form ones, which get the
least front matter there is beside their own, no root cause, and a file name that begins with
`undated-`. The site is built and served in a temporary folder and asked in Chromium. Printed
are, by kind of query, recall@10, the mean reciprocal rank of the first relevant document, and
nDCG@10 (relevant 2, acceptable 1).
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml
from playwright.sync_api import Page, sync_playwright

from screenshots import served

BIN = Path(sys.executable).parent
TOP = 10
UNDATED = "undated-"
# What a free-form document is given: everything that publication asks for and nothing it says.
LEAST: dict[str, Any] = {
    "status": "published",
    "severity": "sev3",
    "services": ["unknown"],
    "started_at": None,
    "resolved_at": None,
    "impacts": ["unavailability"],
    "trigger": "unknown",
    "root_causes": ["unknown"],
    "detection": "unknown",
    "resolution": ["other"],
    "action_items": [{"title": "None was recorded", "type": "process", "owner": "nobody"}],
    "authors": ["unknown"],
    "reviewers": ["archive"],
}
CONFIG = "site_name: Scored\ntheme: {name: material, font: false}\nplugins: [search, postmortems]\n"


class Score(NamedTuple):
    """How well one query was answered; each from 0 to 1."""

    recall: float
    reciprocal_rank: float
    ndcg: float


def score(query: Mapping[str, Any], found: Sequence[str]) -> Score:
    """How well the ids `found`, best first, answer a query."""
    relevant, top = set(query["relevant"]), found[:TOP]
    gains = {**dict.fromkeys(query.get("acceptable", ()), 1), **dict.fromkeys(relevant, 2)}
    first = next((1 / rank for rank, id_ in enumerate(top, 1) if id_ in relevant), 0.0)
    gained = _discounted(gains.get(id_, 0) for id_ in top)
    most = _discounted(islice(sorted(gains.values(), reverse=True), TOP))
    return Score(len(relevant & set(top)) / min(len(relevant), TOP), first, gained / most)


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


def means(queries: Iterable[Mapping[str, Any]], ask: Callable[[str], list[str]]) -> dict[str, Any]:
    """The mean scores by kind of query, `all` of them last, each with how many there are."""
    scores: dict[str, list[Score]] = defaultdict(list)
    every = []
    for query in queries:
        found = score(query, ask(query["query"]))
        scores[query["kind"]].append(found)
        every.append(found)
    scores["all"] = every
    return {kind: (len(found), _mean(found)) for kind, found in scores.items()}


def _mean(scores: Sequence[Score]) -> Score:
    return Score(*(sum(column) / len(scores) for column in zip(*scores, strict=True)))


def lay_out(documents: Path, site: Path) -> None:
    """A site of `documents` below `site`; what is no postmortem yet gets the least front matter."""
    archive = site / "postmortems"
    archive.mkdir(parents=True)
    (site / "docs").mkdir()
    (site / "mkdocs.yml").write_text(CONFIG, "utf-8")
    for path in sorted(documents.iterdir()):
        name = (
            path.name
            if re.match(r"\d{4}-\d{2}-\d{2}-|undated-", path.name)
            else UNDATED + path.name
        )
        if path.suffix != ".md":
            shutil.copy(path, archive)
        elif re.search(r"\A---\n(?:.*\n)*?status: ", path.read_text("utf-8")):
            shutil.copy(path, archive / name)
        else:
            (archive / name).write_text(with_front_matter(path), "utf-8")


def with_front_matter(path: Path) -> str:
    text = path.read_text("utf-8-sig")
    head = re.match(r"\A---\n(.*?\n)---\n", text, re.DOTALL)
    body = text[head.end() :] if head else text
    found = _read(head[1]) if head else {}
    heading = re.search(r"^#+ *(.+)$", body, re.MULTILINE)
    title = found.get("title") or (heading[1] if heading else body.strip().partition("\n")[0][:100])
    summary = found.get("summary") or "Nothing was summed up."
    own = {field: found[field] for field in LEAST if field in found}
    given = {"title": _line(title), "summary": _line(summary), **LEAST, **own}
    if found.get("keywords"):
        given["keywords"] = [_line(word) for word in found["keywords"]]
    return f"---\n{yaml.safe_dump(given, sort_keys=False)}---\n\n{body}"


def _read(head: str) -> dict[str, Any]:
    try:
        found = yaml.safe_load(head)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _line(value: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(value)).split()) or "Untitled"


def ask_command_line(site: Path) -> Callable[[str], list[str]]:
    def ask(query: str) -> list[str]:
        command = [BIN / "postmortem", "search", "--json", f"--limit={TOP}", "--", query]
        asked = subprocess.run(command, cwd=site, check=True, capture_output=True, text=True)
        return [row["id"].removeprefix(UNDATED) for row in json.loads(asked.stdout)]

    return ask


@contextmanager
def asking_site(site: Path) -> Iterator[Callable[[str], list[str]]]:
    """Builds the site, serves it, and asks its search page in Chromium."""
    subprocess.run([BIN / "mkdocs", "build", "--quiet"], cwd=site, check=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served(site / "site") as address, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(f"{address}/search/")
        yield lambda query: ask_page(page, query)
        browser.close()


def ask_page(page: Page, query: str) -> list[str]:
    """The ids of the results on the page, as its links in `main` have them."""
    page.evaluate("delete document.querySelector('form[data-pm-search]').dataset.pmAnswered")
    page.fill("#pm-query", query)
    page.wait_for_selector("form[data-pm-answered]")
    links = page.locator("main ol.pm-hits a[href*='/postmortems/']")
    found = links.evaluate_all("links => links.map(link => link.href)")
    return [Path(link.rstrip("/")).name.removeprefix(UNDATED) for link in found]


def show(title: str, found: Mapping[str, Any]) -> None:
    print(f"\n{title:14} queries  recall@10    MRR  nDCG@10")
    for kind, (count, mean) in found.items():
        values = f"{mean.recall:9.3f}  {mean.reciprocal_rank:5.3f}  {mean.ndcg:7.3f}"
        print(f"{kind:14} {count:7}  {values}")


def main(queries: str, documents: str) -> None:
    asked = [json.loads(line) for line in Path(queries).read_text("utf-8").splitlines() if line]
    with TemporaryDirectory() as folder:
        site = Path(folder) / "scored"
        lay_out(Path(documents), site)
        show("command line", means(asked, ask_command_line(site)))
        with asking_site(site) as ask:
            show("site", means(asked, ask))


if __name__ == "__main__":
    main(*sys.argv[1:])
