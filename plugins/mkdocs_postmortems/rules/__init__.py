"""One small function per rule; its docstring is its documentation."""

from . import corpus, files, schema, times, vocabulary, completeness  # noqa: F401, I001
from .registry import Context, Found, Rule, all_rules, check

__all__ = ["Context", "Found", "Rule", "all_rules", "check"]
