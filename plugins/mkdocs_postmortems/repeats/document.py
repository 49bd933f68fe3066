"""The repeats as plain values for `api/v1/repeats.json`.

- `since`: the day from which on incidents have a year of record before them
- `share`: repeats among those incidents; `share_while_open`: of all repeats, those that came
  while a preventive action of an earlier one was open; both are estimates, with `value` (0 to 1),
  `interval` ([low, high], Wilson 95%), `n` and `missing`
- `repeated`, `while_open`: the ids that these count, whenever they happened
- `chains`: each with `ids` (oldest first), `causes`, `services` and `links`
- a link has `earlier`, `later`, `days` (from the end of the one to the start of the other; null
  where a day is not known), `causes` and `services` that both have, `found`, `declared`, and
  `promises`: the preventive actions of the earlier one, each with `title`, `owner`, `closed`,
  `status` today, and the `outcome` when the later one began. Links that pass over another
  incident with the same cause are left out; `links` counts them all
- `patterns`: leaf causes of incidents that are not all in one chain: `cause`, `ids`, `services`,
  `chained` (those in a chain together), `apart` (the rest)
- `causes`: every leaf cause with `incidents` (their number), `minutes` until they were resolved,
  `n` (incidents that these rest on) and `missing`; an incident with two causes stands in both
"""

from mkdocs_postmortems.trends.plain import Document, day_document, estimate_document

from . import Repeats
from .chains import Chain, Pattern
from .costs import Cost
from .links import Link
from .promises import Promise


def repeats_document(found: Repeats) -> Document:
    """`found` as values that JSON can hold."""
    return {
        "since": day_document(found.since),
        "share": estimate_document(found.share),
        "share_while_open": estimate_document(found.share_while_open),
        "repeated": list(found.repeated),
        "while_open": list(found.while_open),
        "links": len(found.links),
        "chains": [_chain(chain) for chain in found.chains],
        "patterns": [_pattern(pattern) for pattern in found.patterns],
        "causes": [_cost(cost) for cost in found.costs],
    }


def link_document(link: Link) -> Document:
    """One link with its promises."""
    return {
        "earlier": link.earlier,
        "later": link.later,
        "days": link.days,
        "causes": list(link.causes),
        "services": list(link.services),
        "found": link.found,
        "declared": link.declared,
        "promises": [_promise(promise) for promise in link.promises],
    }


def _promise(promise: Promise) -> Document:
    item = promise.item
    return {
        "title": item.title,
        "owner": item.owner,
        "status": item.status,
        "closed": day_document(item.closed),
        "outcome": promise.outcome.value,
    }


def _chain(chain: Chain) -> Document:
    return {
        "ids": list(chain.incidents),
        "causes": list(chain.causes),
        "services": list(chain.services),
        "links": [link_document(link) for link in chain.steps],
    }


def _pattern(pattern: Pattern) -> Document:
    return {
        "cause": pattern.cause,
        "ids": list(pattern.incidents),
        "services": list(pattern.services),
        "chained": [list(ids) for ids in pattern.chained],
        "apart": list(pattern.apart),
    }


def _cost(cost: Cost) -> Document:
    return {
        "cause": cost.cause,
        "incidents": len(cost.incidents),
        "minutes": cost.minutes,
        "n": len(cost.incidents) - len(cost.unknown),
        "missing": len(cost.unknown),
        "ids": list(cost.incidents),
    }
