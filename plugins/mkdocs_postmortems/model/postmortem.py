"""One postmortem: its source, what its front matter says, and what follows from that."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mkdocs_postmortems.source import Body, Entry, Fault, Passage, Path, Source
from mkdocs_postmortems.source.timeline import read_timeline

from .front_matter import FrontMatter
from .terms import Given, given_terms
from .texts import OwnText
from .times import DURATIONS, Duration, duration


@dataclass(frozen=True)
class Postmortem:
    """One file of the archive.

    `meta` holds every field that is valid; the fields that are not are named in `rejected`,
    and what is wrong with them is in `faults`.
    """

    source: Source
    meta: FrontMatter
    faults: tuple[Fault, ...] = ()
    rejected: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The file name's stem, which is what other postmortems refer to."""
        return self.source.id

    @property
    def title(self) -> str:
        """The title, or the id while there is none."""
        return self.meta.title or self.id

    @property
    def body(self) -> Body:
        """The text below the front matter."""
        return self.source.body

    @property
    def day(self) -> date | None:
        """The day the incident began (or was noticed); None where no date is known."""
        return self.meta.day()

    @property
    def status(self) -> str:
        """The status; a file that has none is held to the rules of a published one."""
        return self.meta.status or "published"

    @property
    def is_near_miss(self) -> bool:
        """Whether it was caught before anyone was affected."""
        return self.meta.impacts == ["none"]

    @cached_property
    def is_retold(self) -> bool:
        """Whether it retells a published account and tracks none of the actions in it.

        Nobody here could say who answers for them, or what has become of them since.
        """
        items = self.meta.action_items
        tracked = any(item.owner or item.due or item.link or item.closed for item in items)
        return bool(self.meta.sources) and not tracked

    @cached_property
    def durations(self) -> dict[str, Duration]:
        """The four times by name."""
        return {span.name: duration(self.meta, span) for span in DURATIONS}

    @cached_property
    def timeline(self) -> tuple[Entry, ...]:
        """The timeline of the body, empty where there is none to read."""
        section = self.body.section("timeline")
        return tuple(read_timeline(section, self.meta.started_at)) if section else ()

    @cached_property
    def own_text(self) -> OwnText:
        """What its authors say in words of their own, in body and front matter."""
        return OwnText(self.meta, self.body)

    @cached_property
    def whole_text(self) -> Passage:
        """Everything that stands in the file, code and links included."""
        return Passage(self.source.text)

    @cached_property
    def terms(self) -> tuple[Given, ...]:
        """Every word that should be in a vocabulary: its path, the vocabulary, the word."""
        return tuple(given_terms(self.meta))

    @cached_property
    def term_pairs(self) -> frozenset[tuple[str, str]]:
        """The vocabulary and the word of each of `terms`."""
        return frozenset((vocabulary, word) for _, vocabulary, word in self.terms)

    @property
    def top_causes(self) -> set[str]:
        """The top levels of the root causes."""
        return {cause.partition("/")[0] for cause in self.meta.root_causes}

    @property
    def extra(self) -> dict[str, Any]:
        """The fields that the site declared beyond the contract."""
        return self.meta.model_extra or {}

    def line_of(self, path: Path) -> int:
        """The line of a front matter value in the file."""
        return self.source.front.line_of(path)
