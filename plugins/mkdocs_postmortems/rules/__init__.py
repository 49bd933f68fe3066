"""One small function per rule; its docstring is its documentation."""

from . import (  # noqa: F401
    actions,
    agreement,
    causes,
    completeness,
    contradictions,
    corpus,
    files,
    ignores,
    impact,
    language,
    links,
    privacy,
    promises,
    schema,
    secrets,
    sections,
    timeline,
    times,
    vocabulary,
)
from .registry import Context, Found, Rule, all_rules, check

__all__ = ["Context", "Found", "Rule", "all_rules", "check"]
