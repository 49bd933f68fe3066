"""PM1xx: every term is one that the vocabulary knows."""

from collections.abc import Iterator

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.problem import Level
from mkdocs_postmortems.source import Path
from mkdocs_postmortems.taxonomy import Vocabulary

from .registry import Context, Found, rule


def _strangers(postmortem: Postmortem, context: Context) -> Iterator[tuple[Path, Vocabulary, str]]:
    """Every word that is not a term, with where it stands and the vocabulary it should be in."""
    doubtful = postmortem.term_pairs - context.known_terms
    if not context.taxonomy.usable or all(not context.taxonomy[name].terms for name, _ in doubtful):
        return
    for at, name, word in postmortem.terms:
        vocabulary = context.taxonomy[name]
        if vocabulary.terms and word not in vocabulary.terms:
            yield at, vocabulary, word


def _singular(name: str) -> str:
    return name.removesuffix("s").replace("_", " ").replace("severitie", "severity")


def _unknown(at: Path, vocabulary: Vocabulary, word: str) -> Found:
    near = vocabulary.nearest(word)
    if near:
        cure = f"Nearest: {', '.join(near)}."
    else:
        known = [term.id for term in vocabulary.terms.values() if not term.leaves]
        cure = f"Choose one of: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}."  # noqa: PLR2004
    cure += " A new term is a pull request to the vocabulary."
    return Found(at, f"unknown {_singular(vocabulary.name)} '{word}'", cure)


def _is_plain_stranger(vocabulary: Vocabulary, word: str) -> bool:
    return not vocabulary.meant_by(word) and word.casefold() not in vocabulary.instead


@rule("PM101", Level.ERROR)
def unknown_term(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A severity, impact, trigger, detection, resolution or action type is not in the vocabulary.

    Why: a term of one's own is a page with one incident, and a count that misses it.

    Example: `severity: sev7`.

    Cure: take the nearest term that the message names, or add a term to the vocabulary.
    """
    for at, vocabulary, word in _strangers(postmortem, context):
        if vocabulary.name != "root_causes" and _is_plain_stranger(vocabulary, word):
            yield _unknown(at, vocabulary, word)


@rule("PM102", Level.ERROR)
def alias_for_term(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A known synonym stands where the term itself belongs.

    Why: search understands synonyms; front matter holds the one word that is counted.

    Example: `impacts: [outage]`, whose term is `unavailability`.

    Cure: write the term that the message names.
    """
    for at, vocabulary, word in _strangers(postmortem, context):
        meant = vocabulary.meant_by(word)
        if meant and word.casefold() not in vocabulary.instead:
            yield Found(
                at,
                f"'{word}' is another name for {' or '.join(meant)}",
                f"Write {meant[0]}." if len(meant) == 1 else f"Choose: {', '.join(meant)}.",
            )


@rule("PM103", Level.ERROR)
def unknown_root_cause(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A root cause or contributing factor is not in the vocabulary.

    Why: incidents with the same cause find each other only if they name it alike.

    Example: `root_causes: [confg]`.

    Cure: take the nearest cause that the message names, or add one to the vocabulary.
    """
    for at, vocabulary, word in _strangers(postmortem, context):
        if vocabulary.name == "root_causes" and _is_plain_stranger(vocabulary, word):
            yield _unknown(at, vocabulary, word)


@rule("PM104", Level.ERROR)
def discouraged_term(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A word that the vocabulary rules out.

    Why: "human error" ends an investigation where it should begin: it names who was near,
    and not what let a slip become an outage.

    Example: `root_causes: [human-error]`.

    Cure: the vocabulary says what to use instead, and why.
    """
    for at, vocabulary, word in _strangers(postmortem, context):
        if found := vocabulary.instead.get(word.casefold()):
            yield Found(at, f"'{word}' is not a cause: {found.because}", f"Use {found.use}.")


@rule("PM105", Level.ERROR)
def cause_without_leaf(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """A root cause names only the top of the tree.

    Why: "configuration" tells the next reader nothing that can be prevented.

    Example: `root_causes: [configuration]`.

    Cure: name the leaf: `configuration/limit-too-low`.
    """
    vocabulary = context.taxonomy["root_causes"]
    for field in ("root_causes", "contributing_factors"):
        for index, cause in enumerate(getattr(postmortem.meta, field)):
            term = vocabulary.terms.get(cause)
            if term and term.leaves:
                yield Found(
                    (field, index),
                    f"'{cause}' needs its second level",
                    f"Choose: {', '.join(term.leaves)}.",
                )


@rule("PM106", Level.ERROR, always=True)
def broken_vocabulary(_postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """The vocabulary file itself cannot be used.

    Why: without it no term can be checked, and every page that is built from terms is empty.

    Example: a `taxonomy.yml` with a tab, or a term without a title.

    Cure: correct the line that the message names. It is reported for the vocabulary's own
    file, never for a postmortem.
    """
    return iter(())
