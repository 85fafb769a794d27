"""Reads BibTeX and biblatex into drafts (fields as in section 2.2 of the biblatex manual)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.formats.bibtex.entries import RawEntry, parse_entries
from generator.formats.bibtex.journals import name_journal
from generator.formats.bibtex.parents import inherit_fields
from generator.formats.bibtex.venues import is_url_text, strip_remains
from generator.formats.naming import name_files
from generator.formats.shared.entry import EntryBuilder
from generator.formats.shared.facts import join_pages, note_empty, read_latex
from generator.formats.shared.name_lists import NameList, read_bibtex_names
from generator.formats.shared.work_types import BIBTEX_VENUES
from generator.formats.shared.written_identifiers import ARXIV_ARCHIVES, says_arxiv
from generator.formats.values import Batch, TextFile
from generator.model import Draft, LinkKind, Paper, Source, VenueType
from generator.problems import Problem
from generator.records.keys import keep_key
from generator.text.latex_reader import read_address, show_links, split_links

_VENUES = ("journaltitle", "journal", "booktitle", "school", "institution", "howpublished", "eventtitle")
_IGNORED = frozenset({"crossref", "xdata", "urldate", "ids"})
_ADDRESSES: dict[str, LinkKind | None] = {
    "url": None, "pdf": "pdf", "code": "code", "repository": "code", "github": "code", "dataset": "data",
    "demo": "demo", "video": "video", "project": "project", "website": "project", "bdsk-url-1": None,
    "bdsk-url-2": None, "ee": None,
}  # fmt: skip
_ARCHIVES = ("archiveprefix", "eprinttype", "archive", "eprint_type", "eprint-type", "archive-prefix")
_ARXIV = ("arxiv", "arxivid", "arxiv_id", "arxiv-id", "arxiv_number", "arxivnumber")
_NOTES = ("note", "addendum", "annote", "annotation", "comment", "comments", "eid", "type", "series")
"""Fields in which some programs write an arXiv number."""
_VERBATIM = frozenset({"file", "swhid", "hal_id"})
_TITLE_ONLY_BOOKS = frozenset({"proceedings", "book", "collection", "mvbook", "mvcollection", "periodical"})
_TYPES_OF_THEIR_OWN = frozenset({"mastersthesis", "booklet", "inbook", "proceedings", "periodical"})
_ENDS = (".", "?", "!", ":")


def import_bibtex(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every entry in the files; an entry without a title, or a broken one, is a problem.

    `captured` is the date on which the files were written, or empty. Macros and parents may be in another file.
    """
    readings, faults = parse_entries(files)
    problems = list(faults)
    everything = [entry for reading in readings for entry in reading.entries]
    problems += inherit_fields(everything, everything)
    drafts: list[Draft] = []
    count = 0
    names = name_files(files)
    for file, reading in zip(files, readings, strict=True):
        papers = [entry for entry in reading.entries if entry.kind != "xdata"]
        count += reading.count - len(reading.entries) + len(papers)
        if not papers and reading.count == len(reading.entries):
            problems.append(note_empty(file.name))
        for entry in papers:
            source = Source(name=names[file.name], entry=entry.key, date=captured)
            if draft := _build_draft(entry, source, problems):
                drafts.append(draft)
    return Batch(drafts=tuple(drafts), entries=count, problems=tuple(problems))


class _Fields:
    """The fields of an entry, each of which can be taken once; the rest remains."""

    def __init__(self, entry: RawEntry) -> None:
        self._names = tuple(entry.fields)
        self._raw = dict(entry.fields)
        self._said: dict[str, str] = {}

    def take(self, name: str, read: Callable[[str], str] = read_latex) -> str:
        if name in self._said:
            return self._said.pop(name)
        return read(self._raw.pop(name)) if name in self._raw else ""

    def list_present(self, names: Iterable[str]) -> list[str]:
        """Return those of some names that nobody took, in their order."""
        return [name for name in names if name in self._raw or name in self._said]

    def take_first(self, *names: str) -> str:
        """Return the first non-empty field of several; the others remain."""
        for name in self.list_present(names):
            if (name in self._said or self._raw[name].strip()) and (value := self.take(name)):
                return value
        return ""

    def put_back(self, name: str, said: str) -> None:
        """Put the unused rest of a parsed field back, so that it is kept in `extra`."""
        if said:
            self._said[name] = said

    def list_left(self) -> Iterator[tuple[str, str]]:
        """Yield the remaining fields."""
        for name in self._names:
            if name in self._said:
                yield name, self._said[name]
            elif name in self._raw and name not in _IGNORED:
                text = self._raw[name]
                yield name, text.strip() if name in _VERBATIM else read_latex(show_links(text))


def _build_draft(entry: RawEntry, source: Source, problems: list[Problem]) -> Draft | None:
    sheet = EntryBuilder(source, entry.place, problems)
    fields = _Fields(entry)
    title = _read_title(entry, fields, sheet)
    authors = _read_people("author", fields, sheet)
    editors = _read_people("editor", fields, sheet)
    published = _read_date(fields, sheet)
    _gather_links(fields, sheet)
    venue, venue_type = _read_venue(entry, fields, sheet)
    publisher = fields.take("publisher")
    if BIBTEX_VENUES.get(entry.kind) == "book" and not publisher:
        publisher = fields.take("organization")
    bare = says_arxiv(venue) or says_arxiv(publisher)
    for name in _NOTES:
        if said := fields.take(name, lambda text: read_latex(show_links(text))):
            fields.put_back(name, _read_note(said, sheet, bare=bare and name == "eid"))
    paper = Paper(
        title=title,
        key=keep_key(entry.key, authors.as_authors()),
        abstract=fields.take("abstract"),
        authors=authors.as_authors(),
        published=published,
        venue=venue,
        venue_type=venue_type,
        volume=sheet.take_arxiv(fields.take("volume"), bare=bare),
        issue=sheet.take_arxiv(fields.take_first("number", "issue"), bare=bare),
        pages=join_pages(sheet.take_arxiv(fields.take("pages"), bare=bare)),
        editors=editors.as_editors(),
        publisher=publisher,
        isbn=fields.take("isbn"),
        language=fields.take_first("langid", "language"),
    )
    for name, text in fields.list_left():
        sheet.keep(name, text)
    return sheet.finish(paper)


def _read_note(said: str, sheet: EntryBuilder, *, bare: bool) -> str:
    """Read the URL or arXiv number in a note, and return the rest of the note."""
    if is_url_text(said):
        return strip_remains(sheet.add_addresses(said))
    return sheet.take_arxiv(said, bare=bare)


def _read_title(entry: RawEntry, fields: _Fields, sheet: EntryBuilder) -> str:
    """Return the title with its subtitle; a volume with only a `booktitle` uses it as its title."""
    title, subtitle = fields.take("title", lambda tex: _read_linked(tex, sheet)), fields.take("subtitle")
    if not title and entry.kind in _TITLE_ONLY_BOOKS:
        title, subtitle = fields.take("booktitle"), fields.take("booksubtitle")
    return _add_subtitle(title, subtitle)


def _read_linked(tex: str, sheet: EntryBuilder) -> str:
    r"""Return a title, and store the URL that it links to, as in `\href{https://example.org/nest}{Nests}`."""
    addresses, labels = split_links(tex)
    if labels:
        sheet.add_addresses(read_latex(addresses))
    return read_latex(tex)


def _add_subtitle(title: str, subtitle: str) -> str:
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith(_ENDS) else f"{title}: {subtitle}"


def _read_people(role: str, fields: _Fields, sheet: EntryBuilder) -> NameList:
    names = read_bibtex_names(fields.take(role, str))
    if names.more:
        sheet.keep("others", f"{role}s")
    for fault in names.faults:
        hint = "it was kept as one name: separate names with “and”"
        sheet.warn("bad-name", f"{role} {fault!r} has more commas than a name can have", hint)
    return names


def _read_date(fields: _Fields, sheet: EntryBuilder) -> str:
    date = fields.take("date", str)  # here a tilde is no space: it says that the date is doubtful
    year, month, day = (fields.take(name) for name in ("year", "month", "day"))
    if date:
        return sheet.date(date, year)
    if not year:
        sheet.keep("month", month)
        return ""
    parts = (day, month, year)
    if month.isdigit():
        return sheet.date("-".join(filter(None, (year, month, day))), year)
    return sheet.date(" ".join(filter(None, parts)), year)


def _gather_links(fields: _Fields, sheet: EntryBuilder) -> None:
    sheet.add_doi(fields.take("doi", str))
    _read_eprint(fields, sheet)
    for name in fields.list_present(_ADDRESSES):
        if text := fields.take(name, read_address):
            sheet.keep(name, sheet.take_arxiv(sheet.add_addresses(text, _ADDRESSES[name])))
    for name in fields.list_present(_ARXIV):
        sheet.keep(name, sheet.take_arxiv(fields.take(name, read_address), bare=True))


def _read_eprint(fields: _Fields, sheet: EntryBuilder) -> None:
    """Take a number of arXiv, whose archive some programs leave out, or name as arXiv did until 2007 (`hep-th`).

    Publishers write the address of their PDF there.
    """
    archive = fields.take_first(*_ARCHIVES)
    eprint = fields.take("eprint", read_address)
    if is_url_text(eprint):
        sheet.keep("eprint", sheet.add_addresses(eprint, "pdf"))
        return
    number = f"{archive}/{eprint}" if archive in ARXIV_ARCHIVES and eprint.isdecimal() else eprint
    is_arxiv = not archive or archive in ARXIV_ARCHIVES or says_arxiv(archive)
    rest = sheet.take_arxiv(number, bare=True) if is_arxiv else number
    if rest == number:
        sheet.keep("eprint", eprint)
        sheet.keep("eprinttype", archive)
    else:
        sheet.keep("eprint", rest)


def _read_venue(entry: RawEntry, fields: _Fields, sheet: EntryBuilder) -> tuple[str, VenueType | None]:
    """Return the venue and its type, which follows from the entry type."""
    kind = BIBTEX_VENUES.get(entry.kind)
    if (kind is None and entry.kind != "misc") or entry.kind in _TYPES_OF_THEIR_OWN:
        sheet.keep("entrytype", entry.kind)
    subtitle = fields.take("booksubtitle")
    fields.put_back("howpublished", _read_howpublished(fields.take("howpublished", str), sheet))
    for name in fields.list_present(_VENUES):
        if venue := read_latex(name_journal(fields.take(name, str))):
            break
    else:
        return "", kind
    return sheet.read_preprint(_add_subtitle(venue, subtitle) if name == "booktitle" else venue, kind)


def _read_howpublished(tex: str, sheet: EntryBuilder) -> str:
    """Store the URLs in `howpublished`, and return the rest of the field, if it names a venue."""
    addresses, labels = split_links(tex)
    for label in labels:
        sheet.keep("howpublished", read_latex(label))
    return strip_remains(sheet.add_addresses(read_latex(addresses)))
