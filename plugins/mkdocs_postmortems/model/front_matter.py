"""The contract for front matter.

The one list of fields: diagnostics, the JSON Schema, the field reference and the template of
`postmortem new` are all read off these classes.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from .fields import Count, Day, Ids, Line, Moment, Percent, Slug, Term, Text, Url, holds

Status = Literal["draft", "in-review", "published", "withdrawn"]
Precision = Literal["minute", "hour", "day"]

# In the order in which they happen.
MILESTONES = (
    "started_at",
    "detected_at",
    "acknowledged_at",
    "identified_at",
    "mitigated_at",
    "resolved_at",
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Affected(_Part):
    """How much was affected: a percentage or a count, and of what."""

    percent: Percent | None = holds("Share affected, from 0 to 100.", example=25)
    count: Count | None = holds("Number affected.", example=3000)
    of: Line | None = holds("Of what: users, requests, accounts.", example="users")
    estimated: bool = holds("Whether the figure is an estimate.", default=False)


class ActionItem(_Part):
    """One thing promised so that this does not happen again."""

    title: Line = holds("What will be done, beginning with a verb.", default=..., needed="publish")
    type: Term | None = holds(
        "What it is for.", needed="publish", vocabulary="action_types", example="prevent"
    )
    owner: Line | None = holds("The role, team or handle that answers for it.", example="database")
    priority: Literal["P0", "P1", "P2", "P3", "P4"] | None = holds("How urgent it is.")
    status: Literal["open", "in-progress", "done", "wont-do", "unknown"] = holds(
        "Where it stands; `unknown` where a published account does not say.", default="open"
    )
    due: Day | None = holds("The day by which it is promised.", example="2024-06-30")
    closed: Day | None = holds("The day on which it was done or given up.")
    link: Url | None = holds("The ticket or change that tracks it.")
    done_when: Text | None = holds("How anyone can tell that it is done.")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in ("open", "in-progress")

    @property
    def is_over(self) -> bool:
        """Whether it is done or given up."""
        return self.status in ("done", "wont-do")


class Ignore(_Part):
    """A rule silenced for this postmortem, and why."""

    rule: Line = holds("The rule's code.", default=..., example="PM401")
    reason: Text = holds("Why the rule is wrong here.", default=...)


class FrontMatter(BaseModel):
    """Everything a postmortem says about itself, in the order it is written."""

    model_config = ConfigDict(extra="allow", frozen=True)

    title: Line | None = holds(
        "What broke and why, in one line.",
        needed="draft",
        example="Checkout fails as the connection pool runs dry",
    )
    status: Status | None = holds(
        "Where the postmortem stands on its way to publication.", needed="draft", example="draft"
    )
    summary: Text | None = holds(
        "Two or three sentences for lists, feeds and search.", needed="publish"
    )
    severity: Term | None = holds(
        "How bad it was.", needed="publish", vocabulary="severities", example="sev2"
    )
    services: list[Slug] = holds(
        "The services that were affected, as slugs.",
        needed="publish",
        vocabulary="services",
        default=[],
        example=["checkout"],
    )
    started_at: Moment | None = holds(
        "When it began to affect anyone.",
        needed="publish",
        nullable=True,
        example="2024-03-08T10:00:00+00:00",
    )
    detected_at: Moment | None = holds("When somebody or something noticed.")
    acknowledged_at: Moment | None = holds("When somebody began to work on it.")
    identified_at: Moment | None = holds("When the cause was known.")
    mitigated_at: Moment | None = holds("When it stopped hurting.")
    resolved_at: Moment | None = holds(
        "When it was over for good.",
        needed="publish",
        nullable=True,
        example="2024-03-08T13:30:00+00:00",
    )
    disputed: dict[str, list[Moment]] = holds(
        "Milestones for which the record gives more than one time, with each of them. "
        "Durations that rest on one are left out and counted as left out.",
        default={},
        example={"resolved_at": ["2024-03-08T13:30:00+00:00", "2024-03-08T15:00:00+00:00"]},
    )
    time_precision: Precision = holds("How exactly the times are known.", default="minute")
    impacts: list[Term] = holds(
        "What it did to people.",
        needed="publish",
        vocabulary="impacts",
        default=[],
        example=["unavailability"],
    )
    affected: Affected | None = holds(
        "How much was affected.", example={"percent": 25, "of": "users"}
    )
    trigger: Term | None = holds(
        "What set it off.", needed="publish", vocabulary="triggers", example="traffic-spike"
    )
    root_causes: list[Term] = holds(
        "Why it could happen, the primary cause first.",
        needed="publish",
        vocabulary="root_causes",
        default=[],
        example=["resource-exhaustion/connection-pool"],
    )
    contributing_factors: list[Term] = holds(
        "What made it worse or last longer.", vocabulary="root_causes", default=[]
    )
    detection: Term | None = holds(
        "How it was noticed.", needed="publish", vocabulary="detections", example="monitoring"
    )
    resolution: list[Term] = holds(
        "How it ended.",
        needed="publish",
        vocabulary="resolutions",
        default=[],
        example=["config-change"],
    )
    action_items: list[ActionItem] = holds(
        "What was promised so that it does not happen again.", default=[]
    )
    authors: list[Line] = holds("Who wrote this, as handles or roles.", default=[])
    reviewers: list[Line] = holds("Who reviewed this, as handles or roles.", default=[])
    published_at: Day | None = holds("The day of publication.", example="2024-03-15")
    recurrence_of: Ids = holds("The ids of earlier postmortems that this repeats.", default=[])
    related: list[Text] = holds("The ids of postmortems worth reading beside this.", default=[])
    unrelated: list[Text] = holds(
        "The ids of postmortems that look alike and are not: vetoes a suggestion.", default=[]
    )
    keywords: list[Line] = holds(
        "Error strings and technologies that people will search for.", default=[]
    )
    visibility: Literal["internal", "public"] = holds("Who may read it.", default="internal")
    sources: list[Url] = holds("Addresses of a published report.", default=[])
    ignore: list[Ignore] = holds("Rules silenced here, each with a reason.", default=[])

    def milestones(self) -> dict[str, datetime]:
        """The milestones that are known, in the order in which they should happen."""
        return {name: at for name in MILESTONES if (at := getattr(self, name)) is not None}

    def day(self) -> date | None:
        """The day it began, or was noticed where the beginning is not known."""
        at: datetime | None = self.started_at or self.detected_at
        return at.date() if at else None
