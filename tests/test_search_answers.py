"""Queries on the example archive, each with what must be among the first three answers.

An answer is the id of a postmortem or of a term. A query that needs an incident which the
archive does not have yet is added with that incident.
"""

from pathlib import Path

import pytest

from archive import TAXONOMY
from mkdocs_postmortems.facets import FACETS, count
from mkdocs_postmortems.library import Library, load
from mkdocs_postmortems.search.terms import Entry, tally_of_terms
from test_search_finder import Asked

ARCHIVE = Path(__file__).parents[1] / "postmortems"
POOL = "resource-exhaustion/connection-pool"
SURGE = "2024-03-08-surge-drains-connection-pool"
BOOKING = "2024-06-09-booking-site-pool-misconfigured"
BALANCER = "undated-load-balancer-connection-pool"
PEAK = "2023-10-15-pool-sized-below-peak"
FIRST = "2023-08-13-web-application-connection-pool"

# By kind: what is asked, and what must come up.
QUERIES = {
    "error message": [
        ("too many connections", POOL),
        ("FATAL: remaining connection slots are reserved", POOL),
        ("HikariPool-1 - Connection is not available", POOL),
        ("QueuePool limit of size 5 overflow 10 reached", POOL),
        ("sorry, too many clients already", POOL),
        ("timeout acquiring connection", POOL),
        ("no space left on device", "resource-exhaustion/disk"),
        ("java.lang.OutOfMemoryError: Java heap space", "resource-exhaustion/memory"),
        ("OOMKilled", "resource-exhaustion/memory"),
        ("too many open files", "resource-exhaustion/file-descriptors"),
        ("EMFILE", "resource-exhaustion/file-descriptors"),
        ("cannot assign requested address", "resource-exhaustion/addresses"),
        ("SERVFAIL", "network/dns"),
        ("NXDOMAIN", "network/dns"),
        ("429", "resource-exhaustion/quota"),
        ("lock wait timeout exceeded", "database/lock-contention"),
        ("503", "unavailability"),
    ],
    "name": [
        ("max_connections", POOL),
        ("wp-settings.php", BALANCER),
        ("us-east-1", "dependency/cloud-provider"),
    ],
    "symptom": [
        ("bookings and logins failing", BOOKING),
        ("user activity dropped by 30%", SURGE),
        ("api slow load balancer", BALANCER),
        ("web application down at peak load", PEAK),
        ("a quarter of the users cannot connect", FIRST),
        ("outage right after deploy", "deployment/bad-rollout"),
        ("high latency", "degraded-performance"),
    ],
    "cause": [
        ("connection pool exhausted", POOL),
        ("pool size too small", "configuration/limit-too-low"),
        ("surge of requests", SURGE),
        ("expired certificate", "expiry/certificate"),
        ("race condition", "software-defect/concurrency"),
        ("split brain", "database/replication"),
        ("retry storm", "overload/retry-storm"),
    ],
    "other words": [
        ("x509 lapsed", "expiry/certificate"),
        ("volume 100 percent", "resource-exhaustion/disk"),
        ("flood of bogus traffic", "security/denial-of-service"),
        ("names do not resolve", "network/dns"),
    ],
    "slip": [
        ("conection poool exausted", POOL),
        ("certifcate expird", "expiry/certificate"),
        ("load balncer", BALANCER),
        ("boking site", BOOKING),
        ("dedlock", "database/lock-contention"),
    ],
}
TABLE = [(kind, query, found) for kind, rows in QUERIES.items() for query, found in rows]


@pytest.fixture(scope="module")
def archive() -> Asked:
    found: Library = load(ARCHIVE, today=__import__("datetime").date(2026, 11, 21))
    asked = Asked(found)
    tops = (top for facet in FACETS for top in count(facet, found.published, TAXONOMY))
    counted = (one for top in tops for one in (top, *top.leaves))
    entries = (Entry(c.facet, c.term, len(c.incidents)) for c in counted)
    asked.finder.terms = tally_of_terms(entries, asked.finder.thesaurus.phrases)
    return asked


def test_there_are_at_least_forty() -> None:
    assert len(TABLE) >= 40


@pytest.mark.parametrize(("kind", "query", "wanted"), TABLE, ids=[query for _, query, _ in TABLE])
def test_what_is_wanted_is_among_the_first_three(
    archive: Asked, kind: str, query: str, wanted: str
) -> None:
    postmortems = archive.ids_for(query)[:3]
    terms = [row["id"] for row in archive.answer(query).terms][:3]
    assert wanted in (*postmortems, *terms), (kind, postmortems, terms)
