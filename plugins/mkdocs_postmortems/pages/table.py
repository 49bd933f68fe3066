"""All postmortems in one table."""

from .archive import Archive
from .page import Page


def table_page(archive: Archive) -> Page:
    """The table, and a list of the drafts where previews are wanted."""
    return Page(
        archive.index_uri("postmortems"),
        archive.title("postmortems", "Postmortems"),
        "postmortems.md.jinja",
        {"postmortems": archive.published, "drafts": archive.drafts},
        "Every postmortem of the archive, newest first.",
        listed=True,
        searchable=False,
        hide=("navigation", "toc"),
    )
