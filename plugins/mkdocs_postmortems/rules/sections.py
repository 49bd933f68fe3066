"""PM71x: the body has its sections, and they say something of their own."""

import re
from collections.abc import Iterator

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.source import Body, Kind, Passage, Section, occurrences, word_set
from mkdocs_postmortems.source.body import ALIASES, BOLD, meanings
from mkdocs_postmortems.template import SECTIONS

from .registry import Context, Found, rule

# What `postmortem new` writes, by the names that the body knows sections by. A summary in the
# front matter serves, and the timeline has a rule of its own.
_NEEDED = {
    name: title
    for title in SECTIONS
    for name in meanings(title)
    if name not in ("summary", "timeline")
}
# Short documents have a line that begins with the name instead: "Impact: 25% of the users …".
_LABELS = {
    name: re.compile(
        rf"(?:^|\n)[^\w\n]*(?:{'|'.join(ALIASES[name])})\b[^:\n]{{0,20}}:", re.IGNORECASE
    )
    for name in _NEEDED
}


@rule("PM711")
def missing_section(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """A section is missing, or has nothing in it.

    Why: readers look for the same things in the same places; what is not there was perhaps
    never asked.

    Example: a body without "Root cause", or with the heading "Impact" and nothing below it.

    Cure: add the section; the headings that people commonly use are understood. What is not
    known can be said in a sentence.
    """
    body = postmortem.body
    found = {name: body.section(name) for name in _NEEDED}
    missing = [
        title
        for name, title in _NEEDED.items()
        if not found[name] and not _LABELS[name].search(body.prose.text)
    ]
    if missing:
        missing = list(dict.fromkeys(missing))
        shown = ", ".join(f"'{title}'" for title in missing)
        yield Found(
            body.first_line,
            f"the body has no section {shown}",
            f"Add `## {missing[0]}`{' and the others' if missing[1:] else ''}; "
            "say in a sentence what is not known.",
        )
    for section in {section.line: section for section in found.values() if section}.values():
        if _is_empty(section):
            message = f"the section '{section.title}' is empty"
            yield Found(section.line, message, "Fill it in, or say in a sentence why not.")


_TELLS = (Kind.PROSE, Kind.CODE, Kind.QUOTE)
_SAYS = re.compile(r"(?!\s*<!--)\W*\w")


def _is_empty(section: Section) -> bool:
    """Whether it says nothing: comments, such as the guidance of a new file, are not read."""
    if section.line == section.last and section.level == BOLD:
        return False  # bold lines that follow each other are headings of different rank
    if any(line.kind in _TELLS and _SAYS.match(line.text) for line in section.lines):
        return False
    return not section.passage.text.strip()


_DATED_ROW = re.compile(r"\s*(?:[-*+]|\d+[.)]|\|)\W*\d{4}-\d{2}-\d{2}\b")


@rule("PM712")
def missing_timeline(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """There is no timeline with times.

    Why: the order of events and the minutes between them show what detection, diagnosis and
    repair each took; nothing can be drawn or compared without them.

    Example: no section "Timeline", or one whose entries have no clock times.

    Cure: a list or a table below `## Timeline`, each row beginning with its time:
    `- 10:05 Alert on latency`. Where only the days are known, dates will do.
    """
    section = postmortem.body.section("timeline")
    if not section:
        cure = "Add `## Timeline` with rows such as `- 10:05 Alert on latency`."
        yield Found(postmortem.body.first_line, "there is no timeline", cure)
    elif not postmortem.timeline and not any(_DATED_ROW.match(line.text) for line in section.lines):
        yield Found(
            section.line,
            "the timeline has no row that begins with a time",
            "Begin each row with its time: `- 10:05 Alert on latency`.",
        )


# Words of templates and assignments that nobody writes about an incident of their own.
_TEMPLATE = re.compile(
    r"""\{\{[^}\n]*\}\} | \byyyy-mm-dd\b | \bhh:mm\b | \blorem\sipsum\b
    | \[(?:brief|short)\s[\w\s]{0,30}description\] | \bshort\sevent\sdescription\b
    | <(?:your|insert|describe|fill)[^>\n]{2,60}>
    | \[(?:your|insert|describe|fill)\b[^\]\n]{2,60}\](?!\()
    | \bwrite\sa\spost-?mortem\b | \bmust\scontain\s?:
    | \bthat\sis\soften\swhat\sexecutives\b | \bget\screative\sand\sinvent\b
    | \brequest\sa\sreview\sfor\syour\b | \bfor\sthis\sproject,?\swe\sexpect\syou\b
    | \bhow\smany\s%\sof\sthe\susers\b | \bwhich\steam/individuals\b
    | \bmisleading\sinvestigation/debugging\spaths\sthat\b | \bread\sor\swatch\s?: """,
    re.VERBOSE | re.IGNORECASE,
)
# One of these is in every line that the pattern finds, by a word that is then in the text.
_SIGNS = {
    b"yyyy": ("yyyy-mm-dd",),
    b"hh": ("hh:mm",),
    b"lorem": ("lorem ipsum",),
    b"description": ("description]", "event description"),
    b"your": ("<your", "[your", "a review for your"),
    b"insert": ("<insert", "[insert"),
    b"describe": ("<describe", "[describe"),
    b"fill": ("<fill", "[fill"),
    b"write": ("write a post",),
    b"contain": ("must contain",),
    b"executives": ("often what executives",),
    b"creative": ("get creative",),
    b"expect": ("we expect you",),
    b"many": ("how many %",),
    b"individuals": ("team/individuals",),
    b"misleading": ("debugging paths that",),
    b"watch": ("read or watch",),
}
_SIGN_WORDS = frozenset(_SIGNS)
_UNDONE = word_set("todo tbd tbc fixme xxx")


@rule("PM713")
def template_text(postmortem: Postmortem, _: Context) -> Iterator[Found]:
    """Text of a template or of an assignment was left in, or a gap is still marked.

    Why: a reader cannot tell what was meant from what was found already there.

    Example: "{{ summary }}", "TBD", "YYYY-MM-DD", or the task that asked for a postmortem.

    Cure: replace it by what happened, or take it out.
    """
    cure = "Replace it by what happened, or take it out."
    body = postmortem.body
    words = postmortem.whole_text.words
    for line, said in _template_words(body, postmortem.whole_text):
        yield Found(line, f"'{said}' is text of a template", cure)
    for line, guidance in _left_guidance(body, words):
        yield Found(line, f"'{guidance}' is the guidance of a new file", cure)
    text = postmortem.own_text
    for word in (sign.decode().upper() for sign in sorted(_UNDONE & words)):
        for offset in occurrences(word, text.passage.text):
            if not _is_inside(text.passage.text, offset, len(word)):
                yield Found(text.at(offset), f"'{word}' marks what is still to be written", cure)


def _is_inside(text: str, offset: int, length: int) -> bool:
    """Whether the word at `offset` is only a part of a longer one."""
    return text[max(0, offset - 1) : offset].isalnum() or text[offset + length :][:1].isalnum()


def _template_words(body: Body, whole: Passage) -> Iterator[tuple[int, str]]:
    possible = ["{{", *(sign for word in _SIGN_WORDS & whole.words for sign in _SIGNS[word])]
    signs = [sign for sign in possible if sign in whole.lowered]
    for line in body.lines if signs else ():
        lowered = line.text.lower()
        if line.kind is not Kind.CODE and any(sign in lowered for sign in signs):
            found = _TEMPLATE.search(line.text)
            if found and "`" not in line.text[: found.start()]:
                yield line.number, " ".join(found[0].split())


def _left_guidance(body: Body, words: frozenset[bytes]) -> Iterator[tuple[int, str]]:
    """The guidance of a new file where it no longer is a comment."""
    for guidance, its_words in _GUIDANCE.items():
        offset = body.prose.text.find(guidance) if its_words <= words else -1
        if offset >= 0:
            yield body.prose.line_at(offset), guidance


_GUIDANCE = {guidance: Passage(guidance).words for guidance in SECTIONS.values()}
