"""Sections that an index does not have: neither its pages nor its navigation speak of topics or a map."""

import re

import pytest
from support import mkdocs, papershelf

RECORD = "title: Owls at Night\nadded: 2024-01-02\nlinks: {arxiv: '2401.00001'}\n"


@pytest.fixture
def index(tmp_path):
    """Return a folder with a new index of one paper, in which nothing is invented."""
    (tmp_path / "README.md").write_text("# Owls\n")
    assert papershelf("init", ".", cwd=tmp_path).returncode == 0
    (tmp_path / "content" / "papers").mkdir()
    (tmp_path / "content" / "papers" / "owls.yml").write_text(RECORD)
    return tmp_path


def build(index):
    built = mkdocs("build", "--strict", cwd=index)
    assert built.returncode == 0, built.stdout + built.stderr
    return index / "site"


def tabs(site):
    (bar,) = re.findall(r'<nav class="ps-tabs".*?</nav>', (site / "index.html").read_text(), re.DOTALL)
    return re.findall(r">([^<]+)</a>", bar)


def test_a_site_without_topics_and_without_a_map_speaks_of_neither(index):
    site = build(index)
    assert tabs(site) == ["Home", "Papers", "New", "Statistics", "Search", "Desk", "About"]
    assert not (site / "map").exists()
    assert not (site / "topics").exists()
    for page in ("index.html", "search/index.html", "desk/index.html", "papers/index.html", "404.html"):
        text = (site / page).read_text()
        assert not re.search(r'href="[^"]*(?:topics|map)/', text), page
        assert "papershelf map" not in text
    assert "0 topics" not in (site / "stats" / "index.html").read_text()
    assert "## Topics" not in (site / "llms.txt").read_text()


def test_the_sections_come_back_with_a_topic_and_a_map(index):
    (index / "content" / "topics.yml").write_text("- {id: owls, name: Owls, rules: [owls]}\n")
    (index / "content" / "map.csv").write_text("id,x,y\nowls,100,200\n")
    site = build(index)
    assert tabs(site)[:5] == ["Home", "Papers", "Topics", "Map", "New"]
    assert (site / "map" / "index.html").is_file()


def test_a_map_that_was_published_keeps_its_address(index):
    (index / "content" / "map.csv").write_text("id,x,y\nowls,100,200\n")
    assert papershelf("check", "--update-ledger", cwd=index).returncode == 0
    (index / "content" / "map.csv").unlink()
    assert papershelf("check", "--strict", cwd=index).returncode == 0
    site = build(index)
    assert "This index has no map." in (site / "map" / "index.html").read_text()
    assert "Map" not in tabs(site)
