"""The navigation of a site that does not lay out its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from .pages import Page

_BROWSE = "Browse"


def navigation(pages: Mapping[str, Page], documents: Iterable[str]) -> list[Any]:
    """The archive's own pages first, facets gathered below one heading, then the documents.

    `documents` are the source paths of all pages, ours among them. Postmortems and terms are
    never listed: a tree of N pages on N pages grows with the square of N.
    """
    listed = {page.uri: page for page in pages.values() if page.listed}
    facets = [{p.title: p.uri} for p in listed.values() if p.template == "facet.md.jinja"]
    others = [{p.title: p.uri} for p in listed.values() if p.template != "facet.md.jinja"]
    browse = [{_BROWSE: facets}] if facets else []
    own = _nested(uri for uri in documents if uri not in pages)
    return [*others[:2], *browse, *others[2:], *own]


def _nested(uris: Iterable[str]) -> list[Any]:
    """Documents by folder, as MkDocs would lay them out."""
    top: list[Any] = []
    folders: dict[str, list[Any]] = {}
    for uri in uris:
        folder, _, name = uri.partition("/")
        if name:
            folders.setdefault(folder, []).append(uri)
        else:
            top.append(uri)
    titled = [{name.replace("-", " ").capitalize(): found} for name, found in folders.items()]
    return [*top, *titled]
