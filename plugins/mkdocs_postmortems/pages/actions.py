"""The page of actions: everything that was promised, and what has become of it."""

from collections import Counter
from collections.abc import Iterator

from mkdocs_postmortems.actions import Action, State
from mkdocs_postmortems.facets import slug

from .archive import Archive
from .drawn import closing_chart
from .page import Page


def actions_page(archive: Archive) -> Page:
    """Open and overdue first."""
    found = archive.findings.actions
    data = {
        "found": found,
        "by_id": archive.library.by_id,
        "states": Counter(state for action in found.items for state in _states(action)).items(),
        "chart": closing_chart("How soon promises are kept", found.closing),
        "states_of": _states,
        "slug": slug,
    }
    return Page(
        archive.index_uri("actions"),
        archive.title("actions", "Actions"),
        "actions.md.jinja",
        data,
        "Every action item of the archive, open and overdue first.",
        listed=True,
        searchable=False,
    )


def _states(action: Action) -> Iterator[State]:
    """What it can be found by: an overdue one is open too."""
    yield action.state
    if action.is_open and action.state is not State.OPEN:
        yield State.OPEN
