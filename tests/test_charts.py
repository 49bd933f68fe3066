"""Charts: what reaches the page, what may never reach it, and how often it is drawn."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_postmortems.charts import (
    VARIABLES,
    Bar,
    Chart,
    Dot,
    Link,
    Mix,
    Part,
    Renderer,
    Row,
    Share,
    Step,
    Table,
    Tick,
    counts,
    durations,
    mix,
    renderer,
    shares,
    strip,
    survival,
)
from mkdocs_postmortems.charts.compact import tidy
from mkdocs_postmortems.charts.drawing import lanes, multiples
from mkdocs_postmortems.charts.links import safe_href
from mkdocs_postmortems.charts.style import NARROW, SIZES, WIDE
from mkdocs_postmortems.charts.wording import clean, cut, percent, thin, width, wrap

SVG = "{http://www.w3.org/2000/svg}"
RENDERER = Renderer()


def in_minutes(minutes: float) -> str:
    return f"{minutes:g} minutes"


def years(*numbers: int, href: str = "") -> list[Bar]:
    last = len(numbers) - 1
    return [
        Bar(f"{2018 + i}", n, n / 2, n + 4, href and f"{href}{2018 + i}/", unfinished=i == last)
        for i, n in enumerate(numbers)
    ]


def dots(*minutes: float, href: str = "") -> tuple[Dot, ...]:
    return tuple(Dot(m, f"Incident {i}", href and f"{href}{i}/") for i, m in enumerate(minutes))


CHARTS = {
    "counts": counts("Per year", years(3, 0, 5, 7, 2, href="../years/")),
    "many counts": counts("Per month", [Bar(f"{y}-{m:02}", m % 4, m % 4 / 2, m % 4 + 3) for y in range(2015, 2025) for m in range(1, 13)]),
    "shares": shares("Causes", [Share("Configuration", 0.4, 0.3, 0.5, 12, "../c/"), Share("A long name " * 20, 0, 0, 0.08, 0)]),
    "durations": durations("Times", [Row("To resolve", dots(0, 1, 12, 60, 60, 60, 300, 20_000, href="../p/"), 60, (10, 300), 9000, "8 known"), Row("To detect", note="0 known")], written=in_minutes),
    "survival": survival("Actions", [Step(0, 1, 1, 1), Step(9, 0.6, 0.3, 0.8), Step(40, 0.2, 0.05, 0.5)]),
    "strip": strip("When", [Tick(date(2020, 5, 1), "One", "../one/"), Tick(date(2020, 5, 2), "Two", "../two/"), Tick(date(2024, 12, 31), "Three")], since=2018, until=2025),
    "mix": mix("Noticed by", [Mix("2023", (Part("Monitoring", 4, "../m/"), Part("Customers", 2))), Mix("2024", (Part("Customers", 1),), unfinished=True)]),
}  # fmt: skip
NOTHING = [
    counts("Nothing", []),
    shares("Nothing", []),
    durations("Nothing", [Row("To resolve")], written=in_minutes),
    survival("Nothing", []),
    strip("Nothing", [], since=2020, until=2024),
    mix("Nothing", [Mix("2024", (Part("Monitoring", 0),))]),
]


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]


def html_of(chart: Chart) -> str:
    return str(chart.html(RENDERER))


def drawings(html: str) -> list[ET.Element]:
    return [ET.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", html)]


def texts(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


class Tags(HTMLParser):
    """What a browser would find: the tags, their attributes, and every id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, attribute: str) -> list[str]:
        return [value for _, held in self.found if (value := held.get(attribute)) is not None]


# What a page gets


def test_a_chart_is_a_figure_with_both_sizes_and_its_numbers(chart: Chart) -> None:
    html = html_of(chart)
    assert html.startswith('<figure class="pm-chart pm-chart--')
    assert html.endswith("</figure>")
    assert "\n" not in html
    for size, svg in zip(SIZES, drawings(html), strict=True):
        assert svg.get("class") == f"pm-chart__{size.name}"
        assert svg.get("width") == str(size.width)
        assert svg.get("viewBox") == f"0 0 {size.width} {svg.get('height')}"
    assert html.count("<details") == html.count("<table") == 1
    assert html.count("<tr>") == len(chart.table.rows) + 1


def test_a_drawing_has_a_name_and_a_description(chart: Chart) -> None:
    for svg in drawings(html_of(chart)):
        title, description = svg[0], svg[1]
        assert (title.tag, title.text) == (f"{SVG}title", chart.title)
        assert (description.tag, description.text) == (f"{SVG}desc", clean(chart.description))
        assert svg.get("aria-labelledby") == title.get("id")
        assert svg.get("aria-describedby") == description.get("id")
        # What is inside an image has no names, so links must not be inside one.
        links = list(svg.iter(f"{SVG}a"))
        assert svg.get("role") == ("group" if links else "img")
        assert all(link[0].tag == f"{SVG}title" and link[0].text for link in links)


def test_no_two_charts_of_a_page_share_an_id() -> None:
    page = Tags("".join(map(html_of, CHARTS.values())))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    referred = " ".join(page.all("aria-labelledby") + page.all("aria-describedby")).split()
    anchors = [href[1:] for href in page.all("href") if href.startswith("#")]
    assert set(referred + anchors) <= set(ids)


def test_ids_of_a_drawing_are_its_own() -> None:
    root = ET.fromstring(
        f'<svg xmlns="{SVG[1:-1]}"><defs><clipPath id="clip0"/></defs>'
        '<g clip-path="url(#clip0)" class="marks" role="x"/></svg>'
    )
    tidy(root, "pm-1-wide")
    assert root[0][0].get("id") == "pm-1-wide-clip0"
    assert root[1].attrib == {"clip-path": "url(#pm-1-wide-clip0)"}


def test_colours_are_variables_and_nothing_leaks(chart: Chart) -> None:
    html = html_of(chart)
    for svg in drawings(html):
        for element in svg.iter():
            for name in ("fill", "stroke"):
                colour = element.get(name, "none")
                variable = re.fullmatch(r"var\(--(.*)\)", colour)
                assert colour in {"none", "transparent"} or f"--{variable[1]}" in VARIABLES
            assert element.get("font-family", "inherit") == "inherit"
            assert not {"style", "class"} & set(element.keys()) or element is svg
    assert not re.search(r"<style|<script|xlink|https?://(?!www\.w3\.org/2000/svg)", html)


def test_nothing_is_clipped_and_no_two_labels_overlap(chart: Chart) -> None:
    for size, svg in zip(SIZES, drawings(html_of(chart)), strict=True):
        boxes = list(label_boxes(svg, 0, 0, {}))
        assert boxes
        height = float(svg.get("height", ""))
        for text, left, right, top, bottom in boxes:
            assert left >= -1, text
            assert right <= size.width + 1, text
            assert top >= -1, text
            assert bottom <= height + 1, text
        for one, other in combinations(boxes, 2):
            across = one[1] < other[2] and other[1] < one[2]
            assert not (across and one[3] < other[4] and other[3] < one[4]), (one, other)


def label_boxes(
    element: ET.Element, x: float, y: float, inherited: dict[str, str]
) -> Iterator[tuple[str, float, float, float, float]]:
    """Every line of text with its left, right, top and bottom, in a broad font."""
    attributes = {**inherited, **element.attrib}
    place = re.fullmatch(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", ""))
    if place:
        x, y = x + float(place[1]), y + float(place[2])
    attributes.pop("transform", None)
    if element.tag == f"{SVG}text":
        font = float(attributes["font-size"].removesuffix("px"))
        for line in [span for span in element if span.tag == f"{SVG}tspan"] or [element]:
            y += float(line.get("dy", "0"))
            text = line.text or ""
            wide = width(text, font)
            anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}[attributes["text-anchor"]]
            yield text, x - anchor * wide, x + (1 - anchor) * wide, y - 0.72 * font, y
    for child in element:
        yield from label_boxes(child, x, y, attributes)


def test_markdown_leaves_a_chart_alone(chart: Chart) -> None:
    html = html_of(chart)
    assert html in markdown.markdown(f"Before.\n\n{html}\n\nAfter.", extensions=["attr_list"])


@pytest.mark.parametrize("chart", NOTHING, ids=lambda chart: chart.kind)
def test_without_data_there_is_a_sentence_and_no_chart(chart: Chart) -> None:
    html = html_of(chart)
    assert html.startswith('<p class="pm-note">Nothing: ')
    assert html.endswith(".</p>")


# Links


@pytest.mark.parametrize(
    "href", ["../a/?x=1&y=2", "#part", "/abs/", "é/?q=a b", "https://example.org/x", "a/b:c"]
)
def test_links_come_out_as_they_went_in(href: str) -> None:
    html = html_of(counts("Linked", [Bar("2024", 2, 0, 7, href)]))
    assert Tags(html).all("href") == [href] * 3  # two drawings and the table
    assert [a.get("href") for svg in drawings(html) for a in svg.iter(f"{SVG}a")] == [href] * 2


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "a\ud800",
    ],
)
def test_links_that_could_run_something_are_refused(href: str) -> None:
    html = html_of(counts("Refused", [Bar("2024", 2, 0, 7, href)]))
    assert safe_href(href) == ""
    assert Tags(html).all("href") == []
    assert all(svg.get("role") == "img" for svg in drawings(html))


def test_many_links_can_be_skipped() -> None:
    few, many = (counts("Skip", years(*([1] * n), href="../")) for n in (3, 20))
    assert "pm-chart__skip" not in html_of(few)
    target = re.search(r'class="pm-chart__skip" href="#(.*?)"', html_of(many))
    assert target
    assert f'<details class="pm-chart__numbers" id="{target[1]}"' in html_of(many)


# What comes from postmortems is not to be trusted

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(min_codepoint=0, max_codepoint=0x2FFF), max_size=40),
    st.text(st.sampled_from("<>&\"'\\`{}[]()/;:= \n\t\x00\x1b\ud800\u202e\uffff𝄞"), max_size=40),
    st.sampled_from(
        [
            "</title><script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</svg></figure><iframe src=//x>",
            "]]><!--",
            "pm-mark-7",
            "javascript:alert(1)",
            "&lt;b&gt; {{ 7*7 }} {% x %} %s {0}",
            "datum.x",
        ]
    ),
)
TAGS = {
    *("figure", "figcaption", "span", "a", "ul", "li", "p"),
    *("svg", "title", "desc", "g", "path", "line", "rect", "circle", "text", "tspan"),
    *("details", "summary", "div", "table", "thead", "tbody", "tr", "th", "td"),
}


@settings(max_examples=40)
@given(HOSTILE, HOSTILE, HOSTILE, st.integers(0, 5))
def test_hostile_text_stays_text(label: str, title: str, href: str, which: int) -> None:
    bar = Bar(label, 2, 0, 7, href, unfinished=True)
    chart = [
        lambda: counts(title, [bar], one=label),
        lambda: shares(title, [Share(label, 0.4, 0.3, 0.5, 12, href)], one=title),
        lambda: durations(title, [Row(label, (Dot(5, title, href),), note=title)], written=in_minutes),
        lambda: survival(title, [Step(0, 1, 1, 1)], left=label, since=title),
        lambda: strip(title, [Tick(date(2020, 1, 1), label, href)], since=2020, until=2021),
        lambda: mix(title, [Mix(label, (Part(title, 3, href),))], one=label),
    ][which]()  # fmt: skip
    html = html_of(chart)
    html.encode("utf-8")
    assert "\n" not in html
    parsed = Tags(html)
    assert {tag for tag, _ in parsed.found} <= TAGS
    assert not [name for _, held in parsed.found for name in held if name.startswith("on")]
    assert set(parsed.all("href")) <= {href}
    assert href == safe_href(href) or not parsed.all("href")
    for svg in drawings(html):
        assert svg[0].text == (clean(title) or "untitled")


def test_the_table_is_given_or_made_and_escaped() -> None:
    table = Table(
        ("A & B", "N"), ((Link("<i>", "javascript:x"), "1"), (Link("two", "../2/"), "<2>"))
    )
    html = html_of(counts("Own table", years(1), table=table))
    assert '<th scope="col">A &amp; B</th>' in html
    assert '<th scope="row">&lt;i&gt;</th><td class="pm-number">1</td>' in html
    assert '<a href="../2/">two</a></th><td class="pm-number">&lt;2&gt;</td>' in html


# One by one


def test_an_unfinished_period_is_dashed_and_says_so() -> None:
    done, open_ = (
        html_of(counts("Open", [Bar("2024", 4, 1, 9), Bar("2025", 2, 0, 7, unfinished=last)]))
        for last in (False, True)
    )
    assert "so far" not in done
    assert "stroke-dasharray" not in done
    assert 'stroke-dasharray="4,3"' in open_
    assert "Dashed: the period is not over." in open_
    assert "2025 (so far)" in open_
    assert all("so far" in texts(svg) for svg in drawings(open_))


def test_many_periods_are_shaded_and_named_by_year() -> None:
    chart = CHARTS["many counts"]
    assert chart.key == "Shaded: 95% interval."
    wide, narrow = drawings(html_of(chart))
    assert {"2015", "2020", "2024"} <= set(texts(wide))
    assert "2020" in texts(narrow)
    assert len(texts(narrow)) < len(texts(wide))


def test_a_long_label_is_cut_and_whole_in_its_title() -> None:
    label = "Certificate expired although three people had been told that it would " * 3
    for svg in drawings(html_of(shares("Long", [Share(label, 0.1, 0, 0.3, 1)]))):
        assert any("…" in text for text in texts(svg))
        assert any(
            (t.text or "").startswith(clean(label)) for t in list(svg.iter(f"{SVG}title"))[1:]
        )


def test_shares_show_their_counts() -> None:
    for svg in drawings(html_of(CHARTS["shares"])):
        assert {"40% (12)", "0% (0)"} <= set(texts(svg))


def test_durations_lie_on_a_logarithmic_axis_in_human_ticks() -> None:
    chart = durations("Log", [Row("All", dots(1, 10, 100, 1_000, 20_000))], written=in_minutes)
    for svg in drawings(html_of(chart)):
        assert {"1 min", "10 min", "1 h", "1 d", "1 w"} <= set(texts(svg))
        across = sorted(float(dot.get("cx", "")) for dot in svg.iter(f"{SVG}circle"))
        steps = [later - earlier for earlier, later in pairwise(across[:3])]
        assert steps == pytest.approx([steps[0]] * 2, abs=0.1)


def test_ticks_of_a_long_axis_keep_apart() -> None:
    chart = durations("Long", [Row("All", dots(0, 5_000_000))], written=in_minutes)
    wide, narrow = drawings(html_of(chart))
    assert {"0", "1 min", "1 w", "4 w", "1 y"} <= set(texts(wide))
    boxes = sorted(box[1:3] for box in label_boxes(narrow, 0, 0, {}) if box[0][-1] in "0nhdwy")
    assert len(boxes) > 4
    assert all(earlier[1] < later[0] for earlier, later in pairwise(boxes))


def test_no_dot_hides_another() -> None:
    chart = durations("Heap", [Row("All", dots(*[60] * 9, *[61] * 4, 1_000))], written=in_minutes)
    for svg in drawings(html_of(chart)):
        circles = [
            tuple(float(c.get(n, "")) for n in ("cx", "cy", "r")) for c in svg.iter(f"{SVG}circle")
        ]
        assert len(circles) == 14
        for (x, y, r), (x2, y2, _) in combinations(circles, 2):
            assert (x - x2) ** 2 + (y - y2) ** 2 >= (2 * r) ** 2 or abs(x - x2) >= 2 * r


def test_what_took_no_time_stands_at_nought() -> None:
    chart = durations("Zero", [Row("All", dots(0, 30))], written=in_minutes)
    assert all("0" in texts(svg) for svg in drawings(html_of(chart)))


def test_very_many_dots_stay_a_small_page() -> None:
    rows = [Row("All", dots(*(1 + i * 7 % 9_999 for i in range(4_000)), href="../p/"))]
    html = html_of(durations("Many", rows, written=in_minutes))
    assert len(html) < 500_000
    assert Tags(html).all("href") == []


def test_a_median_and_quartiles_are_drawn_and_told() -> None:
    plain = durations("Bare", [Row("All", dots(1, 60, 600))], written=in_minutes)
    full = durations("Told", [Row("All", dots(1, 60, 600), 60, (5, 300), 550)], written=in_minutes)
    assert "median" not in html_of(plain)
    assert "median 60 minutes, middle half 5 minutes to 300 minutes" in full.description
    assert full.table.rows == (
        ("All", "3", "5 minutes", "60 minutes", "300 minutes", "550 minutes"),
    )
    assert 'stroke-width="3"' in html_of(full)
    assert 'stroke-width="3"' not in html_of(plain)


def test_a_curve_says_when_half_are_reached() -> None:
    assert "Half are reached on day 40." in CHARTS["survival"].description
    flat = survival("Flat", [Step(0, 1, 1, 1), Step(9, 0.9, 0.7, 1)])
    assert "Half are not reached." in flat.description


def test_a_strip_has_a_link_for_every_tick_in_order() -> None:
    chart = CHARTS["strip"]
    assert [mark.title for mark in chart.marks] == [
        "2020-05-01: One",
        "2020-05-02: Two",
        "2024-12-31: Three",
    ]
    for svg in drawings(html_of(chart)):
        assert [link.get("href") for link in svg.iter(f"{SVG}a")] == ["../one/", "../two/"]
        assert "2020" in texts(svg)


def test_a_ninth_kind_and_more_are_others_but_in_the_table() -> None:
    parts = tuple(Part(f"Kind {i}", i) for i in range(1, 11))
    chart = mix("Kinds", [Mix("2024", parts)])
    assert chart.legend == (*(f"Kind {i}" for i in range(1, 8)), "Others")
    assert chart.marks[-1].title == "2024: Others, 27 incidents"
    assert chart.table.columns[-2:] == ("Kind 10", "All")
    assert chart.table.rows[0][-1] == "55"


# Drawn once


def count_drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    drawn: list[str] = []

    def draw(spec: str) -> str:
        drawn.append(spec)
        return f"<svg>{len(spec)}</svg>"

    monkeypatch.setattr(renderer, "_drawn", draw)
    return drawn


SPEC = {"mark": "bar", "width": 720}


def test_the_same_chart_has_the_same_bytes() -> None:
    assert all(chart.html(Renderer()) == chart.html(RENDERER) for chart in CHARTS.values())


def test_a_drawing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = count_drawings(monkeypatch)
    one = Renderer()
    assert one.draw(SPEC) == one.draw(dict(reversed(SPEC.items())))
    one.draw({**SPEC, "width": 340})
    assert len(drawn) == 2


def test_a_cache_outlives_its_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drawn = count_drawings(monkeypatch)
    first = Renderer(tmp_path / "new" / "cache").draw(SPEC)
    assert Renderer(tmp_path / "new" / "cache").draw(SPEC) == first
    assert len(drawn) == 1


def test_another_version_draws_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drawn = count_drawings(monkeypatch)
    Renderer(tmp_path).draw(SPEC)
    monkeypatch.setattr(renderer, "_versions", lambda: "vl-convert 99")
    Renderer(tmp_path).draw(SPEC)
    assert len(drawn) == 2


@pytest.mark.parametrize("broken", [b"", b"\xff\xfe", b"<svg>", b"0" * 64 + b"\n<svg></svg>"])
def test_a_broken_entry_is_drawn_anew_and_mended(
    broken: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn = count_drawings(monkeypatch)
    good = Renderer(tmp_path).draw(SPEC)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(broken)
    assert Renderer(tmp_path).draw(SPEC) == good
    assert Renderer(tmp_path).draw(SPEC) == good
    assert len(drawn) == 2


def test_a_cache_that_cannot_be_written_is_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    count_drawings(monkeypatch)
    (tmp_path / "file").write_text("in the way")
    assert Renderer(tmp_path / "file").draw(SPEC).startswith("<svg>")


def test_writers_at_the_same_time_leave_one_whole_entry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn = count_drawings(monkeypatch)
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: Renderer(tmp_path).draw(SPEC), range(40)))
    assert len(found) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".svg"]
    before = len(drawn)
    Renderer(tmp_path).draw(SPEC)
    assert len(drawn) == before


def test_a_number_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="JSON"):
        RENDERER.draw({"width": float("nan")})


def test_a_fork_of_a_process_that_has_drawn_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    html_of(CHARTS["counts"])
    monkeypatch.setattr(renderer.os, "getpid", lambda: -1)
    with pytest.raises(RuntimeError, match="fork"):
        Renderer().draw(SPEC)


def test_the_engine_is_loaded_when_something_is_drawn() -> None:
    code = "import sys, mkdocs_postmortems.charts; sys.exit('vl_convert' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


# Words and places


@given(HOSTILE, st.floats(40, 400), st.integers(1, 3))
def test_wrapped_text_fits(text: str, room: float, lines: int) -> None:
    wrapped = wrap(clean(text), room, 12, lines)
    assert 1 <= len(wrapped) <= lines
    assert all(width(line, 12) <= room for line in wrapped)
    assert width(cut(clean(text), room, 12), 12) <= room


@given(st.integers(1, 400), st.floats(0.5, 80), st.sampled_from(["{y}", "{y} Q1", "w{i}", "same"]))
def test_labels_that_are_kept_do_not_touch(number: int, gap: float, form: str) -> None:
    labels = [form.format(y=1990 + i // 4, i=i) for i in range(number)]
    kept = thin(labels, gap, 12)
    assert kept
    for (i, one), (j, other) in pairwise(kept):
        assert (j - i) * gap > (width(one, 12) + width(other, 12)) / 2


@given(st.lists(st.floats(0, 100), max_size=40), st.floats(0.5, 10))
def test_lanes_keep_places_apart(places: list[float], gap: float) -> None:
    taken = lanes(places, gap)
    for (place, lane), (other, its) in combinations(zip(places, taken, strict=True), 2):
        assert lane != its or abs(place - other) >= gap


@pytest.mark.parametrize(
    ("highest", "expected"),
    [(0, [0, 1]), (3.69, [0, 1, 2, 3, 4]), (18.4, [0, 5, 10, 15, 20])],
)
def test_an_axis_reaches_its_highest_value(highest: float, expected: list[float]) -> None:
    assert multiples(highest, (1, 2, 5, 10), 5) == expected


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (0.004, "<1%"), (0.405, "40%"), (1, "100%")]
)
def test_a_share_in_words(share: float, words: str) -> None:
    assert percent(share) == words


def test_the_sizes_keep_text_readable_where_they_are_shown() -> None:
    # The narrow one at 390 pixels less margins, the wide one from 600 pixels on.
    assert NARROW.font * 358 / NARROW.width >= 11
    assert WIDE.font * 610 / WIDE.width >= 11
