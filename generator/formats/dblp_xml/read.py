"""Reads DBLP's XML into drafts: records, people's pages, and tables of contents (https://dblp.org/faq/16154937.html)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from generator.formats.dblp_xml.entities import resolve_entities
from generator.formats.shared.entry import EntryBuilder
from generator.formats.shared.facts import read_html
from generator.formats.shared.strict_xml import FoundElement
from generator.formats.shared.xml_entries import import_elements
from generator.formats.values import Batch, TextFile
from generator.model import Author, Draft, Paper, Source, VenueType
from generator.problems import Place, Problem, note

_ROOTS = frozenset({"dblp", "dblpperson", "bht"})
_VENUE_TYPES: Mapping[str, VenueType | None] = {
    "article": "journal", "inproceedings": "conference", "proceedings": "book", "book": "book", "incollection": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "data": None,
}  # fmt: skip
_TWIN = re.compile(r"\s+\d{4}$")
"""The number by which DBLP distinguishes people of the same name."""
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII)
_COPY = re.compile(r"abs/(\S+)")
_APART = frozenset({"author", "editor", "stream", "cite"})
"""Elements that are read separately, or that describe DBLP instead of the paper."""


def import_dblp_xml(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every record in the files except home pages.

    A dump may begin with DBLP's document type, and have its named characters. `captured` is the day that the files were
    written, or empty.
    """
    files = [TextFile(name=file.name, text=resolve_entities(file.text)) for file in files]
    return import_elements(files, captured, _build_draft, roots=_ROOTS, wanted={*_VENUE_TYPES, "www"})


def _build_draft(found: FoundElement, source: Source, place: Place, problems: list[Problem]) -> Draft | None:
    record = found.element if found.element is not None else Element("article")
    key = record.get("key") or source.entry
    if record.tag == "www":
        message = f"{key} is a home page, not a publication"
        problems.append(note("not-an-entry", message, place, "it was skipped"))
        return None
    sheet = EntryBuilder(replace(source, entry=key), place, problems)
    fields = {
        name: [said for one in record.iterfind(name) if (said := _read(one))] for name in _list_names(record)
    }

    def take(*names: str) -> str:
        """Return the first text of the first non-empty field; further texts are kept."""
        name = next((name for name in names if fields.get(name)), "")
        return fields[name].pop(0) if name else ""

    for address in fields.pop("ee", []):
        sheet.keep("ee", sheet.add_addresses(address))
    fields.pop("url", None)  # where it stands at DBLP, which the key says as well
    venue, volume = take("journal", "booktitle"), take("volume")
    kind = _VENUE_TYPES[record.tag]
    copy = _COPY.fullmatch(volume)
    if venue == "CoRR":
        venue, kind = "arXiv", "preprint"
        volume = "" if copy and sheet.add_arxiv(copy[1]) else volume
    school = take("school") if kind == "thesis" else ""
    authors, editors = (_read_people(record, role) for role in ("author", "editor"))
    paper = Paper(
        title=take("title").removesuffix("."),
        authors=authors,
        published=sheet.date(take("year"), take("month")),
        venue=venue or school,
        venue_type=kind,
        volume=volume,
        issue=take("number"),
        pages=take("pages"),
        editors=tuple(editor.name for editor in editors),
        publisher=take("publisher"),
        isbn=take("isbn"),
        kind="dataset" if record.tag == "data" else "paper",
    )
    for name, values in fields.items():
        for value in values if name not in _APART else ():
            sheet.keep(name, value)
    return sheet.finish(paper)


def _list_names(record: Element) -> list[str]:
    return list(dict.fromkeys(one.tag for one in record))


def _read(element: Element) -> str:
    """Return the text of an element; a title may contain superscripts, subscripts and italics."""
    said = element.text or ""
    for part in element:
        said += f"<{part.tag}>{_read(part)}</{part.tag}>{part.tail or ''}"
    return read_html(said)


def _read_people(record: Element, role: str) -> tuple[Author, ...]:
    """Return the people with a role, each with an ORCID if the record has one."""
    people = ((_TWIN.sub("", _read(one)), one.get("orcid") or "") for one in record.iterfind(role))
    return tuple(
        Author(name=name, orcid=orcid if _ORCID.fullmatch(orcid) else "") for name, orcid in people if name
    )
