"""Small sites drawn as text, really built."""

import logging
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from mkdocs.commands.build import build
from mkdocs.config import load_config

EXAMPLE = Path(__file__).parents[1]
TODAY = "1795219200"  # 2026-11-21

# The same examples everywhere, however slow the machine: a test's result is that of the code alone.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

COMPLETE = """\
---
title: {title}
status: published
summary: The web application was down for a quarter of its users.
severity: sev2
services: [web]
started_at: "{start}"
resolved_at: "{end}"
impacts: [unavailability]
trigger: traffic-spike
root_causes: [resource-exhaustion/connection-pool]
detection: monitoring
resolution: [config-change]
action_items: [{{title: Alert at 80% of the pool, type: detect, owner: web}}]
authors: [web]
reviewers: [platform]
---

## Summary

The pool ran dry.
"""


def postmortem(
    title: str = "The pool ran dry",
    start: str = "2024-03-08T10:00:00+00:00",
    end: str = "2024-03-08T13:30:00+00:00",
    **changed: str | None,
) -> str:
    """A complete postmortem; a field given as None is left out, another is replaced or added."""
    lines = COMPLETE.format(title=title, start=start, end=end).splitlines()
    for name, value in changed.items():
        lines = [line for line in lines if not line.startswith(f"{name}:")]
        if value is not None:
            lines.insert(2, f"{name}: {value}")
    return "\n".join(lines) + "\n"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


class Site:
    """A site in a folder of its own: write files, build, read what came out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("docs/about.md", "# About\n")
        self.configure()

    def configure(self, text: str = "", theme: str = "material") -> None:
        options = textwrap.indent(textwrap.dedent(text), "      ")
        plugin = f"  - postmortems:\n{options}" if text else "  - postmortems"
        self.write(
            "mkdocs.yml", f"site_name: Test\ntheme: {theme}\nplugins:\n  - search\n{plugin}\n"
        )

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            target.write_bytes(content)
        else:
            target.write_text(content, encoding="utf-8")
        return target

    def build(self, *, strict: bool = True) -> Path:
        config = load_config(str(self.root / "mkdocs.yml"), strict=strict)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
        return self.root / "site"

    def read(self, path: str) -> str:
        return (self.root / "site" / path).read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example site, built once."""
    out = tmp_path_factory.mktemp("example")
    config = load_config(str(EXAMPLE / "mkdocs.yml"), site_dir=str(out), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return out


@pytest.fixture
def logged() -> Iterator[Callable[[], str]]:
    """Everything MkDocs logs, as one text."""
    records: list[str] = []

    class _Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(f"{record.levelname} {record.getMessage()}")

    handler = _Keep()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    yield lambda: "\n".join(records)
    logger.removeHandler(handler)
