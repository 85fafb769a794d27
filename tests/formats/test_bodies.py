"""Names that a source marks as one: they are one in the record, on pages and in every export."""

import json

import pytest

from generator.exports.texts import EXPORTS
from generator.formats.registry import read_files
from generator.formats.values import TextFile
from generator.model import Author, Paper
from generator.records.parse import RecordPlace, build_record, parse_record

BODY = "U.S. Dept. of Nests, Owls and Wrens"
TEXTS = {
    "bibtex": f"@misc{{x, title = {{Owls}}, author = {{{{World Bird Council}} and {{{BODY}}} and Owl, Jane and others}}, editor = {{{{{BODY}}} and Wren, Bob}}}}",
    "csl-json": json.dumps([
        {
            "title": "Owls",
            "author": [{"literal": "World Bird Council"}, {"name": BODY}, {"family": "Owl", "given": "Jane"}, {"literal": "others"}],
            "editor": [{"literal": BODY}, {"family": "Wren", "given": "Bob"}],
        }
    ]),
}  # fmt: skip


def read(format_, text):
    return read_files(format_, [TextFile(name="file", text=text)], "", {}).drafts[0].paper


@pytest.mark.parametrize("name", TEXTS)
def test_a_marked_name_stays_one(name):
    paper = read(name, TEXTS[name])
    assert [(a.name, a.literal) for a in paper.authors] == [
        ("World Bird Council", True),
        (BODY, True),
        ("Owl, Jane", False),
    ]
    assert paper.editors == (Author(name=BODY, literal=True), "Wren, Bob")
    assert [author.shown for author in paper.authors] == ["World Bird Council", BODY, "Jane Owl"]
    bibtex = EXPORTS["bibtex"].render(paper)
    assert f"author = {{{{World Bird Council}} and {{{BODY}}} and Owl, Jane and others}}" in bibtex
    assert f"editor = {{{{{BODY}}} and Wren, Bob}}" in bibtex
    item = json.loads(EXPORTS["csl-json"].render(paper))
    assert item["author"] == [
        {"literal": "World Bird Council"}, {"literal": BODY}, {"family": "Owl", "given": "Jane"}, {"literal": "others"},
    ]  # fmt: skip
    assert item["editor"] == [{"literal": BODY}, {"family": "Wren", "given": "Bob"}]
    ris = EXPORTS["ris"].render(paper).split("\r\n")
    assert [line for line in ris if line[:2] in {"AU", "ED"}] == [
        "AU  - World Bird Council", f"AU  - {BODY}", "AU  - Owl, Jane", "AU  - et al.", f"ED  - {BODY}", "ED  - Wren, Bob",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("{Owl Team} and {Nest, Inc.} and {Owl} and {\\'E}mile {Owl Wren}", [False] * 4),
        ("{\\'E}cole {des Nids}", [False]),
        ("{{\\'E}cole des Nids}", [True]),
    ],
)
def test_names_that_nothing_tears_need_no_mark(written, names):
    paper = read("bibtex", f"@misc{{x, title = {{Owls}}, author = {{{written}}}}}")
    assert [author.literal for author in paper.authors] == names


def test_a_record_says_it_in_a_mapping():
    record = {"id": "owls", "title": "Owls", "authors": ["Jane Owl", {"name": BODY, "literal": True}]}
    record["editors"] = [{"name": BODY, "literal": True}, "Max Wren"]
    paper, problems = parse_record(record, RecordPlace("owls.yml", 1))
    assert not problems
    assert [editor.literal for editor in paper.list_editors()] == [True, False]
    written = build_record(paper)
    assert (written["authors"], written["editors"]) == (record["authors"], record["editors"])


def test_only_a_number_of_authors_says_that_there_are_more():
    owl = Author(name="Owl, Jane")
    assert " and others}" in EXPORTS["bibtex"].render(
        Paper(id="x", title="Owls", authors=(owl,), author_count=3)
    )
    assert "author" not in EXPORTS["bibtex"].render(Paper(id="x", title="Owls", author_count=3))
