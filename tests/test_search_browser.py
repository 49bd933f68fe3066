# ruff: noqa: F811 (fixtures are imported by the names that tests ask for)
"""The search page in Chromium."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from command import run
from mkdocs_postmortems.search.spelling import distance
from mkdocs_postmortems.search.words import names_of, stems, words_of
from test_browser import address, browser, page  # noqa: F401 (fixtures)

ROOT = Path(__file__).parents[1]
HITS = "main ol.pm-hits a"


def ask(page: Page, query: str) -> list[str]:
    """The ids that the page finds for `query`, best first."""
    page.evaluate("delete document.querySelector('form[data-pm-search]').dataset.pmAnswered")
    page.fill("#pm-query", query)
    page.wait_for_selector("form[data-pm-answered]")
    links = page.locator(HITS).evaluate_all("links => links.map(link => link.href)")
    return [Path(link).name for link in links]


@pytest.mark.parametrize(
    "query",
    ["too many connections", "pool", "conection pol exausted", "load balancer slow api",
     "wp-settings.php", "max_connections", "surge", "deploy", "database", "users cannot connect",
     "constructor __proto__ toString", "<img src=x onerror=alert(1)>", "pool pool the pool", "the",
     "log line says pool " * 30],
)  # fmt: skip
def test_the_page_ranks_as_the_command_line_does(
    page: Page, address: str, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page.goto(f"{address}/search/")
    listed = json.loads(run("search", "--json", query).stdout)
    assert ask(page, query) == [row["id"] for row in listed]


def test_words_are_read_as_python_reads_them(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    text = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "postmortems").glob("*.*")))
    words = sorted(set(words_of(text)))
    assert page.evaluate("text => pmSearch.wordsOf(text)", text) == words_of(text)
    assert page.evaluate("text => pmSearch.namesOf(text).sort()", text) == sorted(names_of(text))
    assert page.evaluate("words => words.map(pmSearch.stem)", words) == stems(words)


ENDINGS = ["s", "es", "ies", "sses", "ed", "eed", "ing", "ational", "tional", "izer", "ness", "ful",
           "ication", "ement", "ion", "ance", "y", "ll", "e"]  # fmt: skip
WORDS = st.lists(
    st.tuples(st.text("abcdeiorstvy", min_size=1, max_size=6), st.sampled_from(ENDINGS)).map(
        "".join
    )
)


def test_stems_and_slips_are_those_of_python_whatever_the_word(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")

    @settings(max_examples=30)
    @given(WORDS)
    def hold(words: list[str]) -> None:
        assert page.evaluate("words => words.map(pmSearch.stem)", words) == stems(words)
        pairs = [list(pair) for pair in pairwise(words)]
        far = page.evaluate("pairs => pairs.map(([a, b]) => pmSearch.distance(a, b, 2))", pairs)
        assert far == [distance(one, other, 2) for one, other in pairs]

    hold()


def test_a_query_comes_by_its_address_and_says_what_fixed_it(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q=pool&root-causes=configuration")
    expect(page.locator("#pm-query")).to_have_value("pool")
    expect(page.locator(HITS).first).to_be_visible()
    narrowed = page.locator(HITS).count()
    expect(page.locator("input[name=root-causes][value=configuration]")).to_be_checked()
    expect(page.locator(".pm-hit__fixed").first).to_contain_text(
        "What fixed it: Configuration change"
    )
    expect(page.locator(".pm-hit__excerpt mark").first).to_be_visible()
    page.locator("input[name=root-causes][value=configuration]").uncheck()
    expect(page.locator(HITS)).not_to_have_count(narrowed)
    assert page.url.endswith("/search/?q=pool")


def test_the_counts_of_the_facets_follow_the_query(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    for query in ("Cloudbleed", "liblzma", "2112330001"):
        found = ask(page, query)
        shown = page.locator(".pm-hits .pm-severity").all_inner_texts()
        assert 0 < len(found) < 10
        for severity, count in Counter(shown).items():
            box = page.locator(f"input[name=severities][value={severity.lower()}]")
            counted = page.locator("label", has=box).locator(".pm-number")
            expect(counted).to_have_text(str(count))


def test_a_correction_is_told_and_can_be_taken_back(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    assert ask(page, "booking exausted zzzyx")
    found = page.locator("[role=status]")
    expect(found).to_contain_text("Nobody wrote “exausted”")
    found.get_by_role("button").click()
    expect(found).not_to_contain_text("Nobody wrote")
    assert "literal" in page.url


def test_terms_are_offered_before_incidents(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    ask(page, "pool")
    link = page.locator(".pm-offers a").first
    expect(link).to_have_text("Connection pool")
    link.click()
    expect(page.locator("h1")).to_have_text("Connection pool")


def test_sorting_by_date_puts_the_latest_first_and_undated_ones_last(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/search/?q=pool&sort=date&services=web-application&services=load-balancer")
    expect(page.locator(HITS).first).to_be_visible()
    days = page.locator(".pm-hits .pm-incident__day").all_inner_texts()
    assert len(days) > 2
    assert days[-1] == "undated"
    years = [int(day[-4:]) for day in days if day != "undated"]
    assert years == sorted(years, reverse=True)


def test_nothing_found_leaves_ways_to_go_on(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    assert ask(page, "qqqqqqqqqqqq") == []
    expect(page.locator("[role=status]")).to_contain_text("Nothing was found")
    expect(page.locator("[data-pm-part=empty] a").first).to_be_visible()


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_the_header_and_its_keys_lead_to_the_one_search(page: Page, address: str, key: str) -> None:
    page.goto(f"{address}/root-causes/")
    page.keyboard.press(key)
    page.keyboard.type("too many connections")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=too+many+connections")
    expect(page.locator(HITS).first).to_be_visible()


def test_the_home_page_s_box_leads_here(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.fill("#pm-q", "pool")
    page.press("#pm-q", "Enter")
    expect(page.locator(HITS).first).to_be_visible()


def test_results_are_reached_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q=pool")
    expect(page.locator(HITS).first).to_be_visible()
    page.locator("#pm-query").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('ol.pm-hits') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/postmortems/*/")


def test_it_is_useful_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(f"{address}/search/?q=pool")
    expect(still.locator("main noscript a").first).to_be_visible()
    expect(still.locator("main a[href*='root-causes/resource-exhaustion']").first).to_be_visible()
    context.close()


def test_the_page_fits_a_phone(browser: Browser, address: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    phone.goto(f"{address}/search/?q=pool")
    expect(phone.locator(HITS).first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.close()
