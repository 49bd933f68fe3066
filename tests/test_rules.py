"""Each rule finds what its case file says, at the line it says, and lets near misses pass."""

import re
from datetime import date
from pathlib import Path

import pytest

from mkdocs_postmortems.library import load
from mkdocs_postmortems.pages.reference import families
from mkdocs_postmortems.problem import Level
from mkdocs_postmortems.rules import Rule, all_rules
from mkdocs_postmortems.taxonomy import Taxonomy, load_taxonomy
from rule_cases import FIRST, FOLDER, TODAY, Case, cases, complete, read_cases

CASES = cases()
RULES = {rule.code: rule for rule in all_rules()}


@pytest.fixture(scope="module")
def vocabulary() -> Taxonomy:
    return load_taxonomy(None)


@pytest.fixture
def _known(vocabulary: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default vocabulary is read once and not for every case."""

    def loaded(path: Path | None, name: str = "") -> Taxonomy:
        return load_taxonomy(path, name) if path else vocabulary

    monkeypatch.setattr("mkdocs_postmortems.library.load_taxonomy", loaded)


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    case.draw(tmp_path / "postmortems")
    own = tmp_path / "postmortems" / "taxonomy.yml"
    found = load(
        tmp_path / "postmortems",
        today=case.today,
        taxonomy=own if own.exists() else None,
        root=tmp_path / "postmortems",
    )
    problems = [problem for problem in found.problems if problem.code == case.code]
    assert {(problem.path, problem.line) for problem in problems} == case.places, problems
    for problem in problems:
        assert problem.message
        assert problem.cure.endswith((".", "!", "?", ")")), problem.cure


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: f"{rule.code}-{rule.name}")
def test_rule_is_documented(rule: Rule) -> None:
    paragraphs = rule.doc.split("\n\n")
    assert len(paragraphs[0].splitlines()) == 1
    assert rule.summary.endswith(".")
    assert [re.match(r"\w+", paragraph)[0] for paragraph in paragraphs[1:4]] == [
        "Why",
        "Example",
        "Cure",
    ]
    for paragraph in paragraphs[1:4]:
        assert len(paragraph) > len("Example: so")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: f"{rule.code}-{rule.name}")
def test_rule_has_cases_of_both_kinds(rule: Rule) -> None:
    path = FOLDER / f"{rule.code}-{rule.name}.txt"
    assert path.exists(), f"write {path.name}"
    assert {case.finds for case in read_cases(path)} == {True, False}


def test_no_case_file_is_left_over() -> None:
    names = {f"{rule.code}-{rule.name}.txt" for rule in RULES.values()}
    assert {path.name for path in FOLDER.iterdir()} == names


def test_every_rule_is_on_the_rules_page() -> None:
    assert [rule.code for _title, rules in families() for rule in rules] == list(RULES)


def test_only_leaks_and_what_cannot_be_read_stay_errors_in_a_draft() -> None:
    always = {rule.code for rule in RULES.values() if rule.always}
    assert always == {
        *("PM001", "PM002", "PM003", "PM006", "PM007", "PM008", "PM009", "PM010", "PM106"),
        *("PM601", "PM602", "PM603"),
    }


# What stands for a judgement of the text, and so must be possible to silence.
MEANING = ("PM21", "PM22", "PM3", "PM4", "PM5", "PM61", "PM71", "PM72", "PM81")


def test_what_is_a_matter_of_meaning_is_a_warning() -> None:
    errors = [rule.code for rule in RULES.values() if rule.level is Level.ERROR]
    assert not [code for code in errors if code.startswith(MEANING)]


def test_a_complete_postmortem_has_no_problems(tmp_path: Path) -> None:
    (tmp_path / FIRST).write_text(complete(), "utf-8")
    assert load(tmp_path, today=TODAY).problems == ()


def test_an_ignored_warning_is_silenced_and_an_error_is_not(tmp_path: Path) -> None:
    text = complete(
        'ignore: [{rule: PM225, reason: "as in the source"}, {rule: PM601, reason: "revoked"}]\n'
    )
    text = text.replace("Pools need", f"On 09-06-2024 AKIA{'X' * 16} leaked. Pools need")
    (tmp_path / FIRST).write_text(text, "utf-8")
    found = load(tmp_path, today=date(2024, 12, 31)).problems
    assert [problem.code for problem in found] == ["PM811", "PM601"]


def test_a_leak_is_told_without_being_repeated(tmp_path: Path) -> None:
    secret, other = "AKIA" + "Q7" * 8, "kT9" + "vQ2xLm7Zr"
    text = f"{complete()}\n    key {secret}\n    password: {other}\n"
    (tmp_path / FIRST).write_text(text, "utf-8")
    found = load(tmp_path, today=TODAY).problems
    assert {problem.code for problem in found} == {"PM601", "PM603"}
    assert not [p for p in found if "Q7" in f"{p} {p.cure}" or "vQ2x" in f"{p} {p.cure}"]
