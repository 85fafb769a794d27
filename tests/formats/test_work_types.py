"""The type of a work and what it was published in: every format says the same, whichever format it came from."""

import json
from urllib.parse import parse_qs

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.exports.texts import EXPORTS
from generator.formats.registry import read_files
from generator.formats.shared.work_facts import _FACTS, split_pages
from generator.formats.values import TextFile
from generator.model import Paper
from generator.pages.parts.coins import build_coins
from generator.pages.parts.head_tags import build_tags

CHAPTER = {
    "bibtex": "@incollection{x, title = {Nests}, author = {Owl, Jane}, editor = {Wren, Al}, booktitle = {Book of Birds}, publisher = {Nest Press}, series = {Owls}, pages = {1--9}, year = 2020}",
    "ris": "TY  - CHAP\nTI  - Nests\nAU  - Owl, Jane\nED  - Wren, Al\nT2  - Book of Birds\nPB  - Nest Press\nT3  - Owls\nSP  - 1\nEP  - 9\nPY  - 2020\nER  - \n",
    "csl-json": '{"type": "chapter", "title": "Nests", "author": [{"family": "Owl", "given": "Jane"}], "editor": [{"family": "Wren", "given": "Al"}], "container-title": "Book of Birds", "publisher": "Nest Press", "collection-title": "Owls", "page": "1-9", "issued": {"date-parts": [[2020]]}}',
}  # fmt: skip
THESIS = {
    "bibtex": "@mastersthesis{x, title = {Nests}, school = {University of Owls}, year = 2020, address = {Nest}}",
    "ris": "TY  - THES\nTI  - Nests\nPB  - University of Owls\nM3  - Master's thesis\nCY  - Nest\nPY  - 2020\nER  - \n",
    "csl-json": '{"type": "thesis", "title": "Nests", "publisher": "University of Owls", "genre": "Master\'s thesis", "publisher-place": "Nest", "issued": {"date-parts": [[2020]]}}',
}
REPORT = {
    "bibtex": "@techreport{x, title = {Nests}, institution = {Institute of Owls}, number = {TR-5}, year = 2020}",
    "ris": "TY  - RPRT\nTI  - Nests\nPB  - Institute of Owls\nSN  - TR-5\nPY  - 2020\nER  - \n",
    "csl-json": '{"type": "report", "title": "Nests", "publisher": "Institute of Owls", "number": "TR-5", "issued": {"date-parts": [[2020]]}}',
}


VENUE_YEARS = [
    ("2024-12", "CVPR 2025", "2025"), ("2024-12", "CVPR 2024", "2024-12"), ("2024-12", "Birds", "2024-12"),
    ("2024-12", "Owls of 1999", "2024-12"), ("2012", "Nests Towards 2050", "2012"), ("", "CVPR 2025", ""),
]  # fmt: skip


@pytest.mark.parametrize(("published", "venue", "issued"), VENUE_YEARS)
def test_a_citation_has_the_year_that_its_venue_names(published, venue, issued):
    paper = Paper(id="owls", title="Owls", published=published, venue=venue)
    written = {name: EXPORTS[name].render(paper) for name in ("bibtex", "ris", "csl-json")}
    assert (f"year = {{{issued[:4]}}}" in written["bibtex"]) is bool(issued)
    assert ("month = dec" in written["bibtex"]) is ("-" in issued)
    assert (f"PY  - {issued[:4]}" in written["ris"]) is bool(issued)
    parts = [[int(part) for part in issued.split("-")]] if issued else None
    assert json.loads(written["csl-json"]).get("issued", {}).get("date-parts") == parts


def export(format_, text):
    """Return what every format says of an entry: BibTeX, RIS, CSL-JSON, the tags of its page, JSON-LD and COinS."""
    (draft,) = read_files(format_, [TextFile(name="file", text=text)], "", {}).drafts
    paper = draft.paper
    page = LexborHTMLParser(f"<head>{build_tags(paper, 'Nests')}</head><body>{build_coins(paper)}</body>")
    tags = {
        node.attributes["name"]: node.attributes["content"]
        for node in page.css("meta[name]")
        if node.attributes["name"].startswith("citation_")
    }
    coins = parse_qs(page.css_first("span.Z3988").attributes["title"])
    return (
        EXPORTS["bibtex"].render(paper), EXPORTS["ris"].render(paper).split("\r\n"), json.loads(EXPORTS["csl-json"].render(paper)),
        tags, json.loads(page.css_first("script").text()), {name: value for name, (value,) in coins.items()},
    )  # fmt: skip


@pytest.mark.parametrize("name", CHAPTER)
def test_a_chapter_is_part_of_a_book_with_editors(name):
    bibtex, ris, csl, tags, data, coins = export(name, CHAPTER[name])
    assert bibtex.startswith("@incollection{")
    for line in (
        "editor = {Wren, Al}", "booktitle = {Book of Birds}", "publisher = {Nest Press}", "series = {Owls}", "pages = {1--9}",
    ):  # fmt: skip
        assert f"  {line}," in bibtex
    assert {
        "TY  - CHAP", "ED  - Wren, Al", "T2  - Book of Birds", "PB  - Nest Press", "T3  - Owls", "SP  - 1", "EP  - 9",
    } <= set(ris)  # fmt: skip
    assert (csl["type"], csl["container-title"], csl["collection-title"]) == (
        "chapter", "Book of Birds", "Owls",
    )  # fmt: skip
    assert csl["editor"] == [{"family": "Wren", "given": "Al"}]
    assert (tags["citation_inbook_title"], tags["citation_editor"]) == ("Book of Birds", "Al Wren")
    assert (data["@type"], data["isPartOf"]) == ("Chapter", {"@type": "Book", "name": "Book of Birds"})
    assert (coins["rft.genre"], coins["rft.atitle"], coins["rft.btitle"]) == ("bookitem", "Nests", "Book of Birds")  # fmt: skip


@pytest.mark.parametrize("name", THESIS)
def test_a_thesis_has_a_school(name):
    bibtex, ris, csl, tags, data, coins = export(name, THESIS[name])
    assert bibtex.startswith("@mastersthesis{")
    assert "  school = {University of Owls}," in bibtex
    assert "publisher" not in bibtex
    assert {"TY  - THES", "PB  - University of Owls", "CY  - Nest"} <= set(ris)
    assert (csl["type"], csl["publisher"], csl["publisher-place"]) == (
        "thesis", "University of Owls", "Nest",
    )  # fmt: skip
    assert "container-title" not in csl
    assert csl["genre"].replace("’", "'") == "Master's thesis"
    assert tags["citation_dissertation_institution"] == "University of Owls"
    assert (data["@type"], data["sourceOrganization"]["name"]) == ("Thesis", "University of Owls")
    assert (coins["rft_val_fmt"], coins["rft.inst"]) == ("info:ofi/fmt:kev:mtx:dissertation", "University of Owls")  # fmt: skip


@pytest.mark.parametrize("name", REPORT)
def test_a_report_has_an_institution_and_a_number(name):
    bibtex, ris, csl, tags, data, coins = export(name, REPORT[name])
    assert bibtex.startswith("@techreport{")
    assert "  institution = {Institute of Owls}," in bibtex
    assert "  number = {TR-5}," in bibtex
    assert {"TY  - RPRT", "PB  - Institute of Owls", "SN  - TR-5"} <= set(ris)
    assert (csl["type"], csl["publisher"], csl["number"]) == ("report", "Institute of Owls", "TR-5")
    assert tags["citation_technical_report_institution"] == "Institute of Owls"
    assert tags["citation_technical_report_number"] == "TR-5"
    assert data["@type"] == "Report"
    assert (coins["rft.genre"], coins["rft.btitle"], coins["rft.pub"]) == (
        "report", "Nests", "Institute of Owls",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "types"),
    [
        ("bibtex", "@book{x, title = {Nests}}", ("book", "BOOK", "book")),
        ("bibtex", "@proceedings{x, title = {Nests}}", ("proceedings", "CONF", "book")),
        ("bibtex", "@inbook{x, title = {Nests}, chapter = 3}", ("inbook", "CHAP", "chapter")),
        ("bibtex", "@unpublished{x, title = {Nests}}", ("unpublished", "MANSCPT", "manuscript")),
        ("bibtex", "@dataset{x, title = {Nests}}", ("misc", "DATA", "dataset")),
        ("csl-json", '{"type": "software", "title": "Nests"}', ("misc", "COMP", "software")),
        ("ris", "TY  - PAT\nTI  - Nests\nER  - \n", ("misc", "PAT", "patent")),
        ("ris", "TY  - GEN\nTI  - Nests\nER  - \n", ("misc", "GEN", "article")),
    ],
)
def test_other_types_are_said_alike(name, text, types):
    bibtex, ris, csl, *_ = export(name, text)
    assert (bibtex.partition("{")[0][1:], ris[0].removeprefix("TY  - "), csl["type"]) == types


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ris", "TY  - BOOK\nTI  - Nests\nT2  - Books on Owls\nER  - \n"),
        ("csl-json", '{"type": "book", "title": "Nests", "container-title": "Books on Owls"}'),
    ],
)
def test_what_contains_a_book_is_a_series(name, text):
    bibtex, ris, csl, *_ = export(name, text)
    assert bibtex.startswith("@book{")
    assert "series = {Books on Owls}" in bibtex
    assert {"TY  - BOOK", "T3  - Books on Owls"} <= set(ris)
    assert (csl["type"], csl["collection-title"]) == ("book", "Books on Owls")


@pytest.mark.parametrize(
    ("pages", "first", "last", "written"),
    [
        ("1-9", "1", "9", "1--9"),
        ("1–9", "1", "9", "1--9"),
        ("1--9", "1", "9", "1--9"),
        ("S1-1-S1-9", "S1-1", "S1-9", "S1-1--S1-9"),
        ("e7", "e7", "", "e7"),
        ("1-3, 5-9", "1", "3, 5-9", "1--3, 5--9"),
        ("-", "", "", ""),
    ],
)
def test_hyphens_may_be_part_of_pages(pages, first, last, written):
    paper = Paper(id="x", title="Nests", pages=pages)
    assert split_pages(pages) == (first, last)
    assert (f"  pages = {{{written}}}," in EXPORTS["bibtex"].render(paper)) == bool(written)


@pytest.mark.parametrize("words", [("owls", "nests"), ("owls, barn", "nests")])
def test_keywords_leave_and_come_back(words):
    paper = Paper(id="x", title="Nests", groups={"keywords": words})
    for name in ("bibtex", "ris", "csl-json"):
        (draft,) = read_files(
            name, [TextFile(name="file", text=EXPORTS[name].render_list([paper]))], "", {}
        ).drafts
        assert draft.paper.groups == {"keywords": words}


def test_every_fact_has_a_name_in_two_formats():
    assert all(bool(fact.bibtex) + bool(fact.csl) + bool(fact.ris) > 1 for fact in _FACTS)
