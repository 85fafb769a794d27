"""Reads RIS into drafts, in Reference Manager's format and in that of Web of Science."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from rispy import RisParser, WokParser
from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING, TYPE_OF_REFERENCE_MAPPING, WOK_TAG_KEY_MAPPING

from generator.formats.naming import name_files
from generator.formats.ris.abbreviations import abbreviates
from generator.formats.ris.entries import Chunk, split_entries
from generator.formats.shared.entry import EntryBuilder, is_isbn
from generator.formats.shared.facts import clean_value, join_pages, note_empty, read_html
from generator.formats.shared.name_lists import NameList, gather_names, read_ris_name, read_ris_names
from generator.formats.shared.work_types import RIS_VENUES, WHOLE_BOOKS, part_body
from generator.formats.shared.written_identifiers import says_arxiv
from generator.formats.values import Batch, TextFile
from generator.model import Draft, Paper, Source, VenueType
from generator.problems import Place, Problem

_MOST_COMMAS = 2
_UNKNOWN = "unknown_tag"
_MAPPING = {**TAG_KEY_MAPPING, "BT": "book_title", "CT": "caption_title", "ED": "editors", "LK": "link"}
_RIS = RisParser(
    mapping=_MAPPING, list_tags=[*LIST_TYPE_TAGS, "ED"], delimiter_tags_mapping={}, enforce_list_tags=False
)
_WOS = WokParser(mapping={**WOK_TAG_KEY_MAPPING, "UK": _UNKNOWN}, enforce_list_tags=False)
# Some programs write the name of a type instead of its code.
_CODES = {name.casefold(): code for code, name in TYPE_OF_REFERENCE_MAPPING.items()} | {
    "journal article": "JOUR"
}
_VERBATIM = frozenset(
    [
        "accession_number",
        "doi",
        "file_attachments1",
        "file_attachments2",
        "id",
        "issn",
        "link",
        "isbn",
        "urls",
    ]
)
"""Identifiers and URLs, in which apparent HTML is part of the value."""
_NOTES = frozenset(
    """notes note accession_number section type_of_work research_notes custom1 custom2 custom3 custom7""".split()  # noqa: SIM905 (as a list of words)
)
"""Fields in which some programs write an arXiv number."""
_Split = tuple[tuple[Chunk, ...], tuple[Problem, ...]]
_WOS_TYPES = {"J": "JOUR", "B": "BOOK", "S": "SER", "P": "PAT"}


class _Dialect(Struct, frozen=True, kw_only=True):
    """The parser's names for the fields of records, in order of preference."""

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    venues: tuple[str, ...]
    dates: tuple[str, ...]
    issue: str
    pages: tuple[str, str]
    numbers: tuple[str, ...]
    addresses: tuple[str, ...]


_JOURNALS = ("alternate_title3", "journal_name")  # JF, JO
_PLAIN = _Dialect(
    titles=("title", "primary_title", "caption_title", "short_title"),
    authors=("authors", "first_authors"),
    editors=("editors", "secondary_authors"),
    venues=("secondary_title", "journal_name", "alternate_title3", "book_title", "alternate_title2"),
    dates=("year", "publication_year", "date"),
    issue="number",
    pages=("start_page", "end_page"),
    numbers=("issn",),
    addresses=("urls", "file_attachments2", "link"),
)
_WEB_OF_SCIENCE = _Dialect(
    titles=("document_title",),
    authors=("author_full_name", "authors", "group_authors"),
    editors=("editors",),
    venues=("publication_name",),
    dates=("publication_year", "publication_date"),
    issue="issue",
    pages=("beginning_page", "ending_page"),
    numbers=("isbn", "issn", "eissn"),
    addresses=(),
)


def import_ris(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every entry in the files; an entry without a title is a problem.

    `captured` is the date on which the files were written, or empty.
    """
    return import_chunks(files, captured, split_entries)


def import_chunks(files: Sequence[TextFile], captured: str, split: Callable[..., _Split]) -> Batch:
    """Return a draft for every entry that `split` finds in a text, called with the name of the file as `file`."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    names = name_files(files)
    count = 0
    for file in files:
        chunks, faults = split(file.text, file=file.name)
        problems += faults
        count += len(chunks)
        if not chunks:
            problems.append(note_empty(file.name))
        for number, chunk in enumerate(chunks, start=1):
            place = Place(file=file.name, line=chunk.line)
            fields = _Fields(chunk)
            key = fields.take("accession_number" if chunk.wos else "id") or str(number)
            sheet = EntryBuilder(Source(name=names[file.name], entry=key, date=captured), place, problems)
            if draft := _build_draft(fields, sheet, _WEB_OF_SCIENCE if chunk.wos else _PLAIN):
                drafts.append(draft)
    return Batch(drafts=tuple(drafts), entries=count, problems=tuple(problems))


class _Fields:
    """The values of an entry by the parser's names, each of which can be taken once; the rest remains."""

    def __init__(self, chunk: Chunk) -> None:
        (found,) = (_WOS if chunk.wos else _RIS).parse("\n".join(chunk.lines))
        unknown = found.pop(_UNKNOWN, {})
        self.left: dict[str, list[str]] = {
            str(name): list(
                map(
                    clean_value if name in _VERBATIM else read_html,
                    value if isinstance(value, list) else [value],
                )
            )
            for name, value in {**found, **unknown}.items()
        }

    def take_all(self, name: str) -> list[str]:
        return list(filter(None, self.left.pop(name))) if name in self.left else []

    def take(self, name: str) -> str:
        """Return the first value of a field; further ones remain."""
        if not (values := self.take_all(name)):
            return ""
        if values[1:]:
            self.left[name] = values[1:]
        return values[0]

    def take_first(self, names: Iterable[str]) -> str:
        """Return the first non-empty field of several; equal values of the others are also taken."""
        found = ""
        for name in filter(self.left.__contains__, names):
            if not found:
                found = self.take(name)
            elif self.left.get(name) == [found]:
                self.take(name)
        return found


def _build_draft(fields: _Fields, sheet: EntryBuilder, dialect: _Dialect) -> Draft | None:
    is_book = fields.left.get("type_of_reference", [""])[0].upper() in WHOLE_BOOKS
    venue_type = _read_type(fields, sheet)
    title = fields.take_first((*dialect.titles, "book_title") if venue_type == "book" else dialect.titles)
    authors = _read_people(dialect.authors, fields, sheet, "authors")
    editors = _read_people(dialect.editors, fields, sheet, "editors")
    first, last = (fields.take(name) for name in dialect.pages)
    for value in fields.take_all("doi"):
        sheet.add_doi(value)
    for name in dialect.addresses:
        for value in fields.take_all(name):
            sheet.keep(name, sheet.take_arxiv(sheet.add_addresses(value)))
    for value in fields.take_all("file_attachments1"):
        sheet.keep("file_attachments1", sheet.add_addresses(value, "pdf"))
    venue = fields.take_first(_order_venues(fields, dialect, venue_type))
    venue, venue_type = sheet.read_preprint(venue, venue_type)
    venue, publisher = part_body(venue, fields.take("publisher"), venue_type)
    bare = says_arxiv(venue) or says_arxiv(publisher)
    if is_book:
        sheet.keep("series", venue)
        venue = ""
    pages = f"{first}-{last}" if first and last and first != last else first or last
    paper = Paper(
        title=title,
        abstract=fields.take_first(("abstract", "notes_abstract")),
        authors=authors.as_authors(),
        published=_read_date(fields, sheet, dialect),
        venue=venue,
        venue_type=venue_type,
        volume=sheet.take_arxiv(fields.take("volume"), bare=bare),
        issue=sheet.take_arxiv(fields.take(dialect.issue), bare=bare),
        pages=join_pages(sheet.take_arxiv(pages, bare=bare)),
        editors=editors.as_editors(),
        publisher=publisher,
        isbn=_read_isbn(fields, dialect),
        language=fields.take("language"),
    )
    for name, values in fields.left.items():
        for value in values:
            sheet.keep(name, sheet.take_arxiv(value) if name in _NOTES else value)
    return sheet.finish(paper)


def _read_type(fields: _Fields, sheet: EntryBuilder) -> VenueType | None:
    """Return the venue type for the entry type; an entry type without one is kept."""
    said = fields.take("type_of_reference") or fields.take("publication_type")
    code = _WOS_TYPES.get(said, _CODES.get(said.casefold(), said.upper()))
    if code not in RIS_VENUES and code != "GEN":
        sheet.keep("type_of_reference", said)
    return RIS_VENUES.get(code)


def _order_venues(fields: _Fields, dialect: _Dialect, kind: VenueType | None) -> tuple[str, ...]:
    """Return the tags of the venue, the best one first.

    With a journal's name under its own tag, T2 may be a subtitle; and JO may be short for JF, as RefWorks has it.
    """
    if kind != "journal" or dialect is not _PLAIN:
        return dialect.venues
    second, full, short = (fields.left.get(name, [""])[0] for name in ("secondary_title", *_JOURNALS))
    if full and short and not second and len(full) > len(short) and abbreviates(short, full):
        return (*_JOURNALS, *dialect.venues)
    named = next((said for name in _JOURNALS for said in fields.left.get(name, []) if said), "")
    if not named or not second or abbreviates(named, second):
        return dialect.venues
    return (*_JOURNALS, *dialect.venues)


def _read_people(tags: tuple[str, ...], fields: _Fields, sheet: EntryBuilder, role: str) -> NameList:
    """Return the names in several tags; if Web of Science has full and short names, the full ones are used."""
    if fields.left.get("author_full_name") and "authors" in tags:
        short = fields.take_all("authors")
        if len(short) != len(fields.left["author_full_name"]):
            sheet.keep("authors", "; ".join(short))
    said: list[str] = []
    bodies = [read_ris_name(name) for name in fields.left.get("group_authors", [])]
    for tag in tags:  # namesakes are under one tag; a name under two tags is one person
        said += [n for text in fields.take_all(tag) for n in read_ris_names(text) if n not in said]
    if not said:
        return NameList()
    for name in said:
        if name.count(",") > _MOST_COMMAS:
            hint = "it was kept as one name: write each name in a separate tag"
            sheet.warn("bad-name", f"{name!r} has more commas than a name can have", hint)
    names = gather_names(said, bodies)
    if names.more:
        sheet.keep("others", role)
    return names


def _read_date(fields: _Fields, sheet: EntryBuilder, dialect: _Dialect) -> str:
    """Return the publication date; some programs write the year in one tag, month and day in another."""
    return sheet.date(*(value for name in dialect.dates for value in fields.take_all(name)))


def _read_isbn(fields: _Fields, dialect: _Dialect) -> str:
    """Return the first number that is an ISBN; numbers of journals are left."""
    for name in dialect.numbers:
        for value in fields.left.get(name, []):
            bare = re.sub(r"\s*\(.*?\)|^ISBN:?\s*", "", value)
            if is_isbn(bare):
                fields.left[name].remove(value)
                return bare
    return ""
