"""Fields of a record: their short forms, every error in words, and how they are written."""

import pytest

from generator.model import Author, Paper, Pin, Source
from generator.records.parse import FIELD_TYPES, RecordPlace, build_record, parse_record

LINES = {name: line for line, name in enumerate([*FIELD_TYPES, "owl"], start=5)}
PLACE = RecordPlace("owls.yml", 4, LINES)
KINDS = "it is one of: arxiv, doi, openreview, pdf, code, data, model, demo, project, video, page"
SEE = "see the table of fields in the documentation"


def read(**fields):
    """Return the paper of a record with these fields, and what is said of it: code, line, message and hint."""
    paper, problems = parse_record({"title": "Owls"} | fields, PLACE)
    assert {(p.severity, p.place.file) for p in problems} <= {("error", "owls.yml")}
    return paper, [(p.code, p.place.line, p.message, p.hint) for p in problems]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"authors": "Jane Doe"}, {"authors": (Author(name="Jane Doe"),)}),
        ({"authors": ["Jane Doe", {"name": "Max Wren", "orcid": "0000-0001"}]}, {"authors": (Author(name="Jane Doe"), Author(name="Max Wren", orcid="0000-0001"))}),
        ({"editors": ["Jane Doe", {"name": "Owls, Wrens", "literal": True}]}, {"editors": ("Jane Doe", Author(name="Owls, Wrens", literal=True))}),
        ({"authors": {"name": "Max Wren"}}, {"authors": (Author(name="Max Wren"),)}),
        ({"topics": "birds"}, {"topics": (Pin(id="birds"),)}),
        ({"topics": ["birds", {"id": "mice", "why": "by hand"}]}, {"topics": (Pin(id="birds"), Pin(id="mice", why="by hand"))}),
        ({"not_topics": "birds"}, {"not_topics": ("birds",)}),
        ({"aliases": "owl"}, {"aliases": ("owl",)}),
        ({"editors": "Jane Doe"}, {"editors": ("Jane Doe",)}),
        ({"sources": {"name": "page"}}, {"sources": (Source(name="page"),)}),
        ({"links": {"code": "https://a.example/", "page": ["https://b.example/", "https://c.example/"]}}, {"links": {"code": ("https://a.example/",), "page": ("https://b.example/", "https://c.example/")}}),
        ({"author_count": "12"}, {"author_count": 12}),
        ({"venue": "", "authors": [], "links": {}, "summary": None}, {}),
        ({"author_count": 0}, {"author_count": 0}),
    ],
)  # fmt: skip
def test_short_forms_mean_what_long_ones_do(fields, wanted):
    assert read(**fields) == (Paper(title="Owls", **wanted), [])


@pytest.mark.parametrize(
    ("field", "value", "message", "hint"),
    [
        ("kind", "song", "kind: Invalid enum value 'song'", "it is one of: paper, survey, benchmark, dataset, system"),
        ("venue_type", "song", "venue_type: Invalid enum value 'song'", "it is one of: journal, conference, workshop, preprint, report, book, thesis"),
        ("author_count", "many", "author_count: Expected `int | null`, got `str`", SEE),
        ("venue", ["Birds"], "venue: Expected `str`, got `array`", SEE),
        ("authors", 7, "authors: Expected `array`, got `int`", SEE),
        ("authors", [{"orcid": "0000-0001"}], "authors: a mapping missing required field `name` - at `authors[0]`", SEE),
        ("links", {"song": "https://a.example/"}, "links: Invalid enum value 'song' - at `key` in `links`", KINDS),
        ("links", {"code": 7}, "links: Expected `array`, got `int` - at `links.code`", KINDS),
        ("links", "https://a.example/", "links: Expected `object`, got `str`", KINDS),
    ],
)  # fmt: skip
def test_a_bad_field_is_told_and_the_others_stay(field, value, message, hint):
    paper, said = read(summary="Owls hunt.", **{field: value})
    assert paper == Paper(title="Owls", summary="Owls hunt.")
    assert said == [("bad-field", LINES[field], message, hint)]


def test_an_unknown_field_is_told_with_those_that_there_are():
    hint = f"the fields are {', '.join(FIELD_TYPES)}; write other facts under `extra`"
    assert read(owl=1) == (Paper(title="Owls"), [("unknown-field", LINES["owl"], "unknown field 'owl'", hint)])  # fmt: skip
    paper, said = read(owl=1, venue="Birds", volume=[])
    assert paper == Paper(title="Owls", venue="Birds")
    assert len(said) == 1


def test_a_number_in_quotes_is_a_number_beside_a_fault_too():
    paper, said = read(owl=1, author_count="12")
    assert paper == Paper(title="Owls", author_count=12)
    assert [code for code, *_ in said] == ["unknown-field"]


def test_every_fault_of_a_record_is_told_at_once():
    _, said = read(owl=1, venue=[1], kind="song", author_count="many")
    assert [(code, line) for code, line, *_ in said] == [("unknown-field", LINES["owl"]), ("bad-field", LINES["venue"]), ("bad-field", LINES["kind"]), ("bad-field", LINES["author_count"])]  # fmt: skip


def test_without_a_title_there_is_no_record():
    for record in ({"venue": "Birds"}, {"title": "", "venue": "Birds"}):
        paper, (problem,) = parse_record(record, PLACE)
        assert paper is None
        assert (problem.code, problem.message, problem.hint) == ("missing-field", "the record has no title", "add `title: …`")  # fmt: skip
        assert problem.place.line == LINES["title"]
    paper, problems = parse_record({"title": ["Owls"]}, PLACE)
    assert paper is None
    assert [p.code for p in problems] == ["bad-field"]


@pytest.mark.parametrize("value", [None, "Owls", ["Owls"], 7])
def test_what_is_no_mapping_is_no_record(value):
    paper, (problem,) = parse_record(value, PLACE)
    assert paper is None
    assert (problem.code, problem.message, problem.hint) == ("bad-field", "a record must be a mapping of fields", "write `title: …` and so on")  # fmt: skip
    assert (problem.place.file, problem.place.line) == ("owls.yml", 4)


def test_a_record_is_written_in_its_order_and_as_short_as_it_can_be():
    paper = Paper(
        id="owls",
        title="Owls",
        venue="Birds",
        summary="Owls hunt.",
        authors=(Author(name="Jane Doe"), Author(name="Max Wren", orcid="0000-0001")),
        topics=(Pin(id="birds"), Pin(id="mice", why="by hand")),
        links={"code": ("https://a.example/",), "page": ("https://b.example/", "https://c.example/")},
        editors=("A", "B"),
        author_count=0,
    )
    record = build_record(paper)
    assert record == {
        "id": "owls",
        "title": "Owls",
        "summary": "Owls hunt.",
        "authors": ["Jane Doe", {"name": "Max Wren", "orcid": "0000-0001"}],
        "author_count": 0,
        "venue": "Birds",
        "editors": ["A", "B"],
        "links": {"code": "https://a.example/", "page": ["https://b.example/", "https://c.example/"]},
        "kind": "paper",
        "topics": ["birds", {"id": "mice", "why": "by hand"}],
    }
    assert list(record) == ["id", *(name for name in FIELD_TYPES if name in record and name != "id")]
    assert not [value for value in record.values() if isinstance(value, tuple)]
    assert parse_record(record, PLACE) == (paper, ())
    assert build_record(Paper(title="Owls")) == {"id": "", "title": "Owls", "kind": "paper"}


def test_every_item_of_a_field_is_looked_at():
    _, said = read(links={"song": "x", "code": "https://a.example/", "tune": "y"}, authors=["J", {"name": 1}, {"orcid": "x"}])  # fmt: skip
    assert [message for *_, message, _ in said] == [
        "links: Invalid enum value 'song' - at `key` in `links`",
        "links: Invalid enum value 'tune' - at `key` in `links`",
        "authors: Expected `str`, got `int` - at `authors[1].name`",
        "authors: a mapping missing required field `name` - at `authors[2]`",
    ]
