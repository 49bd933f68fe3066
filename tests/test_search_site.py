"""The files that the search page reads, and the box in the theme's header."""

import gzip
import json
from typing import Any

import pytest

from conftest import Site, postmortem

A, B = "2024-03-08-pool", "2024-05-01-pool-again"


@pytest.fixture
def archive(site: Site) -> Site:
    site.write(f"postmortems/{A}.md", postmortem())
    site.write(
        f"postmortems/{B}.md",
        postmortem("Again", "2024-05-01T10:00:00+00:00", "2024-05-01T11:00:00+00:00"),
    )
    return site


def read(site: Site, name: str) -> Any:
    return json.loads(gzip.decompress((site.root / f"site/search/data/{name}.gz").read_bytes()))


def test_the_index_has_what_the_page_shows(archive: Site) -> None:
    archive.build()
    start, newest = read(archive, "start"), read(archive, "result-1")
    assert start["size"] == 2
    assert newest["id"] == B
    assert newest["url"] == f"postmortems/{B}/"
    assert newest["fixed"] == "Configuration change"
    assert "quarter of its users" in newest["text"]
    facets = {facet["name"]: facet for facet in start["facets"]}
    causes = facets["root-causes"]
    assert causes["terms"][causes["carried"][0]][0] == "resource-exhaustion/connection-pool"
    assert "actions" in facets
    assert "connect pool" in start["groups"]
    assert read(archive, "keys-0")


def test_the_same_archive_gives_the_same_index(archive: Site) -> None:
    def built() -> dict[str, bytes]:
        folder = archive.build() / "search/data"
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert built() == built()


def test_material_builds_no_index_of_its_own_and_its_box_leads_here(archive: Site) -> None:
    out = archive.build()
    assert not (out / "search/search_index.json").exists()
    page = archive.read("about/index.html")
    assert 'action="../search/"' in page
    assert 'data-md-component="search"' not in page


def test_material_gets_the_box_without_its_search_plugin_too(archive: Site) -> None:
    archive.write("mkdocs.yml", "site_name: T\ntheme: material\nplugins: [postmortems]\n")
    archive.build()
    assert 'action="../search/"' in archive.read("about/index.html")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_the_boxes_of_the_built_in_themes_lead_here(archive: Site, theme: str) -> None:
    archive.configure(theme=theme)
    out = archive.build()
    page = archive.read("about/index.html")
    assert 'action="../search/"' in page
    assert "search/main.js" not in page
    assert not (out / "search/search_index.json").exists()
    assert not (out / "search.html").exists()


def test_a_moved_page_takes_its_boxes_and_files_along(archive: Site) -> None:
    archive.configure("pages: {search: {path: find, title: Find}}")
    out = archive.build()
    assert (out / "find/data/start.gz").is_file()
    assert 'action="../find/"' in archive.read("about/index.html")
    assert 'action="find/"' in archive.read("index.html")


def test_a_site_without_the_page_keeps_its_theme_s_search(archive: Site) -> None:
    archive.configure("pages: {search: false}")
    out = archive.build()
    assert (out / "search/search_index.json").is_file()
    assert not (out / "search/data").exists()
    assert 'data-md-component="search"' in archive.read("about/index.html")


def test_without_directory_urls_results_lead_to_files(archive: Site) -> None:
    config = archive.root / "mkdocs.yml"
    config.write_text(config.read_text() + "use_directory_urls: false\n")
    archive.build()
    assert read(archive, "result-1")["url"] == f"postmortems/{B}.html"
    assert 'data-pm-search="data/"' in archive.read("search/index.html")


def test_the_page_says_where_to_look_without_javascript(archive: Site) -> None:
    archive.build()
    page = archive.read("search/index.html")
    assert "<noscript>" in page
    assert 'href="../root-causes/resource-exhaustion/"' in page


def test_an_empty_archive_has_an_index_too(site: Site) -> None:
    site.write("postmortems/README.md", "Nothing yet.")
    site.build()
    assert read(site, "start")["size"] == 0
