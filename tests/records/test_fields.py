"""The table of fields, and what becomes of each field where two descriptions of one paper meet: nothing is lost unsaid."""

import json
import random
from typing import get_args

import invented
import msgspec
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.cli import main
from generator.fields import FIELDS, MergeRule
from generator.model import Author, Draft, Image, Paper, Pin, Source
from generator.pipeline import load_content
from generator.problems import Place
from generator.records.deduplicate import merge_drafts
from generator.records.merge import _RULES as RULES
from generator.records.parse import RecordPlace, parse_record
from generator.storage.strict_yaml import parse_yaml

VALUES = {
    "title": ("Owls at Night", "OWLS at Night!"),
    "id": ("owls", "night-owls"),
    "key": ("owl2024nests", "wren2024nests"),
    "summary": ("Owls hunt.", "Owls hunt mice."),
    "abstract": ("Owls hear well.", "They see in the dark."),
    "authors": (["Jane Doe", "Max Wren"], ["J. Doe", "M. Wren"]),
    "author_count": (3, 5),
    "published": ("2024-05", "2023"),
    "venue": ("Birds", "Mice"),
    "venue_type": ("journal", "conference"),
    "volume": ("1", "2"),
    "issue": ("3", "4"),
    "pages": ("5-6", "7-8"),
    "editors": (["Ann Lark"], ["Bob Rook"]),
    "publisher": ("Nest", "Hollow"),
    "isbn": ("978-3-16-148410-0", "978-0-306-40615-7"),
    "language": ("en", "de"),
    "links": ({"code": "https://a.example/"}, {"code": "https://b.example/"}),
    "kind": ("survey", "benchmark"),
    "topics": (["birds"], ["mice"]),
    "not_topics": (["birds"], ["mice"]),
    "groups": ({"keywords": ["owls", "mice"]}, {"keywords": ["wrens"], "sections": ["Birds > Night"]}),
    "added": ("2025-01-02", "2025-01-03"),
    "status": ("withdrawn", "superseded"),
    "status_note": ("They left.", "They flew."),
    "superseded_by": ("wrens", "larks"),
    "aliases": (["old-owls"], ["older-owls"]),
    "featured": (True, True),
    "note": ("Read it.", "Read it twice."),
    "image": (
        {"file": "figures/owls.png", "alt": "An owl."},
        {"file": "figures/wrens.png", "alt": "A wren.", "licence": "CC0", "source": "A book"},
    ),
    "sources": ([{"name": "a list"}], [{"name": "another"}]),
    "extra": ({"seen": "once"}, {"seen": "twice"}),
}
TOPICS = "- {id: birds, name: Birds, rules: [wrens]}\n- {id: mice, name: Mice, rules: [larks]}\n"
DOI = "10.1000/owls"
CASES = {"mine": (0, None), "theirs": (None, 0), "the same": (0, 0), "others": (0, 1)}


def test_every_field_has_a_row_and_every_rule_a_function():
    assert list(FIELDS) == list(Paper.__struct_fields__)
    assert {row.merge for row in FIELDS.values()} == set(get_args(MergeRule)) == set(RULES)
    assert set(VALUES) == set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_a_meaning_and_an_example_that_is_read(field):
    row = FIELDS[field]
    assert row.meaning.endswith(".")
    title = "" if field == "title" else "title: Owls\n"
    record, _, faults = parse_yaml(f"{title}{field}: {row.example}\n", file="owls.yml")
    paper, problems = parse_record(record, RecordPlace("owls.yml", 1))
    assert (faults, problems) == ((), ())
    assert getattr(paper, field) != getattr(Paper(title=""), field)


def describe(field, number, **more):
    """Return the record that says one value of a field, or nothing of it."""
    record = {"title": "Owls at Night", "links": {"doi": DOI}} | more
    if number is None:
        return record
    value = VALUES[field][number]
    return record | {field: value | record["links"] if field == "links" else value}


@pytest.fixture
def content(shelf_on_disk):
    others = {f"papers/{key}.yml": f"title: All about {key}\n" for key in ("wrens", "larks")}
    pictures = {f"figures/{key}.png": invented.PNG for key in ("owls", "wrens")}
    return shelf_on_disk({**others, **pictures, "topics.yml": TOPICS, "shelf.yml": "format: 1\n"})


def write(content, key, record):
    (content / "papers" / f"{key}.yml").write_text(yaml.safe_dump(record))


def run(content, *arguments):
    result = CliRunner().invoke(main, [*map(str, arguments), "--content", str(content)])
    assert result.exit_code == 0, result.output
    papers, _, problems = load_content(content)
    assert not [p for p in problems if p.severity != "note"], problems
    return papers.papers, result.output


def list_texts(value):
    """Yield the texts of a value, the words that a record, a claim or a line of a report must hold."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from list_texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from list_texts(inner)
    elif value is not None:
        yield str(value).lower() if isinstance(value, bool) else str(value)


def find_unsaid(field, value, paper, output):
    """Return what of a value is neither in the record, as that field or a claim, nor in a line that names the field."""
    plain = msgspec.to_builtins(paper)
    held = set(list_texts(plain.get(field)))
    for source in plain.get("sources", ()):
        held |= {
            part
            for name, text in source.get("claims", {}).items()
            if name.partition(".")[0] == field
            for part in (text, *text.split("; "))
        }
        if field == "id":
            held.add(source.get("entry"))
    lines = [line for line in output.splitlines() if field in line or "“" in line]
    return [
        text for text in list_texts(value) if text not in held and not any(text in line for line in lines)
    ]


def check(field, numbers, paper, output):
    for number in numbers:
        if number is not None:
            value = VALUES[field][number]
            assert find_unsaid(field, value, paper, output) == [], (paper, output)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("field", VALUES)
def test_an_import_into_a_record_loses_nothing_unsaid(content, tmp_path, field, case):
    mine, theirs = CASES[case]
    if field == "id" and mine is None:
        return
    write(content, "owls", describe(field, mine))
    (tmp_path / "new.jsonl").write_text(json.dumps(describe(field, theirs)))
    papers, output = run(content, "import", "jsonl", tmp_path / "new.jsonl")
    assert set(papers) == {"larks", "owls", "wrens"}
    check(field, CASES[case], papers["owls"], output)
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    run(content, "import", "jsonl", tmp_path / "new.jsonl")
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    if mine is not None and field not in {"links", "aliases", "groups", "sources", "added"}:
        kept = build_value(field, VALUES[field][mine])
        assert getattr(papers["owls"], field) == kept, "what stands in a record stays"


def build_value(field, value):
    """Return a value as a paper has it."""
    if field == "authors":
        return tuple(Author(name=name) for name in value)
    if field == "topics":
        return tuple(Pin(id=key) for key in value)
    if field == "image":
        return Image(**value)
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("field", VALUES)
def test_two_entries_of_one_import_lose_nothing_unsaid(content, tmp_path, field, case):
    entries = [describe(field, number) for number in CASES[case]]
    (tmp_path / "new.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    papers, output = run(content, "import", "jsonl", tmp_path / "new.jsonl")
    (key,) = set(papers) - {"larks", "wrens"}
    check(field, CASES[case], papers[key], output)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("field", sorted(VALUES.keys() - {"id"}))
@pytest.mark.parametrize("sources", [[], [{"name": "a page", "entry": "7"}]], ids=["by hand", "imported"])
def test_a_merge_of_two_records_loses_nothing_unsaid(content, field, case, sources):
    if (field, case) == ("aliases", "the same"):
        return  # no shelf may have that
    into, other = CASES[case]
    write(content, "owls", describe(field, into))
    write(content, "night-owls", {"sources": sources} | describe(field, other))
    papers, output = run(content, "merge", "night-owls", "owls")
    assert "night-owls" in papers["owls"].aliases
    check(field, CASES[case], papers["owls"], output)


def draft(number, paper):
    """Return a draft from a line of a page."""
    sources = (Source(name="page", entry=str(number), date="2025-03-01"),)
    return Draft(paper=replace(paper, sources=sources), place=Place(file="page.txt", line=number))


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "summary": st.sampled_from(["Owls hunt.", "Owls rest."]),
        "abstract": st.sampled_from(["Owls hear.", "Owls see well."]),
        "venue": st.sampled_from(["Birds", "Mice"]),
        "venue_type": st.sampled_from(["journal", "preprint", "conference"]),
        "pages": st.sampled_from(["1-2", "3-4"]),
        "kind": st.sampled_from(["survey", "benchmark"]),
        "topics": st.sampled_from([(Pin(id="birds"),), (Pin(id="mice"),)]),
        "not_topics": st.sampled_from([("birds",), ("night",)]),
        "status": st.sampled_from(["withdrawn", "superseded", "removed"]),
        "status_note": st.sampled_from(["They left.", "They flew."]),
        "aliases": st.sampled_from([("a",), ("b", "c")]),
        "featured": st.booleans(),
        "extra": st.sampled_from([{"a": "1"}, {"a": "2", "b": "3"}]),
        "author_count": st.integers(1, 3),
        "published": st.sampled_from(["2024", "2024-05", "2023-01-02"]),
        "links": st.sampled_from([{"code": ("https://a.example/",)}, {"code": ("https://b.example/",)}]),
    },
)


@given(st.lists(FACTS, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_entries_decides_nothing_and_each_says_what_it_said(entries, chance):
    drafts = [draft(n, Paper(title="Owls at Night", **facts)) for n, facts in enumerate(entries, start=1)]
    report = merge_drafts({}, drafts)
    shuffled = random.Random(chance.random()).sample(drafts, len(drafts))  # noqa: S311 (an order)
    again = merge_drafts({}, shuffled)
    assert (again.papers, again.unkept, again.doubts) == (report.papers, report.unkept, report.doubts)
    (paper,) = report.papers.values()
    told = {(one.place.line, one.field, one.text) for one in report.unkept}
    for number, facts in enumerate(entries, start=1):
        (source,) = (s for s in paper.sources if s.entry == str(number))
        for name, value in facts.items():
            if (
                name in {"links", "aliases", "featured"}
                or getattr(paper, name) == value
                or name == "abstract"
            ):
                continue
            said = {**source.claims, **{field: text for line, field, text in told if line == number}}
            if name in {"topics", "not_topics"}:
                held = [getattr(pin, "id", pin) for pin in getattr(paper, name)]
                assert all(
                    getattr(one, "id", one) in [*held, *said.get(name, "").split("; ")] for one in value
                )
            elif name == "extra":
                assert all(
                    text in {paper.extra[key], said.get(f"extra.{key}")} for key, text in value.items()
                )
            else:
                assert said[name] == str(value)


def test_claims_are_those_of_the_entry_that_made_them():
    drafts = [
        draft(1, Paper(title="Owls")),
        draft(2, Paper(title="Owls", published="2023")),
        draft(3, Paper(title="Owls", published="2024-05")),
    ]
    (paper,) = merge_drafts({}, drafts).papers.values()
    assert paper.published == "2024-05"
    assert [source.claims for source in paper.sources] == [{}, {"published": "2023"}, {}]
