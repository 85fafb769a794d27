"""Papers of Semantic Scholar to drafts, in every form in which its API and its dumps have them."""

import json

import pytest

from generator.formats.detect import detect_format
from generator.formats.semantic_scholar.read import import_semantic_scholar
from generator.formats.values import TextFile

PAPER = {
    "paperId": "abc123", "corpusId": 7, "externalIds": {"DOI": "10.1000/nest.1", "ArXiv": "2403.00001", "PubMed": "91", "CorpusId": 7},
    "title": "Nests of <i>Strix</i>", "abstract": "We nest &amp; hunt.", "venue": "NEST", "year": 2024,
    "publicationVenue": {"id": "x", "name": "Journal of Nests", "type": "journal"}, "publicationDate": "2024-03-05",
    "publicationTypes": ["JournalArticle"], "journal": {"name": "J. Nests", "volume": "3", "pages": "11-19"},
    "authors": [{"authorId": "1", "name": "Jane Owl"}, {"authorId": None, "name": "Bob Wren"}], "fieldsOfStudy": ["Biology"],
    "openAccessPdf": {"url": "https://nests.example.org/1.pdf", "status": "GREEN"}, "tldr": {"model": "m", "text": "Owls nest."}, "citationCount": 4,
}  # fmt: skip


def read(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return import_semantic_scholar([TextFile(name="nests.json", text=text)], "2026-01-02")


@pytest.mark.parametrize(
    "answer",
    [
        {"total": 1, "offset": 0, "data": [PAPER]},
        {"recommendedPapers": [PAPER]},
        {"data": [{"citingPaper": PAPER, "isInfluential": False}]},
        {"data": [{"citedPaper": PAPER}]},
        [PAPER],
        PAPER,
    ],
)
def test_a_paper_becomes_a_draft_in_every_answer(answer):
    assert detect_format("x.json", json.dumps(answer)) == "semantic-scholar"
    batch = read(answer)
    (draft,) = batch.drafts
    paper = draft.paper
    assert (paper.title, paper.abstract, paper.published) == (
        "Nests of Strix",
        "We nest & hunt.",
        "2024-03-05",
    )
    assert [a.name for a in paper.authors] == ["Jane Owl", "Bob Wren"]
    assert (paper.venue, paper.venue_type, paper.volume, paper.pages) == (
        "Journal of Nests",
        "journal",
        "3",
        "11-19",
    )
    assert paper.links == {
        "arxiv": ("2403.00001",), "doi": ("10.1000/nest.1",), "pdf": ("https://nests.example.org/1.pdf",),
    }  # fmt: skip
    assert paper.groups == {"subjects": ("Biology",)}
    assert paper.extra == {
        "semantic_scholar": "abc123", "tldr": "Owls nest.", "publication_types": "JournalArticle", "pmid": "91",
    }  # fmt: skip
    assert (paper.sources[0].entry, paper.added, batch.problems) == ("abc123", "2026-01-02", ())


def test_lines_of_the_dumps_are_read_too():
    line = {"corpusid": 7, "externalids": {"DOI": "10.1000/nest.1"}, "title": "Nests", "year": 2024, "publicationdate": None, "authors": [{"name": "Jane Owl"}]}  # fmt: skip
    text = f"{json.dumps(line)}\n{json.dumps(line | {'title': 'Owls'})}\n"
    assert detect_format("x.jsonl", text) == "semantic-scholar"
    assert [(d.paper.title, d.paper.published) for d in read(text).drafts] == [
        ("Nests", "2024"),
        ("Owls", "2024"),
    ]


def test_arxiv_is_no_journal_and_its_doi_says_no_more_than_its_number():
    paper = {**PAPER, "publicationVenue": {"name": "arXiv.org", "type": "repository"}, "externalIds": {"DOI": "10.48550/arXiv.2403.00001", "ArXiv": "2403.00001"}, "journal": {"volume": "abs/2403.00001"}}  # fmt: skip
    (draft,) = read([paper]).drafts
    assert (draft.paper.venue_type, draft.paper.volume) == ("preprint", "")
    assert draft.paper.links["arxiv"] == ("2403.00001",)
    assert "doi" not in draft.paper.links


@pytest.mark.parametrize(
    ("change", "date", "claim"),
    [
        ({"publicationDate": None}, "2024", None),
        ({"publicationDate": "2023-12-31"}, "2024", "2023-12-31"),
        ({"publicationDate": "soon"}, "2024", "soon"),
        ({"year": None, "publicationDate": None}, "", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_certain(change, date, claim):
    (draft,) = read([PAPER | change]).drafts
    assert (draft.paper.published, draft.paper.sources[0].claims.get("published")) == (date, claim)


@pytest.mark.parametrize(
    ("answer", "code"),
    [({"error": "no such paper"}, "source-error"), ({"paperId": "1", "title": None}, "missing-field"), ([None], "bad-json")],
)  # fmt: skip
def test_what_is_no_paper_is_named(answer, code):
    batch = read(answer)
    assert (batch.drafts, [p.code for p in batch.problems]) == ((), [code])
