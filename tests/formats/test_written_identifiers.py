"""Identifiers as people and programs write them, in every format that has fields for them."""

import json

import pytest

from generator.formats.bibtex.read import import_bibtex
from generator.formats.csl_json.read import import_csl_json
from generator.formats.csv.read import import_csv
from generator.formats.ris.read import import_ris
from generator.formats.shared.written_identifiers import find_arxiv, find_doi, says_arxiv, trim
from generator.formats.values import TextFile

DOIS = {
    "10.1002/(SICI)1(199601)1:1$<$1::AID-OWL1$>$3.0.CO;2-K": "10.1002/(sici)1(199601)1:1<1::aid-owl1>3.0.co;2-k",
    r"10.1002/(SICI)1(199601)1:1{\textless}2::AID-OWL2{\textgreater}3.0.CO;2-K": "10.1002/(sici)1(199601)1:1<2::aid-owl2>3.0.co;2-k",
    "10.1002/(SICI)1(199601)1:1&lt;3::AID-OWL3&gt;3.0.CO;2-K": "10.1002/(sici)1(199601)1:1<3::aid-owl3>3.0.co;2-k",
    "https://doi.org/10.1002/(SICI)1(199601)1:1%3C4::AID-OWL4%3E3.0.CO%3B2-K": "10.1002/(sici)1(199601)1:1<4::aid-owl4>3.0.co;2-k",
    "10.1000/owl.5.": "10.1000/owl.5",
    "(doi:10.1000/Owl.6).": "10.1000/owl.6",
    "<https://dx.doi.org/10.1000/owl(7)>": "10.1000/owl(7)",
    r"10.1000/a\_b$\_$c\textunderscore{}d": "10.1000/a_b_c_d",
    '<a href="https://doi.org/10.1000/owl">10.1000/owl</a>': "10.1000/owl",
    "DOI 10.1000/owl": "10.1000/owl",
    "https://doi.org/10.1000/owl?utm_source=nest#top": "10.1000/owl",
}


def file(name, text):
    return [TextFile(name=name, text=text)]


READERS = {
    "bibtex": lambda doi: import_bibtex(file("a.bib", f"@misc{{a, title = {{Owls}}, doi = {{{doi}}}}}"), ""),
    "ris": lambda doi: import_ris(file("a.ris", f"TY  - GEN\nTI  - Owls\nDO  - {doi}\nER  - \n"), ""),
    "csl-json": lambda doi: import_csl_json(file("a.json", json.dumps([{"title": "Owls", "DOI": doi}])), ""),
    "csv": lambda doi: import_csv(file("a.csv", 'title,doi\nOwls,"{}"\n'.format(doi.replace('"', '""'))), ""),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", DOIS)
def test_a_doi_has_no_remains_of_tex_of_html_or_of_its_sentence(reader, text):
    batch = READERS[reader](text)
    assert batch.drafts[0].paper.links == {"doi": (DOIS[text],)}
    assert batch.problems == ()


@pytest.mark.parametrize("reader", READERS)
def test_what_a_doi_field_says_besides_is_kept(reader):
    paper = READERS[reader]("10.1000/owl.4, PMID: 1234").drafts[0].paper
    assert paper.links == {"doi": ("10.1000/owl.4",)}
    assert "PMID: 1234" in paper.extra["doi"]


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("10.1000/a; 10.1000/b", "10.1000/a", "10.1000/b"),
        ("https://birds.example/doi/full/10.1000/1.2", "10.1000/1.2", ""),
        ("10.1000/{x}", "10.1000/{x}", ""),
        ("10.1000/0012-9658(2001)082[0001:X]2.0.CO;2", "10.1000/0012-9658(2001)082[0001:x]2.0.co;2", ""),
        ("info:doi/10.1000/x (open access)", "10.1000/x", "open access"),
    ],
)
def test_a_doi_is_found_in_a_text(text, value, rest):
    assert find_doi(text) == (value, rest)


def test_a_text_without_a_doi_has_none():
    assert find_doi("none") is None
    assert find_doi("https://doi.org/") is None


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("arXiv:2001.00003v2 [cs.CL]", "2001.00003", ""),
        ("arXiv: 2001.00003 (cs.LG, stat.ML)", "2001.00003", ""),
        ("arXiv preprint arXiv:2001.00003", "2001.00003", ""),
        ("ArXiv e-prints, arXiv:2001.00003.", "2001.00003", ""),
        ("CoRR, abs/2001.00003", "2001.00003", ""),
        ("abs/cs/0112017", "cs/0112017", ""),
        ("arXiv:Math.gt/0309136", "math.GT/0309136", ""),
        ("http://arxiv.org/pdf/2001.00003v1.pdf", "2001.00003", ""),
        ("Accepted at Nest. arXiv:2001.00003", "2001.00003", "Accepted at Nest"),
        ("arXiv:2001.00003 [cs]\nversion: 2", "2001.00003", "version: 2"),
    ],
)
def test_a_number_of_arxiv_is_found_where_a_text_is_one(text, value, rest):
    assert find_arxiv(text) == (value, rest)


@pytest.mark.parametrize(
    "text",
    ["2001.00003", "See arXiv:2001.00003", "extends arXiv:2001.00003 [cs]", "arXiv:2013.00003", "Nest 2001.00003", "owls/0112017"],
)  # fmt: skip
def test_other_texts_are_no_number_of_arxiv(text):
    assert find_arxiv(text) is None


def test_a_bare_number_is_one_of_arxiv_only_where_arxiv_is_meant():
    assert find_arxiv("cs.CL/0112017", bare=True) == ("cs.CL/0112017", "")
    assert find_arxiv("2001.00003v4", bare=True) == ("2001.00003", "")
    assert find_arxiv("owls/0112017", bare=True) is None
    assert find_arxiv("12345678", bare=True) is None
    assert [says_arxiv(text) for text in ("arXiv.org", "CoRR", "Preprint of owls", "preprint")] == [True, True, False, False]  # fmt: skip


IN_BIBTEX = [
    "journal = {ArXiv}, volume = {abs/2001.00001}",
    "journal = {CoRR}, volume = {abs/2001.00001}",
    "journal = {arXiv:2001.00001 [cs]}",
    "journal = {arXiv preprint arXiv:2001.00001}",
    "journal = {arXiv}, volume = {2001.00001}",
    "journal = {arXiv e-prints}, eid = {arXiv:2001.00001}, pages = {arXiv:2001.00001}",
    "number = {arXiv:2001.00001}, publisher = {arXiv}",
    "number = {2001.00001}, publisher = {arXiv}",
    "number = {arXiv:2001.00001}, eprint = {2001.00001}, primaryclass = {cs}, publisher = {arXiv}",
    "arxiv = {2001.00001}",
    "arxivId = {https://arxiv.org/abs/2001.00001}",
    "eprint = {2001.00001}",
    "eprint = {2001.00001 [cs.CL]}, eprinttype = {arXiv}",
    "eprint = {arXiv:2001.00001v3}, archivePrefix = {ArXiv.org}",
    "note = {arXiv: 2001.00001}",
    "howpublished = {arXiv:2001.00001 [cs.CL]}",
    "url = {arXiv:2001.00001}",
    "doi = {arXiv:2001.00001}",
]


@pytest.mark.parametrize("fields", IN_BIBTEX)
def test_numbers_of_arxiv_are_links_wherever_reference_managers_write_them(fields):
    (draft,) = import_bibtex(file("a.bib", f"@article{{a, title = {{Owls}}, {fields}}}"), "").drafts
    paper = draft.paper
    assert paper.links == {"arxiv": ("2001.00001",)}
    assert (paper.volume, paper.issue, paper.pages) == ("", "", "")
    assert paper.venue in {"", "arXiv"}
    assert not paper.venue or paper.venue_type == "preprint"
    assert set(paper.extra) <= {"primaryclass", "eprinttype"}


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ("journal = {CoRR}, volume = {cs.CL/0112017}", "cs.CL/0112017"),
        ("eprint = {9901001}, archivePrefix = {hep-th}", "hep-th/9901001"),
        ("eprint = {hep-th/9901001}", "hep-th/9901001"),
    ],
)
def test_numbers_of_the_old_kind_are_read_as_well(fields, number):
    (draft,) = import_bibtex(file("a.bib", f"@article{{a, title = {{Owls}}, {fields}}}"), "").drafts
    assert draft.paper.links == {"arxiv": (number,)}


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {12345678}, eprinttype = {pubmed}",
        "note = {See arXiv:1901.00001}",
        "journal = {Birds (arXiv)}, volume = {2001.00001}",
        "eprint = {2001.00001}, eprinttype = {jstor}",
    ],
)
def test_a_number_of_another_archive_or_paper_is_no_link(fields):
    (draft,) = import_bibtex(file("a.bib", f"@article{{a, title = {{Owls}}, {fields}}}"), "").drafts
    assert draft.paper.links == {}


def test_a_part_of_arxiv_is_a_venue_of_preprints():
    text = "@article{a, title = {Owls}, journal = {arXiv: Neurons and Cognition}}"
    (draft,) = import_bibtex(file("a.bib", text), "").drafts
    assert (draft.paper.venue, draft.paper.venue_type) == ("arXiv: Neurons and Cognition", "preprint")


def test_a_second_number_stays_where_it_is():
    text = "@misc{a, title = {Owls}, eprint = {2001.00001}, note = {arXiv:1901.00001}}"
    (draft,) = import_bibtex(file("a.bib", text), "").drafts
    assert draft.paper.links == {"arxiv": ("2001.00001",)}
    assert draft.paper.extra == {"note": "arXiv:1901.00001"}


@pytest.mark.parametrize(
    "tags",
    ["T2  - ArXiv\nVL  - abs/2001.00001", "JO  - arXiv:2001.00001 [cs]", "M1  - arXiv:2001.00001\nPB  - arXiv", "N1  - arXiv:2001.00001 [cs]", "UR  - arXiv:2001.00001"],
)  # fmt: skip
def test_numbers_of_arxiv_are_links_in_ris(tags):
    (draft,) = import_ris(file("a.ris", f"TY  - JOUR\nTI  - Owls\n{tags}\nER  - \n"), "").drafts
    assert draft.paper.links == {"arxiv": ("2001.00001",)}
    assert (draft.paper.volume, draft.paper.issue, draft.paper.extra) == ("", "", {})


@pytest.mark.parametrize(
    "item",
    [
        {"container-title": "ArXiv", "volume": "abs/2001.00001"},
        {"container-title": "arXiv:2001.00001 [cs]"},
        {"number": "arXiv:2001.00001", "publisher": "arXiv"},
        {"archive": "arXiv", "archive_location": "2001.00001"},
        {"note": "arXiv:2001.00001 [cs]"},
    ],
)
def test_numbers_of_arxiv_are_links_in_csl_json(item):
    text = json.dumps([{"title": "Owls", "type": "article-journal", **item}])
    (draft,) = import_csl_json(file("a.json", text), "").drafts
    assert draft.paper.links == {"arxiv": ("2001.00001",)}
    assert (draft.paper.volume, draft.paper.issue) == ("", "")
    assert set(draft.paper.extra) <= {"archive"}


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [("a).", "a"), ("a(b)", "a(b)"), ("a[1]", "a[1]"), ("a]", "a"), ("<a>", "<a>"), ("a>", "a"), ("a”.", "a"), ("...", "")],
)  # fmt: skip
def test_marks_of_a_sentence_end_no_identifier(text, trimmed):
    assert trim(text) == trimmed


@pytest.mark.parametrize(
    "part", [" ", "arxiv ", "arXiv:", "[a", "; ", "10.1000/", "doi:", ")", "preprint, ", "\\", "<a "]
)
def test_long_runs_are_read_at_once(part):
    find_doi(part * 20_000)
    find_arxiv(part * 20_000)
