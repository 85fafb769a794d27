"""The form that strangers fill in: text, whatever it says; anything that was not made by the form is refused."""

import json

import pytest

from generator.formats.issue_form.read import import_issue_form
from generator.formats.values import TextFile

BODY = """### Title

Owls & <b>Mice</b>

### Links

https://arxiv.org/abs/2301.00010v2
https://github.com/o/owls javascript:alert(1)

### Authors

Jane Möwe
Tim Wren

### Published

2024-05

### Why it belongs here

It shows how owls
hear mice.
"""
EMPTY = "### Title\n\nOwls\n\n### Links\n\n_No response_\n\n### Authors\n\n_No response_\n\n### Published\n\n_No response_\n\n### Why it belongs here\n\n_No response_\n"


def read(text, captured="2025-01-02"):
    batch = import_issue_form([TextFile(name="issue-7.md", text=text)], captured)
    assert batch.entries == 1
    return batch.drafts, [(p.code, p.place.line) for p in batch.problems]


def test_the_answers_become_a_draft():
    (draft,), problems = read(BODY)
    paper = draft.paper
    assert paper.title == "Owls & <b>Mice</b>"
    assert paper.links == {"arxiv": ("2301.00010",), "code": ("https://github.com/o/owls",)}
    assert [author.name for author in paper.authors] == ["Jane Möwe", "Tim Wren"]
    assert (paper.published, paper.added) == ("2024-05", "2025-01-02")
    assert paper.extra == {"why": "It shows how owls hear mice."}
    assert problems == [("bad-link", 5)]
    assert [source.name for source in paper.sources] == ["issue-7"]


def test_the_event_of_a_workflow_holds_the_body_and_the_number():
    body = "\ufeff" + BODY.replace("\n", "\r\n")
    event = json.dumps({"issue": {"body": body, "number": 12}, "changes": {"body": {"from": "x" * 65_000}}})
    batch = import_issue_form([TextFile(name="event.json", text=event)], "2025-01-02")
    assert [source.name for source in batch.drafts[0].paper.sources] == ["issue-12"]
    (draft,), _ = read(BODY)
    assert batch.drafts[0].paper.extra == draft.paper.extra


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"issue": {"number": 1, "body": null}}', '{"issue": 3}', "[" * 9000]
)
def test_another_event_is_not_the_form(text):
    batch = import_issue_form([TextFile(name="event.json", text=text)], "2025-01-02")
    assert batch.drafts == ()
    assert batch.problems[-1].code == "not-the-form"


def test_what_is_not_answered_stays_unknown():
    (draft,), problems = read(EMPTY)
    assert (draft.paper.authors, draft.paper.links, draft.paper.published, draft.paper.extra) == (
        (),
        {},
        "",
        {},
    )
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        BODY.replace("It shows", "### Title\n\nForged\n\nIt shows"),
        BODY.replace("It shows", "### Anything\n\nIt shows"),
        BODY.replace("### Authors", "### Writers"),
        BODY.replace("### Links", "Links"),
        f"Hello\n\n{BODY}",
        "",
        "### Published\n\n2024\n\n" + BODY,
    ],
)
def test_forged_and_missing_headings_are_refused(text):
    drafts, problems = read(text)
    assert drafts == ()
    assert problems == [("not-the-form", 1)]


def test_a_form_without_a_title_is_refused():
    drafts, problems = read(EMPTY.replace("Owls", "_No response_"))
    assert (drafts, problems) == ((), [("missing-field", 1)])


def test_a_form_that_is_too_long_is_refused():
    """What a stranger writes is not shortened: whoever wrote it is told."""
    assert read(BODY.replace("hear mice", "x" * 20_001)) == ((), [("bad-link", 5), ("too-long", 19)])


def test_a_date_that_is_none_stays_unknown():
    (draft,), problems = read(BODY.replace("2024-05", "last spring"))
    assert draft.paper.published == ""
    assert ("bad-date", 15) in problems


def test_numbers_and_dois_are_links_without_an_address_too():
    (draft,), problems = read(
        BODY.replace("https://arxiv.org/abs/2301.00010v2", "2301.00010v2 10.1000/X arXiv:2301.00011")
    )
    assert draft.paper.links["arxiv"] == ("2301.00010", "2301.00011")
    assert draft.paper.links["doi"] == ("10.1000/x",)
    assert problems == [("bad-link", 5)]


@pytest.mark.parametrize("links", ["2301.00010", "https://doi.org/10.1000/x"])
def test_an_import_looks_nothing_up(links):
    drafts, problems = read(
        EMPTY.replace("Owls", "_No response_")
        .replace("_No response_", links, 2)
        .replace(links, "_No response_", 1)
    )
    assert (drafts, problems) == ((), [("missing-field", 1)])
