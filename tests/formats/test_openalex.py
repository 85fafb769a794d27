"""Works of OpenAlex to drafts: what its fields say for sure, and where they only seem to."""

import json

import pytest

from generator.formats.openalex.read import import_openalex
from generator.formats.values import TextFile

OWLS = {
    "id": "https://openalex.org/W42",
    "doi": "https://doi.org/10.1234/OWLS.42",
    "title": "Owls at Night:  <i>Counting</i> Mice &amp; Wrens",
    "display_name": "Owls at Night",
    "publication_year": 2024,
    "publication_date": "2024-05-06",
    "language": "en",
    "type": "article",
    "authorships": [
        {"author": {"display_name": "Ada Owl", "orcid": "https://orcid.org/0000-0002-1825-0097"}},
        {"author": {"display_name": None, "orcid": None}, "raw_author_name": "Ben Wren"},
    ],
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1234/owls.42",
        "source": {"display_name": "Journal of Owls", "type": "journal"},
    },
    "locations": [
        {"landing_page_url": "https://doi.org/10.1234/owls.42"},
        {"landing_page_url": "http://arxiv.org/abs/2401.00042", "pdf_url": "https://arxiv.org/pdf/2401.00042v2"},
    ],
    "best_oa_location": {"pdf_url": "https://owls.example.org/42.pdf"},
    "open_access": {"oa_url": "https://owls.example.org/other.pdf"},
    "biblio": {"volume": "3", "issue": "2", "first_page": "1", "last_page": "9"},
    "abstract_inverted_index": {"mice.": [3, 7], "Owls": [0], "see": [1], "<b>many</b>": [2], "We": [4], "count": [5], "the": [6]},
}  # fmt: skip


def read(value, captured=""):
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    return import_openalex([TextFile(name="works.json", text=text)], captured)


def paper_of(captured="", **changes):
    batch = read([OWLS | changes], captured)
    assert not batch.problems
    (draft,) = batch.drafts
    return draft.paper


def show(batch):
    return [(p.severity.value, p.code, str(p.place)) for p in batch.problems]


def test_a_work_becomes_a_paper():
    paper = paper_of("2025-02-01")
    (source,) = paper.sources
    assert paper.title == "Owls at Night: Counting Mice & Wrens"
    assert paper.abstract == "Owls see many mice. We count the mice."
    assert [(a.name, a.orcid) for a in paper.authors] == [
        ("Ada Owl", "0000-0002-1825-0097"),
        ("Ben Wren", ""),
    ]
    assert (paper.published, paper.language, paper.kind, paper.status) == (
        "2024-05-06",
        "en",
        "paper",
        "active",
    )
    assert (paper.venue, paper.venue_type) == ("Journal of Owls", "journal")
    assert (paper.volume, paper.issue, paper.pages) == ("3", "2", "1–9")
    assert paper.links == {
        "arxiv": ("2401.00042",),
        "doi": ("10.1234/owls.42",),
        "pdf": ("https://owls.example.org/42.pdf",),
    }
    assert (source.name, source.entry, source.date, paper.added) == (
        "works",
        "W42",
        "2025-02-01",
        "2025-02-01",
    )
    assert paper.extra == {"openalex": "W42"}


@pytest.mark.parametrize(
    ("day", "year", "published"),
    [
        ("2024-01-02", 2024, "2024-01-02"),
        ("2024-01-01", 2024, "2024"),
        (None, 2024, "2024"),
        (None, None, ""),
        (None, 0, ""),
    ],
)
def test_the_first_of_january_says_no_more_than_the_year(day, year, published):
    assert paper_of(publication_date=day, publication_year=year).published == published


def test_a_date_that_is_none_is_said_and_the_year_stays():
    batch = read([OWLS | {"publication_date": "2024-13-01"}])
    assert batch.drafts[0].paper.published == "2024"
    assert show(batch) == [("warning", "bad-date", "works.json:2")]


@pytest.mark.parametrize(
    ("form", "kind", "venue_type"),
    [
        ("journal", "article", "journal"),
        ("conference", "article", "conference"),
        ("repository", "preprint", "preprint"),
        ("repository", "article", "preprint"),
        ("repository", "dissertation", "thesis"),
        ("repository", "dataset", None),
        ("book series", "book-chapter", None),
        (None, "article", None),
    ],
)
def test_the_type_of_a_venue_is_said_only_where_it_is_sure(form, kind, venue_type):
    location = {"source": {"display_name": "Owl Store", "type": form}}
    paper = paper_of(primary_location=location, type=kind)
    assert (paper.venue, paper.venue_type) == ("Owl Store", venue_type)


@pytest.mark.parametrize(
    ("form", "kind"), [("review", "survey"), ("dataset", "dataset"), ("article", "paper"), ("book", "paper"), (None, "paper")]
)  # fmt: skip
def test_a_kind_is_taken_where_both_mean_the_same(form, kind):
    assert paper_of(type=form).kind == kind


def test_a_retracted_work_is_withdrawn_and_says_who_says_so():
    paper = paper_of(is_retracted=True)
    assert (paper.status, "OpenAlex" in paper.status_note) == ("withdrawn", True)
    assert paper_of(is_retracted=False).status == "active"
    assert paper_of(is_retracted="no").status == "active"


def test_a_doi_of_arxiv_is_its_identifier():
    paper = paper_of(doi="https://doi.org/10.48550/arXiv.2401.00042", locations=None)
    assert (paper.links["arxiv"], "doi" in paper.links) == (("2401.00042",), False)


def test_a_list_of_authors_that_is_cut_is_counted_whole():
    assert paper_of().author_count is None
    assert paper_of(authors_count=140).author_count == 140
    nameless = [{"author": {"display_name": "Ada Owl"}}, {"author": None}]
    assert (len(paper_of(authorships=nameless).authors), paper_of(authorships=nameless).author_count) == (
        1,
        2,
    )


@pytest.mark.parametrize(
    ("best", "free", "pdf"),
    [
        (None, "https://owls.example.org/a.pdf", ("https://owls.example.org/a.pdf",)),
        ({"pdf_url": None}, "https://owls.example.org/a", None),
        (None, None, None),
    ],
)
def test_an_address_is_a_pdf_only_where_it_says_so(best, free, pdf):
    assert paper_of(best_oa_location=best, open_access={"oa_url": free}).links.get("pdf") == pdf


def test_signs_that_are_no_markup_stay():
    paper = paper_of(title="Owls with x &lt; 3 and y &gt; 2: H<sub>2</sub>O, List<T> and $a<b$")
    assert paper.title == "Owls with x < 3 and y > 2: H₂O, List<T> and $a<b$"


def test_pages_of_one_page_are_no_range():
    assert paper_of(biblio={"first_page": "e12", "last_page": "e12"}).pages == "e12"
    assert paper_of(biblio={"first_page": None, "last_page": "9"}).pages == ""


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"meta": {"count": 2}, "results": [OWLS, OWLS], "group_by": []}, indent=1),
        json.dumps({"results": [OWLS, OWLS]}),
        json.dumps([OWLS, OWLS]),
        json.dumps(OWLS) + "\n\n" + json.dumps(OWLS) + "\n",
        json.dumps(OWLS, indent=2) + "\n" + json.dumps(OWLS, indent=2),
    ],
)
def test_pages_lists_and_lines_of_works_say_the_same(text):
    batch = read(text)
    assert (batch.entries, batch.problems) == (2, ())
    assert [draft.paper for draft in batch.drafts] == [paper_of(), paper_of()]


def test_a_broken_line_is_one_problem_and_the_lines_before_it_come_in():
    lines = [json.dumps(OWLS), '{"id": "W7"}', json.dumps(OWLS), json.dumps(OWLS)[:-1], json.dumps(OWLS)]
    batch = read("\n".join(lines))
    assert [draft.place.line for draft in batch.drafts] == [1, 3]
    assert [(p.code, p.place.line) for p in batch.problems] == [("bad-json", 5), ("missing-field", 2)]
    assert batch.entries == 4


def test_an_error_of_the_api_is_a_problem_that_gives_its_message():
    batch = read({"error": "Invalid query parameters error.", "message": "no such owl"})
    assert (batch.entries, show(batch)) == (1, [("error", "source-error", "works.json:1")])
    assert "no such owl" in batch.problems[0].message


def test_a_page_without_works_imports_nothing_and_says_so():
    batch = read({"meta": {"count": 0}, "results": []})
    assert (batch.entries, show(batch)) == (0, [("note", "no-entries", "works.json")])


def test_values_of_other_types_than_the_api_gives_are_as_good_as_none():
    odd = dict.fromkeys(OWLS, 7) | {"title": "Owls", "abstract_inverted_index": {"a": ["x", 10**15], "b": 3}}
    batch = read(
        [odd, {key: [None] for key in OWLS} | {"title": "Wrens"}, dict.fromkeys(OWLS) | {"title": "Mice"}]
    )
    assert [d.paper.title for d in batch.drafts] == ["Owls", "Wrens", "Mice"]
    assert batch.drafts[0].paper.abstract == "a"
    assert all(not d.paper.links and not d.paper.authors for d in batch.drafts)
