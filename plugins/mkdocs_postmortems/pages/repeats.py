"""The page of repeats: what happened again, and what had been promised."""

from mkdocs_postmortems.repeats import Link

from .archive import Archive
from .page import Page
from .wording import written_count, written_promises

_COSTLY = 12


def repeats_page(archive: Archive) -> Page:
    """Chains, patterns and what they cost."""
    found = archive.findings.repeats
    uri = archive.index_uri("repeats")
    data = {
        "found": found,
        "by_id": archive.library.by_id,
        "texts": {(link.earlier, link.later): repeat_text(archive, link) for link in found.links},
        "dearest": sorted(found.costs, key=lambda cost: -cost.minutes)[:_COSTLY],
        "commonest": found.costs[:_COSTLY],
    }
    title = archive.title("repeats", "Repeats")
    description = "Incidents that share a cause and a service, and what was promised in between."
    return Page(uri, title, "repeats.md.jinja", data, description, listed=True, searchable=False)


def repeat_text(archive: Archive, link: Link) -> str:
    """What joins two incidents, and what had become of the promises when the later one began."""
    return f"{_joined(archive, link)}; {written_promises(link.promises)}."


def _joined(archive: Archive, link: Link) -> str:
    causes = ", ".join(archive.vocabulary_term("root_causes", id_).title for id_ in link.causes)
    place = f"on {' and '.join(link.services)}" if link.services else "on another service"
    when = "" if link.days is None else f" {written_count(link.days, 'day')} earlier"
    if not causes:
        return f"its authors call it a repeat of this one{when}"
    return f"same root cause ({causes}) {place}{when}"
