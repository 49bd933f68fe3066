"""The digest of a quarter or a year, which a manager can read in two minutes."""

from collections.abc import Iterator

from mkdocs_postmortems.digest import Digest, digest, digest_periods
from mkdocs_postmortems.trends import Kind

from .archive import Archive
from .drawn import counts_chart, shares_chart
from .page import Page
from .repeats import repeat_text

_BEFORE = 8


def digest_pages(archive: Archive) -> Iterator[Page]:
    """One page for every quarter and year since the record began."""
    for period in digest_periods(archive.findings.trends):
        yield _page(archive, digest(archive.library, period, archive.findings))


def _page(archive: Archive, found: Digest) -> Page:
    uri = archive.digest_uri(found.period)
    rows = archive.findings.trends.counts[found.period.kind]
    place = next(i for i, row in enumerate(rows) if row.period == found.period)
    around = rows[max(0, place + 1 - _BEFORE) : place + 1]
    kind = "quarter" if found.period.kind is Kind.QUARTER else "year"
    by_id = archive.library.by_id
    data = {
        "found": found,
        "kind": kind,
        "incidents": [by_id[id_] for id_ in reversed(found.count.incidents)],
        "near_misses": [by_id[id_] for id_ in reversed(found.count.near_misses)],
        "by_id": by_id,
        "texts": {(link.earlier, link.later): repeat_text(archive, link) for link in found.links},
        "counts_chart": counts_chart(
            archive, uri, f"Incidents per {kind}, up to this one", around, archive.digest_uris
        ),
        "causes_chart": shares_chart(archive, uri, "Root causes of this period", found.causes),
    }
    title = found.period.title + ("" if found.period.is_finished else " so far")
    return Page(uri, title, "digest.md.jinja", data, f"What happened in {title}.", searchable=False)
