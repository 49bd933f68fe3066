"""`postmortem search`: what has happened before and answers a query."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from mkdocs_postmortems.clock import today
from mkdocs_postmortems.facets import FACETS, Facet, extra_fields
from mkdocs_postmortems.library import postmortem_files
from mkdocs_postmortems.model import read_postmortem
from mkdocs_postmortems.search.documents import Document, document_of
from mkdocs_postmortems.search.finder import Answer, Finder
from mkdocs_postmortems.search.states import ACTIONS, STATES, is_narrowed_to, terms_carried
from mkdocs_postmortems.search.store import Store
from mkdocs_postmortems.search.terms import entries_of, tally_of_terms
from mkdocs_postmortems.search.thesaurus import thesaurus_of
from mkdocs_postmortems.settings import Settings
from mkdocs_postmortems.source import read
from mkdocs_postmortems.taxonomy import Taxonomy, load_taxonomy

from .archive import here, shown
from .formats import printable

_MANY = 500
_ACTIONS = Facet(ACTIONS, "Actions", "state of the actions", "", lambda _: ())

Row = Mapping[str, Any]


class _Search(click.Command):
    """A command with an option for each facet of the site."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), *(_option(facet) for facet in _facets())]


def _facets() -> Sequence[Facet]:
    try:
        return (*here().facets, _ACTIONS)
    except click.UsageError:
        return (*FACETS, _ACTIONS)


def _option(facet: Facet) -> click.Option:
    what = (
        "; ".join(state.id for state in STATES) if facet.name == ACTIONS else "or a term above it"
    )
    return click.Option([f"--{facet.name}", _name(facet)], multiple=True, metavar="TERM",
                        help=f"Only with this {facet.one} ({what}).")  # fmt: skip


def _name(facet: Facet) -> str:
    return facet.name.replace("-", "_")


@click.command(cls=_Search)
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most.")
@click.option("--literal", is_flag=True, help="Take every word as it is typed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(
    query: tuple[str, ...], limit: int, literal: bool, as_json: bool, **options: tuple[str, ...]
) -> None:
    r"""Find published postmortems by error message, symptom or cause, the best first.

    Ranks as the site's search does: slips of the finger are forgiven, other words for the same
    cause count, and each result says what fixed it. The option of a facet may be given several
    times: one of its terms will do.

    \b
    Examples:
      postmortem search too many connections
      postmortem search "ORA-00020" --services checkout --years 2024
      postmortem search certificat expird --json --limit 3
    """
    settings = here()
    taxonomy = load_taxonomy(settings.taxonomy)
    store = _store(settings, taxonomy)
    rows = store.index.shown()
    wanted = {facet.name: options[_name(facet)] for facet in _facets()}
    _refuse_unknown(wanted, taxonomy, rows)
    answer = _finder(settings, taxonomy, store, rows).find(" ".join(query), literal=literal)
    _tell_corrections(answer)
    found = _ranked(answer, rows, wanted, today())[:limit]
    if as_json:
        listed = [_json_row(rows[number], score) for number, score in found]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    if not found:
        click.echo("Nothing published so far answers this.", err=True)
    for line in (*_offers(answer), *_results([rows[number] for number, _ in found], taxonomy)):
        click.echo(line)


def _refuse_unknown(
    wanted: Mapping[str, Sequence[str]], taxonomy: Taxonomy, rows: Mapping[int, Row]
) -> None:
    """A usage error for a term that neither the vocabulary nor any postmortem has."""
    for facet in _facets():
        known = {term.id for term in STATES} if facet is _ACTIONS else _terms(facet, taxonomy, rows)
        for id_ in wanted[facet.name]:
            if id_ not in known:
                near = taxonomy[facet.vocabulary].nearest(id_) or get_close_matches(id_, known)
                hint = f" Did you mean {' or '.join(near)}?" if near else ""
                raise click.UsageError(f"there is no {facet.one} '{id_}'.{hint}")


def _terms(facet: Facet, taxonomy: Taxonomy, rows: Mapping[int, Row]) -> set[str]:
    """The terms of a facet: those of its vocabulary, and what the postmortems say."""
    said = {id_ for row in rows.values() for id_ in row["facets"].get(facet.name, ())}
    return said.union(taxonomy[facet.vocabulary].terms)


def _store(settings: Settings, taxonomy: Taxonomy) -> Store:
    """The index of the archive, up to date."""
    made_of = (repr(taxonomy), *(facet.name for facet in settings.facets), str(Path.cwd()))
    store = Store(settings.root / ".cache" / "postmortems", made_of)
    fields = extra_fields(settings.facets)

    def document(path: Path) -> Document | None:
        found = read_postmortem(read(path, shown(path)), fields)
        published = found.status == "published"
        return document_of(found, settings.facets, taxonomy) if published else None

    files = postmortem_files(settings.directory)
    if len(files) - store.index.size > _MANY:
        click.echo(f"Reading {len(files):,} postmortems; next time it will be quick.", err=True)
    store.update(files, document)
    return store


def _finder(
    settings: Settings, taxonomy: Taxonomy, store: Store, rows: Mapping[int, Row]
) -> Finder:
    thesaurus = thesaurus_of(taxonomy)
    counts = Counter(
        (name, id_)
        for row in rows.values()
        for name, ids in row["facets"].items()
        for id_ in {part for id_ in ids for part in (id_, id_.rpartition("/")[0]) if part}
    )
    terms = tally_of_terms(entries_of(settings.facets, taxonomy, counts), thesaurus.phrases)
    return Finder(store.index, terms, thesaurus)


def _ranked(
    answer: Answer, rows: Mapping[int, Row], wanted: Mapping[str, tuple[str, ...]], day: date
) -> list[tuple[int, float]]:
    """The results that carry what is `wanted`, best first; of two alike the later."""
    kept = [
        hit for hit in answer.postmortems
        if all(is_narrowed_to(terms_carried(rows[hit.number], name, day), ids)
               for name, ids in wanted.items() if ids)
    ]  # fmt: skip
    return sorted(((hit.number, round(hit.score, 9)) for hit in kept),
                  key=lambda hit: (-hit[1], *_newest_first(rows[hit[0]])))  # fmt: skip


def _newest_first(row: Row) -> tuple[int, str]:
    day = row["day"]
    return (-date.fromisoformat(day).toordinal() if day else 0, row["id"])


def _json_row(row: Row, score: float) -> dict[str, Any]:
    kept = ("id", "path", "title", "day", "severity", "minutes", "fixed")
    return {**{name: row[name] for name in kept}, **row["facets"], "score": round(score, 4)}


def _tell_corrections(answer: Answer) -> None:
    for typed, meant in answer.corrections:
        click.echo(f"Nobody wrote “{printable(typed)}”: searched for “{meant}”. "
                   "With --literal it is searched as it stands.", err=True)  # fmt: skip


def _offers(answer: Answer) -> Iterator[str]:
    for row in answer.terms:
        count = f"{row['count']:,} incident{'' if row['count'] == 1 else 's'}"
        yield printable(f"{row['one'].capitalize()} {row['id']}: {row['title']} ({count})")


def _results(rows: Sequence[Row], taxonomy: Taxonomy) -> Iterator[str]:
    causes = taxonomy["root_causes"].terms
    for row in rows:
        titles = (
            causes[id_].title if id_ in causes else id_
            for id_ in row["facets"].get("root-causes", ())
        )
        about = (row["day"] or "undated", row["severity"], ", ".join(titles))
        yield f"{click.style(printable(row['path']), bold=True)}  {printable(row['title'])}"
        yield f"    {printable(' · '.join(part for part in about if part))}"
        if row["fixed"]:
            yield f"    What fixed it: {printable(row['fixed'])}"
