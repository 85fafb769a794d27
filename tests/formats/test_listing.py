"""Listings to drafts: which year a page belongs to, and what becomes of its facts."""

from generator.formats.registry import FORMATS, TextFile

FACTS = "\n\nOwls film mice.\n\n  • 6 authors\n·\n{day}\n\n"


def read(*pages, captured=""):
    files = [TextFile(name=f"{n}.txt", text=f"new\n\n{page}") for n, page in enumerate(pages)]
    return FORMATS["listing"].read(files, captured)


def dates(batch):
    return [(d.paper.added, d.paper.published) for d in batch.drafts]


def test_a_page_takes_the_latest_year_not_after_the_day_of_capture():
    pages = [
        "Mar 11\n\nOwls at Night" + FACTS.format(day="Feb 3"),
        "Dec 20\n\nWrens by Day" + FACTS.format(day="Aug 23"),
    ]
    assert dates(read(*pages, captured="2025-12-08")) == [
        ("2025-03-11", "2025-02-03"),
        ("2024-12-20", "2024-08-23"),
    ]


def test_without_a_day_of_capture_the_year_follows_the_newest_one_written_and_is_said():
    text = (
        "Dec 8\n\nOwls at Night"
        + FACTS.format(day="Dec 16, 2024")
        + "Wrens by Day"
        + FACTS.format(day="Oct 12 2")
    )
    batch = read(text)
    assert dates(batch) == [("2025-12-08", "2024-12-16"), ("2025-12-08", "2025-10-12")]
    assert [p.code for p in batch.problems] == ["year-assumed"]


def test_a_year_that_nothing_tells_stays_unknown_and_the_words_are_kept():
    batch = read("Dec 8\n\nOwls at Night" + FACTS.format(day="Oct 12"))
    assert dates(batch) == [("", "")]
    assert batch.drafts[0].paper.sources[0].claims == {"published": "Oct 12"}


def test_a_date_after_its_page_is_not_believed():
    batch = read("Mar 11\n\nOwls at Night" + FACTS.format(day="Mar 12"), captured="2025-03-11")
    assert dates(batch) == [("2025-03-11", "")]
    assert [p.code for p in batch.problems] == ["date-after-page"]


def test_a_day_that_its_year_does_not_have_is_not_believed():
    batch = read("Mar 11\n\nOwls at Night" + FACTS.format(day="Feb 29, 2023"), captured="2025-03-11")
    assert dates(batch) == [("2025-03-11", "")]
    assert [p.code for p in batch.problems] == ["bad-date"]


def test_a_page_of_the_29th_of_february_finds_a_leap_year():
    assert dates(read("Feb 29\n\nOwls at Night\n\nOwls film mice.", captured="2026-01-01")) == [
        ("2024-02-29", "")
    ]


def test_an_organisation_is_no_author():
    (draft,) = read(
        "Dec 8\n\nOwls at Night\n\nOwls film mice.\n\nHARBOURLAB\n·\nOct 14 4", captured="2025-12-08"
    ).drafts
    (source,) = draft.paper.sources
    assert (draft.paper.authors, draft.paper.author_count) == ((), None)
    assert (source.organisation, source.discussion) == ("HARBOURLAB", 4)


def test_links_of_an_abstract_are_typed_and_its_latex_is_readable():
    text = "Dec 8\n\nOwls$^2$\n\nGains 4\\% of ``prey''. Code: https://github.com/owner/owls.\n"
    (draft,) = read(text, captured="2025-12-08").drafts
    assert draft.paper.title == "Owls$^2$"
    assert draft.paper.abstract.startswith("Gains 4% of “prey”.")
    assert draft.paper.links == {"code": ("https://github.com/owner/owls",)}
