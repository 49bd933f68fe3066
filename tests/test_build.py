"""Real builds of small sites."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort, PluginError

from conftest import Site, postmortem

A, B = "2024-03-08-pool", "2024-05-01-pool-again"


def test_a_folder_of_postmortems_becomes_the_whole_knowledge_base(site: Site) -> None:
    site.write(f"postmortems/{A}.md", postmortem())
    out = site.build()
    for page in (
        "index.html",
        "postmortems/index.html",
        f"postmortems/{A}/index.html",
        "root-causes/index.html",
        "root-causes/resource-exhaustion/index.html",
        "root-causes/resource-exhaustion/connection-pool/index.html",
        "impacts/unavailability/index.html",
        "services/web/index.html",
        "triggers/traffic-spike/index.html",
        "severities/sev2/index.html",
        "detections/monitoring/index.html",
        "resolutions/config-change/index.html",
        "years/2024/index.html",
        "trends/index.html",
        "api/v1/postmortems.json",
        "about/index.html",
    ):
        assert (out / page).is_file(), page


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_it_builds_under_the_built_in_themes(site: Site, theme: str) -> None:
    site.configure(theme=theme)
    site.write(f"postmortems/{A}.md", postmortem())
    site.build()
    assert "Connection pool" in site.read("root-causes/index.html")
    assert "The pool ran dry" in site.read(f"postmortems/{A}/index.html")
    assert "cdnjs" not in site.read("index.html")


def test_a_parent_counts_an_incident_once(site: Site) -> None:
    causes = "[resource-exhaustion/connection-pool, resource-exhaustion/threads]"
    site.write(f"postmortems/{A}.md", postmortem(root_causes=causes))
    site.build()
    counts = {t["id"]: t["count"] for t in json.loads(site.read("api/v1/root-causes.json"))}
    assert counts["resource-exhaustion"] == 1
    assert counts["resource-exhaustion/connection-pool"] == 1
    assert counts["resource-exhaustion/threads"] == 1


def test_every_problem_of_every_file_is_told_at_once(site: Site, logged: Callable[[], str]) -> None:
    broken = postmortem(
        title="X",
        started_at="2024-03-08T10:00:00",
        root_causes="[resource-exhaustion/conection-pool]",
        sevrity="sev2",
    ).replace("title: X\n", "")
    site.write(f"postmortems/{A}.md", broken)
    with pytest.raises(Abort):
        site.build()
    said = logged()
    for code, cure in (
        ("PM030 'title' is missing", "Add `title:`"),
        ("PM031 unknown key 'sevrity'", "Rename it to `severity`"),
        ("PM035 'started_at' has no offset", "Add the offset"),
        ("PM103 unknown root cause 'resource-exhaustion/conection-pool'", "connection-pool"),
    ):
        assert f"postmortems/{A}.md:" in said
        assert code in said
        assert cure in said
    assert "Traceback" not in said


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_what_is_not_published_is_nowhere(site: Site, status: str) -> None:
    site.write(f"postmortems/{A}.md", postmortem())
    site.write(f"postmortems/{B}.md", postmortem("Zebra crossing", status=status, services="[zoo]"))
    site.write("postmortems/zebra.png", b"\x89PNG")
    out = site.build()
    texts = [p for p in out.rglob("*") if p.suffix in (".html", ".json", ".xml")]
    assert len(texts) > 50
    for path in texts:
        text = path.read_text("utf-8")
        assert "Zebra" not in text, path
        assert B not in text, path
    assert not list(out.rglob("*zebra*"))
    assert not (out / "services/zoo").exists()


def _searched(site: Site) -> bytes:
    """Everything that the search of the site reads."""
    files = (site.root / "site/search/data").glob("*.gz")
    found = b"".join(gzip.decompress(p.read_bytes()) for p in files).lower()
    assert b"pool" in found
    return found


def test_an_option_shows_drafts_under_a_banner_and_counts_them_nowhere(site: Site) -> None:
    site.configure("drafts: true")
    site.write(f"postmortems/{A}.md", postmortem())
    site.write(f"postmortems/{B}.md", postmortem("Zebra crossing", status="draft"))
    site.build()
    assert "Only this preview shows it" in site.read(f"postmortems/{B}/index.html")
    assert [p["id"] for p in json.loads(site.read("api/v1/postmortems.json"))] == [A]
    assert b"zebra" not in _searched(site)
    assert "Zebra" in site.read("postmortems/index.html")


def test_a_withdrawn_postmortem_leaves_a_stub_without_its_content(site: Site) -> None:
    site.write(f"postmortems/{A}.md", postmortem())
    site.write(f"postmortems/{B}.md", postmortem("Zebra crossing", status="withdrawn"))
    site.build()
    stub = site.read(f"postmortems/{B}/index.html")
    assert "was withdrawn" in stub
    assert "Zebra" not in stub
    assert B not in site.read("postmortems/index.html")
    assert B.encode() not in _searched(site)
    assert B not in site.read("api/v1/postmortems.json")


HOSTILE = "<script>alert(1)</script> & *x* [y](javascript:z) {{ 7 * 7 }}"


def test_words_from_front_matter_taxonomy_and_files_are_escaped(site: Site) -> None:
    quoted = json.dumps(HOSTILE)
    site.write(
        f"postmortems/{A}.md",
        postmortem(
            title=quoted,
            summary=quoted,
            affected=f"{{percent: 5, of: {quoted}}}",
            authors=f"[{quoted}]",
            keywords=f"[{quoted}]",
            action_items=f"[{{title: {quoted}, type: prevent, owner: {quoted}}}]",
        ),
    )
    own = (Path(__file__).parents[1] / "postmortems/taxonomy.yml").read_text("utf-8")
    own = own.replace("title: Connection pool,", f"title: {quoted},")
    own = own.replace("aliases: [connection pool exhaustion", f"aliases: [{quoted}")
    site.write("postmortems/taxonomy.yml", own)
    out = site.build()
    for path in out.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<script>alert" not in text, path
        assert 'href="javascript:' not in text, path
    page = site.read(f"postmortems/{A}/index.html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *x* [y](javascript:z) {{ 7 * 7 }}" in page


ATTACKS = """
<script>alert(1)</script>
<img src=x onerror="alert(1)">
<iframe src="https://evil.test"></iframe>
<form action="https://evil.test"><input name=q></form>
<a href="javascript:alert(1)">here</a> [there](javascript:alert(1))
<div id="pm-kept-0"></div><div style="position:fixed;top:0">over</div>
<svg><script>alert(1)</script></svg>
"""


def test_a_body_cannot_bring_scripts_along(site: Site) -> None:
    site.write(f"postmortems/{A}.md", postmortem() + ATTACKS)
    site.build()
    page = (
        site.read(f"postmortems/{A}/index.html").partition("<article")[2].partition("</article")[0]
    )
    for attack in ("<script", "onerror", "iframe", "<form", "javascript:", "position"):
        assert attack not in page, attack


def test_what_markdown_and_its_extensions_make_survives(site: Site) -> None:
    config = site.root / "mkdocs.yml"
    config.write_text(
        config.read_text()
        + "markdown_extensions: [admonition, tables, footnotes, pymdownx.superfences, "
        "pymdownx.tabbed, {pymdownx.tasklist: {custom_checkbox: true}}]\n"
    )
    body = """
!!! note "Mind this"

    | a | b |
    |--:|---|
    | 1 | 2 |

- [x] done

```python
print("hello")
```

A note.[^1]

[^1]: At the foot.
"""
    site.write(f"postmortems/{A}.md", postmortem() + body)
    site.build()
    page = site.read(f"postmortems/{A}/index.html")
    for kept in ('class="admonition note"', 'style="text-align:', 'type="checkbox"', "checked",
                 'class="highlight"', 'id="fn:1"', 'href="#fn:1"', 'class="pm-facts"'):  # fmt: skip
        assert kept in page, kept


def test_links_between_postmortems_and_images_beside_them_work(site: Site) -> None:
    site.write(f"postmortems/{A}.md", postmortem() + f"\nSee [that]({B}.md). ![graph](graph.png)\n")
    site.write(f"postmortems/2024/{B}.md", postmortem() + f"\nSee [this](../{A}.md).\n")
    site.write(f"postmortems/{B}.md", postmortem("Other"))
    (site.root / f"postmortems/2024/{B}.md").rename(
        site.root / "postmortems/2024/2024-06-01-third.md"
    )
    site.write("postmortems/graph.png", b"\x89PNG")
    out = site.build()
    page = site.read(f"postmortems/{A}/index.html")
    assert f'href="../{B}/"' in page
    assert 'src="../graph.png"' in page
    assert (out / "postmortems/graph.png").is_file()
    assert f'href="../../{A}/"' in site.read("postmortems/2024/2024-06-01-third/index.html")


def test_a_dead_link_to_a_postmortem_fails_a_strict_build(site: Site) -> None:
    site.write(f"postmortems/{A}.md", postmortem() + "\nSee [that](2020-01-01-gone.md).\n")
    with pytest.raises(Abort):
        site.build()


def test_edit_links_lead_to_the_real_file(site: Site) -> None:
    config = site.root / "mkdocs.yml"
    config.write_text(
        config.read_text() + "repo_url: https://github.com/o/r\nedit_uri: edit/main/docs/\n"
    )
    site.write(f"postmortems/sub/{A}.md", postmortem())
    site.build()
    page = site.read(f"postmortems/sub/{A}/index.html")
    assert f'href="https://github.com/o/r/edit/main/postmortems/sub/{A}.md"' in page
    assert f'href="https://github.com/o/r/commits/main/postmortems/sub/{A}.md"' in page
    # The theme would ask the forge for stars.
    assert 'data-md-component="source"' not in page


def test_postmortems_and_terms_stay_out_of_the_navigation(site: Site) -> None:
    site.write(f"postmortems/{A}.md", postmortem("Zebra crossing"))
    site.build()
    navigation = site.read("about/index.html").partition('<nav class="md-nav')[2]
    assert "Zebra" not in navigation
    assert "Connection pool" not in navigation
    assert 'href="../root-causes/"' in navigation
    crumbs = site.read("root-causes/resource-exhaustion/connection-pool/index.html")
    assert 'href="../"' in crumbs.partition('class="pm-crumbs"')[2].partition("</nav>")[0]


def test_the_same_input_gives_the_same_bytes(site: Site) -> None:
    site.write(f"postmortems/{A}.md", postmortem())
    site.write(
        f"postmortems/{B}.md",
        postmortem("Again", start="2024-05-01T10:00:00+00:00", end="2024-05-01T11:00:00+00:00"),
    )

    def built() -> dict[str, bytes]:
        out = site.build()
        return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*")
                if p.is_file() and p.suffix in (".html", ".json", ".css", ".js")}  # fmt: skip

    assert built() == built()


def test_pages_can_be_moved_renamed_and_left_out(site: Site) -> None:
    site.configure("""
        facets: {years: false, impacts: {title: Effects, path: effects}}
        pages: {postmortems: {title: Incidents, path: incidents}, trends: false}
    """)
    site.write(f"postmortems/{A}.md", postmortem())
    out = site.build()
    assert (out / f"incidents/{A}/index.html").is_file()
    assert (out / "effects/unavailability/index.html").is_file()
    assert "Effects" in site.read("about/index.html")
    for gone in ("years", "trends", "impacts", "postmortems"):
        assert not (out / gone).exists(), gone


def test_a_declared_facet_gets_field_pages_filter_and_json(site: Site) -> None:
    site.configure("facets: {teams: {field: team, title: Teams}}")
    site.write(f"postmortems/{A}.md", postmortem(team="Web & Mobile"))
    out = site.build()
    assert (out / "teams/web-mobile/index.html").is_file()
    assert "Web &amp; Mobile" in site.read("teams/index.html")
    assert json.loads(site.read("api/v1/teams.json"))[0]["ids"] == [A]
    assert 'name="teams"' in site.read("postmortems/index.html")


def test_a_site_may_write_its_own_page_around_a_generated_one(site: Site) -> None:
    site.write("docs/index.md", "# Welcome\n\nRead this first.\n\n<!-- postmortems -->\n")
    site.write(f"postmortems/{A}.md", postmortem())
    site.build()
    page = site.read("index.html")
    assert "Read this first." in page
    assert "The pool ran dry" in page


def test_a_site_may_override_a_template(site: Site) -> None:
    site.write(
        "mkdocs.yml",
        "site_name: T\ntheme: {name: material, custom_dir: theme}\nplugins: [postmortems]\n",
    )
    site.write("theme/postmortems/withdrawn.md.jinja", "<p>Gone, by our own words.</p>\n")
    site.write(f"postmortems/{A}.md", postmortem(status="withdrawn"))
    site.build()
    assert "Gone, by our own words." in site.read(f"postmortems/{A}/index.html")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("directory: nowhere", "there is no folder"),
        ("visibility: secret", "visibility"),
        ("facets: {years: 3}", "facets"),
        ("pages: {home: {titel: x}}", "titel"),
        ("surprise: 1", "surprise"),
    ],
)
def test_wrong_options_are_named(
    site: Site, options: str, said: str, logged: Callable[[], str]
) -> None:
    site.configure(options)
    site.write(f"postmortems/{A}.md", postmortem())
    with pytest.raises((Abort, PluginError)) as caught:
        site.build()
    assert said in f"{caught.value} {logged()}"


def test_an_empty_archive_builds(site: Site) -> None:
    site.write("postmortems/README.md", "Nothing yet.")
    site.build()
    assert "no published postmortem yet" in site.read("index.html")


def test_only_public_postmortems_reach_a_public_site(site: Site) -> None:
    site.configure("visibility: public")
    site.write(f"postmortems/{A}.md", postmortem(visibility="public"))
    site.write(f"postmortems/{B}.md", postmortem("Zebra crossing"))
    out = site.build()
    assert not any("Zebra" in p.read_text("utf-8") for p in out.rglob("*.html"))
    assert (out / f"postmortems/{A}/index.html").is_file()
