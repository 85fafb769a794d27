"""Dates that are not certain are claims in every format, and never the date of a record."""

import json

import pytest

from generator.formats.bibtex.read import import_bibtex
from generator.formats.csl_json.read import import_csl_json
from generator.formats.csv.read import import_csv
from generator.formats.readme.read import import_readme
from generator.formats.ris.read import import_ris
from generator.formats.shared.issued import read_issued
from generator.formats.values import TextFile
from generator.text.dates import is_doubtful, is_doubtful_date

DOUBTFUL = [
    "c. 1985",
    "ca. 1985",
    "ca 1985",
    "cca. 1985",
    "c1985",
    "circa 1985",
    "1985?",
    "about 1985",
    "um 1985",
]


def file(name, text):
    return [TextFile(name=name, text=text)]


READERS = {
    "bibtex": lambda said: import_bibtex(
        file("a.bib", f"@book{{a, title = {{Owls}}, year = {{{said}}}}}"), ""
    ),
    "biblatex": lambda said: import_bibtex(
        file("a.bib", f"@book{{a, title = {{Owls}}, date = {{{said}}}}}"), ""
    ),
    "ris": lambda said: import_ris(file("a.ris", f"TY  - BOOK\nTI  - Owls\nPY  - {said}\nER  - \n"), ""),
    "csl-json": lambda said: import_csl_json(
        file("a.json", json.dumps([{"title": "Owls", "issued": {"literal": said}}])), ""
    ),
    "csv": lambda said: import_csv(file("a.csv", f"title,year\nOwls,{said}\n"), ""),
}
LISTS = [
    "- [Owls at Night](https://arxiv.org/abs/2001.00001) ({})",
    "- [Owls at Night](https://arxiv.org/abs/2001.00001), *Birds*, {}.",
    "| Title | Year |\n|---|---|\n| [Owls at Night](https://arxiv.org/abs/2001.00001) | {} |\n",
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("said", [*DOUBTFUL, "[1985]", "[1985?]", "1980s"])
def test_a_doubtful_date_is_a_claim(reader, said):
    batch = READERS[reader](said)
    (draft,) = batch.drafts
    assert draft.paper.published == ""
    assert draft.paper.sources[0].claims == {"published": said}
    assert [problem.code for problem in batch.problems] == ["bad-date"]


@pytest.mark.parametrize("line", LISTS)
@pytest.mark.parametrize("said", DOUBTFUL)
def test_a_doubtful_date_of_a_list_is_a_claim(line, said):
    (draft,) = import_readme(file("a.md", f"# Owls\n\n{line.format(said)}\n"), "").drafts
    assert (draft.paper.published, draft.paper.title) == ("", "Owls at Night")
    assert draft.paper.sources[0].claims == {"published": said}


def test_a_reference_may_have_a_doubtful_date():
    line = "- Owl, J., & Wren, B. (c. 1985). Nests of owls. *Birds*, 3. https://doi.org/10.1000/owl.4."
    (draft,) = import_readme(file("a.md", f"# Owls\n\n{line}\n"), "").drafts
    paper = draft.paper
    assert (paper.title, paper.published, paper.venue) == ("Nests of owls", "", "Birds")
    assert paper.links == {"doi": ("10.1000/owl.4",)}
    assert paper.sources[0].claims["published"] == "c. 1985"


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("[2021] © 2021", "2021"),
        ("(1985)", "1985"),
        ("1985c", "1985"),
        ("Dec 1985", "1985-12"),
        ("1985 [reprint]", "1985"),
        ("Late Summer 2020", "2020"),
        ("1990 [1985]", ""),
    ],
)
def test_other_dates_stay_certain(said, date):
    assert read_issued(said) == date


def test_words_of_doubt_alone_are_no_date():
    assert is_doubtful("after the storm")
    assert not is_doubtful_date("after the storm")
    assert not is_doubtful_date("1985")
    assert is_doubtful_date("circa May 1985")
