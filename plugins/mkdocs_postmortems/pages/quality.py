"""The page of data quality: what every figure elsewhere stands on."""

from mkdocs_postmortems.coverage import coverage

from .archive import Archive
from .page import Page

_YEARS = 6


def quality_page(archive: Archive) -> Page:
    """Which fields are filled, what waits for review, and what is still wrong."""
    found = coverage(archive.library)
    data = {"found": found, "years": found.years[:_YEARS], "by_id": archive.library.by_id}
    return Page(
        archive.index_uri("data-quality"),
        archive.title("data-quality", "Data quality"),
        "quality.md.jinja",
        data,
        "Which fields are filled, what waits for review, and what is still wrong.",
        listed=True,
        searchable=False,
        group="Reference",
    )
