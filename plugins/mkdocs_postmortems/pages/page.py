"""What a page is before anything renders it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Page:
    """One page: its source path, the template that writes it, and the data for that.

    `source` is the file that an edit link leads to; `listed` pages belong in the navigation,
    gathered below the heading `group` where they have one; pages that are not `searchable`
    stay out of the search index.
    """

    uri: str
    title: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    source: Path | None = None
    listed: bool = False
    searchable: bool = True
    group: str = ""
    hide: tuple[str, ...] = ("navigation",)
