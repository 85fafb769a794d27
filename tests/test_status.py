"""What became of a paper is said wherever it stands; one that was removed stands nowhere but on its own page."""

import csv
import io
import json

import bibtexparser
import feedparser
import pytest
import rispy
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.pages.parts.templates import render_markdown
from generator.pipeline import build_assets, build_site, plan_pages
from generator.records.read import load_shelf
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
    assert "This paper was withdrawn: 50% of the &#x3c;voles&#x3e; left." in render_markdown(
        pages["papers/gone.md"]
    )
    assert "This paper was superseded. See [Owls hear mice at night](owls.md)" in render_markdown(
        pages["papers/old.md"]
    )
    for path in ("papers/index.md", "topics/birds.md", "years/2024.md", "new/index.md", "index.md"):
        assert "[Owls hear voles at night]" in render_markdown(pages[path]), path
        assert render_markdown(pages[path]).count('<span class="ps-status">Withdrawn</span>') >= 1, path
        assert '<span class="ps-status">Superseded</span>' in render_markdown(pages[path]), path
    steps = render_markdown(pages["topics/birds.md"]).partition("## Start here")[2].partition("##")[0]
    assert '<span class="ps-status">Withdrawn</span>' in steps
    related = render_markdown(pages["papers/owls.md"]).partition("## Related papers")[2]
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
    assert entries["gone"]["note"] == r"Withdrawn: 50\% of the {\ensuremath{<}}voles{\ensuremath{>}} left."
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
        assert path == "papers/away.md" or "whales" not in render_markdown(page), path
    for path, text in files.items():
        assert path in {"papers/away/index.md", "data/urls.txt"} or "whales" not in text, path
    assert "away" not in files["new/arrivals.json"]
    assert '"papers":3' in files["search/index/manifest.json"]
    page = pages["papers/away.md"]
    assert "removed from this index: They asked." in render_markdown(page)
    assert "[10.1000&#x2f;away](https://doi.org/10.1000/away)" in render_markdown(page)
    assert "hear whales in" not in render_markdown(page)
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


def bring(content, name, text):
    """Import a file and return the result; the format is that of its ending."""
    form, _, ending = name.partition("@")
    file = content.parent / f"new.{ending or form}"
    file.write_text(text)
    return CliRunner().invoke(main, ["import", form, str(file), "--content", str(content)])


SAID = {
    "openalex": '{"id": "https://openalex.org/W1", "title": "Owls hear mice at night", "doi": "10.1000/owls", "is_retracted": true}',
    "acl-xml": '<collection id="2024.owls"><volume id="1"><meta><year>2024</year></meta><paper id="1"><title>Owls hear mice at night</title><doi>10.1000/owls</doi><retracted date="2024-05-01">They slept.</retracted></paper></volume></collection>',
    "bibtex@bib": "@article{a, title = {Owls hear mice at night}, doi = {10.1000/owls}, note = {Retracted: They slept.}}",
    "ris": "TY  - JOUR\nTI  - Owls hear mice at night\nDO  - 10.1000/owls\nN1  - Read on a Sunday.\nN1  - Withdrawn: They slept.\nER  - \n",
    "csl-json@json": '[{"title": "Owls hear mice at night", "DOI": "10.1000/owls", "note": "Withdrawn: They slept.\\nRead on a Sunday."}]',
    "csv": "Title,DOI,Status\nOwls hear mice at night,10.1000/owls,Retracted\n",
    "jsonl": '{"title": "Owls hear mice at night", "links": {"doi": "10.1000/owls"}, "status": "withdrawn", "status_note": "They slept."}',
    "arxiv@xml": '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry><id>http://arxiv.org/abs/2401.00001v2</id><title>Owls hear mice at night</title><arxiv:doi>10.1000/owls</arxiv:doi><arxiv:comment>This paper has been withdrawn: They slept.</arxiv:comment></entry></feed>',
}
"""What each format that can say it says of a paper that was retracted."""
OWLS = RECORDS["owls"] + "links: {doi: 10.1000/owls}\n"


@pytest.mark.parametrize("form", SAID)
@pytest.mark.parametrize("file", ["papers/owls.yml", "papers/many.jsonl"])
def test_a_retraction_that_an_import_brings_is_said_and_shown(shelf_on_disk, form, file):
    record = OWLS if file.endswith(".yml") else json.dumps({"id": "owls", "title": "Owls hear mice at night", "links": {"doi": "10.1000/owls"}})  # fmt: skip
    content = shelf_on_disk({file: record})
    result = bring(content, form, SAID[form])
    assert result.exit_code == 0, result.output
    assert "note [status-changed] owls is now withdrawn, as this entry reports" in result.output
    site, _ = build_site(Settings(content=content))
    pages = {plan.path: plan.make() for plan in plan_pages(site, Settings(content=content))}
    assert "Withdrawn" in render_markdown(pages["papers/owls.md"])
    assert site.shelf.papers["owls"].status == "withdrawn"
    if form not in {"csv", "openalex"}:
        assert "They slept." in render_markdown(pages["papers/owls.md"])
    again = bring(content, form, SAID[form])
    assert "status-" not in again.output
    assert "0 records changed" in again.output


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ("status: active  # The notice is about another paper.\n", "active"),
        ("status: superseded\nsuperseded_by: larks\n", "superseded"),
        ("status: removed\n", "removed"),
    ],
)
@pytest.mark.parametrize("form", SAID)
@pytest.mark.parametrize("ending", ["yml", "jsonl"])
def test_a_status_that_curators_wrote_stays_and_the_claim_is_kept_and_said(
    shelf_on_disk, form, own, kept, ending
):
    record = OWLS + own
    if ending == "jsonl":
        record = json.dumps({"id": "owls", **yaml.safe_load(record)}, default=str)
    content = shelf_on_disk(
        {f"papers/owls.{ending}": record, "papers/larks.yml": "title: Larks\nstatus: active\n"}
    )
    for _ in range(2):
        result = bring(content, form, SAID[form])
        assert result.exit_code == 0, result.output
        said = f"warning [status-disputed] this entry reports owls as withdrawn, but its record has the status {kept}"
        assert said in result.output
        paper = load_shelf(content)[0].papers["owls"]
        assert paper.status == kept
        assert [source.claims["status"] for source in paper.sources] == ["withdrawn"]
    assert "0 records changed" in result.output


def test_of_two_entries_the_one_that_says_more_counts_and_the_other_is_said(shelf_on_disk):
    rows = [{"id": key, "title": "Owls", "status": status} for key, status in (("a", "removed"), ("b", "withdrawn"), ("c", "active"))]  # fmt: skip
    for order in (rows, rows[::-1]):
        content = shelf_on_disk({"papers/larks.yml": "title: Larks\n"})
        result = bring(content, "jsonl", "".join(json.dumps(row) + "\n" for row in order))
        assert "owls" not in load_shelf(content)[0].papers
        (paper,) = (p for key, p in load_shelf(content)[0].papers.items() if key != "larks")
        assert paper.status == "withdrawn"
        assert {s.entry: dict(s.claims) for s in paper.sources} == {
            "a": {"status": "removed"},
            "b": {},
            "c": {},
        }
        assert "status-changed" in result.output
        assert "status-disputed" in result.output
        (content / "papers" / f"{paper.id}.yml").unlink()


def test_a_successor_is_found_by_the_id_that_it_brings_and_circles_are_left_out(shelf_on_disk):
    content = shelf_on_disk({"papers/larks.yml": "title: Larks\n"})
    rows = [
        {"id": "their-larks", "title": "Larks"},
        {"id": "wrens", "title": "Wrens", "status": "superseded", "superseded_by": "their-larks"},
        {"id": "owls", "title": "Owls", "status": "superseded", "superseded_by": "mice"},
        {"id": "mice", "title": "Mice", "status": "superseded", "superseded_by": "owls"},
        {"id": "rooks", "title": "Rooks", "superseded_by": "nobody"},
    ]
    result = bring(content, "jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    papers, _ = load_shelf(content)
    assert {key: paper.superseded_by for key, paper in papers.papers.items()} == {
        "larks": "", "wrens": "larks", "owls": "", "mice": "", "rooks": "",
    }  # fmt: skip
    assert result.output.count("unknown-paper") == 3
    assert CliRunner().invoke(main, ["check", "--content", str(content)]).exit_code == 0
