"""Reads Atom feeds of the arXiv API into drafts (format: https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from generator.formats.naming import name_files
from generator.formats.shared.facts import Links, clean_value, date_entry, note_empty, read_day, read_text
from generator.formats.shared.strict_xml import read_elements
from generator.formats.values import Batch, TextFile
from generator.identifiers import parse_identifier
from generator.limits import STATUS_NOTE
from generator.model import Author, Draft, LinkKind, Paper, Source
from generator.problems import Place, Problem, error

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ERRORS = "/api/errors"
_ABSTRACT_PAGE = re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/abs/")
_VERSIONED_PDF = re.compile(r"(https?://(?:www\.|export\.)?arxiv\.org/pdf/.+?)v\d+(?:\.pdf)?$")
# A comment may contain any URL; only those whose host determines their kind become links.
_WITHDRAWN = re.compile(r"this (?:paper|article|submission) has been withdrawn\b", re.IGNORECASE)
"""The start of comments of withdrawn papers."""
_CLEAR: tuple[LinkKind, ...] = ("code", "data", "model", "demo", "video")


def import_arxiv(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every paper in the feeds.

    The date of a source is that in the feed, otherwise `captured`; a paper's date is that of its first version. Errors
    returned by the API become problems.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        day, before, known = captured, len(problems), entries
        for found in read_elements(
            file.text,
            file=file.name,
            roots={f"{_ATOM}feed"},
            wanted={f"{_ATOM}entry", f"{_ATOM}updated"},
            problems=problems,
        ):
            if found.tag == f"{_ATOM}updated":
                day = (read_day(found.element.text) if found.element is not None else "") or day
                continue
            entries += 1
            place = Place(file=file.name, line=found.line)
            if found.element is not None and (
                draft := _build_draft(found.element, names[file.name], day, place, problems)
            ):
                drafts.append(draft)
        if entries == known and len(problems) == before:
            problems.append(note_empty(file.name))
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))


def _text(entry: Element, name: str) -> str:
    return clean_value(entry.findtext(name))


def _report_error(entry: Element, place: Place) -> Problem:
    message = f"arXiv returned an error: {_text(entry, f'{_ATOM}summary') or 'without a message'}"
    return error("source-error", message, place, "correct the query and download the feed again")


def _build_draft(
    entry: Element, source: str, day: str, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of an entry; None, with a problem, for an error or if it has no identifier or title."""
    address, title = _text(entry, f"{_ATOM}id"), read_text(entry.findtext(f"{_ATOM}title"))
    if _ERRORS in address:
        problems.append(_report_error(entry, place))
        return None
    versioned = _ABSTRACT_PAGE.sub("", address)
    if versioned == address or not parse_identifier("arxiv", versioned):
        problems.append(
            error("bad-link", f"{address!r} is not an arXiv identifier", place, "the entry was left out")
        )
        return None
    if not title:
        problems.append(error("missing-field", f"{versioned} has no title", place, "the entry was left out"))
        return None
    abstract = read_text(entry.findtext(f"{_ATOM}summary"))
    claims: dict[str, str] = {}
    extra = _gather_extra(entry)
    comment = extra.get("comment", "")
    withdrawn = bool(_WITHDRAWN.match(comment))
    names = (read_text(author.findtext(f"{_ATOM}name")) for author in entry.iterfind(f"{_ATOM}author"))
    paper = Paper(
        title=title,
        abstract=abstract,
        authors=tuple(Author(name=name) for name in names if name),
        published=date_entry(entry.findtext(f"{_ATOM}published"), place, claims, problems),
        links=_gather_links(entry, versioned, abstract, Links(place, problems)),
        added=day,
        status="withdrawn" if withdrawn else "active",
        status_note=comment if withdrawn and len(comment) <= STATUS_NOTE else "",
        sources=(Source(name=source, entry=versioned, date=day, claims=claims),),
        extra=extra,
    )
    return Draft(paper=paper, place=place)


def _gather_links(
    entry: Element, versioned: str, abstract: str, links: Links
) -> dict[LinkKind, tuple[str, ...]]:
    links.add("arxiv", versioned)
    # The field may contain the DOIs of several publications, separated by spaces.
    for doi in _text(entry, f"{_ARXIV}doi").split():
        links.add("doi", doi)
    for link in entry.iterfind(f"{_ATOM}link"):
        if link.get("title") == "pdf":
            links.add("pdf", _VERSIONED_PDF.sub(r"\1", link.get("href", "")))
    links.add_named(abstract)
    links.add_named(_text(entry, f"{_ARXIV}comment"), _CLEAR)
    return links.build()


def _gather_extra(entry: Element) -> dict[str, str]:
    """Return facts without a field in records; a journal reference is free text in many forms, so it does not become a venue."""
    primary = entry.find(f"{_ARXIV}primary_category")
    categories = (category.get("term", "") for category in entry.iterfind(f"{_ATOM}category"))
    extra = {
        "comment": read_text(entry.findtext(f"{_ARXIV}comment")),
        "journal_ref": read_text(entry.findtext(f"{_ARXIV}journal_ref")),
        "primary_category": clean_value(primary.get("term")) if primary is not None else "",
        "categories": clean_value(" ".join(categories)),
    }
    return {name: value for name, value in extra.items() if value}
