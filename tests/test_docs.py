"""What the documentation must not forget: commands, options, fields, rules, variables."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from conftest import Site, postmortem
from mkdocs_postmortems.charts import VARIABLES
from mkdocs_postmortems.cli import main
from mkdocs_postmortems.model import FrontMatter
from mkdocs_postmortems.pages.catalogue import SINGLE
from mkdocs_postmortems.plugin import PostmortemsConfig
from mkdocs_postmortems.rules import all_rules

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "plugins/mkdocs_postmortems/assets"


def _options() -> Iterator[tuple[str, str]]:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    yield name, option


@pytest.mark.parametrize(("command", "option"), list(_options()))
def test_every_command_and_option_is_documented(command: str, option: str) -> None:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    section = text.partition(f"## `postmortem {command}`")[2].partition("\n## ")[0]
    assert f"`{option}`" in section


def test_every_option_of_the_plugin_is_documented() -> None:
    text = (ROOT / "docs/setup.md").read_text("utf-8")
    for name, _ in PostmortemsConfig._schema:
        assert f"| `{name}` |" in text, name


def test_every_page_that_can_be_left_out_is_named() -> None:
    text = (ROOT / "docs/setup.md").read_text("utf-8")
    for name in (*SINGLE, "digests"):
        assert f"`{name}`" in text, name


def test_every_field_and_rule_is_on_its_page(site: Site) -> None:
    site.write("postmortems/2024-03-08-pool.md", postmortem())
    site.build()
    fields, rules = site.read("fields/index.html"), site.read("rules/index.html")
    for name in FrontMatter.model_fields:
        assert f"<code>{name}</code>" in fields, name
    for rule in all_rules():
        assert f'id="{rule.code.lower()}"' in rules, rule.code
        assert rule.name in rules


def test_the_style_sheet_sets_every_colour_that_charts_use() -> None:
    sheets = "".join(path.read_text("utf-8") for path in ASSETS.glob("*.css"))
    for name in VARIABLES:
        assert re.search(rf"{name}\s*:", sheets), name


def test_every_file_that_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / link).exists(), link
    tree = text.partition("```text\n")[2].partition("```")[0]
    for line in tree.splitlines():
        inner = line.startswith("  ")
        for name in line.split("  ")[1 if inner else 0].split():
            folder = ROOT / "plugins/mkdocs_postmortems" if inner else ROOT
            assert (folder / name).exists(), name
