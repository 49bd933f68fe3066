"""The flaws that real postmortems have, in sentences of our own: each must be found."""

from datetime import date

import pytest

from archive import TAXONOMY, at, text
from mkdocs_postmortems.library import check_all
from mkdocs_postmortems.model import read_postmortem
from mkdocs_postmortems.source import parse

DAY = "2024-06-09"


def codes(body: str, id_: str = f"{DAY}-shop", **front_matter: object) -> set[str]:
    """The rules that find something in a postmortem with that body."""
    front = text(id_, **front_matter).partition("## Summary")[0]
    source = parse(f"{front}{body}\n", f"postmortems/{id_}.md")
    found = check_all([read_postmortem(source)], TAXONOMY, date(2024, 12, 31))
    return {problem.code for problem in found}


TWO_ENDS = """
## Summary

The outage started at 18:20 UTC+3 and lasted until 01:10 UTC+3.

## Timeline

- 18:20 UTC+3: Customers cannot pay.
- 19:10 UTC+3: Payments work again and the incident is resolved.
"""

FLAWS = {
    "two ends": ("PM224", TWO_ENDS, {}),
    "a date that can be two days": ("PM225", "## Summary\n\nIt broke on 09-06-2024.", {}),
    "a person named beside a role": (
        "PM502",
        "## Timeline\n\n- 18:20 Jordan, our lead engineer, sees failed payments.",
        {},
    ),
    "a belief that is called mistaken": (
        "PM501",
        "## Timeline\n\n- 18:45 The team mistakenly believes the cache is at fault.",
        {},
    ),
    "done, and still to come": (
        "PM406",
        "## Corrective and preventative measures\n\n- [x] The pool limit will be raised next week.",
        {},
    ),
    "a surge as the root cause": (
        "PM301",
        "## Root cause\n\nThe root cause was a sudden surge in requests from shoppers.",
        {"trigger": "traffic-spike"},
    ),
    "complete, for a part": (
        "PM333",
        "## Impact\n\nThere was a complete outage of the shop for about 30% of users.",
        {"affected": {"percent": 30, "of": "users"}},
    ),
    "the text of an assignment": (
        "PM713",
        "## Background\n\nFor this project, we expect you to read these pages first.",
        {},
    ),
    "a timeline without a time": (
        "PM712",
        "## Timeline\n\n- Alerts came in.\n- Somebody looked at the pool.",
        {},
    ),
    "a second cause left unexplained": (
        "PM303",
        "## Root cause\n\nThe connection pool was exhausted.",
        {"root_causes": ["resource-exhaustion/connection-pool", "network/dns"]},
    ),
    "two accounts of the fix": (
        "PM305",
        """
## Summary

It was resolved by raising the configured pool limit.

## Root cause and resolution

The pool ran dry. It was resolved by restarting the database.
""",
        {},
    ),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_the_flaw_is_found(flaw: str) -> None:
    code, body, front_matter = FLAWS[flaw]
    assert code in codes(body, **front_matter)


CLEAN = """
## Summary

The shop was down for a quarter of its users from 10:00 to 12:00 UTC.

## Impact

25% of users could not pay.

## Timeline

All times UTC.

- **10:00** Alerts fire for failed payments.
- **12:00** Payments work again.

## Root cause and resolution

The connection pool was exhausted: its limit was below what a busy evening needs. The limit was
raised in the configuration.

## Corrective and preventative measures

An alert at 80% of the pool warns before requests wait.

## Lessons learned

Limits need an owner.
"""


def test_a_sound_postmortem_is_left_in_peace() -> None:
    action = {"title": "Alert at 80% of the pool", "type": "prevent", "owner": "web",
              "due": "2025-01-31", "link": "https://example.org/1", "status": "open"}  # fmt: skip
    found = codes(
        CLEAN,
        started_at=at(DAY),
        resolved_at=at(DAY, "12:00"),
        affected={"percent": 25, "of": "users"},
        action_items=[action],
        authors=["web"],
        reviewers=["platform"],
    )
    assert found == set()
