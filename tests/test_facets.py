"""A facet is one row of a table: it is counted, chosen and written in queries; authors are one of those who have a list."""

import pytest
from search_support import ask, build_folder

from generator.model import Author, Paper
from generator.search import facets
from generator.search.facets import FACETS, Facet

PAPERS = [
    Paper(id="owls", title="Owls", published="2024", authors=(Author(name="Doe, Jane"),)),
    Paper(
        id="mice",
        title="Mice at Night",
        authors=(Author(name="Doe, Jane"), Author(name="Roe, Richard")),
    ),
    Paper(id="voles", title="Voles", venue="Birds", links={"code": ("https://example.org/",)}),
]
LENGTH = Facet(
    "length",
    "facet.kind",
    lambda site: {key: [str(len(key)), "any"] for key in site.shelf.papers},
    several=True,
    name=lambda _, value: f"{value} letters",
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(facets, "FACETS", (*FACETS, LENGTH))
    return build_folder(PAPERS, tmp_path)


def find(folder, query="", **options):
    answer = ask(folder, query, **options)
    return {card["id"] for card in answer["cards"]}, answer


def test_a_new_facet_is_counted_and_chosen(folder):
    _, answer = find(folder, facets=True)
    assert answer["counts"]["length"] == {"4": 2, "5": 1, "any": 3}
    assert find(folder, filters={"length": ["5"]})[0] == {"voles"}
    both = find(folder, filters={"length": ["4", "5"]}, every=["length"], facets=True)
    assert (both[0], both[1]["counts"]["length"]) == (set(), {})


def test_a_new_facet_is_written_in_queries_by_its_values_and_names(folder):
    assert find(folder, "length:5")[0] == find(folder, 'length:"5 letters"')[0] == {"voles"}
    assert find(folder, "-length:5")[0] == {"owls", "mice"}
    assert find(folder, "length:7")[1]["problems"] == ["No paper has length:7; there are 4, 5, any."]


def test_authors_with_several_papers_are_a_facet(folder):
    _, answer = find(folder, facets=True)
    assert answer["counts"]["author"] == {"Jane Doe": 2}
    assert find(folder, filters={"author": ["Jane Doe"]})[0] == {"owls", "mice"}
    assert find(folder, "author:roe")[0] == {"mice"}


def test_every_other_facet_has_what_the_papers_have(folder):
    counts = find(folder, facets=True)[1]["counts"]
    assert {name: counts[name] for name in ("topic", "year", "kind", "has", "venue", "status")} == {
        "topic": {},
        "year": {"2024": 1, "unknown": 2},
        "kind": {"paper": 3},
        "has": {"code": 1},
        "venue": {"Birds": 1},
        "status": {"active": 3},
    }
