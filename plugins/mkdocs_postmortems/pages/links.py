"""Addresses: where a page ends up, and how one page links to another."""

from collections.abc import Mapping
from posixpath import dirname, relpath
from urllib.parse import quote, urlencode


def destination(uri: str, directory_urls: bool = True) -> str:
    """The address below the site's root of the page with source path `uri`.

    With `directory_urls`, a/b.md is at a/b/; without, at a/b.html. Anything that is not
    Markdown stays where it is.
    """
    if not uri.endswith(".md"):
        return uri
    stem = uri.removesuffix(".md")
    if not directory_urls:
        return f"{stem}.html"
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"


def relative(
    origin: str, target: str, query: Mapping[str, str], directory_urls: bool = True
) -> str:
    """The link from the page `origin` to the page or file `target`, both as source paths."""
    base = dirname(destination(origin, directory_urls))
    address = destination(target, directory_urls)
    link = relpath(address or ".", base or ".")
    if address.endswith("/") or not address:
        link += "/"
    return quote(link) + (f"?{urlencode(query)}" if query else "")
