"""The example site: what the archive says about its own first five entries."""

import json
import re
from pathlib import Path

SEEDS = {
    "2023-08-13-web-application-connection-pool": 135,
    "2024-03-08-surge-drains-connection-pool": 210,
    "undated-load-balancer-connection-pool": None,
    "2023-10-15-pool-sized-below-peak": 135,
    "2024-06-09-booking-site-pool-misconfigured": None,
}


def _json(example: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((example / "api/v1" / name).read_text("utf-8"))
    return found


def test_all_five_seed_incidents_are_found_by_their_cause(example: Path) -> None:
    page = (example / "root-causes/resource-exhaustion/connection-pool/index.html").read_text()
    for id_ in SEEDS:
        assert f"/postmortems/{id_}/" in page
    counts = {term["id"]: set(term["ids"]) for term in _json(example, "root-causes.json")}  # type: ignore[call-overload]
    assert set(SEEDS) <= counts["resource-exhaustion/connection-pool"]
    assert counts["resource-exhaustion/connection-pool"] <= counts["resource-exhaustion"]


def test_durations_are_derived_and_withheld_where_the_record_disagrees(example: Path) -> None:
    found = {p["id"]: p["durations"]["resolve"] for p in _json(example, "postmortems.json")}  # type: ignore[index,call-overload]
    assert {id_: found[id_] for id_ in SEEDS} == SEEDS


def test_the_contradiction_is_published_openly(example: Path) -> None:
    page = (
        example / "postmortems/2024-06-09-booking-site-pool-misconfigured/index.html"
    ).read_text()
    assert "the record disagrees" in page
    assert "19:10" in page
    assert "01:10" in page


def test_no_page_of_the_example_asks_another_host_for_anything(example: Path) -> None:
    loads = re.compile(r'<(?:script|img|iframe|source|link)\b[^>]*?\b(?:src|href)="(https?:[^"]+)"')
    for path in example.rglob("*.html"):
        text = path.read_text("utf-8")
        foreign = [url for url in loads.findall(text) if not url.startswith("https://example.org/")]
        assert not foreign, (path, foreign)
