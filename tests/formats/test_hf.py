"""Answers of the daily-papers API to drafts: whose date is whose, who may be named, and which items are none."""

import json

import pytest

from generator.formats.hf.read import import_hf
from generator.formats.values import TextFile
from generator.storage.json_items import read_items

OWLS = {
    "paper": {
        "id": "2501.00042",
        "title": "Owls at Night:\n  Counting Mice",
        "summary": "Owls gain 4\\% of\nprey.",
        "authors": [{"name": "Ada Owl", "hidden": False}, {"name": "Ben Wren"}],
        "publishedAt": "2025-01-03T21:26:31.000Z",
        "upvotes": 26,
        "githubRepo": "https://github.com/owner/owls",
        "projectPage": "https://owls.example.org/",
        "ai_summary": "A machine says owls count.",
    },
    "publishedAt": "2025-01-06T02:44:20.973Z",
    "title": "Owls at Night: Counting Mice",
    "numComments": 3,
    "submittedBy": {"fullname": "Cy Mouse", "name": "cy"},
    "organization": {"name": "barnlab", "fullname": "Barn Lab"},
}


def item(**changes):
    """Return the item with other values: those of the paper under `paper`."""
    return OWLS | changes | {"paper": OWLS["paper"] | changes.get("paper", {})}


def read(value, captured=""):
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    return import_hf([TextFile(name="daily.json", text=text)], captured)


def paper_of(value, captured=""):
    batch = read(value, captured)
    assert not batch.problems
    (draft,) = batch.drafts
    return draft.paper


def show(batch):
    return [(p.severity.value, p.code, str(p.place)) for p in batch.problems]


def test_the_date_of_a_paper_is_its_own_and_the_day_around_it_is_that_of_the_listing():
    paper = paper_of([OWLS])
    (source,) = paper.sources
    assert (paper.published, paper.added, source.date) == ("2025-01-03", "2025-01-06", "2025-01-06")
    assert (source.name, source.entry, source.organisation, source.discussion) == (
        "daily", "2501.00042", "Barn Lab", 3,
    )  # fmt: skip


def test_texts_are_single_spaced_and_nothing_that_a_machine_wrote_is_taken():
    paper = paper_of([OWLS])
    assert paper.title == "Owls at Night: Counting Mice"
    assert (paper.abstract, paper.summary) == ("Owls gain 4% of prey.", "")
    assert paper.extra == {"upvotes": "26"}
    assert "machine" not in repr(paper)
    assert "Cy" not in repr(paper)


def test_links_are_typed_by_their_field():
    assert paper_of([OWLS]).links == {
        "arxiv": ("2501.00042",),
        "code": ("https://github.com/owner/owls",),
        "project": ("https://owls.example.org/",),
    }


@pytest.mark.parametrize(
    ("outer", "daily", "captured", "day"),
    [
        ("2025-01-06T00:00:00Z", "2025-01-07T00:00:00Z", "", "2025-01-07"),
        ("2025-01-06T00:00:00Z", None, "2025-02-01", "2025-01-06"),
        ("2025-01-02T20:00:00Z", None, "", ""),
        ("2025-01-02T20:00:00Z", None, "2025-02-01", "2025-02-01"),
        (None, None, "2025-02-01", "2025-02-01"),
        (None, None, "", ""),
    ],
)
def test_the_day_of_the_listing_is_never_guessed(outer, daily, captured, day):
    paper = paper_of([item(publishedAt=outer, paper={"submittedOnDailyAt": daily})], captured)
    assert (paper.added, paper.sources[0].date, paper.published) == (day, day, "2025-01-03")


def test_a_paper_without_its_own_date_does_not_get_that_of_the_listing():
    assert paper_of([item(paper={"publishedAt": None})]).published == ""


def test_hidden_authors_are_left_out_and_counted():
    authors = [{"name": "Ada Owl"}, {"name": "Ben Wren", "hidden": True}, {"name": " "}]
    paper = paper_of([item(paper={"authors": authors})])
    assert ([a.name for a in paper.authors], paper.author_count) == (["Ada Owl"], 3)
    assert paper_of([OWLS]).author_count is None


def test_an_id_without_the_form_of_arxiv_is_no_identifier():
    paper = paper_of([item(paper={"id": "owls-at-night"})])
    assert "arxiv" not in paper.links
    assert paper.sources[0].entry == "owls-at-night"


def test_a_discussion_that_nobody_counted_is_unknown_and_an_empty_one_is_known():
    assert paper_of([item(numComments=None)]).sources[0].discussion is None
    assert paper_of([item(numComments=0)]).sources[0].discussion == 0


@pytest.mark.parametrize("value", [OWLS, [OWLS], "\n\n" + json.dumps(OWLS), json.dumps(OWLS) + "\n"])
def test_one_item_and_a_list_of_one_say_the_same(value):
    assert paper_of(value) == paper_of([OWLS])


def test_a_paper_alone_is_read_and_its_date_is_no_listing():
    paper = paper_of(OWLS["paper"] | {"numComments": 1}, "2025-02-01")
    assert (paper.published, paper.added, paper.sources[0].discussion) == ("2025-01-03", "2025-02-01", 1)


def test_a_bad_item_is_a_problem_with_its_line_and_the_others_come_in():
    batch = read([{"paper": {"id": "2501.00001"}}, "owl", None, OWLS])
    assert (batch.entries, len(batch.drafts)) == (4, 1)
    assert sorted(show(batch)) == [
        ("error", "bad-json", "daily.json:7"),
        ("error", "bad-json", "daily.json:8"),
        ("error", "missing-field", "daily.json:2"),
    ]
    assert batch.drafts[0].place.line == 9


def test_bad_links_and_dates_are_said_and_the_paper_comes_in():
    batch = read([item(paper={"githubRepo": "javascript:owl()", "publishedAt": "yesterday"})])
    (draft,) = batch.drafts
    assert ("code" in draft.paper.links, draft.paper.published) == (False, "")
    assert draft.paper.sources[0].claims == {"published": "yesterday"}
    assert sorted(show(batch)) == [
        ("warning", "bad-date", "daily.json:2"),
        ("warning", "bad-link", "daily.json:2"),
    ]


def test_values_of_other_types_than_the_api_gives_are_as_good_as_none():
    odd = {
        "id": 7,
        "title": "Owls",
        "summary": ["x"],
        "authors": {"name": "x"},
        "publishedAt": 5,
        "upvotes": True,
    }
    paper = paper_of([{"paper": odd, "publishedAt": {}, "numComments": "3", "organization": "x"}])
    assert (paper.title, paper.authors, paper.published, dict(paper.links)) == ("Owls", (), "", {})
    assert (paper.sources[0].entry, paper.sources[0].discussion) == ("1", None)


def test_halves_of_character_pairs_and_control_characters_are_no_text():
    paper = paper_of('{"paper": {"title": "Ow\\ud800ls \\u0000at\\u001b Night"}}')
    assert paper.title == "Ow ls at Night"


def test_an_answer_that_is_an_error_is_a_problem_that_gives_its_message():
    batch = read({"error": "no such owl"})
    assert (batch.entries, show(batch)) == (1, [("error", "source-error", "daily.json:1")])
    assert "no such owl" in batch.problems[0].message


@pytest.mark.parametrize("text", ["[]", "", " \n"])
def test_an_empty_answer_imports_nothing_and_says_so(text):
    assert (read(text).entries, show(read(text))) == (0, [("note", "no-entries", "daily.json")])


@pytest.mark.parametrize(
    "text", ["<html>", "[" * 200_000, '[{"a": ' + "1" * 5000 + "}]", '{"paper": ', "[1 2]"]
)
def test_what_is_no_json_is_a_problem_and_no_crash(text):
    batch = read(text)
    assert batch.drafts == ()
    assert {p.code for p in batch.problems} == {"bad-json"}
    assert batch.entries >= 1


def test_a_list_that_breaks_off_keeps_its_whole_items_and_counts_the_broken_one():
    text = json.dumps([OWLS, OWLS], indent=1)
    batch = read(text[: text.rindex("githubRepo")])
    assert (batch.entries, len(batch.drafts)) == (2, 1)
    assert [p.code for p in batch.problems] == ["bad-json"]


@pytest.mark.parametrize(
    "broken", ['{"paper": {"title": "Mice", "title": "Bats"}}', '{"a": ' + "[" * 70 + "]" * 70 + "}"]
)
def test_an_item_whose_end_is_known_is_named_and_the_others_are_read(broken):
    batch = read(f"[{json.dumps(OWLS)},\n{broken},\n{json.dumps(OWLS)}]")
    assert (batch.entries, len(batch.drafts)) == (3, 2)
    assert show(batch) == [("error", "bad-json", "daily.json:2")]


def test_a_key_twice_around_the_items_is_named_and_they_are_read():
    def look(text):
        items, problems = read_items(text, file="f", wrapper="results")
        return [item.value for item in items], [p.message for p in problems]

    twice = "ambiguous: the key 'count' appears twice"
    assert look('{"meta": {"count": 1, "count": 2}, "results": [{"a": 1}]}') == (
        [{"a": 1}, None],
        [f"an item that is {twice}"],
    )
    assert look('{"count": "A", "count": "B"}') == ([None], [f"an item that is {twice}"])
