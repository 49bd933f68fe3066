"""The archive's pages, attachments and assets as files of MkDocs."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from mkdocs_postmortems import api
from mkdocs_postmortems.pages import Archive, Page

ASSETS = Path(__file__).parents[1] / "assets"
OURS = "postmortems"


def page_file(config: MkDocsConfig, page: Page) -> File:
    """A page that is written when MkDocs reads it; its edit link leads to its source."""
    # A site that lays out its own navigation has said what belongs there.
    listed = page.listed and config.nav is None
    inclusion = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, page.uri, content="", inclusion=inclusion)
    file.generated_by = OURS
    if page.source:
        # Where the file really is, seen from docs/, is where an edit link must lead.
        file.edit_uri = Path(os.path.relpath(page.source, config.docs_dir)).as_posix()
    return file


def other_files(config: MkDocsConfig, archive: Archive) -> Iterator[File]:
    """Attachments, JSON and assets."""
    directory = archive.library.directory
    for path in attachments(archive):
        uri = f"{archive.path('postmortems')}/{path.relative_to(directory).as_posix()}"
        yield File.generated(config, uri, abs_src_path=str(path))
    for name, text in api.documents(archive):
        yield File.generated(config, name, content=text)
    for asset in sorted(ASSETS.iterdir()):
        yield File.generated(config, f"assets/{asset.name}", abs_src_path=str(asset))


def attachments(archive: Archive) -> list[Path]:
    """The files beside the postmortems that something shown refers to, and no others."""
    texts = [p.body.text for p in (*archive.published, *archive.drafts)]
    return [
        path
        for path in sorted(archive.library.directory.rglob("*"))
        if path.is_file()
        and path.suffix not in (".md", ".yml")
        and any(path.name in text for text in texts)
    ]


def meta_of(page: Page) -> dict[str, Any]:
    """What MkDocs and its themes want to know of a page."""
    return {
        # Themes print a title as it is.
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        "hide": list(page.hide),
        **({} if page.searchable else {"search": {"exclude": True}}),
    }
