"""Archives made of a few words: postmortems and libraries without a file.

from archive import at, library, postmortem

pool = postmortem("2024-03-08-pool", services=["web"], trigger="traffic-spike")
library(pool, today="2024-12-31").published
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mkdocs_postmortems.facets import extra_fields
from mkdocs_postmortems.library import Library, check_all, load
from mkdocs_postmortems.model import Postmortem, read_postmortem
from mkdocs_postmortems.settings import find_settings
from mkdocs_postmortems.source import parse, read
from mkdocs_postmortems.taxonomy import Taxonomy, load_taxonomy

TAXONOMY = load_taxonomy(None)
FOLDER = Path(__file__).parents[1] / "postmortems"
SEEDS = (
    "2023-08-13-web-application-connection-pool",
    "2023-10-15-pool-sized-below-peak",
    "2024-03-08-surge-drains-connection-pool",
    "2024-06-09-booking-site-pool-misconfigured",
    "undated-load-balancer-connection-pool",
)
TODAY = "2024-12-31"

# What every postmortem says unless it is told otherwise.
DEFAULTS: dict[str, Any] = {
    "title": "The pool ran dry",
    "status": "published",
    "summary": "The web application was down for a quarter of its users.",
    "severity": "sev2",
    "services": ["web"],
    "impacts": ["unavailability"],
    "trigger": "traffic-spike",
    "root_causes": ["resource-exhaustion/connection-pool"],
    "detection": "monitoring",
    "resolution": ["config-change"],
}


def at(day: str, hour: str = "10:00") -> str:
    """A moment in UTC as front matter holds it."""
    return f"{day}T{hour}:00+00:00"


def text(id_: str, **front_matter: Any) -> str:
    """The file of a postmortem that lasted two hours; `...` leaves a field out.

    It begins at ten on the day that its id says, and without a date where the id says none.
    """
    named = re.match(r"\d{4}-\d{2}-\d{2}", id_)
    times = (
        {"started_at": at(named[0]), "resolved_at": at(named[0], "12:00")}
        if named
        else {"started_at": None, "resolved_at": None}
    )
    values = {**DEFAULTS, **times, **front_matter}
    kept = {key: value for key, value in values.items() if value is not ...}
    return f"---\n{yaml.safe_dump(kept, sort_keys=False)}---\n\n## Summary\n\nIt broke.\n"


def postmortem(id_: str, **front_matter: Any) -> Postmortem:
    """The postmortem that `text` draws, read as any file is."""
    return read_postmortem(parse(text(id_, **front_matter), f"postmortems/{id_}.md"))


def library(*postmortems: Postmortem, today: str = TODAY, taxonomy: Taxonomy = TAXONOMY) -> Library:
    """A library of those postmortems, with every problem found in them."""
    day = date.fromisoformat(today)
    problems = tuple(check_all(postmortems, taxonomy, day))
    ordered = sorted(postmortems, key=lambda p: (p.day or date.max, p.id))
    return Library(Path("postmortems"), tuple(ordered), taxonomy, problems, day)


def seeds(today: str = "2026-11-20") -> Library:
    """The five postmortems with which the example archive began, whatever else it has since."""
    files = [FOLDER / f"{id_}.md" for id_ in SEEDS]
    return library(*(read_postmortem(read(path, path.name)) for path in files), today=today)


def example(today: str = "2026-11-21") -> Library:
    """The whole example archive, read as its site reads it."""
    settings = find_settings(FOLDER.parent)
    return load(
        settings.directory,
        today=date.fromisoformat(today),
        taxonomy=settings.taxonomy,
        extra_fields=extra_fields(settings.facets),
    )


def action(title: str = "Size the pool from peak load", **fields: Any) -> dict[str, Any]:
    """An action item: preventive and open, unless it is told otherwise."""
    return {"title": title, "type": "prevent", "owner": "web", "status": "open", **fields}
