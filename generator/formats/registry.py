"""The registry of import formats, and the function that reads files with one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from generator.extensions import Extended
from generator.formats.acl_xml.read import import_acl_xml
from generator.formats.arxiv.read import import_arxiv
from generator.formats.arxiv_rss.read import import_arxiv_rss
from generator.formats.better_bibtex_json.read import import_better_bibtex_json
from generator.formats.bibtex.read import import_bibtex
from generator.formats.crossref.read import import_crossref
from generator.formats.csl_json.read import import_csl_json
from generator.formats.csv.read import import_csv
from generator.formats.dblp_xml.read import import_dblp_xml
from generator.formats.detect import find_other_format
from generator.formats.endnote_xml.read import import_endnote_xml
from generator.formats.enw.read import import_enw
from generator.formats.hf.read import import_hf
from generator.formats.issue_form.read import import_issue_form
from generator.formats.item_list.read import import_yaml
from generator.formats.jsonl.read import import_jsonl
from generator.formats.listing.read import import_listings
from generator.formats.medline.read import import_medline
from generator.formats.oai_pmh.read import import_oai_pmh
from generator.formats.openalex.read import import_openalex
from generator.formats.openreview.read import import_openreview
from generator.formats.readme.read import import_readme
from generator.formats.ris.read import import_ris
from generator.formats.semantic_scholar.read import import_semantic_scholar
from generator.formats.values import Batch, TextFile
from generator.limits import ENTRIES
from generator.problems import Place, Problem, error, errors_of
from generator.records.groups import gather_groups


class ImportFormat(Struct, frozen=True, kw_only=True):
    """An import format: its description, and the function that reads it."""

    name: str
    description: str
    example: str = "FILE"
    """An example of a file name, for the help text."""
    read: Callable[..., Batch]
    """A function from texts and their capture date (or an empty text) to drafts and problems."""
    has_columns: bool = False
    """Whether `read` also accepts the meaning of columns, as `columns`."""
    has_day: bool = True
    """Whether the capture date matters for the format."""
    matches: Callable[[str, str], bool] | None = None
    """For formats of other packages, a function that tests whether a file (name and text) has this format. Built-in formats are detected first."""


_ALL = (
    ("listing", "page.txt", "saved pages of a daily-papers site, as plain text", import_listings),
    ("bibtex", "library.bib", "BibTeX and BibLaTeX bibliographies", import_bibtex),
    ("ris", "library.ris", "RIS, and the dialect of Web of Science", import_ris),
    ("medline", "pubmed.nbib", "MEDLINE, as PubMed exports it (`.nbib`)", import_medline),
    ("enw", "scholar.enw", "EndNote's tagged format (`.enw`), and Refer", import_enw),
    ("endnote-xml", "endnote.xml", "EndNote's XML, which Zotero and Mendeley write too", import_endnote_xml),
    ("csl-json", "library.json", "CSL-JSON items", import_csl_json),
    ("arxiv", "arxiv.xml", "Atom feeds of the arXiv API", import_arxiv),
    ("arxiv-rss", "rss.xml", "arXiv's feeds of new papers, as RSS or Atom", import_arxiv_rss),
    ("oai-pmh", "records.xml", "OAI-PMH, in arXiv's format or Dublin Core", import_oai_pmh),
    ("dblp-xml", "dblp.xml", "DBLP's XML: records, people, tables of contents", import_dblp_xml),
    ("hf", "daily.json", "JSON of the Hugging Face daily-papers API", import_hf),
    ("openalex", "works.json", "JSON of OpenAlex works", import_openalex),
    ("crossref", "works.json", "JSON of Crossref works", import_crossref),
    (
        "semantic-scholar",
        "papers.json",
        "JSON of Semantic Scholar's API, and lines of its dumps",
        import_semantic_scholar,
    ),
    ("openreview", "notes.json", "JSON of OpenReview's API, in both versions", import_openreview),
    (
        "better-bibtex-json",
        "zotero.json",
        "a Zotero library as BetterBibTeX JSON, with collections",
        import_better_bibtex_json,
    ),
    ("csv", "scopus.csv", "tables, with columns by header name", import_csv),
    ("acl-xml", "2024.acl.xml", "volumes of the ACL Anthology, as XML", import_acl_xml),
    ("readme", "README.md", "paper lists in Markdown, as bullets or tables", import_readme),
    ("yaml", "papers.yml", "lists of papers in YAML or JSON, with fields by name", import_yaml),
    ("issue-form", "issue.md", "the body of an issue written with the project's form", import_issue_form),
    ("jsonl", "papers.jsonl", "this project's own records, one on each line", import_jsonl),
)
_BEGINNINGS = {
    "bibtex": re.compile(r"@[ \t]*\w+\s*[{(]"),
    "medline": re.compile(r"^PMID *-", re.MULTILINE),
    "enw": re.compile(r"^%[0T](?:[ \t]|$)", re.MULTILINE),
    "ris": re.compile(r"^(?:TY  ?-|PT [A-Z])", re.MULTILINE),
    "arxiv": re.compile(r"<(?:\w+:)?entry\b"),
    "acl-xml": re.compile(r"<paper\b"),
    "endnote-xml": re.compile(r"<record\b"),
    "arxiv-rss": re.compile(r"<(?:item|(?:\w+:)?entry)\b"),
    "oai-pmh": re.compile(r"<(?:\w+:)?record\b"),
    "dblp-xml": re.compile(
        r"<(?:article|inproceedings|proceedings|book|incollection|phdthesis|mastersthesis|data)\b"
    ),
    "readme": re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)]|\|)", re.MULTILINE),
}
"""The start of entries in formats that are read as a whole; files with too many entries are not read at all."""
_SERVING = re.compile(r"@[ \t]*(?:string|preamble|xdata)\b", re.IGNORECASE)
"""BibTeX commands in a file that only serves the entries of other files."""
_UNDATED = {"csv", "readme", "yaml", "jsonl"}
_BY_NAME = {"csv", "yaml"}
_OWN = {
    name: ImportFormat(
        name=name,
        description=text,
        example=file,
        read=read,
        has_columns=name in _BY_NAME,
        has_day=name not in _UNDATED,
    )
    for name, file, text, read in _ALL
}
FORMATS: Mapping[str, ImportFormat] = Extended(_OWN, "papershelf.formats", ImportFormat)
"""Every import format by name: the built-in ones, and those of installed packages."""


def read_files(name: str, files: Sequence[TextFile], captured: str, columns: Mapping[str, str]) -> Batch:
    """Return the entries of files in a format; `columns` has the fields of table columns by header."""
    form = FORMATS[name]
    others = {file.name: other for file in files if (other := find_other_format(name, file.text))}
    wrong = [_name_format(file, form, others[file.name]) for file in files if file.name in others]
    right = [file for file in files if file.name not in others]
    batch = _read(form, right, captured, columns)
    problems = (*_tell_empty(form, right, batch), *wrong)
    drafts = batch.drafts if name == "jsonl" else tuple(map(gather_groups, batch.drafts))
    return replace(batch, drafts=drafts, entries=batch.entries + len(wrong), problems=problems)


def _name_format(file: TextFile, form: ImportFormat, other: str) -> Problem:
    message = f"this is {other}, not {form.name}, so nothing was imported"
    return error("wrong-format", message, Place(file=file.name), f"import it as {other} or as auto")


def _tell_empty(form: ImportFormat, files: Sequence[TextFile], batch: Batch) -> Iterator[Problem]:
    """Yield the problems of a batch, with a problem for each file without entries or errors."""
    yield from (problem for problem in batch.problems if problem.code != "no-entries")
    told = {fault.place.file if fault.place else None for fault in errors_of(batch.problems)}
    told |= {draft.place.file for draft in batch.drafts}
    for file in files:
        serves = form.name == "bibtex" and batch.drafts and _SERVING.search(file.text)
        if form.name == "issue-form" or None in told or file.name in told or serves:
            continue
        message = f"this file has no entries in the format {form.name}"
        hint = "check that the file is complete and has this format"
        yield error(
            "no-entries", message if file.text.strip() else "the file is empty", Place(file=file.name), hint
        )


def _read(form: ImportFormat, files: Sequence[TextFile], captured: str, columns: Mapping[str, str]) -> Batch:
    name = form.name
    entries = sum(_count_beginnings(name, file.text) for file in files)
    if entries <= ENTRIES:
        batch = (
            form.read(files, captured, columns=columns) if form.has_columns else form.read(files, captured)
        )
        if batch.entries <= ENTRIES:
            return batch
        entries = batch.entries
    message = f"more than {ENTRIES:,} entries, so none was imported"
    place = Place(file=files[0].name) if len(files) == 1 else None
    fault = error("too-many", message, place, "split the files")
    return Batch(drafts=(), entries=entries, problems=(fault,))


def _count_beginnings(name: str, text: str) -> int:
    """Return the number of entries in a text, at most one more than the limit; 0 for formats whose readers stop by themselves."""
    found = _BEGINNINGS[name].finditer(text) if name in _BEGINNINGS else ()
    return sum(1 for _ in islice(found, ENTRIES + 1))


__all__ = ["FORMATS", "Batch", "ImportFormat", "TextFile", "read_files"]
