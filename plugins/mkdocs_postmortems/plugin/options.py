"""What a site owner can set, validated as MkDocs validates everything else."""

from collections.abc import Mapping
from typing import Any, Literal

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, ValidationError

from mkdocs_postmortems.pages import Options
from mkdocs_postmortems.settings import Settings


class _PageOption(base.Config):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    title = c.Optional(c.Type(str))
    path = c.Optional(c.Type(str))


class _FacetOption(_PageOption):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    one = c.Optional(c.Type(str))
    question = c.Optional(c.Type(str))
    field = c.Optional(c.Type(str))


class _Switch(BaseConfigOption[Any]):
    """`false` to leave something out, or a mapping that says how to show it."""

    def __init__(self, kind: type[base.Config]) -> None:
        super().__init__()
        self.kind = kind

    def run_validation(self, value: object) -> dict[str, Any] | Literal[False]:
        if value is False:
            return False
        if not isinstance(value, dict):
            raise ValidationError("expected false, or a mapping such as {title: …}")
        option = self.kind()
        option.load_dict(value)
        failed, warned = option.validate()
        if failed or warned:
            raise ValidationError("; ".join(f"{k}: {e}" for k, e in (*failed, *warned)))
        return {key: word for key, word in option.items() if word is not None}


class PostmortemsConfig(base.Config):  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    """What a site owner can set below `postmortems:` in mkdocs.yml."""

    directory = c.Type(str, default="postmortems")
    taxonomy = c.Optional(c.File(exists=True))
    visibility = c.Choice(("internal", "public"), default="internal")
    drafts = c.Type(bool, default=False)
    sanitize = c.Type(bool, default=True)
    facets: Any = c.DictOfItems(_Switch(_FacetOption), default={})
    pages: Any = c.DictOfItems(_Switch(_PageOption), default={})


def options_of(
    config: PostmortemsConfig, settings: Settings, *, drafts: bool, directory_urls: bool
) -> Options:
    """The options of the pages; `drafts` shows what is not published whatever the site says."""
    chosen: Mapping[str, Any] = {**config.facets, **config.pages}
    shown = {name: option for name, option in chosen.items() if option}
    return Options(
        facets=settings.facets,
        paths={n: o["path"].strip("/") for n, o in shown.items() if "path" in o},
        titles={n: o["title"] for n, o in shown.items() if "title" in o},
        without=frozenset(n for n, o in chosen.items() if o is False),
        drafts=drafts or config.drafts,
        directory_urls=directory_urls,
    )
