"""Markdown to the text that is searched and shown in results."""

import re
from html import unescape

from mkdocs_postmortems.source import Body, Kind

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|https?://\S+")
_MARKUP = re.compile(r"<!--.*?-->|</?[A-Za-z][^>]*>", re.DOTALL)
_RULE = re.compile(r"(?<!\S):?-{2,}:?(?!\S)")
_MARKS = str.maketrans("*`|", "   ")
_STARTS = " \t>+-"
_FENCES = ("```", "~~~")


def plain(body: Body) -> str:
    """A body's text without markup and headings; code stays, as error messages stand in it."""
    kept = "\n".join(
        line.text.lstrip(_STARTS) for line in body.lines
        if line.kind is not Kind.HEADING and line.text[:3] not in _FENCES
    )  # fmt: skip
    if "](" in kept or "://" in kept:
        kept = _LINK.sub(r"\1", kept)
    if "<" in kept:
        kept = _MARKUP.sub(" ", kept)
    kept = (unescape(kept) if "&" in kept else kept).translate(_MARKS)
    return " ".join((_RULE.sub(" ", kept) if "--" in kept else kept).split())
