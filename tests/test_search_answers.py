"""Queries on the example archive, each with what must be among the first three answers.

An answer is the id of a postmortem or of a term.
"""

import pytest

from archive import TAXONOMY, example
from mkdocs_postmortems.facets import FACETS, count
from mkdocs_postmortems.search.terms import Entry, tally_of_terms
from test_search_finder import Asked

POOL = "resource-exhaustion/connection-pool"
SURGE = "2024-03-08-surge-drains-connection-pool"
BOOKING = "2024-06-09-booking-site-pool-misconfigured"
BALANCER = "undated-load-balancer-connection-pool"
PEAK = "2023-10-15-pool-sized-below-peak"
FIRST = "2023-08-13-web-application-connection-pool"
BASECAMP = "2018-11-08-basecamp-events-id-overflow"
BACKTRACKING = ("2019-07-02-cloudflare-waf-regex", "2016-07-20-stack-exchange-regex")
CROWDSTRIKE = "2024-07-19-crowdstrike-channel-file-291"
EXCHANGE = "2022-01-01-microsoft-exchange-y2k22"
FACEBOOK = "2021-10-04-facebook-backbone"
FLIGHTS = "2023-08-28-nats-duplicate-waypoint"
FORTNITE = "2021-04-06-epic-games-wildcard-certificate"
GITLAB = "2017-01-31-gitlab-database-removed"
LEFT_PAD = "2016-03-22-npm-left-pad"
MIRAI = "2016-10-21-dyn-mirai-ddos"
STRASBOURG = "2021-03-09-ovh-strasbourg-fire"
WRAPAROUND = ("2015-07-20-sentry-xid-wraparound", "2019-02-04-mandrill-xid-wraparound")

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
        ("2112330001", EXCHANGE),
        ("database must be vacuumed within transactions", WRAPAROUND[0]),
    ],
    "name": [
        ("max_connections", POOL),
        ("wp-settings.php", BALANCER),
        ("us-east-1", "dependency/cloud-provider"),
        ("left-pad", LEFT_PAD),
        ("Cloudbleed", "2016-09-22-cloudflare-cloudbleed"),
        ("Power Peg", "2012-08-01-knight-capital-power-peg"),
        ("liblzma", "2024-02-24-xz-utils-backdoor"),
        ("S3 down", "2017-02-28-aws-s3-us-east-1"),
    ],
    "symptom": [
        ("bookings and logins failing", BOOKING),
        ("user activity dropped by 30%", SURGE),
        ("api slow load balancer", BALANCER),
        ("web application down at peak load", PEAK),
        ("a quarter of the users cannot connect", FIRST),
        ("outage right after deploy", "deployment/bad-rollout"),
        ("high latency", "degraded-performance"),
        ("cannot log in to Fortnite", FORTNITE),
        ("blue screen, Windows in a boot loop", CROWDSTRIKE),
        ("every search result flagged as malware", "2009-01-31-google-search-malware-flag"),
        ("emergency calls failed", "2022-07-08-rogers-route-flood"),
        ("flights delayed", FLIGHTS),
        ("browser extensions stopped working", "2019-05-04-mozilla-addon-signing-certificate"),
        ("strangers' accounts shown", "2015-12-25-steam-store-caching"),
        ("other people's chats visible", "2023-03-20-openai-redis-connection-mixup"),
    ],
    "cause": [
        ("connection pool exhausted", POOL),
        ("pool size too small", "configuration/limit-too-low"),
        ("surge of requests", SURGE),
        ("expired certificate", "expiry/certificate"),
        ("race condition", "software-defect/concurrency"),
        ("split brain", "database/replication"),
        ("retry storm", "overload/retry-storm"),
        ("leap second", "2017-01-01-cloudflare-leap-second"),
        ("regex backtracking", BACKTRACKING[0]),
        ("BGP routes withdrawn", FACEBOOK),
        ("generators did not start", "2012-06-30-aws-us-east-1-generators"),
        ("cooling failed in a heat wave", "2022-07-19-google-europe-west2-cooling"),
        ("kubernetes upgrade", "2023-03-14-reddit-kubernetes-upgrade"),
        ("deleted production database", GITLAB),
        ("admin token in a docker image", "2023-03-03-pypi-admin-token-in-image"),
        ("memcached amplification", "2018-02-28-github-memcached-ddos"),
    ],
    "other words": [
        ("x509 lapsed", "expiry/certificate"),
        ("volume 100 percent", "resource-exhaustion/disk"),
        ("flood of bogus traffic", "security/denial-of-service"),
        ("names do not resolve", "network/dns"),
        ("someone wiped the live db", GITLAB),
        ("machine room burned down", STRASBOURG),
        ("counter ran out of 32 bits", BASECAMP),
        ("air traffic control", FLIGHTS),
        ("trading software lost millions", "2012-08-01-knight-capital-power-peg"),
    ],
    "slip": [
        ("conection poool exausted", POOL),
        ("certifcate expird", "expiry/certificate"),
        ("load balncer", BALANCER),
        ("boking site", BOOKING),
        ("dedlock", "database/lock-contention"),
        ("crowdstirke", CROWDSTRIKE),
        ("letf-pad", LEFT_PAD),
        ("mirai botnt", MIRAI),
        ("kubernets upgarde", "2023-03-14-reddit-kubernetes-upgrade"),
    ],
}
TABLE = [(kind, query, found) for kind, rows in QUERIES.items() for query, found in rows]


@pytest.fixture(scope="module")
def archive() -> Asked:
    found = example()
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


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        # Jira and Confluence in both: customers' sites deleted, an intruder in one's own.
        ("Atlassian Jira Confluence sites deleted", "2022-04-05-atlassian-site-deletion",
         "2023-11-14-cloudflare-atlassian-intrusion"),
        ("Atlassian Jira Confluence intruder", "2023-11-14-cloudflare-atlassian-intrusion",
         "2022-04-05-atlassian-site-deletion"),
        # memcached in both: as a weapon, and as a cache that was cold.
        ("memcached flood", "2018-02-28-github-memcached-ddos", "2022-02-22-slack-cache-churn"),
        ("memcached cold cache", "2022-02-22-slack-cache-churn",
         "2018-02-28-github-memcached-ddos"),
        # Certificates that ended, and some that should not have been issued.
        ("certificate expired", "2020-02-03-microsoft-teams-certificate",
         "2022-01-25-lets-encrypt-tls-alpn"),
        ("certificates revoked", "2022-01-25-lets-encrypt-tls-alpn",
         "2020-02-03-microsoft-teams-certificate"),
        # GitHub and MySQL in both: the wrong node promoted, the replicas fallen behind.
        ("mysql failover", "2012-09-10-github-mysql-failover",
         "2013-03-07-kickstarter-replication"),
        ("mysql replication", "2013-03-07-kickstarter-replication",
         "2012-09-10-github-mysql-failover"),
    ],
)  # fmt: skip
def test_of_equal_wording_the_cause_decides(
    archive: Asked, query: str, first: str, last: str
) -> None:
    found = archive.ids_for(query)
    assert first in found[:3]
    assert last not in found or found.index(first) < found.index(last)


@pytest.mark.parametrize(
    ("query", "alike"),
    [
        ("catastrophic backtracking", BACKTRACKING),
        ("identifiers exhausted", (BASECAMP, EXCHANGE, *WRAPAROUND)),
        ("poison message", ("2022-11-18-incident-io-poison-message", FLIGHTS,
                            "2008-07-20-aws-s3-gossip-corruption")),
        ("expired certificate", (FORTNITE, "2013-02-22-azure-storage-certificates",
                                 "2019-05-04-mozilla-addon-signing-certificate",
                                 "2020-02-03-microsoft-teams-certificate")),
        ("thundering herd", ("2010-09-23-facebook-config-cache-stampede",
                             "2022-02-22-slack-cache-churn")),
    ],
)  # fmt: skip
def test_the_same_cause_in_different_words_comes_together(
    archive: Asked, query: str, alike: tuple[str, ...]
) -> None:
    assert set(alike) <= set(archive.ids_for(query)[: len(alike) + 1])
