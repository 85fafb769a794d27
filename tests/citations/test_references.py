"""References in four styles: the golden file says what each is, for every kind of record that is hard to cite."""

from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.citations.references import (
    build_references,
    is_numbered,
    render_reference_number,
    render_references,
)
from generator.citations.style import FOLDER, STYLES, find_file
from generator.model import Author, Paper

GOLDEN = yaml.safe_load((Path(__file__).parents[1] / "golden" / "references.yml").read_text(encoding="utf-8"))


def _read(record):
    names = [{"name": name} if isinstance(name, str) else name for name in record.get("authors", ())]
    return msgspec.convert({**record, "authors": names}, Paper)


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: entry["what"])
def test_a_record_is_cited_as_the_styles_want_it(entry):
    assert build_references(_read(entry["record"])) == {style: entry[style] for style in STYLES}


def test_only_the_wanted_styles_are_written():
    assert list(build_references(Paper(title="Owls"), ["ieee", "apa"])) == ["ieee", "apa"]
    assert build_references(Paper(title="Owls"), []) == {}


def _cite(family, year, title, **more):
    return Paper(title=title, authors=(Author(name=f"{family}, Jane"),), published=year, **more)


SHELF = (
    _cite("Wren", "2020", "Wrens"),
    _cite("Öwl", "2021", "Later owls"),
    _cite("Owl", "2020", "Owls"),
    _cite("Owl", "", "Undated owls"),
    Paper(title="Finches of nobody", published="2022"),
    Paper(title="Pairs", authors=(Author(name="Owl, Jane"), Author(name="Abt, Bo")), published="2001"),
)


def test_lists_are_sorted_as_the_style_sorts_them():
    said = render_references(SHELF, "apa").splitlines()
    assert said == [
        "Finches of nobody. (2022).",
        "Owl, J. (n.d.). Undated owls.",
        "Owl, J. (2020). Owls.",
        "Öwl, J. (2021). Later owls.",
        "Owl, J., & Abt, B. (2001). Pairs.",
        "Wren, J. (2020). Wrens.",
    ]


@pytest.mark.parametrize(
    ("style", "first"), [("ieee", "[1] J. Wren, “Wrens.”"), ("nature", "1. Wren, J. Wrens.")]
)
def test_numbered_lists_keep_their_order(style, first):
    lines = render_references(SHELF, style).splitlines()
    assert lines[0].startswith(first)
    assert [line.split(" ")[0].strip("[].") for line in lines] == [str(n) for n in range(1, 7)]
    assert is_numbered(style)
    assert not render_reference_number("apa", 1)


def test_an_empty_list_is_empty():
    assert render_references((), "apa") == ""


def test_marks_of_a_record_cannot_pass_for_quotation_marks():
    paper = Paper(title="Ow\ue001\ue000ls", published="2020")
    assert build_references(paper, ["ieee"])["ieee"] == "“Owls.” 2020."


WORDS = st.text("aB.-'’:?!,“\" 漢ьé\ue000\n1–", max_size=12)


@given(
    title=WORDS.filter(str.strip),
    names=st.lists(st.builds(Author, name=WORDS, literal=st.booleans()), max_size=3),
    facts=st.fixed_dictionaries(dict.fromkeys(("venue", "volume", "pages", "publisher"), WORDS)),
    venue_type=st.sampled_from([None, "journal", "conference", "book", "thesis", "report", "preprint"]),
    published=st.sampled_from(["", "2020", "2020-02", "2020-02-03"]),
)
def test_whatever_a_record_says_its_reference_is_one_line(title, names, facts, venue_type, published):
    paper = Paper(title=title, authors=tuple(names), venue_type=venue_type, published=published, **facts)
    for text in build_references(paper).values():
        assert text == text.strip()
        assert len(text.splitlines()) <= 1
        assert "\ue000" not in text
        assert "\ue001" not in text


def test_every_style_says_who_owns_it_and_under_which_licence():
    for path in [*(find_file(style) for style in STYLES), *FOLDER.glob("locales-*.xml")]:
        assert "creativecommons.org/licenses/by-sa/3.0/" in path.read_text(encoding="utf-8")
    assert "CC BY-SA 3.0" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
