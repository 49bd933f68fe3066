import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from command import run
from conftest import EXAMPLE, Site
from mkdocs_postmortems.facets import extra_fields
from mkdocs_postmortems.model import ActionItem, FrontMatter
from mkdocs_postmortems.model.fields import told
from mkdocs_postmortems.schema import files
from mkdocs_postmortems.settings import find_settings
from mkdocs_postmortems.source import parse, read
from mkdocs_postmortems.taxonomy import load_taxonomy
from test_cli_new import blank

SETTINGS = find_settings(EXAMPLE)
TAXONOMY = load_taxonomy(SETTINGS.taxonomy)
SCHEMAS = files(TAXONOMY, extra_fields(SETTINGS.facets))
POSTMORTEM, VOCABULARY = (json.loads(text) for text in SCHEMAS.values())
FILES = sorted((EXAMPLE / "postmortems").glob("*.md"))

COMPLETE: dict[str, Any] = {
    "title": "T", "status": "published", "summary": "S", "severity": "sev2", "services": ["web"],
    "started_at": None, "resolved_at": "2024-03-08T10:00:00Z", "impacts": ["unavailability"],
    "trigger": "attack", "root_causes": ["network/dns"], "detection": "monitoring",
    "resolution": ["restart"],
}  # fmt: skip


def faults(values: object, schema: dict[str, Any] = POSTMORTEM) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(values)
    return sorted(".".join(map(str, error.absolute_path)) or error.message for error in found)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schemas_are_those_of_today(name: str) -> None:
    committed = (EXAMPLE / "schemas" / name).read_text("utf-8")
    assert committed == SCHEMAS[name], "run 'make schemas'"


@pytest.mark.parametrize("schema", [POSTMORTEM, VOCABULARY])
def test_they_are_schemas_of_the_draft_they_name(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_postmortem_of_the_example_fits(path: Path) -> None:
    assert faults(read(path, path.name).front.values) == []


def test_a_new_draft_and_the_vocabulary_fit() -> None:
    assert faults(parse(blank(), "x.md").front.values) == []
    text = (EXAMPLE / "postmortems/taxonomy.yml").read_text("utf-8")
    assert faults(yaml.safe_load(text), VOCABULARY) == []


def test_every_field_is_described_and_every_term_is_there_with_its_title() -> None:
    properties = POSTMORTEM["properties"]
    assert list(properties)[: len(FrontMatter.model_fields)] == list(FrontMatter.model_fields)
    for name, info in FrontMatter.model_fields.items():
        assert properties[name]["description"] == info.description
    text = SCHEMAS["postmortem.schema.json"]
    parts = (*FrontMatter.model_fields.values(), *ActionItem.model_fields.values())
    for vocabulary in {told(info, "vocabulary") for info in parts} - {""}:
        for term in TAXONOMY[vocabulary].terms.values():
            assert term.leaves or f'"{term.id}"' in text
            assert term.leaves or f'"{term.title}. ' in text
    assert '"vocabulary"' not in text
    assert '"needed"' not in text


def test_what_is_complete_fits() -> None:
    assert faults(COMPLETE) == []
    assert faults({"title": "T", "status": "draft", "summary": None, "impacts": []}) == []


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"root_causes": ["configuration"]}, "root_causes.0"),
        ({"contributing_factors": ["human-error"]}, "contributing_factors.0"),
        ({"severity": "sev9"}, "severity"),
        ({"impacts": "unavailability"}, "impacts"),
        ({"impacts": []}, "impacts"),
        ({"summary": None}, "summary"),
        ({"services": ["Web App"]}, "services.0"),
        ({"affected": {"percent": 140}}, "affected"),
        ({"action_items": [{"title": "T", "type": "wish"}]}, "action_items.0.type"),
        ({"action_items": [{"titel": "T"}]}, "action_items.0"),
        ({"status": "final"}, "status"),
    ],
)
def test_what_does_not_fit_is_found_where_it_stands(changed: dict[str, Any], at: str) -> None:
    assert at in faults({**COMPLETE, **changed})


def test_an_unknown_key_and_what_publication_needs_are_found() -> None:
    assert "'root_cause' was unexpected" in str(faults({**COMPLETE, "root_cause": []}))
    for name in COMPLETE:
        missing = {key: value for key, value in COMPLETE.items() if key != name}
        assert f"'{name}' is a required property" in faults(missing) or name == "status"


@pytest.mark.parametrize(
    "terms",
    [
        {"Wrong Id": {"title": "T"}},
        {"a": {"definition": "without a title"}},
        {"a": {"title": "T", "leafs": {}}},
        {"a": {"title": "T", "leaves": {"b": {"title": "T", "leaves": {}}}}},
        ["a"],
    ],
)
def test_a_broken_vocabulary_does_not_fit(terms: object) -> None:
    assert faults({"root_causes": terms}, VOCABULARY)
    assert faults({"root_causes": {}, "impacts": terms}, VOCABULARY)


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.chdir(site.root)
    (site.root / "postmortems").mkdir()
    return site


def test_the_command_writes_both_for_a_site_with_its_own_words(here: Site) -> None:
    here.configure("facets:\n  teams: {field: team}\n")
    here.write("postmortems/taxonomy.yml", "root_causes: {odd: {title: Odd one}}\n")
    result = run("schema", "--out", "editor")
    assert (
        result.stdout == "Wrote editor/postmortem.schema.json\nWrote editor/taxonomy.schema.json\n"
    )
    written = json.loads((here.root / "editor/postmortem.schema.json").read_text("utf-8"))
    assert written["properties"]["team"] == {}
    assert written["properties"]["root_causes"]["items"]["enum"] == ["odd"]


def test_wrong_usage(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    here.write("file", "")
    assert run("schema", "--out", "file").exit_code == 2
    assert run("schema", "--out", "file/below").exit_code == 2
    here.write("postmortems/taxonomy.yml", "root_causes: [\n")
    broken = run("schema")
    assert broken.exit_code == 1
    assert "taxonomy.yml:" in broken.stderr
    monkeypatch.chdir("/")
    assert run("schema").exit_code == 2
