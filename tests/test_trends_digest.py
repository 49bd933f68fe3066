"""One quarter in figures."""

import pytest

from archive import action, at, library, postmortem
from mkdocs_postmortems.digest import Digest, digest, digest_periods, findings
from mkdocs_postmortems.library import Library

POOL, AGAIN, NEAR = "2024-02-01-pool", "2024-05-01-pool-again", "2024-05-20-near-miss"
LONG = "2024-06-01-long"


@pytest.fixture(scope="module")
def archive() -> Library:
    kept = action("kept", status="done", closed="2024-05-05", type="detect")
    return library(
        postmortem(POOL, action_items=[kept, action("dropped", status="wont-do", closed="2024-06-30")]),
        postmortem(AGAIN, action_items=[action("promised")]),
        postmortem(NEAR, impacts=["none"], action_items=[action("learnt")]),
        postmortem(LONG, root_causes=["network/dns"], resolved_at=at("2024-06-02")),
        postmortem("2024-05-02-draft", status="draft"),
        postmortem("undated-x"),
        today="2024-11-20",
    )  # fmt: skip


def of(archive: Library, name: str) -> Digest:
    known = findings(archive)
    period = next(p for p in digest_periods(known.trends) if p.name == name)
    return digest(archive, period, known)


def test_a_quarter_says_what_happened_and_what_was_promised_and_done(archive: Library) -> None:
    found = of(archive, "2024-q2")
    assert found.count.incidents == (AGAIN, LONG)
    assert found.count.near_misses == (NEAR,)
    assert found.count.comparison is not None
    assert found.count.comparison.sentence.startswith("no detectable change, 2 against 1")
    assert found.repeated == (AGAIN,)
    assert [link.earlier for link in found.links] == [POOL]
    assert {a.item.title for a in found.promised} == {"promised", "learnt"}
    assert [a.item.title for a in found.closed] == ["kept"]
    assert [a.item.title for a in found.given_up] == ["dropped"]
    assert [(v.id, v.minutes) for v in found.longest] == [(LONG, 1440), (AGAIN, 120)]
    assert (found.causes.n, found.impacts.n) == (2, 2)
    assert [t.term.id for t in found.causes.terms if t.incidents] == [
        "resource-exhaustion", "network"
    ]  # fmt: skip


def test_periods_lead_to_each_other(archive: Library) -> None:
    found = of(archive, "2024-q2")
    assert found.previous is not None
    assert found.next is not None
    assert (found.previous.name, found.next.name) == ("2024-q1", "2024-q3")
    first, last = of(archive, "2024-q1"), of(archive, "2024-q4")
    assert first.closed == first.given_up == ()
    assert (first.previous, last.next) == (None, None)
    assert not last.period.is_finished
    assert last.count.incidents == ()
    year = of(archive, "2024")
    assert (year.previous, year.next) == (None, None)
    assert len(year.count.incidents) == 3


def test_there_is_a_digest_for_every_quarter_and_year(archive: Library) -> None:
    known = findings(archive)
    names = [period.name for period in digest_periods(known.trends)]
    assert names == ["2024-q1", "2024-q2", "2024-q3", "2024-q4", "2024"]
    period = digest_periods(known.trends)[1]
    assert digest(archive, period) == digest(archive, period, known)
    with pytest.raises(ValueError, match="not in list"):
        digest(library(), period)
