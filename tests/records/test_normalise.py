"""Limits of a record one by one, and what is left out of its texts."""

import pytest
from msgspec.structs import replace

from generator.fields import FIELDS
from generator.limits import EXTRA, ITEMS, SHORT
from generator.model import Author, Paper, Pin, Source
from generator.records.normalise import check_limits, normalise_paper
from generator.records.parse import RecordPlace

LINES = {name: line for line, name in enumerate(Paper.__struct_fields__, start=5)}
PLACE = RecordPlace("owls.yml", 4, LINES)
OWLS = Paper(id="owls", title="Owls")


def check(**facts):
    """Return what is said of a record, each as code, message and hint; and where, if that is one place."""
    said = list(check_limits(replace(OWLS, **facts), PLACE))
    assert {p.severity for p in said} <= {"error"}
    assert [(p.place.file, p.place.line) for p in said] == [("owls.yml", LINES[p.message.split(":")[0]]) for p in said]  # fmt: skip
    return [(p.code, p.message, p.hint) for p in said]


TEXTS = [name for name, row in FIELDS.items() if row.limit and isinstance(getattr(OWLS, name), str)]


@pytest.mark.parametrize("field", TEXTS)
def test_a_text_may_have_so_many_characters(field):
    most = FIELDS[field].limit
    assert check(**{field: "x" * most}) == []
    assert check(**{field: "x" * (most + 1)}) == [("too-long", f"{field}: {most + 1:,} characters; at most {most:,} are allowed", "shorten it")]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "item", "most", "hint"),
    [
        ("authors", Author(name="J"), 10_000, "write `author_count` instead"),
        ("editors", "J", 10_000, "keep the important ones"),
        ("topics", Pin(id="a"), ITEMS, "keep the important ones"),
        ("not_topics", "a", ITEMS, "keep the important ones"),
        ("aliases", "a", ITEMS, "keep the important ones"),
        ("sources", Source(name="a"), ITEMS, "keep the important ones"),
    ],
)
def test_a_list_may_have_so_many_items(field, item, most, hint):
    assert check(**{field: (item,) * most}) == []
    assert check(**{field: (item,) * (most + 1)}) == [("too-long", f"{field}: {most + 1:,} items; at most {most:,} are allowed", hint)]  # fmt: skip


def test_other_facts_and_links_of_one_kind_may_be_so_many():
    facts = {str(number): "" for number in range(ITEMS + 1)}
    assert check(extra=facts) == [("too-long", f"extra: {ITEMS + 1:,} items; at most {ITEMS:,} are allowed", "keep the important ones")]  # fmt: skip
    pages = tuple(f"https://a.example/{number}" for number in range(ITEMS + 1))
    assert check(links={"code": (), "page": pages[1:]}) == []
    assert check(links={"code": (), "page": pages}) == [("too-long", f"links: {ITEMS + 1:,} values of one kind; at most {ITEMS:,} are allowed", "keep the important ones")]  # fmt: skip


LONG, LONGER = "x" * (SHORT + 1), "x" * (EXTRA + 1)


@pytest.mark.parametrize(
    ("facts", "field", "most"),
    [
        ({"authors": (Author(name="J"), Author(name=LONG))}, "authors", SHORT),
        ({"authors": (Author(name="J", orcid=LONG),)}, "authors", SHORT),
        ({"editors": (LONG, "J")}, "editors", SHORT),
        ({"topics": (Pin(id=LONG),)}, "topics", SHORT),
        ({"topics": (Pin(id="a", why=LONG),)}, "topics", SHORT),
        ({"sources": (Source(name=LONG),)}, "sources", SHORT),
        ({"sources": (Source(name="a", entry=LONG),)}, "sources", SHORT),
        ({"sources": (Source(name="a", date=LONG),)}, "sources", SHORT),
        ({"sources": (Source(name="a", organisation=LONG),)}, "sources", SHORT),
        ({"sources": (Source(name="a", claims={"a": LONGER}),)}, "sources", EXTRA),
        ({"extra": {"a": LONGER}}, "extra", EXTRA),
        ({"extra": {LONGER: "a"}}, "extra", EXTRA),
    ],
)
def test_texts_inside_a_record_have_their_limit(facts, field, most):
    assert check(**facts) == [("too-long", f"{field}: a text of {most + 1:,} characters; at most {most:,} are allowed", "shorten it")]  # fmt: skip


def test_texts_as_long_as_they_may_be_are_welcome():
    name, long = "x" * SHORT, "x" * EXTRA
    source = Source(name=name, entry=name, date=name, organisation=name, claims={"a": long})
    assert check(authors=(Author(name=name),), editors=(name,), topics=(Pin(id=name),), sources=(source,), extra={"a": long}) == []  # fmt: skip


@pytest.mark.parametrize(("number", "good"), [(0, True), (1_000_000, True), (-1, False), (1_000_001, False), (None, True)])  # fmt: skip
def test_a_number_is_neither_below_nothing_nor_beyond_a_million(number, good):
    said = "the number must be from 0 to 1,000,000"
    for field, facts in (("author_count", {"author_count": number}), ("sources", {"sources": (Source(name="a", discussion=number),)})):  # fmt: skip
        assert check(**facts) == ([] if good else [("bad-field", f"{field}: {said}", "correct or remove it")])  # fmt: skip


def test_every_fault_is_told():
    assert len(check(title="x" * 2_000, note="x" * 3_000, venue=LONG, author_count=-1)) == 4


@pytest.mark.parametrize(
    ("facts", "wanted", "left"),
    [
        ({"title": "Ow\0ls", "author_count": 3, "featured": True}, {"title": "Owls", "author_count": 3, "featured": True}, 1),
        ({"title": "Ow\x08ls\x0c \x1f\u200b"}, {"title": "Owls  "}, 3),
        ({"authors": (Author(name="J\u202ane"),)}, {"authors": (Author(name="Jne"),)}, 1),
        ({"editors": ("J\0", "M\0")}, {"editors": ("J", "M")}, 2),
        ({"extra": {"a\0": "b\0"}}, {"extra": {"a": "b"}}, 2),
        ({"sources": (Source(name="a", claims={"title": "O\ud800"}),)}, {"sources": (Source(name="a", claims={"title": "O"}),)}, 1),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out_and_counted(facts, wanted, left):
    paper, said = normalise_paper(replace(OWLS, **facts), PLACE)
    assert paper == replace(OWLS, **wanted)
    (problem,) = said
    assert (problem.code, problem.severity) == ("unseen-characters", "note")
    were = "character was" if left == 1 else "characters were"
    assert problem.message == f"{left} invisible {were} removed"
    assert (problem.place.file, problem.place.line) == ("owls.yml", LINES["title"])


def test_a_tidy_record_stays_the_one_it_is():
    for title in ("Owls", r"Owls of $\beta \frac{1}{2} \rho \underline{x}$ and \ufb", "Möwen\nand 猫"):
        paper = replace(OWLS, title=title, summary="Owls\u2028hunt." if "猫" in title else "")
        tidied, said = normalise_paper(paper, PLACE)
        assert tidied == replace(paper, summary=paper.summary.replace("\u2028", "\n"))
        assert said == []
    assert normalise_paper(OWLS, PLACE)[0] is OWLS
