"""PM81x: what is silenced is there to be silenced."""

import difflib
from collections.abc import Iterator

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.problem import Level

from .registry import Context, Found, all_rules, rule


@rule("PM811", last=True)
def unused_ignore(postmortem: Postmortem, context: Context) -> Iterator[Found]:
    """An `ignore` silences nothing.

    Why: it outlived what it was for, and would hide the next, real finding.

    Example: `ignore: [{rule: PM402, reason: …}]` after every action got its owner.

    Cure: take it out. An error cannot be silenced: mend it.
    """
    rules = {rule.code: rule for rule in all_rules()}
    for index, item in enumerate(postmortem.meta.ignore):
        known = rules.get(item.rule)
        if known and not known.last and item.rule not in context.silenced:
            error = known.level_for(postmortem) is Level.ERROR
            why = "an error cannot be silenced" if error else "it finds nothing here"
            yield Found(
                ("ignore", index),
                f"ignoring {item.rule} silences nothing: {why}",
                "Take the entry out.",
            )


@rule("PM812", last=True)
def unknown_ignore(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An `ignore` names a rule that does not exist.

    Why: the finding that it was meant for is still reported, or the rule is gone and so is
    the need for it.

    Example: `ignore: [{rule: PM4O2, reason: …}]`, with a letter for the nought.

    Cure: write the code as it is printed: `PM402`.
    """
    codes = {rule.code: rule.code for rule in all_rules()}
    names = {rule.name: rule.code for rule in all_rules()}
    for index, item in enumerate(postmortem.meta.ignore):
        if item.rule in codes:
            continue
        near = difflib.get_close_matches(item.rule.upper(), codes, n=1)
        meant = names.get(item.rule.lower()) or (near[0] if near else "")
        yield Found(
            ("ignore", index, "rule"),
            f"there is no rule '{item.rule}'",
            f"Write {meant}." if meant else "Write the code that was printed, as in PM402.",
        )
