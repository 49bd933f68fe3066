"""From a library to trends: who is counted where, and what is said of it."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from archive import DEFAULTS, action, at, library, postmortem, seeds, text
from mkdocs_postmortems.facets import configured
from mkdocs_postmortems.library import Library, load
from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.trends import Kind, Shares, TermShare, Trends, Verdict, trends
from mkdocs_postmortems.trends.document import trends_document


def term(shares: Shares, id_: str) -> TermShare:
    """The share of a term of any level."""
    every = [found for top in shares.terms for found in (top, *top.leaves)]
    return next(found for found in every if found.term.id == id_)


# Two leaves of one parent; withdrawn; draft; in review; near miss; conflicting times; undated;
# dated after today; and one that is like any other.
TWO_LEAVES = "2024-01-10-two-leaves"
CONFLICT = "2024-04-05-conflict"
DISPUTED = "2024-04-20-disputed"
PLAIN = "2024-10-01-plain"
UNDATED = "undated-proxy"
FUTURE = "2024-12-25-future"
NEAR_MISS = "2024-04-08-near-miss"


@pytest.fixture(scope="module")
def odd() -> Library:
    pool, threads = "resource-exhaustion/connection-pool", "resource-exhaustion/threads"
    readings = [at("2024-04-20", "12:00"), at("2024-04-20", "18:00")]
    return library(
        postmortem(TWO_LEAVES, root_causes=[pool, "network/dns", threads]),
        postmortem("2024-01-11-withdrawn", status="withdrawn"),
        postmortem("2024-01-12-draft", status="draft"),
        postmortem("2024-01-13-review", status="in-review"),
        postmortem(NEAR_MISS, impacts=["none"], trigger="attack"),
        postmortem(CONFLICT, resolved_at=at("2024-04-05", "09:00"), trigger="unknown"),
        postmortem(DISPUTED, resolved_at=None, disputed={"resolved_at": readings}),
        postmortem(PLAIN, root_causes=["network/dns"], impacts=["data-loss", "unavailability"]),
        postmortem(UNDATED, detection=...),
        postmortem(FUTURE, root_causes=["unknown"]),
        today="2024-11-20",
    )


@pytest.fixture(scope="module")
def found(odd: Library) -> Trends:
    return trends(odd)


def test_everything_is_counted_once_and_where_it_belongs(found: Trends) -> None:
    people = found.population
    assert [p.id for p in people.near_misses] == [NEAR_MISS]
    assert [p.id for p in people.undated] == [UNDATED]
    assert [p.id for p in people.future] == [FUTURE]
    assert {p.id for p in people.incidents} == {
        TWO_LEAVES, CONFLICT, DISPUTED, PLAIN, UNDATED, FUTURE
    }  # fmt: skip
    quarters = {row.period.name: row for row in found.counts[Kind.QUARTER]}
    assert {name: row.incidents for name, row in quarters.items()} == {
        "2024-q1": (TWO_LEAVES,),
        "2024-q2": (CONFLICT, DISPUTED),
        "2024-q3": (),
        "2024-q4": (PLAIN,),
    }
    assert {name: row.near_misses for name, row in quarters.items() if row.near_misses} == {
        "2024-q2": (NEAR_MISS,)
    }
    for kind in Kind:
        assert sum(row.count for row in found.counts[kind]) == 4
        assert [row.period.is_finished for row in found.counts[kind]].count(False) == 1


def test_a_parent_is_shared_once_by_an_incident_with_two_of_its_leaves(found: Trends) -> None:
    causes = found.shares["root-causes"]
    exhausted = term(causes, "resource-exhaustion")
    assert set(exhausted.incidents) == {TWO_LEAVES, CONFLICT, DISPUTED, UNDATED}
    assert exhausted.share.value == pytest.approx(4 / 6)
    assert term(causes, "resource-exhaustion/threads").incidents == (TWO_LEAVES,)
    assert set(term(causes, "network").incidents) == {TWO_LEAVES, PLAIN}
    assert causes.several == (TWO_LEAVES,)
    assert sum(top.share.value or 0 for top in causes.terms) > 1


def test_primary_causes_add_up(found: Trends) -> None:
    assert term(found.primary, "network").incidents == (PLAIN,)
    assert sum(top.share.value or 0 for top in found.primary.terms) == pytest.approx(1)
    assert found.primary.several == ()


def test_unknown_has_its_row_and_silence_is_missing(found: Trends) -> None:
    assert term(found.shares["root-causes"], "unknown").incidents == (FUTURE,)
    assert term(found.shares["triggers"], "unknown").incidents == (CONFLICT,)
    detections = found.shares["detections"]
    assert detections.missing == (UNDATED,)
    assert term(detections, "monitoring").share.n == 6
    assert term(detections, "monitoring").share.value == pytest.approx(5 / 6)
    assert term(detections, "partner").share.value == 0


def test_a_near_miss_is_in_no_share(found: Trends) -> None:
    assert term(found.shares["impacts"], "none").incidents == ()
    assert term(found.shares["triggers"], "attack").incidents == ()


def test_primary_causes_leave_out_who_names_none() -> None:
    bare = postmortem("2024-02-01-bare", root_causes=...)
    primary = trends(library(bare, postmortem("2024-02-02-pool"))).primary
    assert primary.n == 1
    assert primary.missing == (bare.id,)
    assert term(primary, "resource-exhaustion/connection-pool").share.value == 1
    assert term(primary, "resource-exhaustion/connection-pool").share.missing == 1


def test_times_leave_out_what_conflicts_and_say_so(found: Trends) -> None:
    resolve = found.times[3]
    assert {value.id: value.minutes for value in resolve.values} == {
        TWO_LEAVES: 120, PLAIN: 120, FUTURE: 120
    }  # fmt: skip
    assert (resolve.summary.n, resolve.summary.missing) == (3, 1)
    assert (resolve.summary.conflicting, resolve.summary.coarse) == (2, 0)
    assert resolve.summary.median.missing == 3
    second = resolve.by_period[Kind.QUARTER][1].summary
    assert (second.n, second.conflicting, second.median.value) == (0, 2, None)
    assert second.lower_quartile is None


def lasting(minutes: int, number: int, **more: str) -> Postmortem:
    ends = f"2024-01-{number:02}T{10 + minutes // 60:02}:{minutes % 60:02}:00+00:00"
    return postmortem(f"2024-01-{number:02}-x", resolved_at=ends, **more)


def test_quantiles_are_interpolated_as_they_say() -> None:
    made = [lasting(m, day) for day, m in enumerate([10, 20, 30, 40, 50, 60, 70, 80, 300], 1)]
    resolve = trends(library(*made)).times[3].summary
    assert (resolve.lower_quartile, resolve.median.value, resolve.upper_quartile) == (30, 50, 70)
    # Of nine values the ninetieth percentile lies a fifth of the way from the eighth.
    assert resolve.ninetieth == pytest.approx(80 + 0.2 * 220)
    assert resolve.median.interval == (20, 80)


def test_a_lone_time_is_each_of_its_quantiles_and_has_no_interval() -> None:
    alone = trends(library(lasting(45, 1), lasting(30, 2, time_precision="hour"))).times[3].summary
    assert (alone.lower_quartile, alone.median.value, alone.ninetieth) == (45, 45, 45)
    assert alone.median.interval is None
    assert alone.coarse == 1


def test_tables_hold_the_ids_of_every_cell(found: Trends) -> None:
    table = found.cause_impact
    rows, columns = [t.id for t in table.rows], [t.id for t in table.columns]
    assert rows == ["resource-exhaustion", "network", "unknown"]
    assert columns == ["unavailability", "data-loss"]
    assert table.cells[1] == ((PLAIN, TWO_LEAVES), (PLAIN,))
    assert table.cells[0][1] == ()
    assert table.highest == 4
    assert [t.id for t in found.cause_trigger.columns] == ["traffic-spike", "unknown"]


def test_who_noticed_first_is_told_year_by_year() -> None:
    made = trends(
        library(
            postmortem("2022-05-01-a", detection="customer-report"),
            postmortem("2022-06-01-b"),
            postmortem("2024-02-01-c"),
        )
    )
    assert [mix.period.name for mix in made.detection] == ["2022", "2023", "2024"]
    assert term(made.detection[0].shares, "customer-report").share.value == 0.5
    assert made.detection[1].shares.n == 0
    assert term(made.detection[2].shares, "monitoring").share.value == 1


def on(day: date, number: int = 0) -> Postmortem:
    return postmortem(f"{day.isoformat()}-incident-{number}")


def spread(year: int, count: int) -> list[Postmortem]:
    return [on(date(year, 1, 1) + timedelta(days=365 * n // count), n) for n in range(count)]


def test_a_claim_follows_the_evidence_on_the_page() -> None:
    made = trends(library(*spread(2021, 3), *spread(2022, 4), *spread(2023, 6), *spread(2024, 21)))
    sentences = [row.comparison and row.comparison.sentence for row in made.counts[Kind.YEAR]]
    assert sentences == [
        None,
        "no detectable change, 4 against 3 (the record begins on 2021-01-01)",
        "no detectable change, 6 against 4",
        "more incidents, 21 against 6",
    ]
    first = made.counts[Kind.YEAR][1].comparison
    assert first is not None
    assert (first.days_now, first.days_before) == (365, 364)
    assert made.overall.year is not None
    assert made.overall.year.verdict is Verdict.MORE
    assert made.overall.halves is not None
    # The first on record is left out.
    assert (made.overall.halves.now, made.overall.halves.before) == (26, 7)
    assert made.overall.middle == date(2023, 1, 2)


def test_an_unfinished_period_is_compared_by_its_days() -> None:
    made = library(*spread(2022, 2), *spread(2023, 12), on(date(2024, 1, 1)), today="2024-01-20")
    last = trends(made).counts[Kind.YEAR][-1]
    assert last.comparison is not None
    assert last.comparison.sentence == "no detectable change, 1 against 12 (in 20 and 365 days)"


def test_a_near_miss_can_open_the_record() -> None:
    opener = postmortem("2023-12-01-close-call", impacts=["none"])
    made = trends(library(opener, on(date(2023, 12, 10)), *spread(2024, 6), today="2025-01-01"))
    assert [row.period.name for row in made.counts[Kind.YEAR]] == ["2023", "2024", "2025"]
    second = made.counts[Kind.YEAR][1].comparison
    assert second is not None
    assert second.sentence == "no detectable change, 6 against 1 (in 366 and 31 days)"


def test_archives_without_a_change_claim_one_in_at_most_a_twentieth() -> None:
    """As pages see it: the record begins with its first incident, whatever came before."""
    draw = random.Random(7)
    start, verdicts = date(2022, 3, 20), []
    ids = [f"{start + timedelta(days=n)}-x" for n in range(1000)]
    days = [postmortem(id_) for id_ in ids]
    for _ in range(60):
        chance = draw.choice([0.005, 0.02, 0.05])
        made = [p for p in days if draw.random() < chance]
        if not made:
            continue
        people = trends(library_of(made, start + timedelta(days=1000)))
        rows = [row for kind in Kind for row in people.counts[kind]]
        comparisons = [row.comparison for row in rows]
        comparisons += [people.overall.year, people.overall.halves]
        verdicts += [c.verdict for c in comparisons if c]
    claims = sum(verdict is not Verdict.NO_CHANGE for verdict in verdicts)
    assert len(verdicts) > 2000
    assert claims <= 0.05 * len(verdicts)


def library_of(postmortems: list[Postmortem], today: date) -> Library:
    """A library that nobody has checked, which saves the time that checking takes."""
    return Library(Path("x"), tuple(postmortems), library().taxonomy, (), today)


def test_an_archive_with_nothing_in_it_has_trends_without_figures() -> None:
    for empty in (trends(library()), trends(library(postmortem("2024-01-01-x", status="draft")))):
        assert all(rows == () for rows in empty.counts.values())
        assert empty.overall.halves is None
        assert empty.times[0].summary.median.value is None
        assert empty.shares["root-causes"].terms[0].share.value is None
        json.dumps(trends_document(empty), allow_nan=False)


def test_an_archive_of_undated_ones_has_shares_and_no_periods() -> None:
    made = trends(library(postmortem("undated-a"), postmortem("undated-b")))
    assert made.counts[Kind.MONTH] == ()
    assert term(made.shares["impacts"], "unavailability").share.value == 1


def test_a_facet_of_the_site_has_shares_too() -> None:
    own = [f for f in configured({"teams": {"field": "team"}}) if f.is_declared]
    made = trends(library(), facets=own)
    assert list(made.shares) == ["teams"]


def test_the_document_has_the_documented_keys_and_nothing_json_lacks(found: Trends) -> None:
    document = json.loads(json.dumps(trends_document(found), allow_nan=False))
    assert document["incidents"] == 6
    assert document["near_misses"] == 1
    assert document["undated"] == [UNDATED]
    quarter = document["counts"]["quarter"][1]
    assert quarter["period"] == "2024-q2"
    assert (quarter["value"], quarter["interval"], quarter["near_misses"]) == (2, [0.24, 7.22], 1)
    assert quarter["ids"] == [CONFLICT, DISPUTED]
    assert quarter["comparison"]["sentence"].startswith("no detectable change, 2 against 1")
    monitoring = next(
        t for t in document["shares"]["detections"]["terms"] if t["id"] == "monitoring"
    )
    assert monitoring["value"] == 0.8333
    assert (monitoring["n"], monitoring["missing"], monitoring["count"]) == (6, 1, 5)
    resolve = document["times"]["resolve"]
    assert (resolve["value"], resolve["n"], resolve["missing"]) == (120, 3, 3)
    assert (resolve["not_recorded"], resolve["conflicting"]) == (1, 2)
    assert document["times"]["resolve"]["quarter"][0]["comparison"] is None
    assert document["tables"]["cause_impact"]["cells"][1][1] == [PLAIN]
    assert trends_document(found) == trends_document(found)


def test_the_seeds_are_five_incidents_of_which_four_are_dated() -> None:
    made = trends(seeds())
    assert len(made.population.incidents) == 5
    assert [p.id for p in made.population.undated] == ["undated-load-balancer-connection-pool"]
    assert sum(row.count for row in made.counts[Kind.MONTH]) == 4
    resolve = made.times[3].summary
    assert (resolve.n, resolve.missing, resolve.conflicting) == (3, 1, 1)
    assert resolve.median.value == 135
    pool = term(made.shares["root-causes"], "resource-exhaustion/connection-pool")
    assert pool.share.value == 1


# Google, The Site Reliability Workbook (2018), appendix C.
TRIGGERS = {
    "code-deploy": 37,
    "config-change": 31,
    "user-behavior-change": 9,
    "data-pipeline": 6,
    "dependency-change": 5,
    "performance-decay": 5,
    "capacity-management": 5,
    "hardware-failure": 2,
}
CAUSES = {
    "software": 41.35,
    "development-process": 20.23,
    "complex-system-behaviours": 16.90,
    "deployment-planning": 6.74,
    "network-failure": 2.75,
}
# The fewest incidents of which whole numbers make these shares to two decimals.
INCIDENTS = 2254


def drawn(percentages: dict[str, float], n: int) -> list[str]:
    """As many of each term as its percentage of `n`, and the rest "other"."""
    counted = {term: round(n * percent / 100) for term, percent in percentages.items()}
    found = [term for term, count in counted.items() for _ in range(count)]
    return [*found, *["other"] * (n - len(found))]


def loaded(folder: Path, causes: list[str], triggers: list[str]) -> Trends:
    """The trends of as many postmortems in files, with a vocabulary of their own."""
    words = {
        "root_causes": {id_: {"title": id_} for id_ in [*CAUSES, "other"]},
        "triggers": {id_: {"title": id_} for id_ in [*TRIGGERS, "other"]},
    }
    (folder / "taxonomy.yml").write_text(yaml.safe_dump(words), "utf-8")
    archive = folder / "postmortems"
    archive.mkdir()
    kept = {"summary": ..., "impacts": ..., "services": ..., "severity": ..., "resolution": ...}
    for number, (cause, trigger) in enumerate(zip(causes, triggers, strict=True)):
        made = text(f"2024-01-01-{number}", root_causes=[cause], trigger=trigger, **kept)
        (archive / f"2024-01-01-{number}.md").write_text(made, "utf-8")
    return trends(load(archive, today=date(2024, 6, 1), taxonomy=folder / "taxonomy.yml"))


def test_the_causes_of_a_published_table_come_back_to_two_decimals(tmp_path: Path) -> None:
    causes = drawn(CAUSES, INCIDENTS)
    found = loaded(tmp_path, causes, ["other"] * len(causes))
    assert len(found.population.incidents) == INCIDENTS
    for id_, percent in CAUSES.items():
        for shares in (found.shares["root-causes"], found.primary):
            assert round(100 * (term(shares, id_).share.value or 0), 2) == percent


def test_the_triggers_of_a_published_table_come_back_to_two_decimals(tmp_path: Path) -> None:
    triggers = drawn(TRIGGERS, 100)
    found = loaded(tmp_path, ["other"] * len(triggers), triggers)
    for id_, percent in TRIGGERS.items():
        assert round(100 * (term(found.shares["triggers"], id_).share.value or 0), 2) == percent


def test_defaults_of_the_builder_are_a_complete_postmortem() -> None:
    plain = postmortem("2024-01-01-x", action_items=[action()], authors=["a"], reviewers=["b"])
    assert library(plain).errors == ()
    assert set(DEFAULTS) < set(plain.meta.model_fields_set)
