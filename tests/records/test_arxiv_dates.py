"""Dates that arXiv numbers give to records that no source dates."""

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.identifiers import read_arxiv_month
from generator.model import Paper, Source
from generator.records.arxiv_dates import SOURCE, date_by_arxiv
from generator.records.read import load_shelf


@pytest.mark.parametrize(
    ("number", "month"),
    [
        ("2310.00653", "2023-10"), ("0704.0001", "2007-04"), ("hep-th/9901001", "1999-01"), ("math.GT/0309136", "2003-09"),
        ("2313.00001", ""), ("2300.00001", ""), ("owls", ""),
    ],
)  # fmt: skip
def test_a_number_names_the_month_of_its_first_version(number, month):
    assert read_arxiv_month(number) == month


def owls(**fields):
    return Paper(title="Owls", **{"links": {"arxiv": ("2310.00653",)}, **fields})


def test_the_date_comes_with_the_number_as_its_source():
    paper = date_by_arxiv(owls(sources=(Source(name="nest list", entry="4"),)))
    assert paper.published == "2023-10"
    assert paper.sources == (Source(name=SOURCE, entry="2310.00653"), Source(name="nest list", entry="4"))


@pytest.mark.parametrize(
    "fields",
    [
        {"published": "2024"},
        {"links": {}},
        {"links": {"arxiv": ("2310.00653", "2401.00001")}},
        {"sources": (Source(name="nest list", claims={"published": "2022"}),)},
    ],
)
def test_what_a_source_states_or_disputes_stays(fields):
    assert date_by_arxiv(owls(**fields)) == owls(**fields)


def test_upgrade_writes_such_dates_and_changes_nothing_else(tmp_path):
    folder = tmp_path / "content"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "owls.yml").write_text("title: Owls  # at night\nlinks:\n  arxiv: '2310.00653'\n")
    (folder / "papers" / "wrens.yml").write_text(
        "title: Wrens\npublished: '2024'\nlinks:\n  arxiv: '2310.00654'\n"
    )
    (folder / "papers" / "mice.yml").write_text("title: Mice\n")
    result = CliRunner().invoke(main, ["upgrade", "--arxiv-dates", "--content", str(folder)])
    assert "1 record dated by arXiv number, 1 still without a date" in result.output
    papers = load_shelf(folder)[0].papers
    assert {key: paper.published for key, paper in papers.items()} == {
        "mice": "", "owls": "2023-10", "wrens": "2024",
    }  # fmt: skip
    assert "# at night" in (folder / "papers" / "owls.yml").read_text()
