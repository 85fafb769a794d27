"""Citation keys: short, unique, independent of the order of papers, and never changed by another paper."""

import random

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.exports.texts import EXPORTS
from generator.model import Author, Paper
from generator.pipeline import load_content
from generator.records.keys import assign_keys, build_key, is_key, keep_key


def describe(title, *names, published="2024-05", literal=False):
    authors = tuple(Author(name=name, literal=literal) for name in names)
    return Paper(title=title, authors=authors, published=published)


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (describe("The Nests of Owls", "Möwe, Jane", "Wren, Bob"), "moewe2024nests"),
        (describe("On Owls", "Jane van Owl"), "owl2024owls"),
        (describe("On Owls", "Jane Owl III"), "owl2024owls"),
        (describe("On Owls", "van der Berg, Jan, Jr."), "vanderberg2024owls"),
        (describe("3D nests", "Łódź, Żaneta"), "lodz20243d"),
        (describe("Counting", "World Bird Organization", literal=True), "world2024counting"),
        (describe("The Nests of Owls"), "nests2024owls"),
        (Paper(title="Book of Owls", editors=("Wren, Bob",), published="2019"), "wren2019book"),
        (describe("The Nests of Owls", published=""), "nestsowls"),
        (describe("3D", published="1999"), "paper3d1999"),
        (describe("$x^2$ and “Ω”", "Иванов, Иван"), "ivanov2024x2"),
        (describe("It Is", "Owl, A."), "owl2024it"),
    ],
)
def test_a_key_is_made_of_the_family_name_the_year_and_a_word(paper, key):
    assert build_key(paper) == key
    assert is_key(key)


@given(st.text(min_size=1), st.text(), st.sampled_from(["", "2024"]))
def test_every_paper_gets_a_key_that_bibtex_takes(title, name, published):
    paper = describe(title, *([name] if name else []), published=published)
    (keyed,) = assign_keys({"x": paper}, {}).values()
    assert is_key(keyed.key)


@given(st.randoms(use_true_random=False))
def test_keys_are_unique_whatever_the_order(chance):
    papers = {f"owls-{number}": describe(f"Owls of day {number}", "Owl, Jane") for number in range(40)}
    names = random.Random(chance.random()).sample(sorted(papers), len(papers))  # noqa: S311 (an order)
    keyed = assign_keys({name: papers[name] for name in names}, {})
    assert keyed == assign_keys(papers, {})
    assert len({paper.key.lower() for paper in keyed.values()}) == len(papers)
    assert (keyed["owls-0"].key, keyed["owls-1"].key) == ("owl2024owls", "owl2024owlsb")


def test_a_new_paper_takes_no_key_of_a_known_one():
    known = {
        "a": Paper(id="a", title="Owls", key="OWL2024owls"),
        "owl2024owlsb": Paper(id="owl2024owlsb", title="Owls"),  # cited by its id
    }
    assert assign_keys({"c": describe("Owls", "Owl, Jane")}, known)["c"].key == "owl2024owlsc"


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("Owl:2020", True),
        ("owl_nests-2020", True),
        ("DBLP:conf/owl/Owl20", False),
        ("bert", False),
        ("owl" * 20, False),
        ("owl 2020", False),
    ],
)
def test_a_key_of_a_source_is_kept_if_it_is_one_that_people_type(key, kept):
    assert keep_key(key, [Author(name="Owl, Jane")]) == (key if kept else "")


BIB = """@article{Owl:2020, title = {Nests of Wrens}, author = {Owl, Jane}, year = 2020}
@article{x1, title = {Days of Larks}, author = {Owl, Jane}, year = 2020}
"""
LATER = "@article{owl2020days, title = {Days of Doves}, author = {Owl, Jane}, year = 2020}\n"


def run(content, *arguments):
    result = CliRunner().invoke(main, [*map(str, arguments), "--content", str(content)])
    assert result.exit_code == 0, result.output
    return {name: paper.key for name, paper in load_content(content)[0].papers.items()}


def test_an_import_gives_keys_that_stay(shelf_on_disk, tmp_path):
    content = shelf_on_disk(
        {
            "papers/owls.yml": "title: Owls\n",
            "shelf.yml": "format: 1\n",
            "topics.yml": "[]\n",
        }
    )
    (tmp_path / "one.bib").write_text(BIB)
    (tmp_path / "two.bib").write_text(LATER)
    first = run(content, "import", "bibtex", tmp_path / "one.bib")
    assert first == {"owls": "", "nests-of-wrens": "Owl:2020", "days-of-larks": "owl2020days"}
    later = run(content, "import", "bibtex", tmp_path / "two.bib")
    assert later == {**first, "days-of-doves": "owl2020daysb"}
    papers = load_content(content)[0].papers
    assert EXPORTS["bibtex"].render(papers["days-of-larks"]).startswith("@article{owl2020days,")
    assert EXPORTS["bibtex"].render(papers["owls"]).startswith("@misc{owls,")
    assert "ID  - owl2020days\r\n" in EXPORTS["ris"].render(papers["days-of-larks"])
    assert '"id":"owl2020days"' in EXPORTS["csl-json"].render(papers["days-of-larks"])
    whole = run(content, "upgrade", "--keys")
    assert whole == {**later, "owls": "owls"}
    assert run(content, "upgrade", "--keys") == whole


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        (("owl2024nests", "OWL2024nests"), ["duplicate-id"]),
        (("", "owls"), ["duplicate-id"]),
        (("owl 2024", "wren"), ["bad-id"]),
        (("owl2024", "wren"), []),
    ],
)
def test_a_check_names_keys_that_cannot_be(shelf_on_disk, keys, codes):
    files = {
        f"papers/{name}.yml": f"title: {name}\nadded: 2024-01-01\n" + (f"key: {key}\n" if key else "")
        for name, key in zip(("owls", "wrens"), keys, strict=True)
    }
    content = shelf_on_disk({**files, "shelf.yml": "format: 1\n", "topics.yml": "[]\n"})
    problems = load_content(content)[2]
    assert [problem.code for problem in problems if problem.severity != "note"] == codes
