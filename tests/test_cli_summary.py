"""The summary for reviewers: what it says, and that nothing in it is markup of somebody else's."""

import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import action, at, library, postmortem, seeds
from command import run
from conftest import Site
from conftest import postmortem as complete
from mkdocs_postmortems.summary import plain, summarise
from repository import begin

A, B = "2024-03-08-pool", "2024-06-08-pool-again"


def test_the_facts_the_problems_the_repeats_and_what_is_alike() -> None:
    first = postmortem(A, action_items=[action(), action("Alert", type="detect")])
    second = postmortem(B, status="draft", summary=..., title="Again", started_at=at("2024-06-08"))
    text = summarise([second], library(first, second))
    assert "1 postmortem added or changed: 0 errors, " in text
    assert "### Again\n" in text
    for row in (
        f"| File | <code>postmortems/{B}.md</code> |",
        "| Status | draft |",
        "| Started | 8 Jun 2024, 10:00 UTC |",
        "| Time to resolve | 2 h |",
        "| Root cause | Connection pool |",
        "| Service | web |",
        "| Action items | none |",
    ):
        assert row in text
    assert re.search(r"\| \d+ \| warning PM701 \| 'summary' is needed to publish \| Add ", text)
    assert (
        f"- The pool ran dry, 92 days earlier (<code>postmortems/{A}.md</code>): the same root cause "
        "(Connection pool) and the same service (web); its preventive action was "
        "still open." in text
    )
    assert "**Past incidents most like it:**" in text
    assert "same root cause: Connection pool" in text


def test_a_draft_repeats_though_it_is_not_published_and_counts_nowhere_else() -> None:
    draft = postmortem(B, status="draft")
    assert "It repeats an earlier incident" in summarise([draft], library(postmortem(A), draft))
    assert "It repeats" not in summarise([draft], library(draft))


def test_one_without_problems_says_so_and_an_empty_change_too() -> None:
    archive = seeds()
    one = archive.by_id["2023-08-13-web-application-connection-pool"]
    clean = library(one)
    assert ("**No problems.**" in summarise([one], clean)) == (not clean.problems)
    assert "No postmortem was added or changed." in summarise([], archive)


def test_errors_come_before_warnings() -> None:
    one = postmortem(A, severity="sev9", trigger="nothing")
    text = summarise([one], library(one))
    levels = re.findall(r"^\| \d+ \| (error|warning) ", text, re.MULTILINE)
    assert levels == sorted(levels)
    assert "error" in levels


def test_hundreds_are_cut() -> None:
    many = [postmortem(f"2024-01-01-p{n}") for n in range(103)]
    text = summarise(many, library(*many))
    assert text.count("\n### ") == 100
    assert "The other 3 are left out here." in text


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=60))
def test_whatever_is_written_is_shown_and_never_markup(text: str) -> None:
    html = markdown.markdown(f"| a | b |\n|---|---|\n| x | {plain(text)} |", extensions=["tables"])
    assert set(re.findall(r"<(/?\w+)", html)) <= {
        "table", "/table", "thead", "/thead", "tbody", "/tbody", "tr", "/tr", "th", "/th", "td", "/td",
    }  # fmt: skip
    assert html.count("<td>") == 2


@pytest.mark.parametrize(
    "text",
    ["@everyone", "[x](javascript:alert(1))", "![](https://x/y.png)", "<img src=x onerror=y>",
     "| a | b |", "`code`", "# Heading", "**bold** _it_ __it__", "&lt;b&gt;", "#123", "$(id)"],
)  # fmt: skip
def test_no_mention_link_picture_or_markup_of_an_author_takes_effect(text: str) -> None:
    one = postmortem(A, title=text, keywords=[text])
    written = summarise([one], library(one))
    assert text not in written
    html = markdown.markdown(written, extensions=["tables"])
    assert not re.search(r"<(a|img|script|em|h1)\b", html)
    assert "@" not in written


def test_the_command_takes_what_differs_from_a_revision(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    site.write(f"postmortems/{A}.md", complete())
    begin(site.root)
    assert "No postmortem was added or changed." in run("summary", "--since", "main").stdout
    site.write(f"postmortems/{B}.md", complete(title="Again", severity="sev9"))
    result = run("summary", "--since", "main")
    assert result.exit_code == 0
    assert "### Again" in result.stdout
    assert "### The pool ran dry" not in result.stdout
    assert "error PM101" in result.stdout
