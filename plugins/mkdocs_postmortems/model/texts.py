"""The words of a postmortem's authors, wherever in the file they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mkdocs_postmortems.source import Body, Passage, Path, own_words

from .front_matter import FrontMatter

_GAP = "\n\n"  # ends every sentence


@dataclass(frozen=True)
class OwnText:
    """The prose, then the headings, then the sentences of the front matter, as one text."""

    meta: FrontMatter
    body: Body

    @cached_property
    def passage(self) -> Passage:
        """All of it: no code, links or quotations."""
        others = own_words(_GAP.join(words for words, _ in self._others))
        return Passage(f"{self.body.prose.text}{_GAP}{others}")

    def at(self, offset: int) -> int | Path:
        """Where the character at `offset` stands: a line of the file or a front matter path."""
        line = self.passage.line_at(offset)
        own = self.body.prose.line_at(len(self.body.prose.text)) - self.body.first_line + 1
        if line <= own:
            return line - 1 + self.body.first_line
        line -= own + 1
        for words, place in self._others:
            line -= words.count("\n") + len(_GAP)
            if line <= 0:
                return place
        return ()

    @cached_property
    def _others(self) -> tuple[tuple[str, int | Path], ...]:
        headings = ((section.title, section.line) for section in self.body.sections)
        return (*headings, *_sentences(self.meta))


def _sentences(meta: FrontMatter) -> Iterator[tuple[str, Path]]:
    yield meta.title or "", ("title",)
    yield meta.summary or "", ("summary",)
    for index, item in enumerate(meta.action_items):
        yield item.title, ("action_items", index, "title")
        if item.done_when:
            yield item.done_when, ("action_items", index, "done_when")
