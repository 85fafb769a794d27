"""Two descriptions of one paper: whose facts stay, which gaps are filled, and what each source said."""

import pytest
from msgspec.structs import replace

from generator.model import Author, Paper, Pin, Source
from generator.records.merge import choose_title, merge_descriptions, name_source


def source(entry, date="2025-03-01", **facts):
    return Source(name="page", entry=str(entry), date=date, **facts)


GAPS = {
    "summary": "Owls hunt.",
    "authors": (Author(name="Jane Doe"),),
    "venue": "Birds",
    "venue_type": "journal",
    "volume": "1",
    "issue": "2",
    "pages": "3-4",
    "editors": ("Max Wren",),
    "publisher": "Nest",
    "isbn": "978-3-16-148410-0",
    "language": "de",
    "status_note": "The mice left.",
    "superseded_by": "wrens",
    "note": "Read it.",
}


@pytest.mark.parametrize("field", GAPS)
def test_gaps_are_filled_and_what_is_known_stays(field):
    known, other = Paper(title="Owls", **{field: GAPS[field]}), Paper(title="Owls")
    assert getattr(merge_descriptions(other, known), field) == GAPS[field]
    assert getattr(merge_descriptions(known, other), field) == GAPS[field]
    last = (Author(name="Max Wren"),) if field == "authors" else None
    second = last or (("x",) if isinstance(GAPS[field], tuple) else "book" if field == "venue_type" else "x")
    assert getattr(merge_descriptions(known, Paper(title="Owls", **{field: second})), field) == GAPS[field]


@pytest.mark.parametrize(
    ("one", "two", "better"),
    [("Owls", "Owls!", "Owls!"), ("Owl2", "Owl$2$", "Owl$2$"), ("Owl$2$ at Night!", "$O$wl$2$", "$O$wl$2$"), ("owls", "Owls", "Owls")],
)  # fmt: skip
def test_of_two_spellings_the_one_with_its_mathematics_then_the_longer_one_is_the_title(one, two, better):
    assert choose_title(one, two) == choose_title(two, one) == better


@pytest.mark.parametrize(
    ("one", "two", "drafted", "kept"),
    [
        ("2024", "2024-05", "2024-05", "2024-05"),
        ("2024-05", "2024", "2024-05", "2024-05"),
        ("2024-05", "2023-02", "2023-02", "2024-05"),
        ("2024", "2023-02", "2023-02", "2024"),
        ("", "2023", "2023", "2023"),
        ("2023", "", "2023", "2023"),
    ],
)
def test_between_drafts_the_more_precise_date_counts_and_a_record_is_only_added_to(one, two, drafted, kept):
    first, second = Paper(title="Owls", published=one), Paper(title="Owls", published=two)
    assert merge_descriptions(first, second).published == drafted
    assert merge_descriptions(second, first).published == drafted
    assert merge_descriptions(Paper(id="owls", title="Owls", published=one), second).published == kept


def test_topics_of_two_entries_stand_together_and_those_of_a_record_stay():
    one, two = (Paper(title="Owls", topics=(Pin(id=key),), not_topics=(other,)) for key, other in (("birds", "night"), ("mice", "birds")))  # fmt: skip
    merged = merge_descriptions(one, two)
    assert (merged.topics, merged.not_topics) == ((Pin(id="birds"), Pin(id="mice")), ("night",))
    record = replace(one, id="owls")
    merged = merge_descriptions(record, replace(two, sources=(source(1),)))
    assert (merged.topics, merged.not_topics) == (one.topics, one.not_topics)
    assert merged.sources[0].claims == {"topics": "mice", "not_topics": "birds"}
    assert merge_descriptions(Paper(id="owls", title="Owls", not_topics=("mice",)), two).topics == ()


def test_facts_of_a_publication_come_from_one_venue():
    preprint = Paper(title="Owls", venue="Roosts", venue_type="preprint", pages="1-30", sources=(source(1),))
    journal = Paper(title="Owls", venue="Birds", venue_type="journal", volume="7", sources=(source(2),))
    for one, two in ((preprint, journal), (journal, preprint)):
        merged = merge_descriptions(one, two)
        assert (merged.venue, merged.venue_type, merged.volume, merged.pages) == ("Birds", "journal", "7", "")
        assert merged.sources[0].claims == {"venue": "Roosts", "venue_type": "preprint", "pages": "1-30"}
    record = merge_descriptions(replace(preprint, id="owls"), journal)
    assert (record.venue, record.venue_type, record.volume) == ("Roosts", "preprint", "")
    assert record.sources[1].claims == {"venue": "Birds", "venue_type": "journal", "volume": "7"}
    same = merge_descriptions(replace(preprint, id="owls"), Paper(title="Owls", venue="ROOSTS", volume="7"))
    assert same.volume == "7"


def test_an_orcid_fills_a_name_that_stands_once():
    orcid = "0000-0002-1825-0097"
    plain, known = ((Author(name="Jane Doe", orcid=o), Author(name="Max Wren")) for o in ("", orcid))
    for one, two in ((plain, known), (known, plain)):
        merged = merge_descriptions(Paper(title="Owls", authors=one, sources=(source(1),)), Paper(title="Owls", authors=two, sources=(source(2),)))  # fmt: skip
        assert merged.authors == known
        assert [s.claims for s in merged.sources] == [{}, {}]
    twice = (Author(name="Jane Doe"), Author(name="Jane Doe"))
    merged = merge_descriptions(Paper(title="Owls", authors=twice), Paper(title="Owls", authors=known, sources=(source(2),)))  # fmt: skip
    assert merged.authors == twice
    assert merged.sources[0].claims == {"authors": "Jane Doe; Max Wren"}
    other = (Author(name="Jane Doe", orcid="0000-0001-0000-0000"), Author(name="Max Wren"))
    merged = merge_descriptions(Paper(title="Owls", authors=known), Paper(title="Owls", authors=other, sources=(source(2),)))  # fmt: skip
    assert merged.sources[0].claims == {"authors": "Jane Doe (0000-0001-0000-0000); Max Wren"}


def test_sources_of_a_record_keep_their_order_and_later_ones_stand_behind():
    own = (source(3), source(1, "2025-01-01"), source(2, "2025-02-01"))
    record = Paper(id="owls", title="Owls", sources=own)
    assert merge_descriptions(record, Paper(title="Owls", sources=(source(1, "2025-01-01"),))).sources == own
    merged = merge_descriptions(record, Paper(title="Owls", sources=(source(9), source(4, "2025-01-15"))))
    assert [s.entry for s in merged.sources] == ["4", "3", "1", "2", "9"]


def test_an_abstract_of_a_record_stays_unless_it_was_cut_off():
    cut, whole, other = "Owls hunt mice …", "Owls hunt mice at night.", "Owls are birds of the night."
    record = Paper(id="owls", title="Owls", abstract=cut)
    assert merge_descriptions(record, Paper(title="Owls", abstract=whole)).abstract == whole
    assert merge_descriptions(record, Paper(title="Owls", abstract=other)).abstract == cut


def test_between_drafts_the_greater_number_of_authors_counts():
    few, many, none = (Paper(title="Owls", author_count=count) for count in (2, 9, None))
    assert merge_descriptions(few, many).author_count == 9
    assert merge_descriptions(many, few).author_count == 9
    assert merge_descriptions(none, few).author_count == 2
    assert merge_descriptions(few, none).author_count == 2
    assert merge_descriptions(none, none).author_count is None
    assert merge_descriptions(Paper(id="owls", title="Owls", author_count=2), many).author_count == 2
    assert merge_descriptions(Paper(id="owls", title="Owls"), many).author_count == 9


def test_the_longer_abstract_the_earlier_day_and_all_links_and_other_facts_stay():
    one = Paper(title="Owls", abstract="Owls.", added="2025-02-01", links={"page": ("https://b.example/",), "arxiv": ("2401.00001",)}, extra={"a": "1", "b": "2"})  # fmt: skip
    two = Paper(title="Owls", abstract="Owls hunt.", added="2025-01-01", links={"page": ("https://a.example/", "https://b.example/"), "code": ("https://c.example/",)}, extra={"b": "3", "c": "4"})  # fmt: skip
    merged = merge_descriptions(one, two)
    assert merged.abstract == merge_descriptions(two, one).abstract == "Owls hunt."
    assert merged.added == merge_descriptions(two, one).added == "2025-01-01"
    assert merge_descriptions(one, Paper(title="Owls")).added == "2025-02-01"
    assert merge_descriptions(Paper(title="Owls"), Paper(title="Owls")).added == ""
    assert merged.links == {"arxiv": ("2401.00001",), "code": ("https://c.example/",), "page": ("https://b.example/", "https://a.example/")}  # fmt: skip
    assert list(merged.links) == sorted(merged.links)
    assert merged.extra == {"a": "1", "b": "2", "c": "4"}


def test_of_two_abstracts_of_one_length_the_order_decides_nothing():
    one, two = Paper(title="Owls", abstract="Owls."), Paper(title="Owls", abstract="Wren.")
    assert merge_descriptions(one, two).abstract == merge_descriptions(two, one).abstract == "Wren."


def test_a_title_of_the_shelf_stays_however_short_it_is():
    record = Paper(id="owls", title="Owls")
    assert merge_descriptions(record, Paper(title="Owls: $x$")).title == "Owls"
    assert merge_descriptions(Paper(title="Owls"), Paper(title="Owls: $x$")).title == "Owls: $x$"


def test_each_source_says_what_its_paper_said_otherwise():
    one = Paper(title="Owls", published="2023", author_count=2, authors=(Author(name="Jane Doe"), Author(name="Max Wren")), venue="Birds", sources=(source(1),))  # fmt: skip
    two = Paper(title="Owls!", published="2024-05", author_count=3, authors=(Author(name="J. Doe"), Author(name="M. Wren")), venue="Mice", sources=(source(2),))  # fmt: skip
    first, second = merge_descriptions(one, two).sources
    assert first.claims == {"title": "Owls", "published": "2023", "author_count": "2"}
    assert second.claims == {"authors": "J. Doe; M. Wren", "venue": "Mice"}
    agreed, filled = merge_descriptions(Paper(title="Owls", sources=(source(1),)), Paper(title="Owls", venue="Birds", authors=one.authors, sources=(source(2),))).sources  # fmt: skip
    assert not agreed.claims
    assert not filled.claims


def test_what_a_source_claimed_before_stays():
    old = Paper(id="owls", title="Owls", sources=(source(1, claims={"title": "OWLS", "pages": "1"}),))
    (kept,) = merge_descriptions(old, Paper(title="Owls!", sources=(source(1),))).sources
    assert kept.claims == {"title": "OWLS", "pages": "1"}
    (first, _) = merge_descriptions(Paper(title="Wrens", sources=(source(1, claims={"title": "W"}),)), Paper(title="Wrens, $x$", sources=(source(2),))).sources  # fmt: skip
    assert first.claims == {"title": "W"}


def test_an_entry_that_comes_again_fills_what_was_not_known_of_it():
    old = Paper(title="Owls", sources=(Source(name="page", entry="1", claims={"a": "1"}),))
    new = Paper(title="Owls", sources=(Source(name="page", entry="1", organisation="Nest", discussion=4, claims={"a": "2", "b": "3"}),))  # fmt: skip
    (merged,) = merge_descriptions(old, new).sources
    assert (merged.organisation, merged.discussion, merged.claims) == ("Nest", 4, {"a": "1", "b": "3"})
    (kept,) = merge_descriptions(new, Paper(title="Owls", sources=(Source(name="page", entry="1", organisation="Hollow", discussion=5),))).sources  # fmt: skip
    assert (kept.organisation, kept.discussion) == ("Nest", 4)
    none = Paper(title="Owls", sources=(Source(name="page", entry="1", discussion=0),))
    assert merge_descriptions(none, new).sources[0].discussion == 0


def test_sources_stand_by_day_name_and_number():
    several = [source(10), source(9), source(2, "2025-01-01"), Source(name="a", entry="1", date="2025-03-01")]
    merged = merge_descriptions(Paper(title="Owls", sources=tuple(several[:2])), Paper(title="Owls", sources=tuple(several[2:])))  # fmt: skip
    assert [(s.date, s.name, s.entry) for s in merged.sources] == [("2025-01-01", "page", "2"), ("2025-03-01", "a", "1"), ("2025-03-01", "page", "9"), ("2025-03-01", "page", "10")]  # fmt: skip
    assert name_source(several[0]) == ("page", "2025-03-01", "10")
