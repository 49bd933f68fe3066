"""PM00x, PM01x: the file and its YAML can be read, and read as their author meant them."""

from collections.abc import Iterable

from mkdocs_postmortems.model import Postmortem
from mkdocs_postmortems.problem import Level

from .registry import Context, Found, rule, worded


@rule("PM001", Level.ERROR, always=True)
def unreadable_file(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The file cannot be opened.

    Why: a file that nobody can open is a postmortem that nobody will find.

    Example: a folder named `2024-03-02-dns.md`, or a file without read permission.

    Cure: give the build permission to read it, or rename the folder.
    """
    return worded(
        postmortem,
        "unreadable-file",
        "the file cannot be opened: {subject}",
        "Check its permissions, and that it is a file and not a folder or a dangling link.",
    )


@rule("PM002", Level.ERROR, always=True)
def not_utf_8(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The file is not UTF-8 text.

    Why: read in another encoding, names and quotes turn into other characters unnoticed.

    Example: a file saved as Windows-1252 or UTF-16, or a picture named `x.md`.

    Cure: save the file as UTF-8.
    """
    return worded(
        postmortem,
        "not-utf-8",
        "the file is not UTF-8: byte {subject} cannot be read",
        "Save the file with the encoding UTF-8 (in VS Code: Save with Encoding).",
    )


@rule("PM003", Level.ERROR, always=True)
def oversized_file(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The file, or its front matter, is far larger than any postmortem.

    Why: such a file is a log or a dump that would stall every build and every search.

    Example: a 10 MB front matter, or a log pasted into the body.

    Cure: keep the postmortem, and link to the log.
    """
    cure = "Move the bulk into a file of its own and link to it."
    yield from worded(postmortem, "oversized-file", "the file is larger than {subject}", cure)
    yield from worded(
        postmortem,
        "oversized-front-matter",
        "the front matter has {subject} characters; the limit is {detail}",
        cure,
    )


@rule("PM004", Level.WARNING)
def byte_order_mark(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The file begins with a byte-order mark.

    Why: the mark is invisible, and tools that look for `---` on the first line miss it.

    Example: a file saved by an editor as "UTF-8 with BOM".

    Cure: save it as UTF-8 without the mark.
    """
    return worded(
        postmortem,
        "byte-order-mark",
        "the file begins with a byte-order mark",
        "Save the file as UTF-8 without BOM.",
    )


@rule("PM005", Level.WARNING)
def windows_line_endings(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The lines end in CR LF.

    Why: line endings that differ between files make every diff and blame unreadable.

    Example: a file saved on Windows without `.gitattributes`.

    Cure: save with LF endings, or put `*.md text=auto eol=lf` into `.gitattributes`.
    """
    return worded(
        postmortem,
        "windows-line-endings",
        "lines end in carriage returns (CR LF)",
        "Save the file with LF line endings.",
    )


@rule("PM006", Level.ERROR, always=True)
def missing_front_matter(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The file does not begin with front matter.

    Why: without it the postmortem has no cause, no impact and no date to be found by.

    Example: a file whose first line is a heading.

    Cure: begin the file with `---`, the fields, and `---` again; `postmortem new` does it.
    """
    return worded(
        postmortem,
        "missing-front-matter",
        "there is no front matter: {subject}",
        "Begin the file with a line `---`, the fields, and a line `---`.",
    )


@rule("PM007", Level.ERROR, always=True)
def unclosed_front_matter(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The front matter has no closing `---`.

    Why: where the fields end cannot be guessed without mistaking text for fields.

    Example: a file with a single `---`.

    Cure: put a line `---` below the last field.
    """
    return worded(
        postmortem,
        "unclosed-front-matter",
        "the front matter is not closed",
        "Put a line `---` between the last field and the text.",
    )


@rule("PM008", Level.ERROR, always=True)
def invalid_yaml(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The front matter is not valid YAML.

    Why: nothing of it can be used until YAML can be parsed.

    Example: `title: DNS: the second time`, where the second colon needs quotes.

    Cure: quote values that hold `: `, `#`, or begin with a mark such as `*`, `&`, `@`, `{`.
    """
    cure = "Quote values that hold `: ` or ` #`, close every quote, and indent with spaces."
    yield from worded(postmortem, "invalid-yaml", "this is not valid YAML: {subject}", cure)
    yield from worded(
        postmortem,
        "not-a-mapping",
        "the front matter is not a list of `field: value` lines",
        "Write each field as `name: value` on a line of its own.",
    )
    yield from worded(
        postmortem, "yaml-tag", "YAML tags such as {subject} are not read", "Write a plain value."
    )


@rule("PM009", Level.ERROR, always=True)
def tab_indentation(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A line of the front matter is indented with a tab.

    Why: YAML forbids tabs, as no two editors agree on their width.

    Example: a list item that begins with a tab and a hyphen.

    Cure: indent with two spaces.
    """
    return worded(
        postmortem,
        "tab-indentation",
        "a tab where YAML wants spaces",
        "Replace the tab by two spaces (or four, to match the lines around).",
    )


@rule("PM010", Level.ERROR, always=True)
def yaml_alias(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """The front matter uses a YAML alias (`*name`).

    Why: aliases can be nested until they expand to billions of values, and readers of a
    postmortem should not need to resolve them.

    Example: `related: *others`.

    Cure: write the value out.
    """
    return worded(
        postmortem,
        "yaml-alias",
        "a YAML alias stands where a value belongs",
        "Write the value out instead of `*alias`.",
    )


@rule("PM011", Level.ERROR)
def duplicate_key(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A field stands twice.

    Why: YAML keeps one of the two and drops the other without a word.

    Example: `severity: sev2` on line 4 and `severity: sev1` on line 20.

    Cure: keep the right one.
    """
    return worded(
        postmortem,
        "duplicate-key",
        "'{subject}' stands twice, first on line {detail}",
        "Keep one of the two and delete the other.",
    )


@rule("PM012", Level.ERROR)
def number_notation(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A value is a number that YAML reads otherwise than people do.

    Why: YAML 1.1 reads `1:30` to the base of sixty, as 90, and `010` as 8.

    Example: `count: 1:30`.

    Cure: quote it where it is text; write a plain decimal number where it is a number.
    """
    return worded(
        postmortem,
        "number-notation",
        "{subject} is read by YAML as {detail}",
        'Write "{subject}" in quotes if it is text, or a plain number.',
    )


@rule("PM013", Level.ERROR)
def yes_no(postmortem: Postmortem, _: Context) -> Iterable[Found]:
    """A bare `yes`, `no`, `on` or `off`, which YAML reads as true or false.

    Why: a country code, an answer or a switch turns into something else.

    Example: `keywords: [no]`.

    Cure: quote it where it is text; write `true` or `false` where it is one.
    """
    return worded(
        postmortem,
        "yes-no",
        "{subject} is read by YAML as {detail}",
        'Write "{subject}" in quotes if it is text, or {detail} if that is meant.',
    )
