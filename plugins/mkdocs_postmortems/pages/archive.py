"""A library as the pages see it: what is counted, what is shown, and where each thing is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mkdocs_postmortems.digest import Findings, digest_periods, findings
from mkdocs_postmortems.facets import FACETS, Counted, Facet, count, newest_first
from mkdocs_postmortems.library import Library
from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.similar import Likeness
from mkdocs_postmortems.taxonomy import Term
from mkdocs_postmortems.trends.periods import Period

from .links import relative


@dataclass(frozen=True)
class Options:
    """What a site owner can change about the pages.

    `paths` and `titles` are by page name; a page in `without` is not built. `drafts` shows
    unpublished postmortems as previews; they are never counted.
    """

    facets: tuple[Facet, ...] = FACETS
    paths: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    drafts: bool = False
    directory_urls: bool = True


@dataclass(frozen=True)
class Archive:
    """A library with the counts of every facet and the source path of every page."""

    library: Library
    options: Options

    @cached_property
    def published(self) -> tuple[Postmortem, ...]:
        """Every published postmortem, newest first and undated ones last."""
        return tuple(sorted(self.library.published, key=newest_first))

    @cached_property
    def withdrawn(self) -> tuple[Postmortem, ...]:
        """Those of which only a stub is left."""
        return tuple(p for p in self.library.postmortems if p.status == "withdrawn")

    @cached_property
    def drafts(self) -> tuple[Postmortem, ...]:
        """What is still being written or reviewed, where previews are wanted."""
        if not self.options.drafts:
            return ()
        found = (p for p in self.library.postmortems if p.status in ("draft", "in-review"))
        return tuple(sorted(found, key=newest_first))

    @cached_property
    def counted(self) -> dict[str, tuple[Counted, ...]]:
        """The top terms of each facet by its name."""
        return {f.name: self.count(f, self.published) for f in self.options.facets}

    def count(self, facet: Facet, postmortems: Iterable[Postmortem]) -> tuple[Counted, ...]:
        """The top terms of `facet` counted over some of the postmortems."""
        return count(facet, postmortems, self.library.taxonomy)

    @cached_property
    def terms(self) -> dict[tuple[str, str], Counted]:
        """Every term of every level by facet name and id."""
        return {
            (name, found.term.id): found
            for name, tops in self.counted.items()
            for top in tops
            for found in (top, *top.leaves)
        }

    @cached_property
    def findings(self) -> Findings:
        """The trends, repeats and actions of the library, worked out once."""
        return findings(self.library)

    @cached_property
    def repeated_by(self) -> dict[str, list[Postmortem]]:
        """The published postmortems that say they repeat another, by the id of that other."""
        found: dict[str, list[Postmortem]] = {}
        for postmortem in self.published:
            for id_ in postmortem.meta.recurrence_of:
                found.setdefault(id_, []).append(postmortem)
        return found

    @cached_property
    def likeness(self) -> Likeness:
        """What finds the incidents most like one."""
        return Likeness(self.library)

    @cached_property
    def digest_uris(self) -> frozenset[str]:
        """The source paths of the digests, where the site has any."""
        if not (self.has("trends") and self.has("digests")):
            return frozenset()
        return frozenset(map(self.digest_uri, digest_periods(self.findings.trends)))

    def facet(self, name: str) -> Facet | None:
        """The facet of that name, or None where the site does without it."""
        return next((f for f in self.options.facets if f.name == name), None)

    def term(self, facet: str, id_: str) -> Term:
        """The term with that id; a word of its own where no vocabulary has it."""
        found = self.terms.get((facet, id_))
        return found.term if found else Term(id_, id_)

    def vocabulary_term(self, vocabulary: str, id_: str) -> Term:
        """A term that no facet lists, such as the type of an action."""
        return self.library.taxonomy[vocabulary].terms.get(id_) or Term(id_, id_)

    @cached_property
    def severity_rank(self) -> dict[str, int]:
        """1 for the worst severity, and so on: colours follow the rank, not the name."""
        terms = self.library.taxonomy["severities"].terms
        return {id_: min(rank, 5) for rank, id_ in enumerate(terms, 1)}

    def path(self, name: str) -> str:
        """The folder of a page or facet."""
        return self.options.paths.get(name, name)

    def title(self, name: str, default: str) -> str:
        """The title of a page, unless the site has its own."""
        return self.options.titles.get(name, default)

    def has(self, name: str) -> bool:
        """Whether the site wants the page."""
        return name not in self.options.without

    def index_uri(self, name: str) -> str:
        """The source path of a page or of a facet's index."""
        return f"{self.path(name)}/index.md"

    def page_uri(self, name: str) -> str:
        """The source path of a page, or an empty string where the site does without it."""
        return self.index_uri(name) if self.has(name) else ""

    def term_uri(self, facet: str, id_: str) -> str:
        """The source path of a term's page."""
        return f"{self.path(facet)}/{id_}/index.md"

    def digest_uri(self, period: Period) -> str:
        """The source path of the digest of a quarter or a year."""
        return f"{self.path('trends')}/{period.name.lower()}/index.md"

    def link(self, origin: str, target: str, query: Mapping[str, str] | None = None) -> str:
        """The link from the page `origin` to the page `target`, both as source paths."""
        return relative(origin, target, query or {}, self.options.directory_urls)

    def postmortem_uri(self, postmortem: Postmortem) -> str:
        """The source path of a postmortem's page: where it is below the archive's folder."""
        below = postmortem.source.path.relative_to(self.library.directory).as_posix()
        return f"{self.path('postmortems')}/{below}"
