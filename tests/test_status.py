"""What became of a paper is said wherever it stands; one that was removed stands nowhere but on its own page."""

import csv
import io
import json

import bibtexparser
import feedparser
import pytest
import rispy
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import build_assets, build_site, plan_pages
from generator.settings import Settings
from generator.text.escaping import escape_plain_markdown

RECORDS = {
    "owls": "title: Owls hear mice at night\nsummary: Owls hear mice in the dark.\nadded: 2025-01-01\npublished: '2024'\n",
    "gone": "title: Owls hear voles at night\nsummary: Owls hear voles in the dark.\nadded: 2025-01-02\npublished: '2024'\nstatus: withdrawn\nstatus_note: 50% of the <voles> left.\n",
    "old": "title: Owls hear bats at night\nsummary: Owls hear bats in the dark.\nadded: 2025-01-03\npublished: '2024'\nstatus: superseded\nsuperseded_by: owls\n",
    "away": "title: Owls hear whales at night\nsummary: Owls hear whales in the dark.\nadded: 2025-01-04\npublished: '2024'\nstatus: removed\nstatus_note: They asked.\nlinks: {doi: 10.1000/away}\nfeatured: true\n",
}
TOPICS = "- {id: birds, name: Birds, rules: [owls], start_here: [gone, owls, away]}\n"


@pytest.fixture
def built(shelf_on_disk):
    """Return the pages and the files of a shelf that has papers of every status."""
    content = shelf_on_disk(
        {f"papers/{key}.yml": text for key, text in RECORDS.items()} | {"topics.yml": TOPICS}
    )
    (content / "map.csv").write_text("id,x,y\nowls,1,2\naway,3,4\n")
    settings = Settings(content=content, site_url="https://example.org/x/")
    site, problems = build_site(settings)
    assert problems == ()
    pages = {plan.path: plan.make() for plan in plan_pages(site, settings)}
    return pages, {
        asset.path: asset.body.decode("utf-8", "replace") for asset in build_assets(site, settings)
    }


def test_pages_and_lists_say_it(built):
    pages, _ = built
    assert "This paper was withdrawn: 50% of the &#60;voles&#62; left." in pages["papers/gone.md"].body
    assert "This paper was superseded. See [Owls hear mice at night](owls.md)" in pages["papers/old.md"].body
    for path in ("papers/index.md", "topics/birds.md", "years/2024.md", "new/index.md", "index.md"):
        assert "[Owls hear voles at night]" in pages[path].body, path
        assert pages[path].body.count('<span class="ps-status">Withdrawn</span>') >= 1, path
        assert '<span class="ps-status">Superseded</span>' in pages[path].body, path
    steps = pages["topics/birds.md"].body.partition("## Start here")[2].partition("##")[0]
    assert '<span class="ps-status">Withdrawn</span>' in steps
    related = pages["papers/owls.md"].body.partition("## Related papers")[2]
    assert '(gone.md) <span class="ps-status">Withdrawn</span>' in related


def test_machines_are_told(built):
    pages, files = built
    assert '"creativeWorkStatus":"Withdrawn"' in pages["papers/gone.md"].head["tags"]
    assert "creativeWorkStatus" not in pages["papers/owls.md"].head["tags"]
    said = escape_plain_markdown("Withdrawn: 50% of the <voles> left.")
    assert f"- Status: {said}" in files["papers/gone/index.md"]
    assert "- Status: Superseded by owls" in files["papers/old/index.md"]


def test_exports_say_it(built):
    _, files = built
    entries = {e.key: e for e in bibtexparser.parse_string(files["data/papers.bib"]).entries}
    assert entries["gone"]["note"] == r"Withdrawn: 50\% of the \ensuremath{<}voles\ensuremath{>} left."
    assert entries["old"]["note"] == "Superseded by owls"
    assert "note" not in entries["owls"]
    ris = {entry["id"]: entry for entry in rispy.loads(files["data/papers.ris"])}
    assert ris["gone"]["notes"] == ["Owls hear voles in the dark.", "Withdrawn: 50% of the <voles> left."]
    csl = {item["id"]: item["note"] for item in json.loads(files["data/papers.json"])}
    assert csl["gone"].startswith("Withdrawn: 50% of the <voles> left.\n")
    assert csl["owls"] == "Owls hear mice in the dark."
    rows = {row["id"]: row["status"] for row in csv.DictReader(io.StringIO(files["data/papers.csv"]))}
    assert rows == {"owls": "active", "gone": "withdrawn", "old": "superseded"}
    records = [json.loads(line) for line in files["data/papers.jsonl"].splitlines()]
    assert {r["id"]: r.get("status") for r in records} == {
        "owls": None,
        "gone": "withdrawn",
        "old": "superseded",
    }
    assert "(2024, withdrawn)" in files["data/papers.md.txt"]


@pytest.mark.parametrize("path", ["feed", "topics/birds/feed"])
def test_feeds_say_it(built, path):
    _, files = built
    entries = feedparser.parse(files[f"{path}.xml"]).entries
    assert [e.title for e in entries] == [
        "Superseded: Owls hear bats at night", "Withdrawn: Owls hear voles at night", "Owls hear mice at night"
    ]  # fmt: skip
    assert [[tag.term for tag in e.get("tags", [])] for e in entries] == [["superseded"], ["withdrawn"], []]
    items = json.loads(files[f"{path}.json"])["items"]
    assert [item.get("tags") for item in items] == [["superseded"], ["withdrawn"], None]
    assert items[1]["title"] == "Withdrawn: Owls hear voles at night"


def test_what_was_removed_stands_nowhere_else(built):
    pages, files = built
    for path, page in pages.items():
        assert path == "papers/away.md" or "whales" not in page.body, path
    for path, text in files.items():
        assert path in {"papers/away/index.md", "data/urls.txt"} or "whales" not in text, path
    assert "away" not in files["new/arrivals.json"]
    assert '"papers":3' in files["search/index/manifest.json"]
    page = pages["papers/away.md"]
    assert "removed from this index: They asked." in page.body
    assert "[10.1000/away](https://doi.org/10.1000/away)" in page.body
    assert "hear whales in" not in page.body
    assert page.head["tags"] == '<meta name="robots" content="noindex">'


@pytest.mark.usefixtures("built")
def test_an_export_has_what_was_removed_only_when_it_is_named(tmp_path):
    def export(*options):
        return (
            CliRunner()
            .invoke(main, ["export", "csv", "--content", str(tmp_path / "content"), *options])
            .output
        )

    assert "away" not in export()
    assert "removed" in export("--ids", "away")


@pytest.mark.usefixtures("built")
def test_counts_leave_out_what_was_removed(tmp_path):
    for verb in ("stats", "topics"):
        result = CliRunner().invoke(main, [verb, "--format", "json", "--content", str(tmp_path / "content")])
        assert json.loads(result.stdout)["papers"] == 3


def test_a_shelf_of_which_everything_was_removed_is_empty(shelf_on_disk):
    content = shelf_on_disk({"papers/away.yml": RECORDS["away"]})
    result = CliRunner().invoke(main, ["check", "--content", str(content)])
    assert "empty-shelf" in result.output
