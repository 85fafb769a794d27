"""Exports: the same texts from Python and in the browser, and nothing claimed that is not known."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_support import build_folder, export
from support import ROOT

from generator.exports.texts import ALL_EXPORTS, COLUMNS, EXPORTS
from generator.model import Author, Paper

PAPERS = [
    Paper(
        id="owls", title="Owl$^2$Net & <Friends>: 50% *more*", added="2025-01-01", summary="Owls hear mice."
    ),
    Paper(
        id="wrens",
        title="=Wrens, by “Day”",
        added="2025-01-02",
        authors=(Author(name="Möwe, Jane"), Author(name="Team Owl")),
        published="2024-05",
        venue="Journal of Birds",
        venue_type="journal",
        volume="3",
        pages="1–9",
        links={"doi": ("10.1000/wrens",), "code": ("https://github.com/o/wrens",)},
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build_folder(PAPERS, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("name", EXPORTS)
def test_the_browser_writes_what_python_writes(folder, name):
    assert export(folder, [1, 0], name) == EXPORTS[name].render_list([PAPERS[1], PAPERS[0]])


def test_ris_has_only_what_is_known():
    assert EXPORTS["ris"].render(PAPERS[0]) == (
        "TY  - GEN\r\nID  - owls\r\nTI  - Owl²Net & <Friends>: 50% *more*\r\nN1  - Owls hear mice.\r\nER  - \r\n"
    )
    known = EXPORTS["ris"].render(PAPERS[1]).split("\r\n")
    for line in (
        "TY  - JOUR",
        "AU  - Möwe, Jane",
        "AU  - Team Owl",
        "PY  - 2024",
        "DA  - 2024/05//",
        "SP  - 1",
        "EP  - 9",
        "DO  - 10.1000/wrens",
    ):
        assert line in known


def test_csl_splits_no_name_that_its_source_does_not():
    one, two = json.loads(EXPORTS["csl-json"].render_list(PAPERS))
    assert "author" not in one
    assert "issued" not in one
    assert two["author"] == [{"family": "Möwe", "given": "Jane"}, {"literal": "Team Owl"}]
    assert two["issued"] == {"date-parts": [[2024, 5]]}


@given(st.text(max_size=60), st.text(max_size=60))
def test_csv_is_read_back_and_holds_no_formula(title, summary):
    paper = Paper(id="x", title=title, summary=summary)
    head, row = csv.reader(io.StringIO(EXPORTS["csv"].render_list([paper]), newline=""))
    assert tuple(head) == COLUMNS
    assert len(row) == len(COLUMNS)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_markdown_shows_titles_as_they_are():
    line = EXPORTS["markdown"].render(PAPERS[0])
    assert line == "- Owl²Net & \\<Friends>: 50% \\*more\\*\n"
    assert (
        EXPORTS["markdown"]
        .render(PAPERS[1])
        .endswith("](https://doi.org/10.1000/wrens) (Jane Möwe, Team Owl, Journal of Birds, 2024)\n")
    )


def test_a_semicolon_does_not_end_an_address_in_ris():
    paper = Paper(id="owls", title="Owls", links={"doi": ("10.1000/1:1<1::aid-owl1>3.0.co;2-k",)})
    lines = EXPORTS["ris"].render(paper).split("\r\n")
    assert "UR  - https://doi.org/10.1000/1:1%3C1::aid-owl1%3E3.0.co%3B2-k" in lines
    assert "DO  - 10.1000/1:1<1::aid-owl1>3.0.co;2-k" in lines


def test_references_are_exported_one_a_line_in_the_order_of_the_style():
    wrens = "Möwe, J., & Team Owl. (2024). =Wrens, by “Day.” Journal of Birds, 3, 1–9. https://doi.org/10.1000/wrens\n"
    said = ALL_EXPORTS["apa"].render_list(PAPERS)
    assert said.splitlines() == [wrens.strip(), ALL_EXPORTS["apa"].render(PAPERS[0]).strip()]
    assert ALL_EXPORTS["ieee"].render_list(PAPERS[::-1]).startswith("[1] J. Möwe and Team Owl, “=Wrens")
    assert "apa" not in EXPORTS


def test_menus_offer_every_export_by_its_label():
    script = (ROOT / "theme_overrides" / "assets" / "papershelf" / "shared" / "save.js").read_text()
    listed = re.search(r"FORMATS = \{(.*?)\}", script)[1]
    offered = {name.strip('"'): label for name, label in re.findall(r'("[\w-]+"|\w+): "([^"]+)"', listed)}
    assert offered == {name: form.label for name, form in EXPORTS.items()}
