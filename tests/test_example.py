"""The example site: the archive of famous incidents, and its own first five entries."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from archive import FOLDER, SEEDS
from archive import example as whole_example
from conftest import Site
from mkdocs_postmortems.library import Library

# Minutes until resolved; None where the record has no end, or two.
MINUTES = {
    "2023-08-13-web-application-connection-pool": 135,
    "2024-03-08-surge-drains-connection-pool": 210,
    "undated-load-balancer-connection-pool": None,
    "2023-10-15-pool-sized-below-peak": 135,
    "2024-06-09-booking-site-pool-misconfigured": None,
}


SHORTEST, LONGEST = 200, 500


@pytest.fixture(scope="module")
def archive() -> Library:
    return whole_example()


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
    assert {id_: found[id_] for id_ in SEEDS} == MINUTES


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


def test_of_the_seeds_alone_the_parent_counts_five_as_well(site: Site) -> None:
    site.write("postmortems/taxonomy.yml", (FOLDER / "taxonomy.yml").read_bytes())
    for id_ in SEEDS:
        shutil.copy(FOLDER / f"{id_}.md", site.root / "postmortems")
    site.build()
    counts = {t["id"]: t["count"] for t in json.loads(site.read("api/v1/root-causes.json"))}
    assert counts["resource-exhaustion/connection-pool"] == counts["resource-exhaustion"] == 5


def test_the_archive_has_no_problem_and_what_is_ignored_has_its_own_reason(
    archive: Library,
) -> None:
    assert archive.problems == ()
    retold = [p for p in archive.published if p.meta.sources]
    reasons = Counter(one.reason for p in retold for one in p.meta.ignore)
    assert set(reasons.values()) <= {1}
    assert sum(reasons.values()) < len(retold) / 10


def test_every_famous_incident_says_whose_it_was_and_where_it_is_from(archive: Library) -> None:
    retold = [p for p in archive.published if p.id not in SEEDS]
    assert len(retold) >= 63
    for postmortem in retold:
        assert postmortem.extra["organisation"], postmortem.id
        assert postmortem.meta.sources, postmortem.id
        assert postmortem.meta.visibility == "public", postmortem.id
        assert postmortem.is_retold, postmortem.id
        words = len(postmortem.body.text.split())
        assert SHORTEST <= words <= LONGEST, (postmortem.id, words)


def test_the_archive_has_near_misses_repeats_and_a_veto(archive: Library) -> None:
    published = archive.published
    assert sum(p.is_near_miss for p in published) >= 2
    assert any("internal-only" in p.meta.impacts for p in published)
    assert sum(bool(p.meta.recurrence_of) for p in published) >= 10
    assert any(p.meta.unrelated for p in published)


def test_a_facet_from_the_configuration_has_its_pages(example: Path, archive: Library) -> None:
    organisations = {p.extra["organisation"] for p in archive.published if p.extra}
    listed = {term["title"] for term in _json(example, "organisations.json")}
    assert listed == organisations
    page = (example / "organisations/github/index.html").read_text("utf-8")
    assert "2018-10-21-github-mysql-partition" in page


def test_an_account_that_is_retold_says_what_is_not_known_of_its_promises(example: Path) -> None:
    page = (example / "postmortems/2018-10-21-github-mysql-partition/index.html").read_text("utf-8")
    assert "pm-state--promised" in page
    assert "What has become of a promise since, nobody here knows." in page


def test_the_readme_counts_the_incidents_that_are_there(archive: Library) -> None:
    readme = (FOLDER.parent / "README.md").read_text("utf-8")
    famous = len(archive.published) - len(SEEDS)
    assert f"{famous} famous public incidents" in readme
