"""The navigation of a site that does not lay out its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from .pages import Page


def navigation(pages: Mapping[str, Page], documents: Iterable[str]) -> list[Any]:
    """The archive's own pages first, gathered by their groups, then the site's documents.

    `documents` are the source paths of all pages, ours among them. Postmortems and terms are
    never listed: a tree of N pages on N pages grows with the square of N.
    """
    listed = [page for page in pages.values() if page.listed]
    alone = [{page.title: page.uri} for page in listed if not page.group]
    groups: dict[str, list[Any]] = {}
    for page in listed:
        if page.group:
            groups.setdefault(page.group, []).append({page.title: page.uri})
    own = _nested(uri for uri in documents if uri not in pages)
    browse = [{name: found} for name, found in groups.items() if name != "Reference"]
    reference = [{name: found} for name, found in groups.items() if name == "Reference"]
    return [*alone, *browse, *own, *reference]


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
