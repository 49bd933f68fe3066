"""What the other figures stand on."""

from archive import action, library, postmortem
from mkdocs_postmortems.coverage import Coverage, Field, coverage
from mkdocs_postmortems.model import FrontMatter
from mkdocs_postmortems.problem import Level


def field(found: Coverage, name: str) -> Field:
    return next(field for field in found.fields if field.name == name)


def test_every_field_of_the_contract_is_there_with_its_description() -> None:
    found = coverage(library())
    assert [field.name for field in found.fields] == list(FrontMatter.model_fields)
    assert all(field.description for field in found.fields)
    assert found.fields[0].total.share.value is None


def test_fields_are_counted_by_year_over_what_is_published() -> None:
    found = coverage(
        library(
            postmortem("2023-01-01-a", affected={"percent": 5, "of": "users"}, keywords=[]),
            postmortem("2024-01-01-b", trigger="unknown", resolved_at=None),
            postmortem("2024-02-01-c", trigger=..., root_causes=["unknown"]),
            postmortem("2024-03-01-draft", status="draft", affected={"percent": 5}),
            postmortem("undated-d", impacts=["none"]),
        )
    )
    assert found.years == ("2024", "2023", "undated")
    assert found.n == 4
    affected = field(found, "affected")
    assert (affected.total.filled, affected.total.n) == (1, 4)
    assert {year: of.filled for year, of in affected.by_year.items()} == {
        "2024": 0, "2023": 1, "undated": 0
    }  # fmt: skip
    assert affected.total.share.value == 0.25
    trigger = field(found, "trigger").total
    assert (trigger.filled, trigger.unknown, trigger.null) == (3, 1, 0)
    assert field(found, "root_causes").total.unknown == 1
    resolved = field(found, "resolved_at").total
    assert (resolved.filled, resolved.null) == (2, 2)
    assert field(found, "keywords").total.filled == 0
    # A default is what the contract says, and not the author.
    assert field(found, "visibility").total.filled == 0


def test_whoever_waits_longest_comes_first() -> None:
    found = coverage(
        library(
            postmortem("2024-12-01-new", status="draft"),
            postmortem("undated-one", status="draft"),
            postmortem("2024-10-01-old", status="in-review"),
            postmortem("2024-01-01-published"),
            postmortem("2024-01-01-gone", status="withdrawn"),
            today="2024-12-31",
        )
    )
    assert [(w.id, w.status, w.days) for w in found.waiting] == [
        ("2024-10-01-old", "in-review", 91),
        ("2024-12-01-new", "draft", 30),
        ("undated-one", "draft", None),
    ]


def test_silenced_rules_come_with_their_reasons() -> None:
    silenced = [{"rule": "PM401", "reason": "The service was retired."}]
    found = coverage(
        library(
            postmortem("2024-01-01-a", ignore=silenced),
            postmortem("2024-01-02-draft", status="draft", ignore=silenced),
        )
    )
    assert [(i.id, i.ignore.rule, i.ignore.reason) for i in found.ignored] == [
        ("2024-01-01-a", "PM401", "The service was retired.")
    ]


def test_problems_of_what_is_published_are_told_by_rule() -> None:
    complete = {"action_items": [action()], "authors": ["a"], "reviewers": ["b"]}
    found = coverage(
        library(
            postmortem("2024-01-01-a", resolved_at="2024-01-01T09:00:00+00:00", **complete),
            postmortem("2024-01-02-b", resolved_at="2024-01-02T09:00:00+00:00", **complete),
            postmortem("2024-01-03-c", **{**complete, "reviewers": ["a"]}),
            postmortem("2024-01-04-draft", status="draft", summary=...),
        )
    )
    order = [u for u in found.unresolved if u.code == "PM201"]
    assert [(u.name, u.level, len(u.problems)) for u in order] == [
        ("milestone-out-of-order", Level.WARNING, 2)
    ]
    assert order[0].summary.startswith("A milestone comes before")
    errors = [u.code for u in found.unresolved if u.level is Level.ERROR]
    assert errors == ["PM703"]
    assert found.unresolved[0].code == "PM703"
    paths = {problem.path for u in found.unresolved for problem in u.problems}
    assert not any("draft" in path for path in paths)
