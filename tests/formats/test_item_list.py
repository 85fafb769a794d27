"""Lists in YAML and JSON to drafts: fields by their names, or by the names that a person gives."""

import json

import pytest

from generator.formats.detect import detect_format
from generator.formats.registry import read_files
from generator.formats.values import TextFile

LIST = """\
# A list.
- id: owl2024
  title: 'Owls at Night:
    Hearing Mice'
  authors: Jane Owl, Bob Wren
  year: '2024'
  paper: https://arxiv.org/abs/2401.00001
  code: null
  links: {project: https://owls.example.org, video: https://youtu.be/abcdefghijk}
  tags:
  - Night
  - Hearing
  open: true
- title: Wrens by Day
  authors:
  - {given: Jane, family: Owl}
  - {name: Bob Wren}
  paper: https://arxiv.org/abs/2401.00002
"""


def read(text, *, name="owls.yml", **columns):
    return read_files("yaml", [TextFile(name=name, text=text)], "", columns)


def test_the_fields_of_items_are_read_by_their_names():
    owls, wrens = read(LIST).drafts
    paper = owls.paper
    assert (paper.title, paper.published) == ("Owls at Night: Hearing Mice", "2024")
    assert [a.name for a in paper.authors] == ["Jane Owl", "Bob Wren"]
    assert paper.links == {
        "arxiv": ("2401.00001",), "project": ("https://owls.example.org",), "video": ("https://youtu.be/abcdefghijk",),
    }  # fmt: skip
    assert paper.groups == {"tags": ("Night", "Hearing")}
    assert paper.extra == {"open": "true"}
    assert (paper.sources[0].name, paper.sources[0].entry, owls.place.line) == ("owls", "owl2024", 2)
    assert [a.name for a in wrens.paper.authors] == ["Jane Owl", "Bob Wren"]
    assert (wrens.paper.sources[0].entry, wrens.place.line) == ("arxiv:2401.00002", 14)


def test_a_person_says_what_fields_are():
    text = "- {what: Owls, von: Jane Owl and Bob Wren, wann: 2024-05}\n"
    assert [p.code for p in read(text).problems if p.severity == "error"] == ["missing-field"]
    (draft,) = read(text, what="title", von="authors", wann="published").drafts
    assert (draft.paper.title, draft.paper.published, len(draft.paper.authors)) == ("Owls", "2024-05", 2)
    wrong = read(text, what="name", wo="venue").problems
    assert [(p.code, p.severity) for p in wrong][:2] == [
        ("unknown-field", "error"),
        ("unknown-field", "warning"),
    ]


@pytest.mark.parametrize(
    ("value", "sections"),
    [
        ({"papers": [{"title": "Owls"}, {"title": "Wrens"}]}, [None, None]),
        ({"Night": [{"title": "Owls"}], "Day": [{"title": "Wrens"}]}, [("Night",), ("Day",)]),
        ({"owls": {"title": "Owls"}, "wrens": {"title": "Wrens"}}, [None, None]),
        ([{"title": "Owls"}, {"title": "Wrens"}], [None, None]),
    ],
)
def test_lists_may_be_wrapped_divided_or_by_id(value, sections):
    for text in (json.dumps(value), json.dumps(value, indent=2)):
        batch = read(text, name="owls.json")
        assert [d.paper.title for d in batch.drafts] == ["Owls", "Wrens"]
        assert [d.paper.groups.get("sections") for d in batch.drafts] == sections
        assert detect_format("owls.json", text) == (
            "yaml" if isinstance(value, list) or "papers" in value else ""
        )


def test_an_item_without_a_title_is_named_with_its_line():
    batch = read("- title: Owls\n- year: 2024\n")
    assert (len(batch.drafts), batch.entries) == (1, 2)
    assert [(p.code, p.place.line) for p in batch.problems] == [("missing-field", 2)]


def test_a_file_that_is_no_list_is_an_error():
    for text in ("title: Owls\n", "- Owls\n- Wrens\n", "- {title: Owls\n", "[1, 2"):
        batch = read(text)
        assert not batch.drafts
        assert [p.severity for p in batch.problems if p.severity == "error"]
