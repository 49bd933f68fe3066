"""What the pages of figures say about small archives, each thing counted where it belongs."""

import json
import re

import pytest

from archive import action
from conftest import Site, postmortem

POOL = "[resource-exhaustion/connection-pool]"


def _text(html: str) -> str:
    """What a reader reads."""
    body = html.partition("<article")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def _archive(site: Site) -> None:
    """Seven postmortems, each a case of its own."""

    def write(id_: str, start: str | None, end: str | None, **changed: str | None) -> None:
        text = postmortem(f"About {id_}", start or "X", end or "Y", **changed)
        text = text.replace('"X"', "null").replace('"Y"', "null")
        site.write(f"postmortems/{id_}.md", text)

    two_leaves = "[resource-exhaustion/connection-pool, resource-exhaustion/threads]"
    write(
        "2024-01-10-two-leaves",
        "2024-01-10T10:00:00Z",
        "2024-01-10T12:00:00Z",
        root_causes=two_leaves,
    )
    write(
        "2024-02-10-withdrawn", "2024-02-10T10:00:00Z", "2024-02-10T12:00:00Z", status="withdrawn"
    )
    write("2024-03-10-draft", "2024-03-10T10:00:00Z", "2024-03-10T12:00:00Z", status="draft")
    write(
        "2024-04-10-near-miss",
        "2024-04-10T10:00:00Z",
        "2024-04-10T10:00:00Z",
        impacts="[none]",
        services="[other]",
    )
    write(
        "2024-05-10-conflict",
        "2024-05-10T10:00:00Z",
        "2024-05-10T08:00:00Z",
        services="[conflicted]",
    )
    write("undated-one", None, None, services="[old]")
    write("2024-06-10-again", "2024-06-10T10:00:00Z", "2024-06-10T11:00:00Z")


def test_each_case_is_counted_exactly_where_it_belongs(site: Site) -> None:
    _archive(site)
    site.build()
    causes = {t["id"]: t["ids"] for t in json.loads(site.read("api/v1/root-causes.json"))}
    everything = {"2024-01-10-two-leaves", "2024-04-10-near-miss", "2024-05-10-conflict",
                  "undated-one", "2024-06-10-again"}  # fmt: skip
    assert set(causes["resource-exhaustion"]) == everything
    assert causes["resource-exhaustion/threads"] == ["2024-01-10-two-leaves"]
    trends = json.loads(site.read("api/v1/trends.json"))
    assert trends["incidents"] == 4
    assert trends["near_misses"] == 1
    assert trends["undated"] == ["undated-one"]
    year = next(row for row in trends["counts"]["year"] if row["period"] == "2024")
    assert (year["value"], year["near_misses"]) == (3, 1)
    resolve = trends["times"]["resolve"]
    assert {v["id"]: v["minutes"] for v in resolve["values"]} == {
        "2024-01-10-two-leaves": 120,
        "2024-06-10-again": 60,
    }
    assert resolve["conflicting"] == 1
    page = _text(site.read("trends/index.html"))
    assert "4 incidents on record, and 1 near miss counted apart" in page
    assert "1 incident without a date stands in no period" in page


def test_a_repeat_is_told_with_what_was_promised(site: Site) -> None:
    _archive(site)
    site.build()
    banner = _text(site.read("postmortems/2024-06-10-again/index.html"))
    assert "This repeats an earlier incident" in banner
    assert "same root cause (Connection pool) on web 152 days earlier" in banner
    assert "no preventive action had been promised" in banner
    repeats = _text(site.read("repeats/index.html"))
    assert "Connection pool on web: 2 times" in repeats
    assert "Connection pool: 4 incidents on 3 services" in repeats


def test_a_digest_names_its_incidents_and_its_neighbours(site: Site) -> None:
    _archive(site)
    out = site.build()
    page = site.read("trends/2024-q2/index.html")
    assert "About 2024-06-10-again" in page
    assert "What nearly happened" in page
    assert (
        "About 2024-01-10-two-leaves"
        not in page.partition("What happened")[2].partition("What nearly")[0]
    )
    assert 'href="../2024-q1/"' in page
    assert 'href="../2024-q3/"' in page
    assert (out / "trends/2024/index.html").is_file()
    assert not (out / "trends/2027/index.html").exists()


def test_figures_never_mention_what_is_not_published(site: Site) -> None:
    _archive(site)
    out = site.build()
    for page in ("trends", "repeats", "actions", "data-quality"):
        text = (out / page / "index.html").read_text("utf-8")
        assert "2024-02-10-withdrawn" not in text
        assert "2024-03-10-draft" not in text
    assert "1 postmortem not published yet" in _text(site.read("data-quality/index.html"))


def test_cells_lead_to_the_filtered_list(site: Site) -> None:
    _archive(site)
    site.build()
    page = site.read("trends/index.html")
    assert (
        'href="../postmortems/?root-causes=resource-exhaustion&amp;impacts=unavailability"' in page
    )


def test_every_key_of_the_documents_is_described(site: Site) -> None:
    _archive(site)
    site.build()
    page = _text(site.read("api/index.html"))
    for name in ("trends", "repeats", "actions"):
        for key in json.loads(site.read(f"api/v1/{name}.json")):
            assert key in page, f"{name}.{key}"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([action()], "its preventive action was still open"),
        ([action(), action("Alert")], "its 2 preventive actions were still open"),
        ([action(status="done")], "its preventive action was done on a day not recorded"),
        ([action(status="unknown")], "what had become of its preventive action is not known"),
        (
            [action(), action("Alert", status="wont-do")],
            "of its 2 preventive actions, 1 still open, 1 given up",
        ),
    ],
)
def test_a_repeat_tells_what_had_become_of_the_promises(
    site: Site, items: list[dict[str, object]], said: str
) -> None:
    written = json.dumps(items)
    site.write("postmortems/2024-03-08-a.md", postmortem(action_items=written))
    again = {"start": "2024-05-01T10:00:00+00:00", "end": "2024-05-01T12:00:00+00:00"}
    site.write("postmortems/2024-05-01-b.md", postmortem("It ran dry again", **again))
    site.build(strict=False)
    assert said in site.read("repeats/index.html")


def test_a_near_miss_has_no_share_of_the_incidents(site: Site) -> None:
    _archive(site)
    site.build()
    page = _text(site.read("impacts/none/index.html"))
    assert "near miss" in page
    assert "of all incidents" not in page
    assert "of all incidents" in _text(site.read("impacts/unavailability/index.html"))


def test_times_known_to_the_day_are_shown_as_days(site: Site) -> None:
    times = {"start": "2024-03-08T00:00:00+00:00", "end": "2024-03-11T00:00:00+00:00"}
    site.write("postmortems/2024-03-08-x.md", postmortem(**times, time_precision="day"))
    site.build()
    page = _text(site.read("postmortems/2024-03-08-x/index.html"))
    assert "Started 8 Mar 2024 Resolved 11 Mar 2024 +3 d" in page
    assert "00:00" not in page
