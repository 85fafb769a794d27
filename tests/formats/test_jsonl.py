"""Records of a shelf as JSON lines: what comes in, under which id, and what is refused."""

import json

from generator.exports.texts import EXPORTS
from generator.formats.check_drafts import check_drafts
from generator.formats.jsonl.read import import_jsonl
from generator.formats.values import TextFile
from generator.model import Author, Paper, Pin
from generator.records.deduplicate import merge_drafts

FULL = Paper(
    id="night-owls", title="Owls at Night", authors=(Author(name="Jane Owl", orcid="0000-0001"), Author(name="Bob Wren")),
    published="2024-05", venue="Birds", venue_type="journal", links={"arxiv": ("2401.00001",)}, topics=(Pin(id="night", why="“owl” in the title"),),
    extra={"colour": "grey"}, aliases=("owls-by-night",), kind="survey",
)  # fmt: skip


def read(*records):
    text = "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records)
    return check_drafts(import_jsonl([TextFile(name="owls.jsonl", text=text)], ""))


def codes(batch):
    return [(p.code, p.place.line) for p in batch.problems]


def test_a_record_comes_back_with_its_id_and_all_its_facts():
    batch = read(EXPORTS["jsonl"].render(FULL).strip())
    (found,) = merge_drafts({}, batch.drafts).papers.values()
    assert (found.sources[0].name, found.sources[0].entry) == ("owls", "night-owls")
    for name in Paper.__struct_fields__:
        if name != "sources":
            assert getattr(found, name) == getattr(FULL, name)


def test_an_id_that_the_shelf_cannot_give_is_kept_as_the_entry():
    batch = read({"id": "main.7", "title": "Owls"}, {"title": "Wrens"}, {"id": 12, "title": "Mice"})
    assert not batch.problems
    assert [(d.paper.id, d.paper.sources[0].entry) for d in batch.drafts] == [
        ("", "main.7"),
        ("", "2"),
        ("", "12"),
    ]


def test_a_record_that_names_its_sources_keeps_those_and_not_the_number_of_a_line():
    sources = [{"name": "owls/list", "entry": "README.md at 1a2b"}]
    batch = read({"title": "Owls", "sources": sources}, {"id": "mice", "title": "Mice", "sources": sources})
    assert [[s.name for s in draft.paper.sources] for draft in batch.drafts] == [
        ["owls/list"],
        ["owls", "owls/list"],
    ]


def test_faults_are_named_as_on_the_shelf_and_nothing_is_lost():
    batch = read(
        {"title": "Owls", "published": "May 2024"},
        "{no json",
        ["Wrens"],
        {"id": "mice"},
        "",
        {"title": "Mice", "colour": "grey"},
        {"title": "Robins", "links": {"arxiv": "nowhere"}},
    )
    assert codes(batch) == [
        ("bad-date", 1), ("bad-json", 2), ("bad-field", 3), ("missing-field", 4), ("unknown-field", 6), ("bad-link", 7),
    ]  # fmt: skip
    assert [d.paper.title for d in batch.drafts] == ["Robins"]
    assert batch.entries == 6
