"""What holds more entries than one import may have is refused, and hardly more of it is read than that."""

import json

import pytest

from generator.formats import registry
from generator.formats.check_drafts import check_drafts
from generator.formats.csv import read as csv_table
from generator.formats.jsonl import read as jsonl
from generator.formats.jsonl.read import import_jsonl
from generator.formats.registry import read_files
from generator.formats.values import TextFile
from generator.model import Author, Source
from generator.storage import json_items

MOST = 20
ENTRY = {
    "bibtex": "@misc{a, title = {Owls}}\n",
    "ris": "TY  - JOUR\nTI  - Owls\nER  - \n",
    "arxiv": "<entry><title>Owls</title></entry>",
    "acl-xml": '<paper id="1"><title>Owls</title></paper>',
    "readme": "- [Owls at Night](https://arxiv.org/abs/2301.00010)\n",
    "csv": "Owls,2024\n",
    "jsonl": '{"title": "Owls"}\n',
    "csl-json": '{"title": "Owls"}\n',
    "hf": '{"paper": {"title": "Owls"}}\n',
    "openalex": '{"title": "Owls"}\n',
}


@pytest.fixture(autouse=True)
def few(monkeypatch):
    for module in (registry, csv_table, jsonl, json_items):
        monkeypatch.setattr(module, "ENTRIES", MOST)


@pytest.mark.parametrize("form", ENTRY)
def test_what_holds_too_many_entries_is_not_read_further(form):
    def read(number):
        head = "title,published\n" if form == "csv" else ""
        return read_files(form, [TextFile(name="many", text=head + ENTRY[form] * number)], "", {})

    batch = read(100)
    assert (batch.drafts, batch.entries) == ((), MOST + 1)
    ((code, message),) = [(p.code, p.message) for p in batch.problems]
    assert (code, message) == ("too-many", f"more than {MOST} entries, so none was imported")
    assert "too-many" not in {p.code for p in read(MOST).problems}


def test_a_text_beside_the_title_that_is_too_long_is_left_out_and_the_paper_comes_in():
    line = json.dumps(
        {"title": "Owls", "venue": "v" * 501, "extra": {"notes": "n" * 20_001, "colour": "grey"}}
    )
    batch = check_drafts(import_jsonl([TextFile(name="owls.jsonl", text=f"{line}\n")], ""))
    (draft,) = batch.drafts
    assert (draft.paper.title, draft.paper.venue, dict(draft.paper.extra)) == ("Owls", "", {"colour": "grey"})
    assert [(p.code, p.severity, p.message) for p in batch.problems] == [
        (
            "too-long",
            "warning",
            "extra.notes: 20,001 characters, more than the 20,000 allowed, so it is left out",
        ),
        ("too-long", "warning", "venue: 501 characters, more than the 500 allowed, so it is left out"),
    ]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"authors": ["Jane Owl", "x" * 501]}, {"authors": (Author(name="Jane Owl"),), "author_count": 2}),
        ({"authors": [f"Owl {n}" for n in range(10_001)]}, {"author_count": 10_001}),
        ({"editors": ["Jane Owl", "x" * 501]}, {"editors": ("Jane Owl",)}),
        ({"groups": {"keywords": ["owls", "x" * 501]}}, {"groups": {"keywords": ("owls",)}}),
        ({"groups": {"subjects": [f"nest {n}" for n in range(1001)]}}, {"groups": {"subjects": tuple(f"nest {n}" for n in range(1000))}}),
        ({"extra": {f"x{n}": "1" for n in range(1001)}}, {"extra": {f"x{n}": "1" for n in range(1000)}}),
        ({"sources": [{"name": "nest", "entry": "1", "claims": {"venue": "v" * 20_001}}]}, {"sources": (Source(name="nest", entry="1"),)}),
        ({"volume": "v" * 501, "abstract": "a" * 20_001, "language": "en"}, {"volume": "", "abstract": "", "language": "en"}),
    ],
)  # fmt: skip
def test_nothing_beside_the_title_costs_the_paper(fields, kept):
    line = json.dumps({"title": "Owls", **fields})
    batch = check_drafts(import_jsonl([TextFile(name="owls.jsonl", text=f"{line}\n")], ""))
    (draft,) = batch.drafts
    assert {name: getattr(draft.paper, name) for name in kept} == kept
    assert {(p.code, p.severity) for p in batch.problems} == {("too-long", "warning")}
