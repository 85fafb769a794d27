"""Reads OAI-PMH records into drafts, in arXiv's format and in Dublin Core (https://www.openarchives.org/OAI/openarchivesprotocol.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from generator.formats.shared.entry import EntryBuilder
from generator.formats.shared.facts import clean_value, read_html, read_text
from generator.formats.shared.name_lists import gather_names, read_ris_names
from generator.formats.shared.strict_xml import FoundElement
from generator.formats.shared.xml_entries import import_elements
from generator.formats.values import Batch, TextFile
from generator.model import Draft, Paper, Source
from generator.problems import Place, Problem, error, note
from generator.text.names import join_name

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_ARXIV = "{http://arxiv.org/OAI/arXiv/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MORE = re.compile(r"<resumptionToken\b[^<>]*>\s*[^<>\s]")
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/", re.IGNORECASE)
_COMMENT = re.compile(r"comments?:\s*", re.IGNORECASE)
_WITHDRAWN = re.compile(r"this (?:paper|article|submission) has been withdrawn\b", re.IGNORECASE)
_PREPRINT = re.compile(r"(?:info:eu-repo/semantics/)?preprint", re.IGNORECASE)


def import_oai_pmh(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every record in the answers; errors of the service and deleted records are problems.

    A note is added if an answer is only a part of a list. `captured` is the date of the answers, or empty.
    """
    batch = import_elements(
        files, captured, _build_draft, roots={f"{_OAI}OAI-PMH"}, wanted={f"{_OAI}record", f"{_OAI}error"}
    )
    hint = "download the rest with its resumptionToken and import it, too"
    more = (
        note("cut-off", "the answer is only a part of the list", Place(file=file.name), hint)
        for file in files
        if _MORE.search(file.text)
    )
    return replace(batch, problems=(*batch.problems, *more))


def _build_draft(found: FoundElement, source: Source, place: Place, problems: list[Problem]) -> Draft | None:
    record = found.element if found.element is not None else Element("record")
    if record.tag == f"{_OAI}error":
        message = (
            f"the service returned an error: {clean_value(record.text) or clean_value(record.get('code'))}"
        )
        problems.append(
            error("source-error", message, place, "correct the request and download the list again")
        )
        return None
    header = record.find(f"{_OAI}header")
    key = clean_value(header.findtext(f"{_OAI}identifier")) if header is not None else ""
    source = replace(source, entry=key.rpartition(":")[2] or source.entry)
    if header is not None and header.get("status") == "deleted":
        problems.append(
            note("not-an-entry", f"{key} was deleted at the service", place, "nothing was imported from it")
        )
        return None
    sheet = EntryBuilder(source, place, problems)
    for metadata in record.iterfind(f"{_OAI}metadata/*"):
        if metadata.tag == f"{_ARXIV}arXiv":
            return _read_arxiv(metadata, sheet)
        if metadata.find(f"{_DC}title") is not None:
            return _read_dublin_core(metadata, sheet)
    hint = "download it with metadataPrefix=oai_dc or arXiv"
    problems.append(
        error("missing-field", f"{key or 'a record'} has no title in a known format", place, hint)
    )
    return None


def _read_arxiv(metadata: Element, sheet: EntryBuilder) -> Draft | None:
    def find(name: str) -> str:
        return read_text(metadata.findtext(f"{_ARXIV}{name}"))

    if not sheet.add_arxiv(find("id")):
        sheet.keep("id", find("id"))
    for doi in find("doi").split():
        sheet.add_doi(doi)
    authors = gather_names(map(_join_name, metadata.iterfind(f"{_ARXIV}authors/{_ARXIV}author")))
    for name in (
        "comments",
        "journal-ref",
        "report-no",
        "msc-class",
        "acm-class",
        "license",
        "categories",
        "proxy",
    ):
        sheet.keep(name.replace("-", "_").replace("comments", "comment"), find(name))
    if _WITHDRAWN.match(find("comments")):
        sheet.read_note(f"Withdrawn: {find('comments')}")
    return sheet.finish(
        Paper(
            title=find("title"),
            abstract=find("abstract"),
            authors=authors.as_authors(),
            published=sheet.date(find("created")),
        )
    )


def _join_name(author: Element) -> str:
    family, given, suffix = (
        read_text(author.findtext(f"{_ARXIV}{part}")) for part in ("keyname", "forenames", "suffix")
    )
    return join_name(family, given, suffix)


def _read_dublin_core(metadata: Element, sheet: EntryBuilder) -> Draft | None:
    def find(name: str) -> list[str]:
        return [said for one in metadata.iterfind(f"{_DC}{name}") if (said := read_html(one.text))]

    titles, descriptions = find("title"), find("description")
    comments = [text for text in descriptions if _COMMENT.match(text)]
    abstracts = [text for text in descriptions if text not in comments]
    for text in comments:
        sheet.keep("comment", _COMMENT.sub("", text, count=1))
    kept = {"description": abstracts[1:], "title": titles[1:], "publisher": find("publisher")[1:]}
    kept |= {
        name: find(name)
        for name in ("contributor", "source", "relation", "coverage", "rights", "format", "type")
    }
    authors = gather_names(name for said in find("creator") for name in read_ris_names(said))
    if authors.more:
        sheet.keep("others", "authors")
    for identifier in find("identifier"):
        _add_identifier(identifier, sheet)
    for name, values in kept.items():
        for value in values:
            sheet.keep(name, value)
    languages = find("language")
    return sheet.finish(
        Paper(
            title=next(iter(titles), ""),
            abstract=next(iter(abstracts), ""),
            authors=authors.as_authors(),
            published=sheet.date(*find("date")),
            venue_type="preprint" if any(map(_PREPRINT.fullmatch, find("type"))) else None,
            publisher=next(iter(find("publisher")), ""),
            language=languages[0] if len(languages) == 1 else "",
            groups={"subjects": said}
            if (said := tuple(dict.fromkeys(_list_subjects(find("subject")))))
            else {},
        )
    )


def _add_identifier(text: str, sheet: EntryBuilder) -> None:
    if _DOI.match(text):
        sheet.add_doi(text)
    elif not sheet.add_arxiv(text):
        sheet.keep("identifier", sheet.add_addresses(text))


def _list_subjects(subjects: Sequence[str]) -> Iterator[str]:
    for text in subjects:
        yield from filter(None, map(str.strip, text.split(";")))
