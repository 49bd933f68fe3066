"""What the body of a postmortem may put on a page.

Anybody who can open a pull request or fill in a form writes bodies, and Markdown passes raw HTML
on: without this a draft's preview could run its author's script in a reviewer's session.
"""

import nh3

# Beyond what Markdown itself makes: what its usual extensions make (tasks, tabs, admonitions,
# footnotes, highlighted code, icons).
_TAGS = nh3.ALLOWED_TAGS | {
    "audio", "button", "figcaption", "figure", "header", "input", "label", "nav", "path",
    "picture", "section", "source", "svg", "video",
}  # fmt: skip
_EVERYWHERE = {"class", "hidden", "id", "lang", "dir", "role", "style", "tabindex", "title"}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": _EVERYWHERE,
    "a": {"href", "target"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "path": {"d"},
    "source": {"src", "srcset", "type", "media"},
    "svg": {"viewbox", "viewBox", "xmlns", "width", "height"},
    "video": {"src", "controls", "poster", "width", "height"},
    "audio": {"src", "controls"},
}
_STYLES = {"text-align", "width", "height", "vertical-align"}
_SCHEMES = {"http", "https", "mailto", "tel"}


def sanitised(html: str) -> str:
    """`html` without scripts, frames, forms, handlers, foreign schemes and other surprises."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"aria-", "data-"},
        filter_style_properties=_STYLES,
        url_schemes=_SCHEMES,
        clean_content_tags={"script", "style"},
        strip_comments=True,
        link_rel=None,
    )
