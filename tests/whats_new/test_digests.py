"""Digests: what their files may hold, what is checked of them, what edits change, and where readers meet them."""

import datetime as dt
import json

import feedparser
import markdown
import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from generator.cli import main
from generator.pages.parts.templates import render_markdown
from generator.pipeline import build_assets, build_site, load_content, plan_pages
from generator.settings import Settings
from generator.whats_new.digests import find_monday

FILES = {
    "papers/owls.yml": "title: Owls\nsummary: They hunt 12 mice.\nadded: '2025-01-01'\n",
    "papers/mice.yml": "title: Mice\nsummary: They hide.\nadded: '2025-01-01'\n",
    "papers/bats.yml": "title: Bats\nsummary: They hear.\nadded: '2025-03-05'\n",
    "topics.yml": "- {id: birds, name: Birds, rules: [owl]}\n",
    "urls.txt": "",
    "shelf.yml": "format: 1\n",
    "digests/2024-12-30.md": "*Two* animals & one night: [owls](../papers/owls.md) hunt 12 times.\n\nAnd [mice](../papers/mice.md) <hide.\n",
    "digests/2025-03-05.md": "Only [bats](../papers/bats.md), no [birds](../topics/birds.md).\n",
}


@pytest.fixture
def content(shelf_on_disk):
    return shelf_on_disk(FILES)


def check(content):
    return [
        (str(p.place), str(p.severity), p.code) for p in load_content(content)[2] if p.code != "no-ledger"
    ]


def build(content):
    settings = Settings(content=content, site_url="https://a.example/x/", site_name="Animals")
    site, _ = build_site(settings)
    pages = {plan.path: plan for plan in plan_pages(site, settings)}
    return pages, {asset.path: asset.body for asset in build_assets(site, settings)}


def read(plan):
    return LexborHTMLParser(markdown.markdown(render_markdown(plan.make())))


def test_the_week_of_a_date_begins_on_monday():
    assert find_monday("2025-03-09") == find_monday("2025-03-03") == dt.date(2025, 3, 3)
    assert [find_monday(day) for day in ("2025", "2025-02-30", "2025-W10-1", "")] == [None] * 4


def test_a_good_digest_has_no_problems(content):
    assert check(content) == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("2025-01-01.md", "[Rats](../papers/rats.md)", ("digests/2025-01-01.md:1", "error", "unknown-paper")),
        ("2025-01-01.md", "a\n[x](../topics/fish.md)", ("digests/2025-01-01.md:2", "error", "unknown-topic")),
        ("2025-01-01.md", "[Owls](../papers/owls.md) hunt 13.", ("digests/2025-01-01.md:1", "error", "unfounded-figure")),
        ("2025-01-01.md", "a\n\n- b", ("digests/2025-01-01.md:3", "error", "bad-overview")),
        ("2025-01-01.md", "a" * 4001, ("digests/2025-01-01.md", "error", "too-long")),
        ("2025-02-30.md", "Owls.", ("digests/2025-02-30.md", "error", "bad-date")),
        ("spring.md", "Owls.", ("digests/spring.md", "error", "bad-date")),
        ("notes.txt", "Owls.", ("digests/notes.txt", "warning", "stray-file")),
        ("2025-01-06.md", "Owls.", ("digests/2025-01-06.md", "warning", "no-intake")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_digest_is_reported_with_its_place(content, name, text, expected):
    (content / "digests" / name).write_text(text)
    assert check(content) == [expected]


def test_a_rename_changes_the_links_of_digests_and_a_deletion_is_refused(content):
    file = content / "digests" / "2024-12-30.md"
    before = file.read_text()
    result = CliRunner().invoke(main, ["rename", "mice", "small-mice", "--content", str(content)])
    assert "wrote digests/2024-12-30.md" in result.output
    assert file.read_text() == before.replace("papers/mice.md", "papers/small-mice.md")
    result = CliRunner().invoke(main, ["remove", "owls", "--delete", "--content", str(content)])
    assert result.exit_code == 1
    assert "digests/2024-12-30.md:1: a digest links to owls" in result.output


def test_digests_stand_above_the_papers_of_their_week_and_the_newest_on_home(content):
    pages, _ = build(content)
    page = read(pages["new/index.md"])
    texts = [" ".join(node.text().split()) for node in page.css("h2, .ps-digest, li > p > a, li > a")]
    assert texts[:3] == ["Week of 3 March 2025", "Only bats, no birds.", "Bats"]
    assert texts[3:6] == [
        "Week of 30 December 2024",
        "Two animals & one night: owls hunt 12 times.",
        "And mice <hide.",
    ]
    links = {a.text(): a.attributes["href"] for a in page.css(".ps-digest a")}
    assert links == {
        "bats": "../papers/bats.md",
        "birds": "../topics/birds.md",
        "owls": "../papers/owls.md",
        "mice": "../papers/mice.md",
    }
    assert [node.id for node in page.css("[id^=digest]")] == ["digest-2025-03-05", "digest-2024-12-30"]
    home = read(pages["index.md"])
    assert [node.text() for node in home.css(".ps-digest")] == ["Only bats, no birds."]


def test_a_week_without_a_place_for_its_papers_keeps_its_digest(content):
    for n in range(120):
        (content / "papers" / f"p{n}.yml").write_text(f"title: P {n}\nadded: '2025-01-07'\n")
    (content / "papers" / "new.yml").write_text("title: N\nadded: '2025-03-08'\n")
    (content / "digests" / "2025-01-01.md").write_text("Two in a week.")
    page = read(build(content)[0]["new/index.md"])
    weeks = [" ".join(node.text().split()) for node in page.css("h2, h2 + p")]
    assert weeks == [
        "Week of 3 March 2025",
        "2 papers",
        "Week of 6 January 2025",
        "98 of 120 papers",
        "Week of 30 December 2024",
        "2 papers",
    ]
    last = [" ".join(node.text().split()) for node in page.css("p")][-6:]
    assert last[:4] == ["2 papers", "1 January 2025", "Two in a week.", "30 December 2024"]
    assert last[-1] == "And mice <hide."


def test_feeds_have_digests_before_the_papers_of_their_day(content):
    _, files = build(content)
    atom = feedparser.parse(files["feed.xml"])
    assert not atom.bozo
    titles = ["The papers of 5 March 2025, in short", "Bats", "Mice", "Owls", "The papers of 30 December 2024, in short"]  # fmt: skip
    assert [entry.title for entry in atom.entries] == titles
    assert atom.feed.updated == "2025-03-05T00:00:00Z"
    last = atom.entries[-1]
    assert last.link == "https://a.example/x/new/#digest-2024-12-30"
    assert last.summary == "Two animals & one night: owls hunt 12 times. And mice <hide."
    html = last.content[0].value
    assert '<em>Two</em> animals &amp; one night: <a href="https://a.example/x/papers/owls/">owls</a>' in html
    item = json.loads(files["feed.json"])["items"][-1]
    assert item["content_text"] == last.summary
    assert item["content_html"].startswith("<p><em>Two</em> animals &amp; one night: ")
    assert item["content_html"].endswith("</a> &lt;hide.</p>")
    assert len(feedparser.parse(files["topics/birds/feed.xml"]).entries) == 1
