"""Two facets against each other: which cause does what, and what sets which cause off."""

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_postmortems.facets import Counted, Facet, count
from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.taxonomy import Taxonomy, Term

from .population import ids


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Incidents by the top terms of two facets that occur, most incidents first.

    `cells` holds a tuple of ids for each row and column. An incident with two causes stands in
    two rows, so rows do not add up. `missing` are those that lack a term on either side.
    """

    row_facet: Facet
    column_facet: Facet
    rows: tuple[Term, ...]
    columns: tuple[Term, ...]
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    n: int
    missing: tuple[str, ...]

    @property
    def highest(self) -> int:
        """The largest count in any cell, for the shading."""
        return max((len(cell) for row in self.cells for cell in row), default=0)


def cross_table(
    rows: Facet, columns: Facet, incidents: Sequence[Postmortem], taxonomy: Taxonomy
) -> CrossTable:
    """The incidents by the terms of `rows` and `columns`."""
    down = _occurring(rows, incidents, taxonomy)
    across = _occurring(columns, incidents, taxonomy)
    within = [{p.id for p in column.incidents} for column in across]
    cells = tuple(
        tuple(tuple(p.id for p in row.incidents if p.id in members) for members in within)
        for row in down
    )
    lacking = (p for p in incidents if not (any(rows.terms_of(p)) and any(columns.terms_of(p))))
    terms = tuple(found.term for found in down), tuple(found.term for found in across)
    return CrossTable(rows, columns, *terms, cells, len(incidents), ids(lacking))


def _occurring(
    facet: Facet, incidents: Sequence[Postmortem], taxonomy: Taxonomy
) -> tuple[Counted, ...]:
    return tuple(found for found in count(facet, incidents, taxonomy) if found.incidents)
