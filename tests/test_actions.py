"""What was promised, who owes it, and how soon it gets done."""

import json
from datetime import date
from typing import Any

import pytest

from archive import action, at, library, postmortem
from mkdocs_postmortems.actions import Action, Actions, actions
from mkdocs_postmortems.actions.document import actions_document

TODAY = "2024-06-30"


def made(*items: dict[str, Any], today: str = TODAY, **front_matter: Any) -> Actions:
    """The actions of one incident that was published on 1 June 2024."""
    fields = {"published_at": "2024-06-01", **front_matter}
    return actions(
        library(postmortem("2024-05-20-x", action_items=list(items), **fields), today=today)
    )


def only(*items: dict[str, Any], **more: Any) -> Action:
    (found,) = made(*items, **more).items
    return found


@pytest.mark.parametrize(
    ("front_matter", "promised", "age"),
    [
        ({}, date(2024, 6, 1), 29),
        ({"published_at": ...}, date(2024, 5, 20), 41),
        ({"published_at": ..., "resolved_at": at("2024-05-25")}, date(2024, 5, 25), 36),
        ({"published_at": ..., "resolved_at": None}, date(2024, 5, 20), 41),
        ({"published_at": ..., "resolved_at": None, "started_at": None}, None, None),
        ({"published_at": "2024-07-09"}, date(2024, 7, 9), 0),
    ],
)
def test_a_promise_counts_from_publication_or_what_comes_nearest(
    front_matter: dict[str, Any], promised: date | None, age: int | None
) -> None:
    found = only(action(), **front_matter)
    assert (found.promised, found.age) == (promised, age)


@pytest.mark.parametrize(
    ("fields", "overdue"),
    [
        ({"due": "2024-06-20"}, 10),
        ({"due": "2024-06-30"}, 0),
        ({"due": "2024-06-20", "status": "in-progress"}, 10),
        ({"due": "2024-06-20", "status": "done"}, 0),
        ({"due": "2024-06-20", "status": "wont-do"}, 0),
        ({}, 0),
    ],
)
def test_only_what_is_open_past_its_day_is_overdue(fields: dict[str, str], overdue: int) -> None:
    assert only(action(**fields)).overdue == overdue


def test_the_longest_overdue_come_first_and_the_closed_last() -> None:
    found = made(
        action("closed early", status="done", closed="2024-06-03"),
        action("open without a day"),
        action("closed late", status="wont-do", closed="2024-06-09"),
        action("due", due="2024-08-01"),
        action("overdue", due="2024-06-29"),
        action("long overdue", due="2024-01-01"),
        action("closed, nobody knows when", status="done"),
    )
    assert [a.item.title for a in found.items] == [
        "long overdue", "overdue", "due", "open without a day",
        "closed late", "closed early", "closed, nobody knows when",
    ]  # fmt: skip
    assert [a.position for a in found.overdue] == [5, 4]
    assert len(found.open) == 4
    assert [a.item.title for a in found.given_up] == ["closed late"]


def test_what_lacks_an_owner_or_a_day_is_told_of_open_ones() -> None:
    found = made(
        action("nobody's", owner=None),
        action("dated", due="2024-08-01"),
        action("closed", owner=None, status="done"),
    )
    assert [a.item.title for a in found.without_owner] == ["nobody's"]
    assert {a.item.title for a in found.without_due} == {"nobody's"}


RETOLD = {"sources": ["https://example.org/report"]}


def test_what_a_published_account_promises_is_not_followed_up() -> None:
    found = made(
        action("promised", owner=None, type="prevent"),
        action("done", owner=None, status="done"),
        action("nobody said", owner=None, status="unknown"),
        **RETOLD,
    )
    assert [(a.item.title, a.state) for a in found.items] == [
        ("promised", "promised"), ("nobody said", "not known"), ("done", "done")
    ]  # fmt: skip
    assert (found.open, found.without_owner, found.by_owner) == ((), (), ())
    assert {a.age for a in found.items} == {None}
    assert (found.closing.n, found.closing.undated, found.soon.n) == (0, 0, 0)
    assert (len(found.not_known), len(found.retold)) == (2, 3)
    assert [(g.name, g.total, g.done, g.not_known) for g in found.by_type] == [("prevent", 3, 1, 2)]
    told = actions_document(found)
    assert (told["not_known"], told["retold"]) == (2, 3)
    assert [item["state"] for item in told["items"]] == ["promised", "not known", "done"]


@pytest.mark.parametrize("field", ["owner", "due", "link", "closed"])
def test_an_account_whose_actions_are_tracked_here_is_followed_up(field: str) -> None:
    value = {"owner": "web", "link": "https://example.org/1"}.get(field, "2024-07-01")
    found = made(action(**{"owner": None, field: value}), **RETOLD)
    assert [a.state for a in found.items] == ["open"]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "open"),
        ({"status": "in-progress"}, "in-progress"),
        ({"due": "2024-06-29"}, "overdue"),
        ({"status": "done", "due": "2024-06-01"}, "done"),
        ({"status": "wont-do"}, "given up"),
        ({"status": "unknown"}, "not known"),
    ],
)
def test_every_promise_has_a_state(fields: dict[str, str], state: str) -> None:
    assert only(action(**fields)).state == state


def test_groups_count_everything_once() -> None:
    found = made(
        action(owner="web", priority="P2"),
        action(owner="web", type="detect", priority="P0", due="2024-06-01"),
        action(owner="db", type="detect", status="done"),
        action(owner=None, status="wont-do"),
    )
    assert [(g.name, g.total, g.open, g.overdue) for g in found.by_owner] == [
        ("web", 2, 2, 1), ("", 1, 0, 0), ("db", 1, 0, 0)
    ]  # fmt: skip
    assert {g.name: (g.open, g.done, g.given_up) for g in found.by_type} == {
        "prevent": (1, 0, 1),
        "detect": (1, 1, 0),
    }
    assert [g.name for g in found.by_priority] == ["P0", "P2", ""]
    for groups in (found.by_owner, found.by_type, found.by_priority):
        assert sum(group.total for group in groups) == 4
    assert [(g.name, g.total) for g in found.by_age] == [
        ("up to 4 weeks", 0), ("up to 3 months", 2), ("up to a year", 0),
        ("over a year", 0), ("not known", 0),
    ]  # fmt: skip


def test_drafts_promise_nothing_yet_and_near_misses_do() -> None:
    found = actions(
        library(
            postmortem("2024-01-01-draft", status="draft", action_items=[action()]),
            postmortem("2024-01-02-gone", status="withdrawn", action_items=[action()]),
            postmortem("2024-01-03-near", impacts=["none"], action_items=[action()]),
        )
    )
    assert [a.postmortem for a in found.items] == ["2024-01-03-near"]


# Weeks in remission, Freireich et al. (1963), told as promises: what was censored is open still.
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"


def test_the_time_to_close_reproduces_a_published_table() -> None:
    today = date(2024, 6, 30)
    archive = []
    for number, weeks in enumerate(SIX_MP.split()):
        days = int(weeks.rstrip("+"))
        begun = date.fromordinal(today.toordinal() - (days if "+" in weeks else 50))
        closed = date.fromordinal(begun.toordinal() + days).isoformat()
        fields = {} if "+" in weeks else {"status": "done", "closed": closed}
        id_ = f"2024-01-01-{number}"
        archive.append(
            postmortem(id_, published_at=begun.isoformat(), action_items=[action(**fields)])
        )
    found = actions(library(*archive, today=TODAY)).closing
    assert (found.n, found.done, found.median) == (21, 9, 23)
    assert {step.days: round(step.share, 3) for step in found.steps} == {
        6: 0.143, 7: 0.193, 10: 0.247, 13: 0.310, 16: 0.373, 22: 0.462, 23: 0.552
    }  # fmt: skip


def test_what_is_given_up_is_never_done_and_what_has_no_day_is_left_out() -> None:
    found = made(
        action(status="done", closed="2024-06-11"),
        action(status="wont-do", closed="2024-06-02"),
        action(status="done"),
        action(),
    )
    closing = found.closing
    assert (closing.n, closing.done, closing.given_up, closing.undated) == (3, 1, 1, 1)
    (step,) = closing.steps
    # Had giving up ended the wait, half of what was left would have been done by then.
    assert (step.days, step.share) == (10, pytest.approx(1 / 3))
    assert closing.median is None
    undated = made(action(), published_at=..., started_at=None, resolved_at=None)
    assert (undated.closing.n, undated.closing.unplaced) == (0, 1)


def test_what_was_done_before_publication_took_no_time() -> None:
    assert only(action(status="done", closed="2024-05-21")).days_to_close == 0
    assert only(action(status="wont-do", closed="2024-06-09")).days_to_close is None


def test_shares_are_among_those_old_enough() -> None:
    items = [
        action(status="done", closed="2024-06-29"),  # on the 28th day
        action(status="done", closed="2024-06-30"),
        action(status="done"),
        action(status="wont-do", closed="2024-06-03"),
        action(),
    ]
    soon = made(*items, today="2024-06-29").soon
    assert (soon.value, soon.n, soon.missing) == (1 / 4, 4, 1)
    assert made(*items, today="2024-06-28").soon.value is None
    assert made(*items).later.n == 0
    assert made(*items, today="2024-07-27").later.value == 2 / 4


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_slip_of_the_keyboard_breaks_nothing(day: str) -> None:
    found = made(action(due=day, status="done", closed=day), action(due=day), published_at=day)
    json.dumps(actions_document(found), allow_nan=False)


def test_the_document_has_the_documented_keys() -> None:
    found = made(action(due="2024-06-10"), action(status="done", closed="2024-06-11"))
    document = json.loads(json.dumps(actions_document(found), allow_nan=False))
    assert (document["total"], document["open"], document["overdue"]) == (2, 1, 1)
    first = document["items"][0]
    assert (first["postmortem"], first["due"], first["overdue"]) == (
        "2024-05-20-x",
        "2024-06-10",
        20,
    )
    assert (first["age"], first["promised"], first["days_to_close"]) == (29, "2024-06-01", None)
    assert document["time_to_close"]["steps"][0]["days"] == 10
    assert document["time_to_close"]["steps"][0]["value"] == 0.5
    assert document["done_within"]["28"]["value"] == 0.5
    assert document["done_within"]["56"] == {"value": None, "interval": None, "n": 0, "missing": 0}
    empty = actions_document(actions(library()))
    assert empty["time_to_close"]["steps"] == []
