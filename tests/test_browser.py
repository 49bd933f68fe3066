"""The built site in Chromium."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from screenshots import served

HOW_TO = "Chromium is not there: run `make test`, which finds or installs it."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail(HOW_TO)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(example: Path) -> Iterator[str]:
    with served(example) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that minds its manners: no error in the console, no request to another host."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda r: (
            None if r.url.startswith((address, "data:", "blob:")) else complaints.append(r.url)
        ),
    )
    yield page
    page.close()
    assert complaints == []


def test_an_error_message_leads_to_the_incident(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.fill("#pm-q", "too many connections")
    page.press("#pm-q", "Enter")
    page.wait_for_url("**/search/?q=too+many+connections")
    result = page.locator("main .pm-hits a").first
    expect(result).to_be_visible()
    result.click()
    expect(page.locator("h1")).to_contain_text("pool")


def test_a_filtered_table_can_be_sent_to_a_colleague(page: Page, address: str) -> None:
    page.goto(f"{address}/postmortems/")
    rows = page.locator("#pm-table tbody tr:visible")
    everything = rows.count()
    page.select_option("select[name=impacts]", "functional-error")
    assert "impacts=functional-error" in page.url
    filtered = rows.count()
    assert 0 < filtered < everything
    page.goto(page.url)
    assert rows.count() == filtered
    expect(page.locator("select[name=impacts]")).to_have_value("functional-error")


def test_a_parent_cause_finds_what_carries_its_leaves(page: Page, address: str) -> None:
    page.goto(f"{address}/postmortems/?root-causes=resource-exhaustion")
    expect(page.locator("#pm-table tbody tr:visible").first).to_be_visible()


def test_the_table_sorts_both_ways_and_keeps_the_unknown_last(page: Page, address: str) -> None:
    page.goto(f"{address}/postmortems/")
    head = page.locator("th[data-sort=lasted]")
    read = "rows => rows.map(r => r.cells[6].dataset.value)"
    for direction in (1, -1):
        head.locator("button").click()
        found = page.locator("#pm-table tbody tr").evaluate_all(read)
        known = [int(value) for value in found if value]
        assert known == sorted(known, reverse=direction < 0)
        assert all(found[: len(known)])
    assert "sort=-lasted" in page.url


def test_the_table_reads_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/postmortems/")
    expect(page.locator("#pm-table tbody tr").first).to_be_visible()
    expect(page.locator(".pm-filters")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("path", ["", "postmortems/", "root-causes/", "trends/",
                                  "root-causes/resource-exhaustion/connection-pool/",
                                  "postmortems/2024-06-09-booking-site-pool-misconfigured/"])  # fmt: skip
def test_no_page_is_wider_than_a_phone(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_the_length_of_a_period_is_chosen_without_javascript(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/trends/")
    for kind in ("month", "quarter", "year"):
        page.locator(f"label[for=pm-period-{kind}]").click()
        for other in ("month", "quarter", "year"):
            chart = page.locator(f".pm-chosen--{other} figure")
            expect(chart).to_be_visible(visible=other == kind)
    context.close()


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(1280, "wide", "narrow"), (390, "narrow", "wide")]
)
def test_a_chart_is_drawn_in_the_size_that_fits(
    browser: Browser, address: str, width: int, shown: str, hidden: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{address}/trends/")
    chart = page.locator(".pm-chart--shares").first
    expect(chart.locator(f".pm-chart__{shown}")).to_be_visible()
    expect(chart.locator(f".pm-chart__{hidden}")).to_be_hidden()
    sizes = chart.locator("svg:visible text").evaluate_all(
        "texts => texts.map(t => t.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 10
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_words_of_a_chart_follow_the_scheme(
    browser: Browser, address: str, scheme: str
) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/trends/")
    brightness = """element => {
      const [r, g, b] = getComputedStyle(element).fill.match(/\\d+/g).map(Number);
      return (r + g + b) / 3;
    }"""
    words = page.locator(".pm-chart--shares svg:visible text").first.evaluate(brightness)
    assert (words > 128) == (scheme == "dark")
    page.close()


def test_promises_are_filtered_by_state_and_owner(page: Page, address: str) -> None:
    page.goto(f"{address}/actions/?state=done")
    rows = page.locator("#pm-actions tbody tr:visible")
    assert set(rows.evaluate_all("rows => rows.map(r => r.dataset.state)")) == {"done"}
    page.select_option("select[name=state]", "open")
    page.select_option("select[name=type]", "prevent")
    assert "state=open&type=prevent" in page.url
    assert rows.count() > 0
    assert set(rows.evaluate_all("rows => rows.map(r => r.dataset.type)")) == {"prevent"}


def test_nothing_jumps_while_a_page_loads(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script("""
      window.shifts = 0;
      new PerformanceObserver(list => list.getEntries().forEach(e => { window.shifts += e.value; }))
        .observe({type: "layout-shift", buffered: true});
    """)
    for path in ("", "trends/", "postmortems/2024-03-08-surge-drains-connection-pool/"):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        assert page.evaluate("window.shifts") < 0.02, path
    page.close()
