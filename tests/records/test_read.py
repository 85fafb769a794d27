"""Reading a shelf: every error in one run, with file and line."""

import pytest
from goldens import goldens, show

from generator.model import Author, Paper, Pin, Shelf, Source
from generator.pipeline import load_content
from generator.records.read import load_shelf
from generator.records.write import write_shelf


@pytest.mark.parametrize("case", goldens("shelf"))
def test_faults_are_named_with_file_and_line(case, shelf_on_disk):
    shelf, _, problems = load_content(shelf_on_disk(case["files"]))
    assert show(problems) == case["problems"]
    assert list(shelf.papers) == case["papers"]


@pytest.mark.parametrize("layout", ["yaml", "jsonl"])
def test_what_is_written_is_read_back(tmp_path, layout):
    paper = Paper(
        id="owls",
        title="Owls: “at” #Night & 007",
        summary="One. Two.",
        authors=(Author(name="A. Wren"), Author(name="B. Owl", orcid="0000-0001")),
        author_count=2,
        published="2024",
        links={"arxiv": ("2401.00001",), "code": ("https://example.org/a", "https://example.org/b")},
        topics=(Pin(id="birds"), Pin(id="night", why="“night” in the title")),
        kind="survey",
        featured=True,
        sources=(Source(name="page", entry="1", date="2025-03-01", discussion=3, claims={"title": "OWLS"}),),
        extra={"series": "no"},
    )
    empty = Shelf(papers={}, places={})
    write_shelf(tmp_path, empty, {"owls": paper}, None, layout=layout)
    shelf, problems = load_shelf(tmp_path)
    assert problems == ()
    assert shelf.papers == {"owls": paper}
    assert write_shelf(tmp_path, shelf, shelf.papers, None) == ()


def test_a_changed_record_is_written_where_it_stands(shelf_on_disk):
    content = shelf_on_disk({"papers/a.yaml": "id: owls\ntitle: Owls\n"})
    shelf, _ = load_shelf(content)
    changed = {"owls": Paper(id="owls", title="Owls", venue="Birds")}
    assert write_shelf(content, shelf, changed, None) == ("papers/a.yaml", "shelf.yml")
    assert load_shelf(content)[0].papers == changed


def test_an_unreadable_file_does_not_hide_the_others(shelf_on_disk):
    content = shelf_on_disk({"papers/a.yml": b"title: \xff", "papers/b.yml": "title: B"})
    shelf, problems = load_shelf(content)
    assert show(problems) == ["unreadable-file papers/a.yml:1"]
    assert list(shelf.papers) == ["b"]
