"""CSL-JSON to drafts: names in all their parts, dates in all their forms, bad items named, our own items read back."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formats.csl_json.read import import_csl_json
from generator.formats.csl_json.write import build_csl
from generator.formats.values import TextFile
from generator.model import Author, Paper
from generator.text.maths import plain


def read(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return import_csl_json([TextFile(name="owls.json", text=text)], "")


def read_one(value):
    batch = read(value)
    assert batch.entries == len(batch.drafts) == 1
    return batch.drafts[0].paper


def test_an_item_becomes_a_draft_with_its_facts():
    paper = read_one({
        "id": "owls24", "type": "paper-conference", "title": "Owls <i>at</i> H<sub>2</sub>O &amp; <span class='nocase'>x</span>",
        "author": [
            {"family": "Gogh", "given": "Ann", "non-dropping-particle": "van", "suffix": "Jr.",
             "ORCID": "https://orcid.org/0000-0002-1825-0097"},
            {"literal": "Owl Team"}, {"family": "Wren"}, {"literal": "et al."},
        ],
        "editor": [{"family": "Dove", "given": "Ann"}], "issued": {"date-parts": [["2024", 5, 3]]},
        "container-title": ["Birds"], "volume": 3, "issue": "4", "page": "1-9", "publisher": "Nest",
        "ISBN": "978-0-306-40615-7", "language": "en", "DOI": "https://doi.org/10.1000/ABC",
        "URL": "https://example.org/a", "number": "arXiv:2401.00001", "abstract": "<jats:p>Owls hear.</jats:p>",
        "keyword": "owls", "note": "Read this.", "PMID": "12", "custom": {"a": 1},
        "translator": [{"family": "Mouse", "given": "M."}], "accessed": {"date-parts": [[2025, 1]]},
    })  # fmt: skip
    assert (paper.title, paper.abstract) == ("Owls at H₂O & x", "Owls hear.")
    assert paper.authors == (
        Author(name="van Gogh, Ann, Jr.", orcid="0000-0002-1825-0097"), Author(name="Owl Team"), Author(name="Wren"),
    )  # fmt: skip
    assert (paper.published, paper.venue, paper.venue_type) == ("2024-05-03", "Birds", "conference")
    assert (paper.volume, paper.issue, paper.pages, paper.editors) == ("3", "4", "1-9", ("Dove, Ann",))
    assert paper.links == {
        "arxiv": ("2401.00001",), "doi": ("10.1000/abc",), "page": ("https://example.org/a",),
    }  # fmt: skip
    assert paper.extra == {
        "others": "authors", "keywords": "owls", "note": "Read this.", "PMID": "12", "custom": '{"a": 1}',
        "translator": "Mouse, M.", "accessed": "2025-01",
    }  # fmt: skip
    assert (paper.sources[0].entry, paper.note, paper.summary) == ("owls24", "", "")


@pytest.mark.parametrize(
    ("issued", "date", "claim"),
    [
        ({"date-parts": [[2024]]}, "2024", ""),
        ({"date-parts": [[2024, 5], [2024, 7]]}, "2024", "2024-05/2024-07"),
        ({"date-parts": [[None]]}, "", ""),
        ({"date-parts": [[2024]], "circa": True}, "", "circa 2024"),
        ({"raw": "2024-05-03"}, "2024-05-03", ""),
        ({"literal": "Spring 2024"}, "2024", "Spring 2024"),
        ({"date-parts": [["2024", "5", "0"]]}, "2024-05", ""),
        ({"date-parts": [["2024", "Jul", "3"]]}, "2024-07-03", ""),
        ({"date-parts": [[2024, "season-04"]]}, "2024", "2024-season-04"),
        ({"date-parts": [2024, 7]}, "2024-07", ""),
        ({"date_parts": [[2024, 7]]}, "2024-07", ""),
        ({"year": 2024, "month": 7}, "2024-07", ""),
        ([{"year": "2024", "month": "7", "day": "3"}], "2024-07-03", ""),
        ({"date-parts": [[2024]], "season": 1}, "2024", "spring 2024"),
        ({"date-parts": [[2024, 13, 45]]}, "2024", "2024-13-45"),
        ({"date-parts": [[-44]]}, "", "-44"),
        ({"date-parts": [[800]]}, "", "800"),
        ({"raw": "2024-05-03/2024-05-09"}, "2024-05", "2024-05-03/2024-05-09"),
        ({"raw": "03/05/2024"}, "2024", "03/05/2024"),
        ({"literal": "in preparation"}, "", "in preparation"),
        ({"date-parts": [["2024"]], "circa": "false"}, "2024", ""),
        (20240503, "2024-05-03", ""),
        ({"date-parts": [[2024, 7]], "raw": "Summer 2024"}, "2024-07", "Summer 2024"),
        ({"date-parts": [[2024, 7]], "raw": "2024-07"}, "2024-07", ""),
        ({"date-parts": [[0]]}, "", '{"date-parts": [[0]]}'),
        ({"literal": "soon"}, "", "soon"),
        ("2024-05", "2024-05", ""),
        (None, "", ""),
    ],
)
def test_dates_are_as_precise_as_they_are_certain(issued, date, claim):
    paper = read_one({"title": "Owls", "issued": issued})
    assert (paper.published, paper.sources[0].claims.get("published", "")) == (date, claim)


@pytest.mark.parametrize(
    ("issued", "code"),
    [
        ({"date-parts": [[-44]]}, "bad-date"),
        ({"date-parts": [[2024, 13, 45]]}, "bad-date"),
        ({"date-parts": [[2024]], "circa": True}, "bad-date"),
        ({"literal": "soon"}, "bad-date"),
        ({"when": "long ago"}, "bad-date"),
        ({"date-parts": [[0]]}, "bad-date"),
    ],
)
def test_a_date_that_is_left_out_is_said(issued, code):
    batch = read([{"id": "o", "type": "book", "title": "Owls", "issued": issued}])
    assert [problem.code for problem in batch.problems] == [code]
    assert batch.drafts[0].paper.sources[0].claims["published"]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"family": "Bum", "given": "Anwar", "non-dropping-particle": "al-"}, "al-Bum, Anwar"),
        ({"family": "Eule", "given": "Jean", "dropping-particle": "d'"}, "d'Eule, Jean"),
        ({"family": "Uhu", "given": "Luc", "non-dropping-particle": "L’"}, "L’Uhu, Luc"),
        ({"family": "Uhu", "dropping-particle": "de", "non-dropping-particle": "l'"}, "de l'Uhu"),
        ({"family": "Wren &amp; Owl", "given": "<i>J.</i>"}, "Wren & Owl, J."),
    ],
)
def test_particles_and_markup_of_names(parts, name):
    assert [author.name for author in read_one({"title": "Owls", "author": [parts]}).authors] == [name]


def test_names_in_one_text_are_parted():
    paper = read_one({"title": "Owls", "author": "Owl, Jane; Wren, Bob"})
    assert [author.name for author in paper.authors] == ["Owl, Jane", "Wren, Bob"]


def test_blocks_of_an_abstract_keep_their_spaces():
    said = "<jats:title>Abstract</jats:title><jats:p>Owls nest.</jats:p><jats:sec><jats:title>Results</jats:title><jats:p>Nine.</jats:p></jats:sec>"
    assert read_one({"title": "Owls", "abstract": said}).abstract == "Abstract Owls nest. Results Nine."


OWLS, WRENS = (
    '{"title": "Owls"}',
    '{"type": "book", "title": "Wrens", "author": [{"family": "W"}, {"family": "X"}]}',
)


@pytest.mark.parametrize(
    ("text", "titles", "problems"),
    [
        (f"[{OWLS},\n{WRENS}]", ["Owls", "Wrens"], []),
        (OWLS, ["Owls"], []),
        (f"{OWLS}\n{WRENS}\n", ["Owls", "Wrens"], []),
        (f'[{OWLS},\n{{"title": "Mice", "x": oops}},\n{WRENS}]', ["Owls"], [("bad-json", 2)]),
        (
            f'[\n{{"title": "Mice" "author": [{{"a": 1}}, {{"b": 2}}]}},\n{WRENS}]',
            [],
            [("bad-json", 2)],
        ),
        (f"[{OWLS}, 7, null]", ["Owls"], [("bad-json", 1), ("bad-json", 1)]),
        (f'[{OWLS},\n{{"title": "Mi', ["Owls"], [("bad-json", 2)]),
        ('[\n{"id": "x"}]', [], [("missing-field", 2)]),
        (f'[{OWLS},\n{{"title": "Mice", "title": "Bats"}},\n{WRENS}]', ["Owls", "Wrens"], [("bad-json", 2)]),
        (f"[{OWLS},\n{WRENS},\n\n", ["Owls", "Wrens"], [("bad-json", 4)]),
        (f"[{OWLS},\n{WRENS}", ["Owls", "Wrens"], [("bad-json", 2)]),
        (f"[{OWLS},\n{WRENS},]", ["Owls", "Wrens"], [("bad-json", 2)]),
        ("[", [], [("bad-json", 1)]),
        (
            f'[{{"title": "A", "x": 1, "x": 2}},\n{{"title": oops}},\n{WRENS}]',
            [],
            [("bad-json", 1), ("bad-json", 2)],
        ),
        (f'[{{"x": 1, "x": 2}},\n{WRENS},', ["Wrens"], [("bad-json", 1), ("bad-json", 2)]),
        (f"[{OWLS}]\n{WRENS}\n", ["Owls", "Wrens"], []),
        ('{"title": "Owls", "volume": {"a": 1}}', ["Owls"], [("bad-field", 1)]),
        ('{"title": "Owls", "author": [7]}', ["Owls"], [("bad-name", 1)]),
        ("[]", [], [("no-entries", 0)]),
    ],
)
def test_a_bad_item_is_named_with_its_line_and_what_is_not_json_ends_the_file(text, titles, problems):
    batch = read(text)
    assert [draft.paper.title for draft in batch.drafts] == titles
    assert [(problem.code, problem.place.line) for problem in batch.problems] == problems
    lost = [problem for problem in batch.problems if problem.severity == "error"]
    assert batch.entries == len(titles) + len(lost)


def test_a_value_of_the_wrong_kind_is_kept():
    paper = read_one({"title": "Owls", "volume": {"a": 1}, "author": [7, {"family": "Wren"}]})
    assert (paper.volume, paper.extra) == ("", {"volume": '{"a": 1}', "author": "[7]"})
    assert [author.name for author in paper.authors] == ["Wren"]


@pytest.mark.parametrize("kind", ["journal", "conference", "report", "book", "thesis", None])
def test_a_record_that_we_wrote_is_read_back(kind):
    paper = Paper(
        id="owls", title="Owl$^2$ {Net} & 50% of_LLaMAs #1 <2 <p> — “q” 猫",
        authors=tuple(Author(name=name) for name in ("Möwe, Jane", "Wren, Ann, Jr.", "Owl Nest, Inc.", "Owl Team")),
        published="2024-05-03", venue="Birds", venue_type=kind, links={"doi": ("10.1000/a_b(c)",)},
    )  # fmt: skip
    found = read_one(msgspec.json.encode(build_csl(paper)).decode())
    assert found.title == plain(paper.title)
    for field in ("authors", "published", "venue", "venue_type", "links"):
        assert getattr(found, field) == getattr(paper, field)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["date-parts", "family", "raw"]), inner)
    ),
    max_leaves=6,
)
_NAMES = st.sampled_from(
    ["title", "author", "issued", "DOI", "URL", "volume", "id", "type", "page", "custom", "number"]
)


@given(
    st.lists(st.dictionaries(_NAMES, _VALUES), max_size=3),
    st.text(st.sampled_from('[]{}",:a1\n'), max_size=30),
)
def test_no_value_stops_an_import(items, signs):
    batch = read(items)
    assert batch.entries == len(items)
    assert len(batch.drafts) + sum(p.code == "missing-field" for p in batch.problems) == len(items)
    assert read(signs).entries >= 0
