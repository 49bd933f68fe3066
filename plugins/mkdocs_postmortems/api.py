"""The site as JSON, for programs. Keys are documented on the page `api/`."""

import json
from collections.abc import Iterator
from typing import Any

from .actions.document import actions_document
from .facets import Counted
from .model import Postmortem
from .pages.archive import Archive
from .pages.links import destination
from .repeats.document import repeats_document
from .trends.document import trends_document

ROOT = "api/v1"


def documents(archive: Archive) -> Iterator[tuple[str, str]]:
    """Every JSON file: its path below the site's root, and its text."""
    rows = {p.id: postmortem_document(archive, p) for p in archive.published}
    found = archive.findings
    yield f"{ROOT}/trends.json", as_json(trends_document(found.trends))
    yield f"{ROOT}/repeats.json", as_json(repeats_document(found.repeats))
    yield f"{ROOT}/actions.json", as_json(actions_document(found.actions))
    yield f"{ROOT}/postmortems.json", as_json(list(rows.values()))
    for id_, row in rows.items():
        yield f"{ROOT}/postmortems/{id_}.json", as_json(row)
    for facet in archive.options.facets:
        terms = [
            term_document(archive, found)
            for top in archive.counted[facet.name]
            for found in (top, *top.leaves)
        ]
        yield f"{ROOT}/{facet.name}.json", as_json(terms)


def postmortem_document(archive: Archive, postmortem: Postmortem) -> dict[str, Any]:
    """The front matter, with the id, the address below the site's root and the durations.

    `durations` are whole minutes, null where they are not known; `duration_states` says why.
    """
    uri = archive.postmortem_uri(postmortem)
    return {
        "id": postmortem.id,
        "url": destination(uri, archive.options.directory_urls),
        **postmortem.meta.model_dump(mode="json", exclude={"ignore"}),
        "durations": {name: found.minutes for name, found in postmortem.durations.items()},
        "duration_states": {
            name: found.state.value for name, found in postmortem.durations.items()
        },
    }


def term_document(archive: Archive, found: Counted) -> dict[str, Any]:
    """A term with what it means and the ids of its incidents, each counted once."""
    uri = archive.term_uri(found.facet.name, found.term.id)
    return {
        "id": found.term.id,
        "title": found.term.title,
        "definition": found.term.definition,
        "aliases": list(found.term.aliases),
        "parent": found.term.parent or None,
        "url": destination(uri, archive.options.directory_urls),
        "count": len(found.incidents),
        "ids": [postmortem.id for postmortem in found.incidents],
    }


def as_json(value: object) -> str:
    """The same bytes for the same value, readable in a diff."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
