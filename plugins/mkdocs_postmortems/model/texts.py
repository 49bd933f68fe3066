"""The words of a postmortem, wherever in its file they stand."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mkdocs_postmortems.source import Body, Passage, Path, Source, own_words

from .front_matter import FrontMatter


class Text(NamedTuple):
    """Running text, and where in the file the character at an offset of it stands."""

    passage: Passage
    at: Callable[[int], int | Path]


def own_texts(meta: FrontMatter, body: Body) -> tuple[Text, ...]:
    """What the authors say themselves: the prose, the headings, the front matter's sentences."""
    titles = Passage(own_words("\n\n".join(section.title for section in body.sections)), 0)
    lines = [section.line for section in body.sections]
    return (
        Text(body.prose, body.prose.line_at),
        Text(titles, lambda offset: lines[titles.line_at(offset) // 2]),
        _joined((path, own_words(words)) for path, words in front_texts(meta)),
    )


def all_texts(source: Source) -> tuple[Text, ...]:
    """Everything that stands in the file, code and links included: for what must not leak."""
    body = Passage(source.body.text, source.body.first_line)
    return Text(body, body.line_at), _joined(_strings(source.front.values, ()))


def front_texts(meta: FrontMatter) -> Iterator[tuple[Path, str]]:
    """The sentences of the front matter, each with its path."""
    yield ("title",), meta.title or ""
    yield ("summary",), meta.summary or ""
    for index, item in enumerate(meta.action_items):
        yield ("action_items", index, "title"), item.title
        if item.done_when:
            yield ("action_items", index, "done_when"), item.done_when


def _strings(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, (*at, index))


def _joined(parts: Iterator[tuple[Path, str]]) -> Text:
    """Several strings as one text, a blank line between them; a place in it leads to its path."""
    paths: list[Path] = []
    words: list[str] = []
    for path, text in parts:
        words.append(text)
        paths += [path] * (text.count("\n") + 2)
    passage = Passage("\n\n".join(words), 0)
    return Text(passage, lambda offset: paths[passage.line_at(offset)])
