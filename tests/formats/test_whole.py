"""Files without an entry, torn files and files in another format: each ends with exit code 1 and a problem, in every format."""

import json
import re

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.formats.issue_form.read import QUESTIONS
from generator.formats.registry import FORMATS, TextFile, read_files

CSL = [
    {"id": "owls", "type": "article-journal", "title": "Owls at Night", "DOI": "10.1000/owls", "issued": {"date-parts": [[2024]]}, "author": [{"family": "Doe", "given": "Jane"}]},
    {"id": "wrens", "type": "book", "title": "Wrens by Day", "issued": {"date-parts": [[2023]]}},
]  # fmt: skip
HF = [{"paper": {"id": f"2401.0000{n}", "title": title, "summary": "They hunt.", "publishedAt": "2024-01-01T00:00:00Z", "upvotes": 3}, "numComments": 1} for n, title in ((1, "Owls at Night"), (2, "Wrens by Day"))]  # fmt: skip
WORKS = {"meta": {"count": 2}, "results": [{"id": f"https://openalex.org/W{n}", "title": title, "type": "article", "publication_year": 2024, "authorships": []} for n, title in ((1, "Owls at Night"), (2, "Wrens by Day"))]}  # fmt: skip
NOTES = {"notes": [{"id": f"owl_Note_{n}", "forum": f"owl_Note_{n}", "content": {"title": {"value": title}}} for n, title in ((1, "Owls at Night"), (2, "Wrens by Day"))]}  # fmt: skip
LIBRARY = {"config": {"label": "BetterBibTeX JSON"}, "items": [{"itemID": n, "itemType": "book", "title": title} for n, title in ((1, "Owls at Night"), (2, "Wrens by Day"))]}  # fmt: skip
FOUND = {"total": 2, "data": [{"paperId": f"{n}", "title": title, "year": 2024} for n, title in ((1, "Owls at Night"), (2, "Wrens by Day"))]}  # fmt: skip
CROSSREF = {"status": "ok", "message-type": "work-list", "message": {"total-results": 2, "items": [{"DOI": f"10.1000/{n}", "indexed": {}, "deposited": {}, "title": [title]} for n, title in ((1, "Owls at Night"), (2, "Wrens by Day"))]}}  # fmt: skip
GOOD = {
    "listing": "new\n\nGet trending papers in your email inbox!\n\nMar 11\n\nOwls at Night: Hearing Mice\n\nOwls hunt mice at night and hear them in the dark.\n\n• 3 authors · Mar 10, 2024 2\n\nWrens by Day: Seeing Spiders\n\nWrens hunt spiders by day and see them in the light.\n\n• 4 authors · Mar 10, 2024\n",
    "bibtex": "@article{owls,\n  title = {Owls at Night},\n  year = 2024,\n}\n\n@book{wrens,\n  title = {Wrens by Day},\n  year = 2023,\n}\n",
    "ris": "TY  - JOUR\nTI  - Owls at Night\nPY  - 2024\nER  - \n\nTY  - JOUR\nTI  - Wrens by Day\nPY  - 2023\nER  - \n",
    "medline": "PMID- 91\nTI  - Owls at Night.\nDP  - 2024\n\nPMID- 92\nTI  - Wrens by Day.\nDP  - 2023\n",
    "enw": "%0 Journal Article\n%T Owls at Night.\n%D 2024\n\n%0 Book\n%T Wrens by Day.\n%D 2023\n",
    "csl-json": json.dumps(CSL, indent=1),
    "arxiv": '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><updated>2024-01-01T00:00:00Z</updated><entry><id>http://arxiv.org/abs/2401.00001v1</id><title>Owls at Night</title></entry><entry><id>http://arxiv.org/abs/2401.00002v1</id><title>Wrens by Day</title></entry></feed>',
    "endnote-xml": '<?xml version="1.0"?>\n<xml><records><record><titles><title>Owls at Night</title></titles></record><record><titles><title>Wrens by Day</title></titles></record></records></xml>',
    "arxiv-rss": '<?xml version="1.0"?>\n<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><item><title>Owls at Night</title><guid>oai:arXiv.org:2401.00001v1</guid></item><item><title>Wrens by Day</title><guid>oai:arXiv.org:2401.00002v1</guid></item></channel></rss>',
    "oai-pmh": '<?xml version="1.0"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>' + "".join(f'<record><header><identifier>oai:nest:{n}</identifier></header><metadata><dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></dc></metadata></record>' for n, title in ((1, "Owls at Night"), (2, "Wrens by Day"))) + "</ListRecords></OAI-PMH>",
    "dblp-xml": '<?xml version="1.0"?>\n<dblp><article key="a/1"><title>Owls at Night.</title></article><book key="b/2"><title>Wrens by Day.</title></book></dblp>',
    "hf": json.dumps(HF),
    "openalex": json.dumps(WORKS),
    "crossref": json.dumps(CROSSREF),
    "semantic-scholar": json.dumps(FOUND),
    "openreview": json.dumps(NOTES),
    "better-bibtex-json": json.dumps(LIBRARY),
    "csv": 'title,year,venue\nOwls at Night,2024,"Birds, and\nmore"\nWrens by Day,2023,"Birds"\n',
    "acl-xml": '<?xml version="1.0"?>\n<collection id="2024.owls"><volume id="1"><meta><year>2024</year></meta><paper id="1"><title>Owls at Night</title></paper><paper id="2"><title>Wrens by Day</title></paper></volume></collection>',
    "readme": "# Papers\n\n- [Owls at Night](https://arxiv.org/abs/2401.00001), NeurIPS 2024.\n- [Wrens by Day](https://arxiv.org/abs/2401.00002)",
    "jsonl": '{"title": "Owls at Night", "venue": "Birds", "links": {}}\n{"title": "Wrens by Day", "venue": "Birds"}\n',
    "yaml": json.dumps([{"name": "Owls at Night", "conference": "Birds"}, {"name": "Wrens by Day", "conference": "Birds"}], indent=1),
    "issue-form": "\n\n".join(f"### {question}\n\nOwls at Night" for question in QUESTIONS[:1]) + "\n\n" + "\n\n".join(f"### {question}\n\n_No response_" for question in QUESTIONS[1:]),
}  # fmt: skip
"""A sound file of two entries in each format (a form is one)."""
WHOLE = {
    "listing": r"\.|Mar \d+(, 20?2?4?)?( \d)?", "bibtex": r"\}|@book\{wrens,\n  title = \{Wrens by Day\},\n.*\}", "ris": r"ER  -", "medline": r"\.|\d", "enw": r"\.|\d",
    "csl-json": r"\]", "arxiv": r"</feed>", "arxiv-rss": r"</rss>", "oai-pmh": r"</OAI-PMH>", "dblp-xml": r"</dblp>", "endnote-xml": r"</xml>", "hf": r"\]", "openalex": r"\}", "semantic-scholar": r"\}", "crossref": r"\}", "openreview": r"\}", "better-bibtex-json": r"\}", "acl-xml": r"</collection>",
    "csv": r'(2024|2023),("[^"]*"|[^"]*)', "readme": r"[^\[(]*\)[^\[]*|\[[^\]]*\]", "jsonl": r"\}", "yaml": r"\]", "issue-form": r"[^#]*",
}  # fmt: skip
"""How texts end that are whole by themselves, so that nobody can tell that something is missing."""
ENDINGS = {"csl-json": "json", "hf": "json", "openalex": "json", "semantic-scholar": "json", "crossref": "json", "openreview": "json", "better-bibtex-json": "json", "arxiv": "xml", "arxiv-rss": "xml", "oai-pmh": "xml", "dblp-xml": "xml", "endnote-xml": "xml", "acl-xml": "xml", "readme": "md", "yaml": "yml", "issue-form": "md", "bibtex": "bib", "listing": "txt"}  # fmt: skip


def bring(tmp_path, form, text):
    file = tmp_path / f"papers.{ENDINGS.get(form, form)}"
    file.write_text(text)
    content = tmp_path / "content"
    result = CliRunner().invoke(main, ["import", form, str(file), "--content", str(content)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def read(form, text):
    batch = read_files(form, [TextFile(name="x", text=text)], "", {})
    return batch, [p.code for p in batch.problems if p.severity == "error"]


def test_every_format_has_a_sound_file():
    assert set(GOOD) == set(FORMATS)


@pytest.mark.parametrize("form", GOOD)
def test_a_sound_file_comes_in(tmp_path, form):
    result = bring(tmp_path, form, GOOD[form])
    assert result.exit_code == 0, result.output
    assert ("1 new record" if form == "issue-form" else "2 new records") in result.output


@pytest.mark.parametrize("text", ["", " \n\n\t \n", "\ufeff", "[]", "{}", "null", "\n[\n]\n"])
@pytest.mark.parametrize("form", GOOD)
def test_a_file_without_an_entry_is_an_error(tmp_path, form, text):
    result = bring(tmp_path, form, text)
    assert result.exit_code == 1, result.output
    assert ": error [" in result.output
    assert not (tmp_path / "content" / "papers").exists()


@pytest.mark.parametrize("other", GOOD)
@pytest.mark.parametrize("form", GOOD)
def test_a_file_in_another_format_is_an_error_and_nothing_of_it_comes_in(tmp_path, form, other):
    if form == other:
        return
    result = bring(tmp_path, form, GOOD[other])
    assert result.exit_code == 1, result.output
    assert ": error [" in result.output
    assert " 0 new records" in result.output
    assert not (tmp_path / "content" / "papers").exists()


@pytest.mark.parametrize("form", GOOD)
def test_a_torn_file_is_an_error_wherever_it_is_torn(form):
    """Whatever of a file is left: it is whole by itself, which nobody can tell, or an error says where it ends."""
    text = GOOD[form]
    found = [end for end in range(len(text.rstrip()) - 1) if not read(form, text[:end])[1]]
    assert [text[:end] for end in found if not re.search(f"({WHOLE[form]})\\s*$", text[:end])] == []
    assert len(found) < len(text) / 2


def test_the_help_lists_every_format_with_an_example():
    lines = CliRunner().invoke(main, ["import", "--help"]).output.splitlines()
    for form in FORMATS.values():
        assert any(line.startswith(f"    {form.name} {form.example} ") for line in lines), form.name


def test_one_file_without_an_entry_is_named_beside_others(tmp_path):
    (tmp_path / "a.bib").write_text(GOOD["bibtex"])
    (tmp_path / "b.bib").write_text("\n")
    (tmp_path / "c.bib").write_text('@string{b = "Birds"}\n@preamble{"x"}\n')
    files = [str(tmp_path / name) for name in ("a.bib", "b.bib", "c.bib")]
    result = CliRunner().invoke(main, ["import", "bibtex", *files, "--content", str(tmp_path / "content")])
    assert result.exit_code == 1
    assert "b.bib: error [no-entries] the file is empty" in result.output
    assert "c.bib" not in result.output, "it has macros for the others"
    assert "2 new records" in result.output
    alone = CliRunner().invoke(main, ["import", "bibtex", files[2], "--content", str(tmp_path / "other")])
    assert (alone.exit_code, "c.bib: error [no-entries]" in alone.output) == (1, True)


def test_the_error_names_the_format_that_it_is(tmp_path):
    result = bring(tmp_path, "openalex", GOOD["csl-json"])
    assert "error [wrong-format] this is csl-json, not openalex" in result.output
    assert "import it as csl-json" in result.output
