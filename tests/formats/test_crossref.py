"""Works of Crossref to drafts: one or many, with markup of publishers and dates in every form."""

import json

import pytest

from generator.formats.crossref.read import import_crossref
from generator.formats.detect import detect_format
from generator.formats.values import TextFile

WORK = {
    "DOI": "10.1000/NEST.1", "type": "journal-article", "title": ["Nests of <i>Strix</i> &amp; CO<sub>2</sub>"], "is-referenced-by-count": 4,
    "author": [{"given": "Jane", "family": "van Owl", "suffix": "Jr."}, {"name": "Nest Team"}], "container-title": ["Birds &amp; Beasts"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Owls nest.</jats:p><jats:p>Wrens do too.</jats:p>", "issued": {"date-parts": [[2024, 3]]},
    "volume": "3", "page": "11-19", "indexed": {}, "deposited": {},
}  # fmt: skip


def read(value):
    return import_crossref([TextFile(name="nests.json", text=json.dumps(value))], "")


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": WORK},
        {"status": "ok", "message-type": "work-list", "message": {"facets": {}, "total-results": 1, "items": [WORK], "query": {}}},
        [WORK],
        WORK,
    ],
)  # fmt: skip
def test_a_work_becomes_a_draft_in_every_answer(answer):
    assert detect_format("x.json", json.dumps(answer)) == "crossref"
    batch = read(answer)
    (draft,) = batch.drafts
    paper = draft.paper
    assert (paper.title, paper.abstract) == ("Nests of Strix & CO₂", "Owls nest. Wrens do too.")
    assert [a.name for a in paper.authors] == ["Jane van Owl Jr.", "Nest Team"]
    assert (paper.venue, paper.venue_type, paper.published) == ("Birds & Beasts", "journal", "2024-03")
    assert (batch.entries, batch.problems) == (1, ())


def test_works_have_their_own_lines_and_a_long_answer_is_read():
    works = [WORK | {"DOI": f"10.1000/{n}", "reference": ["x" * 1000] * 20} for n in range(100)]
    text = json.dumps({"message-type": "work-list", "message": {"items": works}}, indent=0)
    batch = import_crossref([TextFile(name="nests.json", text=text)], "")
    assert (len(batch.drafts), batch.problems) == (100, ())
    assert len({draft.place.line for draft in batch.drafts}) == 100


@pytest.mark.parametrize(
    ("issued", "date", "claim", "codes"),
    [
        ({"date-parts": [[None]]}, "", None, []),
        ({"date-parts": [["2024", "3", 5]]}, "2024-03-05", None, []),
        ({"date-parts": [[2024, 13]]}, "2024", "2024-13", []),
        ({"date-parts": [[-44]]}, "", "-44", ["bad-date"]),
        (None, "", None, []),
    ],
)
def test_a_date_that_is_not_certain_is_a_claim(issued, date, claim, codes):
    batch = read([WORK | {"issued": issued}])
    (draft,) = batch.drafts
    found = draft.paper.published, draft.paper.sources[0].claims.get("published")
    assert (*found, [p.code for p in batch.problems]) == (date, claim, codes)


def test_what_content_negotiation_answers_is_csl_json():
    assert (
        detect_format("x.json", json.dumps(WORK | {"title": "Nests", "type": "article-journal"}))
        == "csl-json"
    )
