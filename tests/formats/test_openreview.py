"""Submissions of OpenReview, in the answers of both versions of its API."""

import json

import pytest

from generator.formats.detect import detect_format
from generator.formats.openreview.read import import_openreview
from generator.formats.values import TextFile

NOTE = {
    "id": "aB3_d-Efgh",
    "forum": "aB3_d-Efgh",
    "invitations": ["Owls.cc/2024/Conference/-/Submission"],
    "cdate": 1_690_000_000_000,
    "pdate": 1_705_406_400_000,
    "content": {
        "title": {"value": "Owls at Night"},
        "authors": {"value": ["Ada Owl", "Ben Wren"]},
        "abstract": {"value": "About owls."},
        "keywords": {"value": ["owls", "night vision"]},
        "venue": {"value": "Owls 2024 poster"},
        "venueid": {"value": "Owls.cc/2024/Conference"},
        "pdf": {"value": "/pdf/0123.pdf"},
    },
}
OLD = {
    "id": "aB3_d-Efgh",
    "forum": "aB3_d-Efgh",
    "invitation": "Owls.cc/2020/Conference/-/Blind_Submission",
    "content": {
        "title": "Owls at Night",
        "authors": ["Ada Owl"],
        "TL;DR": "Owls see.",
        "_bibtex": "@inproceedings{x,\ntitle={Owls},\nyear={2020},\n}",
    },
}


def read(*notes):
    text = json.dumps({"notes": notes, "count": len(notes)})
    batch = import_openreview([TextFile(name="openreview", text=text)], "2026-01-02")
    return [draft.paper for draft in batch.drafts], [problem.code for problem in batch.problems]


def change(**content):
    return {
        **NOTE,
        "content": {**NOTE["content"], **{name: {"value": value} for name, value in content.items()}},
    }


def test_a_submission_is_read_whole():
    (paper,), problems = read(NOTE)
    assert problems == []
    assert (paper.title, paper.abstract, paper.published) == ("Owls at Night", "About owls.", "2024-01-16")
    assert [author.name for author in paper.authors] == ["Ada Owl", "Ben Wren"]
    assert (paper.venue, paper.venue_type) == ("Owls 2024 poster", "conference")
    assert paper.links == {"openreview": ("aB3_d-Efgh",)}
    assert paper.extra == {"keywords": "owls; night vision"}
    assert [(s.name, s.entry, s.date) for s in paper.sources] == [("openreview", "aB3_d-Efgh", "2026-01-02")]


def test_the_first_version_of_the_api_is_read_too():
    (paper,), problems = read(OLD)
    assert (paper.title, paper.published, paper.extra) == ("Owls at Night", "2020", {"tldr": "Owls see."})
    assert problems == []


@pytest.mark.parametrize(
    ("venue", "where", "status"),
    [
        ("Submitted to Owls 2024", "Owls.cc/2024/Conference", "active"),
        ("Owls 2024", "Owls.cc/2024/Conference/Rejected_Submission", "active"),
        ("Owls 2024 Conference Withdrawn Submission", "Owls.cc/2024/Conference/Withdrawn_Submission", "withdrawn"),
    ],
)  # fmt: skip
def test_a_venue_that_has_not_accepted_a_paper_is_none(venue, where, status):
    (paper,), _ = read(change(venue=venue, venueid=where))
    assert (paper.venue, paper.venue_type, paper.status) == ("", None, status)
    assert paper.extra["submitted_to"] == venue


def test_a_review_is_no_paper():
    assert read({**NOTE, "id": "Xy12345678"}) == ([], ["not-an-entry"])


@pytest.mark.parametrize(
    ("note", "problem"),
    [
        ({**NOTE, "content": {}}, "missing-field"),
        ({**NOTE, "id": "<b>", "forum": "<b>"}, "missing-field"),
        ({}, "missing-field"),
        (7, "bad-json"),
    ],
)
def test_what_has_no_title_or_id_is_left_out(note, problem):
    assert read(note) == ([], [problem])


def test_hostile_fields_are_text_or_nothing():
    (paper,), problems = read(
        {**change(title="<script>alert(1)</script>\nOwls", authors=[7, "A", None], pdf="javascript:alert(1)", keywords={"x": 1}), "pdate": 10**30}
    )  # fmt: skip
    assert paper.title == "<script>alert(1)</script> Owls"
    assert [author.name for author in paper.authors] == ["A"]
    assert (paper.published, problems) == ("", ["bad-link"])
    assert "javascript" not in str(paper.links)


@pytest.mark.parametrize("note", [NOTE, OLD])
def test_an_answer_is_detected_and_its_file_is_the_source(note):
    text = json.dumps({"notes": [note, {**note, "id": "Xy12345678"}], "count": 2})
    assert detect_format("x.json", text) == "openreview"
    batch = import_openreview([TextFile(name="owls.json", text=text)], "")
    assert batch.entries == 1
    assert [s.name for s in batch.drafts[0].paper.sources] == ["owls"]
    assert [(p.code, p.severity) for p in batch.problems] == [("not-an-entry", "note")]
