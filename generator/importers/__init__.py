"""One importer a format, each from texts to drafts with their places; the registry of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from generator.importers.acl_xml import import_acl_xml
from generator.importers.arxiv import import_arxiv
from generator.importers.bibtex import import_bibtex
from generator.importers.csl_json import import_csl_json
from generator.importers.csv_table import import_csv
from generator.importers.hf import import_hf
from generator.importers.issue_form import import_issue_form
from generator.importers.jsonl import import_jsonl
from generator.importers.listing import import_listings
from generator.importers.openalex import import_openalex
from generator.importers.readme import import_readme
from generator.importers.ris import import_ris
from generator.importers.values import Batch, TextFile


class ImportFormat(Struct, frozen=True, kw_only=True):
    """A format that papers can come in: what it is, and the function that reads it."""

    name: str
    description: str
    read: Callable[[Sequence[TextFile], str], Batch]
    """From texts and the day that they were captured (or the empty string) to drafts and problems."""


_ALL = (
    ("listing", "saved pages of a daily-papers site, as plain text", import_listings),
    ("bibtex", "BibTeX and BibLaTeX bibliographies", import_bibtex),
    ("ris", "RIS, and the dialect of Web of Science", import_ris),
    ("csl-json", "CSL-JSON items", import_csl_json),
    ("arxiv", "Atom feeds of the arXiv API", import_arxiv),
    ("hf", "JSON of the Hugging Face daily-papers API", import_hf),
    ("openalex", "JSON of OpenAlex works", import_openalex),
    ("csv", "tables, with columns by header name", import_csv),
    ("acl-xml", "volumes of the ACL Anthology, as XML", import_acl_xml),
    ("readme", "paper lists in Markdown, as bullets or tables", import_readme),
    ("issue-form", "the body of an issue made with the project's form", import_issue_form),
    ("jsonl", "this project's own records, one a line", import_jsonl),
)
FORMATS: Mapping[str, ImportFormat] = MappingProxyType(
    {name: ImportFormat(name=name, description=text, read=read) for name, text, read in _ALL}
)

__all__ = ["FORMATS", "Batch", "ImportFormat", "TextFile"]
