"""Reads EndNote's XML, as written by EndNote, Zotero and Mendeley, into drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from generator.formats.shared.entry import EntryBuilder, is_isbn
from generator.formats.shared.facts import clean_value, read_html
from generator.formats.shared.name_lists import gather_names, read_ris_names
from generator.formats.shared.strict_xml import FoundElement
from generator.formats.shared.xml_entries import import_elements
from generator.formats.values import Batch, TextFile
from generator.model import Draft, LinkKind, Paper, Source, VenueType
from generator.problems import Place, Problem

_VENUE_TYPES: Mapping[str, VenueType] = {
    "journal article": "journal", "electronic article": "journal", "magazine article": "journal",
    "conference paper": "conference", "conference proceedings": "conference", "book": "book", "book section": "book",
    "edited book": "book", "electronic book": "book", "electronic book section": "book", "thesis": "thesis", "report": "report",
}  # fmt: skip
_TITLES = ("titles/title", "titles/short-title", "titles/translated-title")
_VENUES = ("titles/secondary-title", "periodical/full-title", "titles/alt-title", "alt-periodical/full-title")
_JOURNALS = ("periodical/full-title", *_VENUES)
_ADDRESSES: Mapping[str, LinkKind | None] = {
    "urls/related-urls": None,
    "urls/web-urls": None,
    "urls/text-urls": None,
    "urls/pdf-urls": "pdf",
}
_PEOPLE = ("authors", "secondary-authors", "tertiary-authors", "subsidiary-authors", "translated-authors")
_OF_THE_LIBRARY = frozenset({"database", "source-app", "foreign-keys", "rec-number", "ref-type"})
_FACES = {"superscript": "sup", "subscript": "sub"}


def import_endnote_xml(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every record in the files; a record without a title is a problem.

    `captured` is the date on which the files were written, or empty.
    """
    return import_elements(files, captured, _build_draft, roots={"xml", "records"}, wanted={"record"})


def _build_draft(found: FoundElement, source: Source, place: Place, problems: list[Problem]) -> Draft | None:
    record = found.element if found.element is not None else Element("record")
    fields = _Fields(record)
    sheet = EntryBuilder(replace(source, entry=fields.take("rec-number") or source.entry), place, problems)
    named = record.find("ref-type")
    kind = clean_value(named.get("name")) if named is not None else ""
    venue_type = _VENUE_TYPES.get(kind.casefold())
    if venue_type is None:
        sheet.keep("ref-type", kind)
    people = {role: gather_names(fields.take_people(role)) for role in _PEOPLE}
    authors, editors = people["authors"], people["secondary-authors"]
    if kind.casefold() == "edited book" and not editors.names:
        authors, editors = editors, authors
    for role in _PEOPLE[2:]:
        sheet.keep(role, "; ".join(people[role].names))
    if authors.more:
        sheet.keep("others", "authors")
    sheet.add_doi(fields.take("electronic-resource-num"))
    for path, link in _ADDRESSES.items():
        for address in fields.take_all(f"{path}/url"):
            sheet.keep("url", sheet.add_addresses(address, link))
    paper = Paper(
        title=fields.take_first(_TITLES),
        abstract=fields.take("abstract"),
        authors=authors.as_authors(),
        published=sheet.date(fields.take("dates/year"), *fields.take_all("dates/pub-dates/date")),
        venue=fields.take_first(_JOURNALS if venue_type == "journal" else _VENUES),
        venue_type=venue_type,
        volume=fields.take("volume"),
        issue=fields.take("number"),
        pages=fields.take("pages"),
        editors=editors.names,
        publisher=fields.take("publisher"),
        isbn=_read_isbn(fields, sheet),
        language=fields.take("language"),
        groups={"keywords": said} if (said := tuple(dict.fromkeys(fields.take_keywords()))) else {},
    )
    for name, text in fields.left():
        sheet.keep(name, text)
    return sheet.finish(paper)


class _Fields:
    """The texts of a record by path, each of which can be taken once; the rest remains."""

    def __init__(self, record: Element) -> None:
        self._record = record
        self._taken: set[Element] = set()

    def _find(self, path: str) -> list[Element]:
        found = [element for element in self._record.iterfind(path) if element not in self._taken]
        self._taken.update(found)
        return found

    def take_all(self, path: str) -> list[str]:
        return [text for element in self._find(path) if (text := _read(element))]

    def take(self, path: str) -> str:
        """Return the text of the first element at a path; further ones are kept."""
        return "; ".join(self.take_all(path))

    def take_first(self, paths: Sequence[str]) -> str:
        """Return the first text of several paths; equal texts at the other paths are also taken."""
        said = ""
        for path in paths:
            for element in self._record.iterfind(path):
                text = _read(element)
                if element not in self._taken and text and said in {"", text}:
                    said = text
                    self._taken.add(element)
        return said

    def take_people(self, role: str) -> Iterator[str]:
        for name in self.take_all(f"contributors/{role}/author"):
            yield from read_ris_names(name)

    def take_keywords(self) -> Iterator[str]:
        """Yield the keywords; some programs write all of them into one element, one on each line."""
        for element in self._find("keywords/keyword"):
            yield from filter(None, map(read_html, _mark(element).replace("\r", "\n").split("\n")))

    def left(self) -> Iterator[tuple[str, str]]:
        """Yield the remaining texts with the names of their elements."""
        for element in self._record.iter():
            is_of_paper = element is not self._record and element.tag not in _OF_THE_LIBRARY
            if is_of_paper and element not in self._taken and element.tag not in {"style", "key"}:
                has_parts = any(part.tag != "style" for part in element)
                if not has_parts and (text := _read(element)):
                    yield element.tag, text


def _read(element: Element) -> str:
    return read_html(_mark(element))


def _mark(element: Element) -> str:
    """Return the text of an element, with superscripts and subscripts in HTML tags."""
    said = element.text or ""
    for part in element:
        tag = next((tag for face, tag in _FACES.items() if face in part.get("face", "")), "")
        said += f"<{tag}>{_mark(part)}</{tag}>" if tag else _mark(part)
        said += part.tail or ""
    return said


def _read_isbn(fields: _Fields, sheet: EntryBuilder) -> str:
    """Return the ISBN of a book; EndNote has an ISSN in the same element, which is kept."""
    isbn = ""
    for number in fields.take_all("isbn"):
        if not isbn and is_isbn(number):
            isbn = number
        else:
            sheet.keep("issn", number)
    return isbn
