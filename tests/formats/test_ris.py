"""RIS to drafts: both dialects, odd beginnings and ends, and what our own writer wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import SHARED

from generator.formats.ris.read import import_ris
from generator.formats.ris.write import render_ris
from generator.formats.shared.entry import is_isbn
from generator.formats.values import TextFile
from generator.model import Author, Paper
from generator.text.maths import plain

FILES = SHARED / "corpora" / "ris"
HEAD = "TY  - JOUR\nTI  - Owls\n"


def read(text, name="owls.ris"):
    return import_ris([TextFile(name=name, text=text)], "")


def read_one(text):
    batch = read(text)
    assert batch.entries == len(batch.drafts) == 1
    return batch.drafts[0].paper


def test_an_entry_becomes_a_draft_with_its_facts():
    paper = read_one("""TY  - CHAP
ID  - owls24
T1  - Owls
  at Night
AU  - Möwe,Jane,Jr.
A1  - Owl Team
AU  - et al.
A2  - Dove, Ann
PY  - 2024/05/
DA  - 2024/05/03/
T2  - Birds
JA  - B.
VL  - 3
IS  - 4
SP  - 1
EP  - 9
PB  - Nest
SN  - 1234-5678
SN  - 978-0-306-40615-7
LA  - en
DO  - https://doi.org/10.1000/ABC
UR  - https://example.org/a;https://github.com/owl/owls
UR  - https://doi.org/10.1000/abc
L1  - https://example.org/owls.pdf
AB  - Owls
hear.
KW  - owls
mice
N1  - Read this.
XY  - unknown
ER  -
""")
    assert (paper.title, paper.abstract) == ("Owls at Night", "Owls hear.")
    assert [author.name for author in paper.authors] == ["Möwe, Jane, Jr.", "Owl Team"]
    assert (paper.published, paper.venue, paper.venue_type, paper.editors) == (
        "2024-05-03", "Birds", "book", ("Dove, Ann",),
    )  # fmt: skip
    assert (paper.volume, paper.issue, paper.pages, paper.isbn) == ("3", "4", "1-9", "978-0-306-40615-7")
    assert paper.links == {
        "code": ("https://github.com/owl/owls",), "doi": ("10.1000/abc",), "page": ("https://example.org/a",),
        "pdf": ("https://example.org/owls.pdf",),
    }  # fmt: skip
    assert paper.extra == {
        "alternate_title2": "B.", "keywords": "owls; mice", "notes": "Read this.", "issn": "1234-5678",
        "others": "authors", "XY": "unknown",
    }  # fmt: skip


def test_the_dialect_of_web_of_science_is_read_too():
    paper = read_one("""FN Some Index
VR 1.0
PT J
AU Owl, J
   Wren, A
AF Owl, Jane
   Wren, Ann
TI Owls at
   Night
SO BIRDS
PD MAY 3
PY 2024
BP 1
EP 9
DI 10.1000/owls
UT WOS:1
ER

EF""")
    assert (paper.title, paper.venue, paper.venue_type) == ("Owls at Night", "BIRDS", "journal")
    assert [author.name for author in paper.authors] == ["Owl, Jane", "Wren, Ann"]
    assert (paper.published, paper.pages, paper.sources[0].entry) == ("2024-05-03", "1-9", "WOS:1")


@pytest.mark.parametrize(
    ("text", "titles", "problems"),
    [
        (HEAD + "ER  - \n", ["Owls"], []),
        ("\ufeff\n\n1.\n" + HEAD + "ER  -", ["Owls"], []),
        (HEAD + HEAD + "ER  - \n", ["Owls", "Owls"], [("cut-off", 1)]),
        (HEAD, ["Owls"], [("cut-off", 1)]),
        ("ID  - 1\n" + HEAD + "ER  - ", ["Owls"], []),
        ("TI  - Owls\nER  - ", ["Owls"], [("broken-entry", 1)]),
        ("Some list\nof papers\n" + HEAD + "ER  - \nmore", ["Owls"], [("not-an-entry", 1), ("not-an-entry", 6)]),
        ("TY  - JOUR\nDO  - 10.1000/owls\nER  - ", [], [("missing-field", 1)]),
        (HEAD + "DO  - none\nER  - ", ["Owls"], [("bad-link", 1)]),
        (HEAD + "PY  - soon\nER  - ", ["Owls"], [("bad-date", 1)]),
        ("", [], [("no-entries", 0)]),
    ],
)  # fmt: skip
def test_what_is_odd_is_named_with_its_line_and_nothing_is_lost(text, titles, problems):
    batch = read(text)
    assert [draft.paper.title for draft in batch.drafts] == titles
    assert [(problem.code, problem.place.line) for problem in batch.problems] == problems
    assert batch.entries == len(titles) + sum(code == "missing-field" for code, _ in problems)


def test_values_that_contradict_each_other_are_kept():
    paper = read_one(
        HEAD + "PY  - 2023\nDA  - 2024/05/03\nDO  - 10.1000/a\nDO  - 10.1000/b\nVL  - 1\nVL  - 2\nER  - "
    )
    assert (paper.published, paper.sources[0].claims) == ("2023", {"published": "2024/05/03"})
    assert paper.links == {"doi": ("10.1000/a", "10.1000/b")}
    assert (paper.volume, paper.extra) == ("1", {"volume": "2"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0-306-40615-2", True),
        ("9780306406157", True),
        ("9780306406158", False),
        ("1234-5678", False),
        ("x", False),
    ],
)
def test_only_a_right_number_is_an_isbn(text, expected):
    assert is_isbn(text) is expected


@pytest.mark.parametrize("kind", ["journal", "conference", "report", "book", "thesis", "preprint", None])
def test_a_record_that_we_wrote_is_read_back(kind):
    paper = Paper(
        id="owls", title="Owl$^2$ {Net} & 50% of_LLaMAs #1 — “q” 猫",
        authors=tuple(Author(name=name) for name in ("Möwe, Jane", "Wren, Ann, Jr.", "Owl, Wren and Co.", "Owl Team")),
        published="2024-05-03", venue="Birds", venue_type=kind, links={"doi": ("10.1000/a_b(c)",)},
    )  # fmt: skip
    found = read_one(render_ris(paper).replace("\r\n", "\n"))
    assert found.title == plain(paper.title)
    for field in ("authors", "published", "venue", "venue_type", "links"):
        assert getattr(found, field) == getattr(paper, field)


@given(st.text(st.sampled_from("TYERPIAU  --\n1x"), max_size=80))
def test_no_text_stops_an_import(text):
    for prefix in ("", HEAD, "PT J\nTI Owls\n"):
        batch = read(prefix + text)
        assert batch.entries == len(batch.drafts) + sum(p.code == "missing-field" for p in batch.problems)


@pytest.mark.skipif(not FILES.is_dir(), reason="the shared corpora are not here")
def test_every_entry_of_real_files_is_a_draft_or_named():
    found = {}
    for path in sorted(FILES.glob("*.ris")):
        batch = read(path.read_text(encoding="utf-8-sig"), path.name)
        untitled = sum(problem.code == "missing-field" for problem in batch.problems)
        assert batch.entries == len(batch.drafts) + untitled
        found[path.stem.removeprefix("example_")] = (len(batch.drafts), untitled)
    assert found == {
        "basic": (1, 0), "bom": (0, 1), "custom_list_tags": (0, 1), "empty_tag": (1, 0), "extraneous_data": (2, 0),
        "full": (2, 0), "full_without_whitespace": (2, 0), "full_write": (2, 0), "multi_unknown_tags": (1, 0),
        "multiline": (0, 3), "single_unknown_tag": (1, 0), "starting_newlines": (1, 0), "urls": (4, 0),
        "utf_chars": (1, 0), "wos": (2, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "date", "claim"),
    [
        ("PY  - 2020\nDA  - Sep 8", "2020-09-08", ""),
        ("PY  - 2020\nDA  - 8 September", "2020-09-08", ""),
        ("PY  - 2020///\nDA  - 2020/Sep/08/", "2020-09-08", ""),
        ("PY  - 2020\nDA  - September", "2020-09", ""),
        ("Y1  - 2020//\nDA  - 2020/Sept./", "2020-09", ""),
        ("PY  - 2020\nDA  - Sep-Oct", "2020", "Sep-Oct"),
        ("PY  - 2020\nDA  - 09/08", "2020", "09/08"),
        ("DA  - Sep 8", "", "Sep 8"),
        ("PY  - 2020\nDA  - 2021/09/08", "2020", "2021/09/08"),
        ("PY  - 2020///Spring", "2020", "2020///Spring"),
        ("PY  - 25/12/2020", "2020-12-25", ""),
    ],
)
def test_a_day_apart_from_its_year_is_joined_with_it(lines, date, claim):
    paper = read_one(f"{HEAD}{lines}\nER  - ")
    assert (paper.published, paper.sources[0].claims.get("published", "")) == (date, claim)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("AU  - Owl, Jane P.; Wren, Maria; Dove, Ana Luisa", ["Owl, Jane P.", "Wren, Maria", "Dove, Ana Luisa"]),
        ("AU  - Owl, J.;Wren, M.;", ["Owl, J.", "Wren, M."]),
        ("AU  - Jane Owl; Maria Wren and others", ["Jane Owl", "Maria Wren and others"]),
        ("AU  - Owl, Jane and Wren, Maria", ["Owl, Jane", "Wren, Maria"]),
        ("AU  - Owl, Jane; Wren, Maria & Dove, Ana", ["Owl, Jane", "Wren, Maria", "Dove, Ana"]),
        ("AU  - Owl, J., Wren, M., Dove, A. L.", ["Owl, J.", "Wren, M.", "Dove, A. L."]),
        ("AU  - Owl, Jane, Jr.", ["Owl, Jane, Jr."]),
        ("AU  - Nest Team (North; South)", ["Nest Team (North; South)"]),
        ("AU  - Department of Owls and Wrens", ["Department of Owls and Wrens"]),
        ("AU  - O&#39;Wren, J.", ["O'Wren, J."]),
        ("AU  - [Anonymous]", []),
        ("AU  - Anonymous\nAU  - Owl, J.", ["Owl, J."]),
    ],
)  # fmt: skip
def test_several_people_in_one_tag_are_parted(lines, names):
    assert [author.name for author in read_one(f"{HEAD}{lines}\nER  - ").authors] == names


@pytest.mark.parametrize(
    ("lines", "venue", "extra"),
    [
        ("T2  - Feathers on show\nJO  - Feather\nJF  - Feather", "Feather", {"secondary_title": "Feathers on show"}),
        ("T2  - Feathers on show\nJO  - Feather", "Feather", {"secondary_title": "Feathers on show"}),
        ("T2  - Journal of Owls\nJO  - J. Owls", "Journal of Owls", {"journal_name": "J. Owls"}),
        ("T2  - J. Owls\nJF  - Journal of Owls", "Journal of Owls", {"secondary_title": "J. Owls"}),
        ("T2  - Journal of National Owls\nJO  - JNO", "Journal of National Owls", {"journal_name": "JNO"}),
        ("T2  - Birds\nJF  - Birds\nJO  - Birds", "Birds", {}),
        ("T2  - Birds", "Birds", {}),
    ],
)  # fmt: skip
def test_the_name_of_a_journal_counts_before_a_second_title(lines, venue, extra):
    paper = read_one(f"{HEAD}{lines}\nER  - ")
    assert (paper.venue, paper.extra) == (venue, extra)


def test_the_second_title_of_a_chapter_is_its_book():
    paper = read_one("TY  - CHAP\nTI  - Owls\nT2  - The Book of Nests\nJF  - Series of Books\nER  - ")
    assert paper.venue == "The Book of Nests"


def test_html_is_read_in_every_field_but_identifiers_and_addresses():
    paper = read_one(
        "TY  - JOUR\nTI  - Nests of <i>Strix</i> &amp; friends: CO<sub>2</sub>\nAB  - <p>First.</p><p>Last &lt; 3.</p>\n"
        "T2  - Birds &amp; Beasts\nKW  - R&amp;D\nDO  - 10.1002/(sici)1099(1996)1:1<1::aid-owl1>3.0.co;2-k\n"
        "UR  - https://example.org/?a=1&amp;b=2\nER  - "
    )
    assert (paper.title, paper.abstract) == ("Nests of Strix & friends: CO₂", "First. Last < 3.")
    assert (paper.venue, paper.extra) == ("Birds & Beasts", {"keywords": "R&D"})
    assert paper.links["doi"] == ("10.1002/(sici)1099(1996)1:1<1::aid-owl1>3.0.co;2-k",)
    assert paper.links["page"] == ("https://example.org/?a=1&amp;b=2",)


def test_words_for_nothing_are_no_abstract():
    assert read_one(HEAD + "AB  - [No abstract available]\nER  - ").abstract == ""


def test_a_name_with_too_many_commas_is_said():
    batch = read(HEAD + "AU  - Owl, Jane, Wren, Bob\nER  - ")
    assert [problem.code for problem in batch.problems] == ["bad-name"]
    assert [author.name for author in batch.drafts[0].paper.authors] == ["Owl, Jane, Wren, Bob"]
