"""Merging: which entries are one paper, and which only a person can tell."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Author, Draft, Paper, Source
from generator.problems import Place
from generator.records.deduplicate import merge_drafts
from generator.records.merge import choose_title


def draft(number, title="Owls at Night", **facts):
    source = Source(name="page", entry=str(number), date=f"2025-03-{number:02}")
    return Draft(
        paper=Paper(title=title, sources=(source,), **facts), place=Place(file="page.txt", line=number)
    )


def codes(report):
    return [problem.code for problem in report.refused]


def test_the_same_title_in_two_spellings_is_one_record():
    report = merge_drafts(
        {}, [draft(1, "OWL^2 at Night"), draft(2, "Owl$^2$ at Night", author_count=3, added="2025-03-02")]
    )
    (paper,) = report.papers.values()
    assert paper.title == "Owl$^2$ at Night"
    assert paper.author_count == 3
    assert [s.claims for s in paper.sources] == [{"title": "OWL^2 at Night"}, {}]
    assert [(m.place.line, m.into, m.why) for m in report.merges] == [(2, paper.id, "the same title")]


def test_the_same_identifier_merges():
    links = {"arxiv": ("2401.00001",)}
    report = merge_drafts({}, [draft(1, links=links), draft(2, links=links)])
    assert len(report.papers) == 1
    assert "arxiv" in report.merges[0].why


def test_the_same_identifier_with_another_title_is_for_a_person():
    links = {"arxiv": ("2401.00001",)}
    report = merge_drafts({}, [draft(1, links=links), draft(2, "Wrens by Day", links=links)])
    assert codes(report) == ["conflict"]
    assert len(report.papers) == 1


def test_the_same_title_with_other_facts_is_for_a_person():
    for one, two in (
        ({"published": "2019"}, {"published": "2024-05"}),
        ({"authors": (Author(name="A. Wren"),)}, {"authors": (Author(name="B. Owl"),)}),
    ):
        report = merge_drafts({}, [draft(1, **one), draft(2, **two)])
        assert codes(report) == ["conflict"]
        assert report.refused[0].place.line == 2


def test_an_entry_that_is_known_changes_nothing():
    papers = merge_drafts({}, [draft(1, published="2024")]).papers
    again = merge_drafts(papers, [draft(1, published="2024")])
    assert again.papers == papers
    assert [m.known for m in again.merges] == [True]


def test_what_curators_wrote_stays():
    papers = {"owls": Paper(id="owls", title="Owls at Night", summary="Ours.", published="2024-05")}
    (paper,) = merge_drafts(
        papers, [draft(1, summary="Theirs.", published="2024", venue="Birds")]
    ).papers.values()
    assert (paper.summary, paper.published, paper.venue) == ("Ours.", "2024-05", "Birds")


def test_corrections_of_a_curator_stay_and_the_source_keeps_what_it_said():
    facts = {"title": "Owls at night!", "published": "2024-05", "author_count": 7}
    papers = {"owls": Paper(id="owls", added="2025-01-01", **facts)}
    (paper,) = merge_drafts(
        papers, [draft(1, published="2023", author_count=9, added="2025-03-01")]
    ).papers.values()
    assert (paper.title, paper.published, paper.author_count, paper.added) == (*facts.values(), "2025-01-01")
    assert paper.sources[0].claims == {"title": "Owls at Night", "published": "2023", "author_count": "9"}


titles = st.sampled_from(["Owls at Night", "owls at night!", "Wrens", "Wr$e$ns", "Robins"])
years = st.sampled_from(["", "2019", "2024", "2024-05-01"])
arxiv = st.sampled_from([{}, {"arxiv": ("2401.00001",)}, {"arxiv": ("2401.00002",)}])


@given(st.lists(st.tuples(titles, years, arxiv), max_size=8), st.randoms())
def test_nothing_is_lost_and_the_order_makes_no_difference(entries, random):
    drafts = [
        draft(n, title, published=year, links=links)
        for n, (title, year, links) in enumerate(entries, start=1)
    ]
    report = merge_drafts({}, drafts)
    assert len(report.added) + len(report.merges) + len(report.refused) == len(drafts)
    shuffled = drafts[:]
    random.shuffle(shuffled)
    assert merge_drafts({}, shuffled).papers == report.papers


@given(st.text(), st.text())
def test_the_choice_of_a_title_does_not_depend_on_the_order(one, two):
    assert choose_title(one, two) == choose_title(two, one)


def test_a_record_that_brings_an_id_keeps_it():
    report = merge_drafts(
        {}, [draft(1, id="night-owls"), draft(2, "Wrens by Day"), draft(3, "Mice", id="not an id")]
    )
    assert list(report.papers) == ["mice", "night-owls", "wrens-by-day"]
    assert [paper.id for paper in report.papers.values()] == list(report.papers)


def test_an_id_that_an_entry_brings_is_kept_whichever_entry_comes_first():
    drafts = [draft(1), draft(2, id="night-owls")]
    for order in (drafts, drafts[::-1]):
        assert list(merge_drafts({}, order).papers) == ["night-owls"]


def test_a_new_title_never_takes_an_id_that_another_entry_brings():
    drafts = [draft(1, "Owls"), draft(2, "Wrens", id="owls")]
    first, second = merge_drafts({}, drafts).papers.values()
    assert (first.id, first.title) == ("owls", "Wrens")
    assert second.id.startswith("owls-")


def test_the_same_id_with_another_title_is_for_a_person():
    papers = {"owls": Paper(id="owls", title="Owls", aliases=("night-owls",))}
    report = merge_drafts(papers, [draft(1, "Wrens", id="owls"), draft(2, "Mice", id="night-owls")])
    assert codes(report) == ["conflict", "conflict"]
    assert list(report.papers) == ["owls"]


def test_a_brought_id_gives_way_to_the_record_that_the_entry_is():
    papers = {"owls-at-night": Paper(id="owls-at-night", title="Owls at Night")}
    report = merge_drafts(papers, [draft(1, id="night-owls")])
    assert list(report.papers) == ["owls-at-night"]
    assert [m.into for m in report.merges] == ["owls-at-night"]


def test_the_same_title_with_another_doi_or_other_authors_and_another_year_is_two_works():
    wren, owl = (Author(name="A. Wren"),), (Author(name="B. Owl"),)
    for one, two in (
        ({"links": {"doi": ("10.1000/a",)}}, {"links": {"doi": ("10.1000/b",)}}),
        ({"authors": wren, "published": "2019"}, {"authors": owl, "published": "2021"}),
    ):
        report = merge_drafts({}, [draft(1, "Introduction", **one), draft(2, "Introduction", **two)])
        assert len(report.added) == 2
        assert not report.refused
        ((code, message),) = [(problem.code, problem.message) for problem in report.doubts]
        assert code == "same-title"
        assert "another entry (page.txt:1, “Introduction”)" in message


def test_a_person_keeps_both_of_what_is_unclear():
    drafts = [draft(1, published="2019"), draft(2, published="2024")]
    assert codes(merge_drafts({}, drafts)) == ["conflict"]
    report = merge_drafts({}, drafts, keep_both=True)
    assert (len(report.added), codes(report)) == (2, [])


def test_a_conflict_names_the_file_of_the_record():
    papers = {"owls": Paper(id="owls", title="Owls at Night", published="2019")}
    places = {"owls": Place(file="papers/owls.yml", line=1)}
    report = merge_drafts(papers, [draft(1, published="2024")], places=places)
    assert "owls (papers/owls.yml:1, “Owls at Night”)" in report.refused[0].message


def keyed(entry, title="Owls at Night", date="", **facts):
    source = Source(name="refs", entry=entry, date=date)
    return Draft(paper=Paper(title=title, sources=(source,), **facts), place=Place(file="refs.bib", line=1))


def test_an_entry_that_comes_again_is_the_same_paper_whatever_was_corrected():
    papers = merge_drafts({}, [keyed("owl2024", published="2024")]).papers
    report = merge_drafts(
        papers, [keyed("owl2024", "Owls by Night and Day", venue="Birds", published="2023")]
    )
    (paper,) = report.papers.values()
    assert (paper.title, paper.published, paper.venue) == ("Owls at Night", "2024", "Birds")
    assert paper.sources[0].claims == {"title": "Owls by Night and Day", "published": "2023"}
    assert [problem.code for problem in report.doubts] == ["source-differs"] * 2
    again = merge_drafts(
        report.papers, [keyed("owl2024", "Owls by Night and Day", venue="Birds", published="2023")]
    )
    assert again.papers == report.papers
    assert not again.doubts
    third = merge_drafts(report.papers, [keyed("owl2024", "Owls, Always", published="2023")])
    assert third.papers["owls-at-night"].sources[0].claims["title"] == "Owls, Always"
    assert len(third.papers["owls-at-night"].sources) == 1


def test_an_entry_is_the_same_on_another_day_and_in_another_version():
    links = {"arxiv": ("2401.00001",)}
    papers = merge_drafts({}, [keyed("2401.00001v1", date="2024-01-03", links=links)]).papers
    (paper,) = merge_drafts(
        papers, [keyed("2401.00001v2", "Owls at Night, Revised", date="2024-05-03", links=links)]
    ).papers.values()
    assert [(s.entry, s.date) for s in paper.sources] == [("2401.00001v1", "2024-01-03")]


def test_a_key_that_was_given_to_another_paper_is_another_paper():
    facts = {"authors": (Author(name="A. Wren"),), "links": {"doi": ("10.1000/a",)}}
    other = {"authors": (Author(name="B. Owl"),), "links": {"doi": ("10.1000/b",)}}
    papers = merge_drafts({}, [keyed("new", **facts)]).papers
    report = merge_drafts(papers, [keyed("new", "Wrens by Day", **other)])
    assert set(report.papers) == {"owls-at-night", "wrens-by-day"}


def test_a_number_of_a_list_is_no_key():
    papers = merge_drafts({}, [keyed("12")]).papers
    assert set(merge_drafts(papers, [keyed("12", "Wrens by Day")]).papers) == {
        "owls-at-night",
        "wrens-by-day",
    }


def test_the_same_identifier_with_a_new_title_and_the_same_authors_is_one_paper():
    facts = {"links": {"arxiv": ("2401.00001",)}, "authors": (Author(name="A. Wren"), Author(name="B. Owl"))}
    report = merge_drafts({}, [draft(1, **facts), draft(2, "Owls, Revised", **facts)])
    assert len(report.papers) == 1
    assert codes(report) == []
