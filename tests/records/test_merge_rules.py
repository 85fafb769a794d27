"""The rules of merging one by one, in the words that a person reads."""

import pytest

from generator.limits import MERGES
from generator.model import Author, Draft, Paper, Source
from generator.problems import Place
from generator.records.candidates import find_disagreement, find_surnames, list_identifiers
from generator.records.deduplicate import Merge, merge_drafts


def draft(line, title="Owls at Night", file="page.txt", sources=(), **facts):
    return Draft(paper=Paper(title=title, sources=sources, **facts), place=Place(file=file, line=line))


def names(*texts):
    return tuple(Author(name=text) for text in texts)


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ({"links": {"doi": ("10.1000/a",)}}, {"links": {"doi": ("10.1000/b", "10.1000/c")}}, "its doi identifier is 10.1000/b, not 10.1000/a"),
        ({"links": {"doi": ("10.1000/a", "10.1000/c")}}, {"links": {"doi": ("10.1000/b", "10.1000/c")}}, ""),
        ({"links": {"doi": ("10.1000/a",)}}, {"links": {"arxiv": ("2401.00001",)}}, ""),
        ({"links": {"arxiv": ("2401.00001",), "doi": ("10.1000/a",)}}, {"links": {"arxiv": ("2401.00001",), "doi": ("10.1000/b",)}}, "its doi identifier is 10.1000/b, not 10.1000/a"),
        ({"links": {"code": ("https://a.example/",)}}, {"links": {"code": ("https://b.example/",)}}, ""),
        ({"authors": names("A. Wren", "B. Owl")}, {"authors": names("Owl, Bea", "C. Mouse")}, ""),
        ({"authors": names("A. Wren", "B. Owl", "D. Crow")}, {"authors": names("B. Owl", "C. Mouse", "E. Rook")}, "its authors are different"),
        ({"authors": names("A. Wren")}, {}, ""),
        ({}, {"authors": names("A. Wren")}, ""),
        ({"authors": names("A. Wren")}, {"authors": names("B. Owl")}, "its authors are different"),
        ({"authors": names("A. Wren")}, {"authors": names("B. Wren", "C. Owl", "D. Crow")}, ""),
        ({"published": "2021-05"}, {"published": "2023"}, ""),
        ({"published": "2023"}, {"published": "2021-05"}, ""),
        ({"published": "2021-05"}, {"published": "2024-01-02"}, "it was published in 2024, not 2021"),
        ({"published": "2024"}, {"published": "2021-05"}, "it was published in 2021, not 2024"),
        ({"published": "2024"}, {}, ""),
        ({}, {"published": "2024"}, ""),
    ],
)  # fmt: skip
def test_what_makes_two_works_of_one_title(one, two, why):
    assert find_disagreement(Paper(title="Owls", **one), Paper(title="Owls", **two)) == why


def test_family_names_are_folded_and_blank_ones_left_out():
    assert find_surnames(names("Möwe, Jane", "Max de Wren", "OWL, B., Jr.", " ")) == {"mowe", "wren", "owl"}


def test_names_that_are_known_already_are_not_worked_out_again():
    one, two = Paper(title="Owls", authors=names("A. Wren")), Paper(title="Owls", authors=names("B. Owl"))
    assert find_disagreement(one, two, {"owl"}) == ""


def test_what_names_a_work_has_its_kind():
    paper = Paper(title="Owls", links={"code": ("https://a.example/",), "doi": ("10.1000/a", "10.1000/b"), "arxiv": ("2401.00001",)})  # fmt: skip
    assert sorted(list_identifiers(paper)) == [("arxiv", "2401.00001"), ("doi", "10.1000/a"), ("doi", "10.1000/b")]  # fmt: skip


def conflicts(papers, *drafts):
    report = merge_drafts(papers, drafts)
    hint = "if they are the same paper, correct the record or the input; if not, import with --keep-both"  # fmt: skip
    assert {(p.code, p.severity, p.hint) for p in report.refused} <= {("conflict", "error", hint)}
    return [(p.place.file, p.place.line, p.message) for p in report.refused]


OWLS = {"owls": Paper(id="owls", title="Owls at Night", published="2020", aliases=("night-owls",))}


def test_a_conflict_says_what_looks_like_what_and_why():
    same = "the same title, but it was published in 2024, not 2020"
    assert conflicts(OWLS, draft(3, published="2024")) == [("page.txt", 3, f"“Owls at Night” looks like owls (“Owls at Night”): {same}")]  # fmt: skip
    assert conflicts({}, draft(1, published="2020"), draft(2, "OWLS at Night", published="2024")) == [("page.txt", 2, f"“OWLS at Night” looks like another entry (page.txt:1, “Owls at Night”): {same}")]  # fmt: skip
    links = {"doi": ("10.1000/a",)}
    other = "“Wrens” looks like another entry (page.txt:1, “Owls at Night”): the same doi identifier 10.1000/a, but another title or record"
    assert conflicts({}, draft(1, links=links), draft(2, "Wrens", links=links)) == [("page.txt", 2, other)]
    for key in ("owls", "night-owls"):
        said = f"“Wrens” looks like owls (“Owls at Night”): the same id {key}, but another title"
        assert conflicts(OWLS, draft(1, "Wrens", id=key)) == [("page.txt", 1, said)]
        assert conflicts(OWLS, draft(1, "Wrens", id="wrens", aliases=(key,))) == [("page.txt", 1, said)]


def test_identifiers_of_two_records_are_for_a_person_whatever_the_title():
    papers = {key: Paper(id=key, title="Owls at Night", links={"doi": (f"10.1000/{key}",)}) for key in ("a", "b")}  # fmt: skip
    ((_, line, message),) = conflicts(papers, draft(4, links={"doi": ("10.1000/a", "10.1000/b")}))
    assert line == 4
    assert message.endswith("the same doi identifier 10.1000/a, but another title or record")


def test_a_list_may_give_an_identifier_twice_under_titles_that_are_alike():
    links = {"arxiv": ("2401.00001",)}
    drafts = [
        draft(1, "Owls with Ears: A Study", links=links),
        draft(2, "Owls with Big Ears: A Study", links=links),
    ]
    (merge,) = merge_drafts({}, drafts).merges
    assert merge.why == "the same arxiv identifier 2401.00001"


def test_an_identifier_that_a_merge_brought_names_the_paper_from_then_on():
    one = draft(1, links={"arxiv": ("2401.00001",)})
    both = draft(2, links={"arxiv": ("2401.00001",), "doi": ("10.1000/a",)})
    last = draft(3, links={"doi": ("10.1000/a",)})
    report = merge_drafts({}, [one, both, last])
    assert [m.why for m in report.merges] == ["the same arxiv identifier 2401.00001", "the same doi identifier 10.1000/a"]  # fmt: skip
    assert report.merges[0] == Merge(place=both.place, title="Owls at Night", into="owls-at-night", why="the same arxiv identifier 2401.00001", known=True)  # fmt: skip


def test_of_papers_with_one_title_the_one_that_nothing_disagrees_with_gets_the_entry():
    papers = {key: Paper(id=key, title="Owls at Night", published=year) for key, year in (("a", "2010"), ("b", "2024"))}  # fmt: skip
    (merge,) = merge_drafts(papers, [draft(1, published="2025")]).merges
    assert (merge.into, merge.why) == ("b", "the same title")


def test_a_known_entry_is_one_whose_source_the_record_has():
    source, other = (Source(name="page", entry=entry, date="2025-03-01") for entry in "12")
    papers = {"owls": Paper(id="owls", title="Owls at Night", sources=(source,))}
    report = merge_drafts(papers, [draft(1, sources=(source,)), draft(2, sources=(other,))])
    assert [m.known for m in report.merges] == [True, False]
    assert report.added == ()


def test_a_paper_takes_no_more_entries_than_the_limit():
    report = merge_drafts({}, [draft(line) for line in range(1, MERGES + 2)])
    assert len(report.merges) == MERGES - 1
    (problem,) = report.refused
    assert problem.message.endswith(f": {MERGES} entries of this import were already merged into this paper")
    assert problem.place.line == MERGES + 1


def test_an_entry_that_would_make_a_record_too_long_is_refused():
    pages = tuple(f"https://a.example/{number}" for number in range(600))
    more = tuple(f"https://b.example/{number}" for number in range(600))
    report = merge_drafts({}, [draft(1, links={"page": pages}), draft(2, links={"page": more}), draft(3)])
    assert [(p.place.line, p.message.split("): ")[1]) for p in report.refused] == [(2, "links: 1,200 values of one kind; at most 1,000 are allowed")]  # fmt: skip
    assert [m.place.line for m in report.merges] == [3]
    papers = {"owls": Paper(id="owls", title="Owls at Night", links={"doi": ("10.1000/a",), "page": pages})}
    (refused,) = merge_drafts(papers, [draft(1, links={"doi": ("10.1000/a",), "page": more})]).refused
    assert refused.message.endswith("): links: 1,200 values of one kind; at most 1,000 are allowed")


def test_merges_are_told_in_the_order_of_the_files():
    drafts = [draft(n, title, file=file) for title in ("Wrens", "Owls") for file in ("b.txt", "a.txt") for n in (10, 9)]  # fmt: skip
    report = merge_drafts({}, drafts)
    assert [(m.place.file, m.place.line) for m in report.merges] == [("a.txt", 10), ("a.txt", 10), ("b.txt", 9), ("b.txt", 9), ("b.txt", 10), ("b.txt", 10)]  # fmt: skip
    assert report.added == ("owls", "wrens")


def test_the_first_entry_is_that_of_the_earliest_day_then_of_the_first_number():
    def of(entry, date, title):
        return draft(1, title, sources=(Source(name="page", entry=entry, date=date),), published=date[:4])

    late, early = of("1", "2030-01-01", "Owls"), of("2", "2020-01-01", "OWLS")
    assert [p.place.line for p in merge_drafts({}, [late, early]).refused] == [1]
    (paper,) = merge_drafts({}, [late, early]).papers.values()
    assert paper.title == "OWLS"
    tenth, ninth = draft(10, "Owls", published="2030"), draft(9, "OWLS", published="2020")
    assert [p.place.line for p in merge_drafts({}, [tenth, ninth]).refused] == [10]
    first, second = draft(2, "Owls", file="a.txt", published="2030"), draft(1, "Owls", file="b.txt", published="2020")  # fmt: skip
    assert [p.place.file for p in merge_drafts({}, [second, first]).refused] == ["b.txt"]
    numbers = [of(entry, "2020-01-01", "Owls") for entry in ("10", "9")]
    numbers[0] = draft(1, "Owls", sources=numbers[0].paper.sources, published="2030")
    (paper,) = merge_drafts({}, numbers).papers.values()
    assert paper.published == "2020"


def test_a_brought_id_must_be_one_and_not_reserved_and_stays_with_the_first():
    for wish, key in (("night", "night"), ("index", "owls-at-night"), ("Not One", "owls-at-night")):
        assert list(merge_drafts({}, [draft(1, id=wish)]).papers) == [key]
    assert list(merge_drafts({}, [draft(1), draft(2, id="b"), draft(3, id="c")]).papers) == ["b"]
    taken = [draft(1, "Ants", id="ants"), draft(2), draft(3, id="ants")]
    report = merge_drafts({}, taken)
    assert sorted(report.papers) == ["ants", "owls-at-night"]
    assert report.papers["ants"].title == "Ants"


def test_a_successor_that_is_not_there_is_left_out_with_a_word():
    drafts = [draft(7, superseded_by="wrens"), draft(8, "Mice", superseded_by="owls-at-night")]
    report = merge_drafts({}, drafts)
    assert [p.superseded_by for p in report.papers.values()] == ["owls-at-night", ""]
    (doubt,) = report.doubts
    assert (doubt.code, doubt.severity, doubt.place.line) == ("unknown-paper", "warning", 7)
    assert doubt.message == "superseded_by of owls-at-night: no record has the id 'wrens', so it is left out"
    assert doubt.hint == "import that record, too, and write its id into this record"
    kept = {"owls": Paper(id="owls", title="Owls", superseded_by="gone")}
    untouched = merge_drafts(kept, [draft(1, "Wrens")])
    assert untouched.papers["owls"].superseded_by == "gone"
    assert not untouched.doubts


def test_records_stand_by_id_and_nothing_else_of_them_changes():
    papers = {key: Paper(id=key, title=f"Of {key}") for key in ("wrens", "mice")}
    report = merge_drafts(papers, [draft(1)])
    assert list(report.papers) == ["mice", "owls-at-night", "wrens"]
    assert report.papers["wrens"] is papers["wrens"]
    assert report.added == ("owls-at-night",)
    assert report.merges == ()


def test_a_number_of_arxiv_and_its_doi_name_one_paper():
    number, doi = {"arxiv": ("2401.00042",)}, {"doi": ("10.48550/arxiv.2401.00042",)}
    (merge,) = merge_drafts({}, [draft(1, links=number), draft(2, links=doi)]).merges
    assert merge.why == "the same arxiv identifier 2401.00042"
    ((_, line, message),) = conflicts({}, draft(1, links=number), draft(2, "Wrens", links=doi))
    assert line == 2
    assert "the same arxiv identifier 2401.00042, but another title" in message


def test_a_new_paper_is_not_given_the_id_that_was_anothers():
    drafts = [draft(1), draft(2, "Wrens"), draft(3, "Ants", id="ants")]
    report = merge_drafts({}, drafts, lambda key, paper: key == "owls-at-night" and bool(paper.title))
    ants, owls, wrens = report.added
    assert (ants, wrens) == ("ants", "wrens")
    assert owls.startswith("owls-at-night-")


def test_a_brought_id_that_was_anothers_counts_for_nothing():
    report = merge_drafts(
        {},
        [draft(1, id="owls"), draft(2, id="night")],
        lambda key, paper: key == "owls" and bool(paper.title),
    )
    assert list(report.papers) == ["night"]
    assert list(merge_drafts({}, [draft(1, id="owls")], lambda key, _: key == "owls").papers) == [
        "owls-at-night"
    ]


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ({"arxiv": ("2401.00001",)}, {"doi": ("10.48550/arxiv.2401.00002",)}, "its arxiv identifier is 2401.00002, not 2401.00001"),
        ({"arxiv": ("2401.00001",)}, {"doi": ("10.48550/arxiv.2401.00001",)}, ""),
        ({"arxiv": ("math.GT/0309136",)}, {"doi": ("10.48550/arxiv.math/0309136",)}, ""),
    ],
)  # fmt: skip
def test_numbers_in_dois_of_arxiv_are_numbers_of_arxiv(one, two, why):
    assert find_disagreement(Paper(title="Owls", links=one), Paper(title="Owls", links=two)) == why
