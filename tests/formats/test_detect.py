"""The format of a text: by what is in it, then by the ending of its name."""

import pytest
from support import LISTINGS, SHARED

from generator.formats.detect import detect_format, find_other_format, find_other_reading
from generator.formats.files import sort_files
from generator.formats.values import TextFile

CORPORA = SHARED / "corpora"
TEXTS = {
    "listing": "new\n\nSubscribe\n\nDec 8\n\nOwls at Night\n\nOwls film mice.\n\n  • 6 authors\n·\nOct 14 4\n",
    "bibtex": "% Owls\n@article{owl24,\n  title = {Owls},\n}\n",
    "ris": "\nTY  - JOUR\nTI  - Owls\nER  - \n",
    "csl-json": '[{"id": "owl", "type": "article-journal", "title": "Owls", "issued": {"date-parts": [[2024]]}}]',
    "arxiv": '<?xml version="1.0"?>\n<!-- owls -->\n<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>',
    "hf": '[{"paper": {"id": "2401.00001", "title": "Owls", "upvotes": 3}}]',
    "openalex": '{"meta": {"count": 1}, "results": [{"id": "https://openalex.org/W1", "display_name": "Owls"}]}',
    "csv": "Year;Title;Authors\n2024;Owls;Jane Owl\n",
    "acl-xml": "<?xml version='1.0'?>\n<collection id='2024.owls'><volume id='1'/></collection>",
    "readme": "# Owls\n\n- [Pellets](https://arxiv.org/abs/2401.00001), 2024\n\n```\n@article{owl, title={Owls}}\n```\n",
    "jsonl": '{"title": "Owls"}\n{"title": "Wrens"}\n',
}


@pytest.mark.parametrize("form", TEXTS)
def test_content_tells_the_format_whatever_the_name(form):
    assert detect_format("owls.txt", TEXTS[form]) == form
    assert detect_format("owls.bib", "\ufeff" + TEXTS[form]) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.bib", "bibtex"), ("A.RIS", "ris"), ("a.tsv", "csv"), ("a.md", "readme"), ("a.jsonl", "jsonl"), ("a.txt", ""), ("a.json", ""), ("a", "")],
)  # fmt: skip
def test_the_ending_tells_where_the_content_does_not(name, form):
    assert detect_format(name, "Owls are birds.\n") == form
    assert detect_format(name, "") == form


@pytest.mark.parametrize(
    "text", ["{", "[]", "<html><body>Owls</body></html>", '{"owls": 1}', "[[1]]", "\0", '"']
)
def test_other_texts_are_no_format(text):
    assert detect_format("owls", text) == ""


def test_a_record_on_one_line_is_a_line_of_records():
    assert detect_format("owls", '{"title": "Owls", "links": {"arxiv": "2401.00001"}}\n') == "jsonl"


@pytest.mark.skipif(not CORPORA.exists(), reason="../shared/corpora is not there")
@pytest.mark.parametrize(
    ("pattern", "form"),
    [
        ("bibtex/*.bib", "bibtex"), ("ris/*.ris", "ris"), ("arxiv/*.xml", "arxiv"), ("awesome/*.md", "readme"), ("acl2020/*.csv", "csv"),
        ("acl-xml/*.xml", "acl-xml"), ("*.jsonl", "jsonl"),
    ],
)  # fmt: skip
def test_real_files_are_told_apart(pattern, form):
    files = sorted(CORPORA.glob(pattern))
    assert files
    assert {detect_format("", path.read_text(encoding="utf-8")) or path.name for path in files} == {form}


@pytest.mark.skipif(not LISTINGS, reason="../shared/listings is not there")
def test_real_listings_are_listings():
    assert {detect_format("", path.read_text(encoding="utf-8")) for path in LISTINGS} == {"listing"}


def test_words_around_the_entries_of_a_bib_file_make_it_no_list():
    text = "[my profile](https://example.org/me)\n\n@article{owl, title={Owls}}\n"
    assert detect_format("owls.bib", text) == "bibtex"
    assert detect_format("owls.md", text) == "readme"


@pytest.mark.parametrize("name", ["owls.ris", "owls.nbib", "owls.txt"])
def test_medline_and_ris_are_told_apart_whatever_the_ending(name):
    medline = "\nPMID- 91\nOWN - NLM\nTI  - Owls.\n"
    assert detect_format(name, medline) == "medline"
    assert detect_format(name, TEXTS["ris"]) == "ris"
    assert detect_format(name, "TY  - JOUR\nTI  - Owls\nPMID - 91\nER  - \n") == "ris"
    assert (find_other_format("ris", medline), find_other_format("medline", TEXTS["ris"])) == (
        "medline",
        "ris",
    )


@pytest.mark.parametrize(
    ("name", "text", "found", "other"),
    [
        ("owls.ris", "PMID- 91\nTI  - Owls.\n", "medline", ""),
        ("owls.csv", TEXTS["bibtex"], "bibtex", "csv"),
        ("owls.md", "- [Owls](https://a.example/)\n\n@article{owl, title={Owls}}\n", "readme", "bibtex"),
        ("owls.txt", "@article{owl, title={Owls}}\n\n- [Owls](https://a.example/)\n", "bibtex", "readme"),
        ("owls.json", '[{"type": "book", "title": "Owls"}]', "csl-json", "yaml"),
        ("owls.json", TEXTS["csl-json"], "csl-json", ""),
        ("owls.jsonl", '{"id": "1", "DOI": "10.1000/x", "title": "Owls"}\n{"id": "2", "DOI": "10.1000/y", "title": "Wrens"}\n', "csl-json", ""),
        ("owls.md", TEXTS["readme"], "readme", ""),
        ("owls.bib", TEXTS["bibtex"], "bibtex", ""),
    ],
)  # fmt: skip
def test_where_two_readings_are_possible_the_other_one_is_said(name, text, found, other):
    assert (detect_format(name, text), find_other_reading(name, text, found)) == (found, other)
    _, problems = sort_files([TextFile(name=name, text=text)])
    said = [p for p in problems if p.code == "other-reading"]
    assert [f"papershelf import {other} {name}" in (p.hint or "") for p in said] == [True] * bool(other)


def test_an_empty_file_is_called_empty():
    _, (problem,) = sort_files([TextFile(name="owls.xml", text=" \n")])
    assert (problem.code, problem.severity) == ("no-entries", "error")
