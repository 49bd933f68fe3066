"""What counts as happening again, and what was promised in between."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import action, at, library, postmortem, seeds
from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.repeats import Link, Outcome, Repeats, repeats
from mkdocs_postmortems.repeats.document import repeats_document

POOL, LIMIT = "resource-exhaustion/connection-pool", "configuration/limit-too-low"
FIRST, SECOND = "2023-01-10-first", "2023-06-01-second"


def pairs(found: Repeats) -> list[tuple[str, str]]:
    return [(link.earlier, link.later) for link in found.links]


def only_link(*postmortems: Postmortem) -> Link:
    (link,) = repeats(library(*postmortems)).links
    return link


def test_the_seeds_hold_one_chain_and_two_patterns() -> None:
    found = repeats(seeds())
    august, october, march = (
        "2023-08-13-web-application-connection-pool",
        "2023-10-15-pool-sized-below-peak",
        "2024-03-08-surge-drains-connection-pool",
    )
    booking = "2024-06-09-booking-site-pool-misconfigured"
    balancer = "undated-load-balancer-connection-pool"
    (chain,) = found.chains
    assert chain.incidents == (august, october, march)
    assert chain.services == ("web-application",)
    steps = [(link.earlier, link.later, link.days) for link in chain.steps]
    assert steps == [(august, october, 63), (october, march, 145)]
    assert (august, march, 208) in [(k.earlier, k.later, k.days) for k in chain.links]
    assert all(p.outcome is Outcome.OPEN for link in chain.links for p in link.promises)
    assert len(chain.steps[0].still_open) == 2
    pool, limit = found.patterns
    assert pool.cause == POOL
    assert pool.chained == ((august, october, march),)
    assert pool.apart == (booking, balancer)
    assert set(pool.services) == {"api", "booking-website", "load-balancer", "web-application"}
    assert (limit.cause, limit.chained, limit.apart) == (LIMIT, ((august, october),), (balancer,))
    assert found.repeated == found.while_open == (october, march)
    # The first year of the record says nothing of repeats, and here there is no other.
    assert (found.since, found.share.value, found.share.n) == (date(2024, 8, 12), None, 0)


@pytest.mark.parametrize(
    ("second", "changed", "linked"),
    [
        ("2023-06-01-second", {}, True),
        ("2024-01-10-second", {}, True),  # 365 days after the end, but for two hours
        ("2024-01-11-second", {}, False),
        ("2023-06-01-second", {"services": ["api"]}, False),
        ("2023-06-01-second", {"services": ["api", "web"]}, True),
        ("2023-06-01-second", {"root_causes": ["resource-exhaustion/threads"]}, False),
        ("2023-06-01-second", {"root_causes": ["network/dns", POOL]}, True),
        ("2023-06-01-second", {"contributing_factors": [POOL], "root_causes": ["network/dns"]}, False),
        ("2023-06-01-second", {"unrelated": [FIRST]}, False),
        ("2023-06-01-second", {"impacts": ["none"]}, False),
        ("2023-06-01-second", {"status": "draft"}, False),
        ("2023-06-01-second", {"status": "withdrawn", "recurrence_of": [FIRST]}, False),
        ("2023-01-10-second", {}, False),  # at the same moment
        ("undated-second", {}, False),
        ("undated-second", {"detected_at": at("2023-06-01")}, True),
        # What an author declares needs nothing else, and an unrelated one is no suggestion then.
        ("undated-second", {"recurrence_of": [FIRST]}, True),
        ("2026-06-01-second", {"recurrence_of": FIRST, "services": ["api"]}, True),
        ("2023-06-01-second", {"recurrence_of": [FIRST], "unrelated": [FIRST]}, True),
        ("2023-06-01-second", {"impacts": ["none"], "recurrence_of": [FIRST]}, True),
        ("2023-06-01-second", {"recurrence_of": ["2020-01-01-nowhere"], "services": ["x"]}, False),
    ],
)  # fmt: skip
def test_a_link_needs_the_same_leaf_on_the_same_service_within_a_year(
    second: str, changed: dict[str, Any], linked: bool
) -> None:
    found = repeats(library(postmortem(FIRST), postmortem(second, **changed), today="2026-12-31"))
    assert pairs(found) == ([(FIRST, second)] if linked else [])


@pytest.mark.parametrize("cause", ["unknown", "resource-exhaustion"])
def test_a_cause_that_says_nothing_particular_makes_no_link(cause: str) -> None:
    found = repeats(
        library(postmortem(FIRST, root_causes=[cause]), postmortem(SECOND, root_causes=[cause]))
    )
    assert found.links == ()
    assert found.patterns == ()
    assert found.costs == ()


def test_either_side_can_veto() -> None:
    vetoing = postmortem(FIRST, unrelated=[SECOND])
    assert repeats(library(vetoing, postmortem(SECOND))).links == ()


def test_the_year_runs_from_the_resolution() -> None:
    long = postmortem("2022-01-10-long", resolved_at=at("2022-08-01"))
    link = only_link(long, postmortem(SECOND))
    assert link.days == 304
    unresolved = postmortem("2022-01-10-long", resolved_at=None)
    assert repeats(library(unresolved, postmortem(SECOND))).links == ()
    disputed = postmortem(
        "2022-01-10-long",
        resolved_at=at("2022-08-01"),
        disputed={"resolved_at": [at("2022-08-01"), at("2022-01-11")]},
    )
    assert repeats(library(disputed, postmortem(SECOND))).links == ()


def test_what_began_before_the_earlier_one_was_over_repeats_nothing() -> None:
    long = postmortem(FIRST, resolved_at=at("2023-07-01"))
    assert repeats(library(long, postmortem(SECOND))).links == ()


def test_two_that_began_at_the_same_moment_repeat_nothing() -> None:
    unknown = {"resolved_at": None}
    made = library(postmortem("2023-06-01-a", **unknown), postmortem("2023-06-01-b", **unknown))
    assert repeats(made).links == ()


def test_a_declaration_follows_the_calendar() -> None:
    """Whoever names the other, the later one repeats the earlier one, once."""
    backwards = postmortem(FIRST, recurrence_of=[SECOND], services=["a"])
    both = postmortem(SECOND, recurrence_of=[FIRST], services=["b"])
    link = only_link(backwards, both)
    assert (link.earlier, link.later, link.found, link.declared) == (FIRST, SECOND, False, True)
    undated = postmortem("undated-zero")
    assert (
        only_link(undated, postmortem(SECOND, recurrence_of=["undated-zero"], services=["b"])).later
        == SECOND
    )
    own = postmortem(FIRST, recurrence_of=[FIRST])
    assert repeats(library(own)).links == ()


def test_a_link_says_whether_it_was_found_or_declared() -> None:
    link = only_link(postmortem(FIRST), postmortem(SECOND, recurrence_of=[FIRST]))
    assert (link.found, link.declared) == (True, True)
    assert (link.causes, link.services, link.days) == ((POOL,), ("web",), 142)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"status": "open"}, Outcome.OPEN),
        ({"status": "in-progress"}, Outcome.OPEN),
        ({"status": "done", "closed": "2023-05-31"}, Outcome.DONE),
        ({"status": "done", "closed": "2023-06-01"}, Outcome.DONE),
        ({"status": "done", "closed": "2023-06-02"}, Outcome.OPEN),
        ({"status": "done"}, Outcome.DONE_UNDATED),
        ({"status": "wont-do", "closed": "2023-02-01"}, Outcome.GIVEN_UP),
        ({"status": "wont-do", "closed": "2023-07-01"}, Outcome.OPEN),
        ({"status": "wont-do"}, Outcome.GIVEN_UP),
        ({"status": "unknown"}, Outcome.UNKNOWN),
    ],
)
def test_a_promise_stood_so_when_it_happened_again(
    fields: dict[str, str], outcome: Outcome
) -> None:
    first = postmortem(FIRST, action_items=[action(**fields), action(type="detect")])
    found = repeats(library(first, postmortem(SECOND)))
    (promise,) = found.links[0].promises
    assert promise.outcome is outcome
    assert found.while_open == ((SECOND,) if outcome is Outcome.OPEN else ())


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("open", Outcome.UNKNOWN),
        ("unknown", Outcome.UNKNOWN),
        ("done", Outcome.DONE_UNDATED),
    ],
)
def test_of_a_published_account_nobody_knows_what_was_still_open(
    status: str, outcome: Outcome
) -> None:
    promised = [action(status=status, owner=None)]
    first = postmortem(FIRST, action_items=promised, sources=["https://example.org/report"])
    found = repeats(library(first, postmortem(SECOND)))
    assert [p.outcome for p in found.links[0].promises] == [outcome]
    assert found.while_open == ()
    untold = int(outcome is Outcome.UNKNOWN)
    assert (found.share_while_open.n, found.share_while_open.missing) == (1 - untold, untold)


def test_what_an_undated_one_found_done_is_not_known() -> None:
    first = postmortem(FIRST, action_items=[action(status="done", closed="2023-02-01")])
    link = only_link(first, postmortem("undated-x", recurrence_of=[FIRST]))
    assert link.days is None
    assert link.promises[0].outcome is Outcome.DONE_UNDATED


def test_links_over_an_incident_in_between_are_not_steps() -> None:
    ids = ["2023-01-10-a", "2023-03-01-b", "2023-05-01-c"]
    (chain,) = repeats(library(*map(postmortem, ids))).chains
    assert len(chain.links) == 3
    assert [(link.earlier, link.later) for link in chain.steps] == [
        (ids[0], ids[1]),
        (ids[1], ids[2]),
    ]


def test_a_step_for_each_cause() -> None:
    pool = postmortem("2023-01-10-pool")
    limit = postmortem("2023-03-01-limit", root_causes=[LIMIT])
    both = postmortem("2023-05-01-both", root_causes=[POOL, LIMIT])
    (chain,) = repeats(library(pool, limit, both)).chains
    assert chain.incidents == (pool.id, limit.id, both.id)
    assert [link.earlier for link in chain.steps] == [pool.id, limit.id]


def test_the_same_cause_elsewhere_or_later_is_a_pattern_and_no_chain() -> None:
    elsewhere = repeats(library(postmortem(FIRST), postmortem(SECOND, services=["api"])))
    assert elsewhere.chains == ()
    assert [p.apart for p in elsewhere.patterns] == [(FIRST, SECOND)]
    later = repeats(library(postmortem(FIRST), postmortem("2024-06-01-later")))
    assert later.chains == ()
    assert len(later.patterns) == 1
    chained = repeats(library(postmortem(FIRST), postmortem(SECOND)))
    assert len(chained.chains) == 1
    assert chained.patterns == ()
    vetoed = postmortem(SECOND, services=["api"], unrelated=[FIRST])
    assert repeats(library(postmortem(FIRST), vetoed)).patterns == ()


def test_a_pattern_does_not_take_one_incident_for_a_chain() -> None:
    """Two are chained by another cause, and only one of them has the cause of the pattern."""
    both = postmortem(SECOND, root_causes=[LIMIT, POOL])
    elsewhere = postmortem("2023-07-01-elsewhere", services=["api"])
    found = repeats(library(postmortem(FIRST, root_causes=[LIMIT]), both, elsewhere))
    assert len(found.chains) == 1
    (pattern,) = found.patterns
    assert (pattern.chained, pattern.apart) == ((), (SECOND, elsewhere.id))


def test_two_chains_of_one_cause_are_one_pattern() -> None:
    made = [
        postmortem(f"2023-0{month}-01-{service}", services=[service])
        for month, service in [(1, "web"), (2, "api"), (3, "web"), (4, "api")]
    ]
    (pattern,) = repeats(library(*made)).patterns
    assert [len(ids) for ids in pattern.chained] == [2, 2]
    assert pattern.apart == ()


def test_the_share_is_of_incidents_with_a_year_of_record_before_them() -> None:
    made = repeats(
        library(
            postmortem("2022-01-01-opens"),
            postmortem("2022-06-01-repeat-in-the-first-year"),
            postmortem("2023-01-01-repeat"),
            postmortem("2023-02-01-other", root_causes=["network/dns"]),
            postmortem("2023-03-01-near-miss", impacts=["none"]),
            postmortem("2023-04-01-elsewhere", services=["api"]),
            postmortem("undated-one"),
        )
    )
    assert made.since == date(2023, 1, 1)
    assert (made.share.value, made.share.n, made.share.missing) == (1 / 3, 3, 1)
    assert made.share.interval is not None
    assert [round(end, 3) for end in made.share.interval] == [0.061, 0.792]
    assert len(made.repeated) == 2


def test_causes_cost_incidents_and_minutes() -> None:
    made = repeats(
        library(
            postmortem("2023-01-01-a", root_causes=[POOL, LIMIT]),
            postmortem("2023-02-01-b", resolved_at=None),
            postmortem("2023-03-01-c", root_causes=["network/dns"], resolved_at=at("2023-03-02")),
            postmortem("2023-04-01-near", impacts=["none"]),
        )
    )
    found = {
        cost.cause: (len(cost.incidents), cost.minutes, len(cost.unknown)) for cost in made.costs
    }
    assert found == {POOL: (2, 120, 1), "network/dns": (1, 1440, 0), LIMIT: (1, 120, 0)}
    assert next(iter(found)) == POOL
    assert list(found)[1] == "network/dns"


def test_the_document_has_the_documented_keys() -> None:
    document = json.loads(json.dumps(repeats_document(repeats(seeds())), allow_nan=False))
    assert document["share"] == {"value": None, "interval": None, "n": 0, "missing": 1}
    link = document["chains"][0]["links"][0]
    assert (link["days"], link["causes"], link["declared"]) == (63, [POOL, LIMIT], True)
    assert link["promises"][0]["outcome"] == "still open"
    assert document["links"] == 3
    assert document["causes"][0]["cause"] == POOL
    assert document["causes"][0]["n"] == 3
    assert [pattern["cause"] for pattern in document["patterns"]] == [POOL, LIMIT]


def test_an_empty_archive_repeats_nothing() -> None:
    found = repeats(library())
    assert (found.links, found.chains, found.patterns, found.since) == ((), (), (), None)
    json.dumps(repeats_document(found), allow_nan=False)


IDS = [f"2023-{month:02}-{day:02}-x" for month in (1, 2, 12) for day in (1, 2)]
NAMED = st.lists(st.sampled_from([*IDS, "undated-a", "undated-b", "nowhere"]), max_size=2)
DRAWN = st.fixed_dictionaries(
    {
        "root_causes": st.lists(st.sampled_from([POOL, LIMIT, "unknown"]), max_size=2),
        "services": st.lists(st.sampled_from(["web", "api"]), max_size=2),
        "recurrence_of": NAMED,
        "unrelated": NAMED,
        "status": st.sampled_from(["published", "published", "draft"]),
        "impacts": st.sampled_from([["none"], ["unavailability"]]),
    }
)


@given(st.lists(DRAWN, min_size=8, max_size=8))
def test_links_never_point_back_and_chains_part_the_archive(drawn: list[dict[str, Any]]) -> None:
    ids = [*IDS, "undated-a", "undated-b"]
    archive = library(*(postmortem(id_, **d) for id_, d in zip(ids, drawn, strict=True)))
    found = repeats(archive)
    days = {p.id: p.day for p in archive.published}
    for link in found.links:
        earlier, later = days[link.earlier], days[link.later]
        assert link.found or link.declared
        assert not earlier or not later or earlier <= later
        assert link.days is None or link.days >= 0
    assert len(set(pairs(found))) == len(found.links)
    members = [id_ for chain in found.chains for id_ in chain.incidents]
    assert len(members) == len(set(members))
    assert set(members) == {id_ for pair in pairs(found) for id_ in pair}
    assert {id_ for c in found.chains for k in c.steps for id_ in (k.earlier, k.later)} <= set(
        members
    )
    assert sum(len(chain.links) for chain in found.chains) == len(found.links)
    assert {k.later for c in found.chains for k in c.steps} == {k.later for k in found.links}


def test_a_cause_that_comes_back_daily_does_not_link_every_pair() -> None:
    days = [postmortem(f"2023-{month:02}-{day:02}-x") for month in (1, 2) for day in range(1, 29)]
    found = repeats(library(*days))
    assert len(found.links) < 56 * 11
    assert [len(chain.incidents) for chain in found.chains] == [56]
    assert len(found.chains[0].steps) == 55
    assert len(found.repeated) == 55
    assert found.patterns == ()
