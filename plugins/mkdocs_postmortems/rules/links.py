"""PM72x: links and images lead somewhere."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path as FilePath
from typing import NamedTuple
from urllib.parse import unquote

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Body, Kind, Passage

from .registry import Context, Found, rule

_CODE = re.compile(r"(`+).+?\1")
_LINK = re.compile(
    r"""(?P<bang>!?)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*(?:<(?P<angled>[^>]*)>|(?P<target>[^)\s]+))
    | ^\s{0,3}\[[^\]]+\]:\s*(?P<reference>\S+)
    | <(?P<tag>img|a)\b[^<>]*?\b(?:src|href)\s*=\s*["']?(?P<attribute>[^"'\s>]+)""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_SIGNS = ("](", "]:", "<img", "<a ", "<IMG", "<A ")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class _Link(NamedTuple):
    line: int
    target: str
    is_image: bool


@lru_cache(maxsize=4)
def _links(body: Body) -> tuple[_Link, ...]:
    """Every link and image outside code."""
    return tuple(_found_links(body)) if any(sign in body.text for sign in _SIGNS) else ()


def _found_links(body: Body) -> Iterator[_Link]:
    for paragraph in _paragraphs(body):
        for found in _LINK.finditer(paragraph.text):
            target = found["angled"] or found["target"] or found["reference"]
            is_image = bool(found["bang"]) or (found["tag"] or "").lower() == "img"
            line = paragraph.line_at(found.end())
            yield _Link(line, target or found["attribute"] or "", is_image)


def _paragraphs(body: Body) -> Iterator[Passage]:
    """Lines outside code that stand together: the words of a link may run on to the next line."""
    together = groupby(
        body.lines, lambda line: bool(line.text.strip()) and line.kind is not Kind.CODE
    )
    for is_text, lines in together:
        if is_text:
            first, *rest = lines
            texts = (_CODE.sub("", line.text) for line in (first, *rest))
            yield Passage("\n".join(texts), first.number)


@rule("PM721")
def dead_link(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A relative link or image leads to a file that does not exist.

    Why: the evidence it stood for is lost, and the build has to guess.

    Example: `![graph](img/latency.png)` without that file beside the postmortem.

    Cure: add the file, or correct the path; links to other postmortems end in `.md`.
    """
    folder = postmortem.source.path.parent
    for link in _links(postmortem.body):
        if _SCHEME.match(link.target) or link.target.startswith(("#", "/")):
            continue
        path = unquote(re.split(r"[?#]", link.target, maxsplit=1)[0])
        if path and "\0" not in path and not _exists(folder, path):
            what = "image" if link.is_image else "link"
            cure = "Add the file, or correct the path; it is relative to this file."
            yield Found(link.line, f"the {what} leads to '{path}', which does not exist", cure)


def _exists(folder: FilePath, path: str) -> bool:
    try:
        return (folder / path).exists()
    except OSError:  # the name is longer than any file's can be
        return False


@rule("PM722")
def remote_image(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """An image is loaded from another host.

    Why: it vanishes when that host tidies up, tells that host who reads the postmortem, and
    may be changed by others after review.

    Example: `![graph](https://images.example.com/latency.png)`.

    Cure: save the image beside the postmortem and link to that.
    """
    for link in _links(postmortem.body):
        if link.is_image and re.match(r"(?:https?:)?//", link.target, re.IGNORECASE):
            yield Found(
                link.line,
                "an image is loaded from another host",
                "Save the image beside the postmortem, and link to it by its file name.",
            )
