"""Files for other tools and for programs: read by independent parsers, complete, and free of what is not known."""

import csv
import gzip
import hashlib
import io
import json
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest
import rispy
from support import ROOT, papershelf

from generator.exports.texts import EXPORTS
from generator.model import Author, Paper
from generator.pages.parts import sizes
from generator.pipeline import build_assets, build_site, load_content
from generator.records.read import leave_out_removed
from generator.settings import Settings

RECORDS = {
    "owls": "title: Owls & <Mice>\nsummary: They hunt at night.\nabstract: Owls hear well.\nadded: 2025-01-06\nauthors: [Jane Möwe, {name: Tim Wren, orcid: 0000-0002-1825-0097}]\npublished: '2024'\nlinks: {doi: 10.1000/owls, code: https://github.com/o/owls}\n",
    "wrens": "title: Wrens of $x^2$\nsummary: Small birds.\nadded: 2025-01-07\nkind: survey\n",
    "bats": "title: Bats\n",
}
TOPICS = "- {id: birds, name: Birds & More, rules: [owl, wren]}\n"


def make(tmp_path, **settings):
    (tmp_path / "papers").mkdir()
    for key, text in RECORDS.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(text)
    (tmp_path / "topics.yml").write_text(TOPICS)
    values = {"site_url": "https://example.org/x/", "site_name": "Owls & Co"} | settings
    site, _ = build_site(Settings(content=tmp_path, **values))
    return {asset.path: asset.body for asset in build_assets(site, Settings(content=tmp_path, **values))}


def test_every_record_is_in_every_file(tmp_path):
    files = make(tmp_path)
    assert {entry["id"] for entry in rispy.loads(files["data/papers.ris"].decode())} == set(RECORDS)
    assert {item["id"] for item in json.loads(files["data/papers.json"])} == set(RECORDS)
    assert {row["id"] for row in csv.DictReader(io.StringIO(files["data/papers.csv"].decode()))} == set(
        RECORDS
    )
    assert files["data/papers.bib"].decode().count("@misc{") == len(RECORDS)
    assert files["data/topics/birds.bib"].decode().count("@misc{") == 2
    validator = jsonschema.Draft202012Validator(json.loads(files["data/record.schema.json"]))
    records = [json.loads(line) for line in files["data/papers.jsonl"].decode().splitlines()]
    assert {record["id"] for record in records} == set(RECORDS)
    assert [error.message for record in records for error in validator.iter_errors(record)] == []
    assert next(r for r in records if r["id"] == "owls")["abstract"] == "Owls hear well."
    assert list(validator.iter_errors({"title": "x", "colour": "red"}))


def test_relations_are_what_the_pages_show(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "topics.yml").write_text(TOPICS)
    texts = {"net": "OwlNet: Plovers", "owl": "Owls and plovers by OwlNet", "wren": "Wrens", "bats": "Bats"}
    for key, title in texts.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(f'title: "{title}"\n')
    site, _ = build_site(Settings(content=tmp_path))
    files = {asset.path: asset.body for asset in build_assets(site, Settings(content=tmp_path))}
    lines = {
        line.pop("id"): line for line in map(json.loads, files["data/relations.jsonl"].decode().splitlines())
    }
    assert list(lines) == sorted(texts)
    (other,) = lines["owl"]["related"]
    assert (other["paper"], other["topics"], other["terms"]) == ("net", [], ["OwlNet", "plovers"])
    assert other["weight"] == site.related["owl"][0].weight
    assert lines["owl"]["mentions"] == [{"paper": "net", "name": "OwlNet"}]
    assert (lines["net"]["mentioned_by"], lines["net"]["mentioned"]) == (["owl"], 1)
    assert lines["bats"] == {"related": [], "mentions": [], "mentioned_by": [], "mentioned": 0}


def test_the_own_records_have_the_form_of_the_schema(tmp_path):
    schema = json.loads(make(tmp_path)["data/record.schema.json"])
    validator = jsonschema.Draft202012Validator(schema)
    lines = papershelf("export", "jsonl", "--content", ROOT / "content").stdout.splitlines()
    shelf = leave_out_removed(load_content(ROOT / "content")[0])
    assert [json.loads(line)["id"] for line in lines] == list(shelf.papers)
    assert [e.message for line in lines for e in validator.iter_errors(json.loads(line))] == []


def test_checksums_are_those_of_the_files(tmp_path):
    files = make(tmp_path)
    lines = [line.split("  ") for line in files["data/SHA256SUMS"].decode().splitlines()]
    assert {f"data/{name}" for _, name in lines} == {p for p in files if p.startswith("data/")} - {
        "data/SHA256SUMS"
    }
    assert all(hashlib.sha256(files[f"data/{name}"]).hexdigest() == digest for digest, name in lines)


def test_a_large_shelf_is_packed_and_leaves_abstracts_out(tmp_path, monkeypatch):
    monkeypatch.setattr(sizes, "LARGE", 2)
    monkeypatch.setattr(sizes, "VERY_LARGE", 2)
    files = make(tmp_path)
    assert "data/papers.jsonl" not in files
    text = gzip.decompress(files["data/papers.jsonl.gz"]).decode()
    assert "abstract" not in text
    assert len(text.splitlines()) == len(RECORDS)
    assert gzip.decompress(files["data/topics/birds.bib.gz"]).decode().count("@misc{") == 2
    assert make_again(tmp_path) == files


def make_again(tmp_path):
    settings = Settings(content=tmp_path, site_url="https://example.org/x/", site_name="Owls & Co")
    site, _ = build_site(settings)
    return {asset.path: asset.body for asset in build_assets(site, settings)}


@pytest.mark.parametrize("path", ["feed", "topics/birds/feed"])
def test_feeds_say_what_came_and_when(tmp_path, path):
    files = make(tmp_path)
    atom = feedparser.parse(files[f"{path}.xml"])
    assert not atom.bozo
    assert [entry.title for entry in atom.entries] == ["Wrens of x²", "Owls & <Mice>"]
    assert atom.feed.updated == "2025-01-07T00:00:00Z"
    assert atom.entries[1].id == atom.entries[1].link == "https://example.org/x/papers/owls/"
    assert [author.name for author in atom.entries[1].authors] == ["Jane Möwe", "Tim Wren"]
    root = ET.fromstring(files[f"{path}.xml"])  # noqa: S314 (our own)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    feed = json.loads(files[f"{path}.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["url"] for item in feed["items"]] == [entry.link for entry in atom.entries]
    assert "authors" not in feed["items"][0]


def test_without_the_address_of_the_site_there_is_nothing_that_needs_it(tmp_path):
    files = make(tmp_path, site_url="")
    assert not [p for p in files if "feed" in p or p in {"robots.txt", "opensearch.xml"}]
    assert "llms.txt" in files


@pytest.mark.parametrize(("copies", "pretty", "path"), [("auto", True, "papers/owls/index.md"), ("on", False, "papers/owls.md"), ("off", True, None)])  # fmt: skip
def test_papers_have_copies_in_markdown(tmp_path, copies, pretty, path):
    files = make(tmp_path, copies=copies, pretty_urls=pretty)
    found = [p for p in files if p.startswith("papers/owls") and p.endswith(".md")]
    assert found == ([path] if path else [])
    if path:
        text = files[path].decode()
        assert text.startswith("# Owls & \\<Mice>\n\nThey hunt at night.\n")
        assert "Owls hear well." in text
        assert "abstract" not in files[path.replace("owls", "bats")].decode().lower()


def test_browsers_and_models_find_their_way(tmp_path):
    files = make(tmp_path)
    assert "Sitemap: https://example.org/x/sitemap.xml" in files["robots.txt"].decode()
    search = ET.fromstring(files["opensearch.xml"])  # noqa: S314 (our own)
    (url,) = search.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.attrib["template"] == "https://example.org/x/search/?q={searchTerms}"
    assert "[Birds & More](https://example.org/x/topics/birds/): 2 papers" in files["llms.txt"].decode()


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        ([], {"owls", "wrens", "bats"}),
        (["--topic", "birds"], {"owls", "wrens"}),
        (["--topic", "birds", "--kind", "survey"], {"wrens"}),
        (["--year", "2024"], {"owls"}),
        (["--has", "code"], {"owls"}),
        (["--has", "code", "--has", "data"], set()),
        (["--ids", "bats, owls"], {"bats", "owls"}),
    ],
)
def test_a_part_of_the_shelf_is_exported(tmp_path, arguments, keys):
    make(tmp_path)
    result = papershelf("export", "csl-json", "--content", tmp_path, *arguments)
    assert {item["id"] for item in json.loads(result.stdout)} == keys


def test_an_export_goes_to_a_file_and_says_what_is_wrong(tmp_path):
    make(tmp_path)
    result = papershelf("export", "bibtex", "--content", tmp_path, "-o", tmp_path / "out.bib")
    assert result.stdout == ""
    assert "3 papers" in result.stderr
    assert (tmp_path / "out.bib").read_text().startswith("@misc{bats,")
    for wrong, name in ((["--topic", "fish"], "fish"), (["--ids", "cats"], "cats")):
        result = papershelf("export", "bibtex", "--content", tmp_path, *wrong)
        assert (result.returncode, result.stdout) == (2, "")
        assert name in result.stderr


def test_nothing_is_claimed_that_is_not_known():
    paper = Paper(id="x", title="X", author_count=6, authors=())
    for export in EXPORTS.values():
        assert "uthor" not in export.render(paper).replace("author_count", "").replace("6 authors", "")
    named = Paper(id="x", title="X", authors=(Author(name="Jane Möwe"),))
    assert "Möwe" in EXPORTS["ris"].render(named)
