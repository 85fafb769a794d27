"""The built site: whole, linked, and under every way of serving it."""

import os
import re
from pathlib import Path

import pytest
import yaml
from crawl import crawl, find_broken, find_orphans
from selectolax.lexbor import LexborHTMLParser
from support import ROOT, copy_index, mkdocs, papershelf

from generator.labels.calls import list_calls

BASE = "https://example.org/index/"


@pytest.fixture(scope="module")
def pages(own_site):
    return crawl(own_site, BASE)


def test_every_record_has_a_page_and_every_topic_too(pages):
    records = {path.stem for path in (ROOT / "content" / "papers").glob("*.yml")}
    topics = {topic["id"] for topic in yaml.safe_load((ROOT / "content" / "topics.yml").read_text())}
    assert records
    assert {f"papers/{key}/index.html" for key in records} <= set(pages)
    assert {f"topics/{key}/index.html" for key in topics} <= set(pages)
    assert {
        "index.html",
        "papers/index.html",
        "papers/page/2/index.html",
        "years/index.html",
        "about/index.html",
    } <= set(pages)


def test_no_link_and_no_anchor_is_broken(own_site, pages):
    assert find_broken(own_site, pages) == []


def test_every_page_has_a_title_of_its_own(pages):
    titles = [page.title for path, page in pages.items() if path != "404.html"]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_every_page_can_be_reached(pages):
    assert find_orphans(pages) == set()


def test_no_page_asks_another_host_for_anything(own_site):
    for path in own_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r'<(?:script|img|iframe|link rel="(?:stylesheet|preconnect)")[^>]*(?:src|href)="(?:https?:)?//',
            text,
        ), path


def test_the_shelf_itself_is_not_published(own_site):
    found = [
        p.relative_to(own_site).as_posix() for p in own_site.rglob("*") if p.suffix in {".yml", ".jsonl"}
    ]
    assert sorted(found) == ["data/papers.jsonl", "data/relations.jsonl"]


def test_the_edit_link_leads_to_exactly_the_record(own_site):
    key = min(path.stem for path in (ROOT / "content" / "papers").glob("*.yml"))
    page = (own_site / "papers" / key / "index.html").read_text()
    assert f'href="https://example.org/owner/shelf/edit/main/content/papers/{key}.yml"' in page


def test_titles_with_mathematics_are_right_in_tab_and_heading(own_site):
    (page,) = (own_site / "papers").glob("align2llava*/index.html")
    text = page.read_text(encoding="utf-8")
    assert "<title>Align²LLaVA: " in text
    assert re.search(r"<h1[^>]*>Align<span[^>]*><math", text)


def test_the_imported_listings_build_in_strict_mode(real_content, tmp_path):
    folder = copy_index(tmp_path / "index", content=real_content)
    (folder / "content" / "tables.yml").unlink()  # what it shows is in the records of this index
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    built = {path.parent.name for path in (folder / "site" / "papers").glob("*/index.html")}
    assert built == {path.stem for path in (real_content / "papers").glob("*.yml")}
    assert find_broken(folder / "site", crawl(folder / "site", BASE)) == []


def test_it_works_without_directory_urls_and_without_a_site_url(small_site):
    site = small_site(use_directory_urls=False, site_url=None, repo_url=None)
    pages = crawl(site, BASE)
    assert "papers/owls.html" in pages
    assert find_broken(site, pages) == []


def read_scripts(site):
    """Return the scripts of a site, all of which have their texts; the service worker is one that the plugin alone serves."""
    scripts = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.js")}
    own = {re.sub(r"ps-\w{8}", "", path): text for path, text in scripts.items() if "/ps-" in path}
    assert len(own) > 10
    assert [path for path, text in own.items() if path.endswith("/label.js") or list(list_calls(text))] == []
    return own


def test_the_generated_tree_builds_without_the_plugin(small_index, small_site, tmp_path):
    folder = small_index()
    result = papershelf("generate", tmp_path / "tree", cwd=folder)
    assert result.returncode == 0, result.stderr
    config = yaml.safe_load((tmp_path / "tree" / "mkdocs.yml").read_text())
    assert "papershelf" not in config["plugins"]
    result = mkdocs("build", "--strict", cwd=tmp_path / "tree")
    assert result.returncode == 0, result.stderr
    assert read_scripts(tmp_path / "tree" / "site") == read_scripts(small_site())
    with_plugin = crawl(small_site(), BASE)
    without = crawl(tmp_path / "tree" / "site", BASE)
    assert {path: page.title for path, page in without.items()} == {
        path: page.title for path, page in with_plugin.items()
    }
    assert find_broken(tmp_path / "tree" / "site", without) == []
    one, two = (
        LexborHTMLParser((site / "papers/owls/index.html").read_text()).css_first("article")
        for site in (small_site(), tmp_path / "tree" / "site")
    )
    assert "".join(one.html.split()) == "".join(two.html.split())


def test_adding_a_paper_changes_no_other_address(small_index, small_site):
    folder = small_index()
    before = {path.relative_to(small_site()) for path in small_site().rglob("*.html")}
    (folder / "content" / "papers" / "aardvarks.yml").write_text("title: Owls\npublished: '2024'\n")
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    after = {path.relative_to(folder / "site") for path in (folder / "site").rglob("*.html")}
    assert before < after


@pytest.mark.parametrize("out", [".", "content", "content/tree", "..", "theme_overrides"])
def test_generate_never_replaces_what_it_did_not_make(small_index, out):
    folder = small_index()
    before = sorted(folder.rglob("*"))
    result = papershelf("generate", out, cwd=folder)
    assert result.returncode == 2
    assert sorted(folder.rglob("*")) == before


def test_generate_replaces_its_own_tree(small_index):
    folder = small_index()
    for _ in range(2):
        assert papershelf("generate", "tree", cwd=folder).returncode == 0
    assert (folder / "tree" / "docs" / "papers" / "owls.md").is_file()


def test_generate_leaves_a_folder_whose_configuration_is_no_text(small_index):
    folder = small_index()
    (folder / "tree").mkdir()
    (folder / "tree" / "mkdocs.yml").write_bytes(b"\xff\xfe")
    result = papershelf("generate", "tree", cwd=folder)
    assert (result.returncode, "was not made by this command" in result.stderr) == (2, True), result.stderr
    assert (folder / "tree" / "mkdocs.yml").read_bytes() == b"\xff\xfe"


def test_another_content_folder_builds_although_hand_written_pages_are_missing(small_index, tmp_path):
    folder = small_index()
    (tmp_path / "bare" / "papers").mkdir(parents=True)
    (tmp_path / "bare" / "papers" / "owls.yml").write_text("title: Owls\n")
    result = papershelf("build", "--content", tmp_path / "bare", "--site-dir", tmp_path / "out", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "papers" / "owls" / "index.html").is_file()
    assert not list(folder.glob(".papershelf-*"))


def test_the_same_content_gives_the_same_bytes(small_index):
    folder = small_index()
    built = []
    for seed, zone, epoch in (("1", "Asia/Tokyo", "1000000000"), ("2", "America/Lima", "1700000000")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch}
        assert mkdocs("build", "--strict", cwd=folder, env=environment).returncode == 0
        site = folder / "site"
        built.append({p.relative_to(site): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()})
    assert built[0] == built[1]
    assert Path("sitemap.xml") in built[0]
    assert Path("sitemap.xml.gz") not in built[0]
