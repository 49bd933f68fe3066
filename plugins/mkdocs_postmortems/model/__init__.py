"""The contract: what front matter may hold, and the record that everything else works on."""

from .front_matter import MILESTONES, ActionItem, Affected, FrontMatter, Ignore
from .postmortem import Postmortem
from .read import read_postmortem
from .times import DURATIONS, Duration, Span

__all__ = [
    "DURATIONS",
    "MILESTONES",
    "ActionItem",
    "Affected",
    "Duration",
    "FrontMatter",
    "Ignore",
    "Postmortem",
    "Span",
    "read_postmortem",
]
