"""A drawing of Vega's to one that can stand in a page: named, linked, and keeping to itself."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from .compact import shorten, tidy
from .links import Mark, mark_of, safe_href
from .wording import clean

_SVG = "http://www.w3.org/2000/svg"
_A, _TITLE, _DESC, _TEXT = (f"{{{_SVG}}}{name}" for name in ("a", "title", "desc", "text"))

ET.register_namespace("", _SVG)


def embedded(  # noqa: PLR0913, PLR0917 (what is drawn, and everything it is to be called)
    drawn: str, stem: str, size: str, title: str, description: str, marks: Sequence[Mark]
) -> str:
    """The SVG `drawn`, ready for a page; its ids begin with `stem`, unique on the page.

    Shapes that carry the token of one of `marks` show its title and become its link. A
    drawing with links is a group, since what is inside an image has no names of its own.
    """
    root = ET.fromstring(drawn)  # noqa: S314 (Vega wrote it)
    tidy(root, stem)
    links = _name_marks(root, marks)
    if links:
        _hide_all_but_links(root)
    shorten(root)
    root.set("class", f"pm-chart__{size}")
    root.set("role", "group" if links else "img")
    root.set("aria-labelledby", f"{stem}-title")
    root.set("aria-describedby", f"{stem}-desc")
    root[:0] = [
        _worded(_TITLE, title, f"{stem}-title"),
        _worded(_DESC, description, f"{stem}-desc"),
    ]
    return ET.tostring(root, encoding="unicode")


def _name_marks(element: ET.Element, marks: Sequence[Mark]) -> int:
    """Give every shape with a token its title and link, and text its words; how many links."""
    links = 0
    for index, shape in enumerate(list(element)):
        carried = shape.attrib.pop("aria-label", "")
        if shape.tag == _TEXT:
            shape.text = carried
            continue
        mark = mark_of(carried, marks)
        if mark is None:
            links += _name_marks(shape, marks)
            continue
        href = safe_href(mark.href)
        # A shape without a filling is there to be pointed at.
        shape.set("pointer-events", "all")
        element[index] = _named(shape, mark.title, href)
        links += bool(href)
    return links


def _named(shape: ET.Element, title: str, href: str) -> ET.Element:
    """The shape with its title, in a link if it has an address."""
    named = shape
    if href:
        named = ET.Element(_A, {"href": href})
        named.append(shape)
    named.insert(0, _worded(_TITLE, title))
    return named


def _worded(tag: str, text: str, id_: str = "") -> ET.Element:
    element = ET.Element(tag, {"id": id_} if id_ else {})
    # A page's parser may take an empty element for one that is never closed.
    element.text = clean(text) or "untitled"
    return element


def _hide_all_but_links(element: ET.Element) -> None:
    """Keep what only the eye can use, such as the labels of an axis, from being read out."""
    for child in element:
        if child.tag == _A:
            continue
        if child.find(f".//{_A}") is None:
            child.set("aria-hidden", "true")
            child.set("pointer-events", "none")
        else:
            _hide_all_but_links(child)
