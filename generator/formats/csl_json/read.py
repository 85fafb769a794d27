"""Reads CSL-JSON into drafts (the variables of docs.citationstyles.org, CSL 1.0.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.formats.csl_json.dates import PARTS as _PARTS
from generator.formats.csl_json.dates import has_no_such_day, list_date_texts, say_date, says_no_date
from generator.formats.shared.entry import EntryBuilder
from generator.formats.shared.facts import as_object, clean_value, read_html
from generator.formats.shared.json_answers import import_answers
from generator.formats.shared.name_lists import (
    NameList,
    gather_names,
    is_csl_body,
    read_csl_name,
    read_ris_names,
)
from generator.formats.shared.work_types import CSL_VENUES, WHOLE_BOOKS, part_body
from generator.formats.shared.written_identifiers import says_arxiv
from generator.formats.values import Batch, TextFile
from generator.model import Author, Draft, Paper, Source
from generator.problems import Place, Problem

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.ASCII)
_ISSUED = ("issued", "published", "published-print", "published-online")
"""The variables for the date, in order of preference; Crossref writes the last ones."""
_KEYS = ("id", "citation-key")
_PEOPLE = frozenset(
    """chair collection-editor compiler composer container-author contributor curator director editorial-director
    executive-producer guest host illustrator interviewer narrator organizer original-author performer producer
    recipient reviewed-author script-writer series-creator translator""".split()  # noqa: SIM905 (a list of words reads best as words)
)


def import_csl_json(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every item in the files; an item without a title, or one that is not JSON, is a problem.

    `captured` is the date on which the files were written, or empty.
    """
    return import_answers(files, captured, _build_draft)


def _text(value: object) -> str:
    """Return a text or number on one line; for a list, its joined texts; empty for anything else."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean_value(value)


def _rich(value: object) -> str:
    """Return a text without rich-text markup; superscript and subscript digits become Unicode characters."""
    return read_html(_text(value))


class _Item:
    """The variables of an item, each of which can be taken once; the rest remains."""

    def __init__(self, left: dict[str, object], sheet: EntryBuilder) -> None:
        self.left, self.sheet = left, sheet

    def take(self, name: str) -> str:
        value = self.left.get(name)
        said = _rich(value)
        if said or value is None:
            self.left.pop(name, None)
        else:
            self.sheet.warn("bad-field", f"{name} is not text", "it was kept under `extra`")
        return said

    def take_names(self, name: str) -> tuple[NameList, tuple[Author, ...]]:
        values = self.left.pop(name, [])
        if isinstance(values, str):
            values = list(read_ris_names(values))
        values = values if isinstance(values, list) else [values]
        said = [read_csl_name(value) for value in values]
        bodies = [name for name, value in zip(said, values, strict=True) if is_csl_body(value)]
        names = gather_names(said, bodies)
        if names.more:
            self.sheet.keep("others", f"{name}s")
        if not all(said):
            self.sheet.keep(
                name, _dump([value for value, known in zip(values, said, strict=True) if not known])
            )
            self.sheet.warn("bad-name", f"{name} contains an invalid name", "it was kept under `extra`")
        orcids = {known: _find_orcid(value) for value, known in zip(values, said, strict=True)}
        return names, tuple(replace(author, orcid=orcids[author.name]) for author in names.as_authors())


def _find_orcid(value: object) -> str:
    match = _ORCID.fullmatch(clean_value(as_object(value).get("ORCID")))
    return match[1] if match else ""


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _build_draft(
    value: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    left = {name: said for name, said in value.items() if said not in (None, "", [], {})}
    key = next((said for name in _KEYS if (said := _text(left.get(name)))), source.entry)
    sheet = EntryBuilder(replace(source, entry=key), place, problems)
    item = _Item(left, sheet)
    for name in _KEYS:
        if _text(left.get(name)) == sheet.source.entry:
            left.pop(name)
    kind = item.take("type")
    if kind not in CSL_VENUES and kind != "article":
        sheet.keep("type", kind)
    _, authors = item.take_names("author")
    editors, _ = item.take_names("editor")
    sheet.add_doi(item.take("DOI"))
    sheet.keep("URL", sheet.take_arxiv(sheet.add_addresses(item.take("URL"))))
    venue, venue_type = sheet.read_preprint(item.take("container-title"), CSL_VENUES.get(kind))
    venue, publisher = part_body(venue, item.take("publisher"), venue_type)
    archive = item.take("archive")
    bare = any(map(says_arxiv, (venue, publisher, archive)))
    for name in ("number", "archive_location", "archiveID"):
        sheet.keep(name, sheet.take_arxiv(item.take(name), bare=bare))
    sheet.keep("archive", archive)
    if kind in WHOLE_BOOKS:
        sheet.keep("series", venue)
        venue = ""
    paper = Paper(
        title=item.take("title"),
        abstract=item.take("abstract"),
        authors=authors,
        published=_read_date(left, sheet),
        venue=venue,
        venue_type=venue_type,
        volume=sheet.take_arxiv(item.take("volume"), bare=bare),
        issue=sheet.take_arxiv(item.take("issue"), bare=bare),
        pages=sheet.take_arxiv(item.take("page"), bare=bare),
        editors=editors.as_editors(),
        publisher=publisher,
        isbn=item.take("ISBN"),
        language=item.take("language"),
    )
    sheet.keep("keywords", item.take("keyword"))
    if isinstance(note := left.pop("note", None), str):
        sheet.read_note(note)
        sheet.keep("note", _rich(sheet.take_arxiv(note)))
    elif note is not None:
        left["note"] = note
    for name, rest in left.items():
        sheet.keep(name, _describe(name, rest))
    return sheet.finish(paper)


def _describe(name: str, value: object) -> str:
    """Return a variable without a field as text: names and dates as such, other structures as JSON."""
    if name in _PEOPLE and isinstance(value, list):
        return "; ".join(filter(None, map(read_csl_name, value))) or _dump(value)
    if isinstance(value, dict) and any(name in value for name in _PARTS) and (said := say_date(value)):
        return said
    return _rich(value) or _dump(value)


def _read_date(left: dict[str, object], sheet: EntryBuilder) -> str:
    """Return the certain part of an item's date; additional information is kept as a claim."""
    name = next((name for name in _ISSUED if left.get(name)), "")
    value = left.pop(name, None)
    said = say_date(value)
    if not said and not says_no_date(value):
        sheet.claims["published"] = _dump(value)
        sheet.warn("bad-date", f"{_dump(value)[:200]} is not a date", "the date is left unknown")
    date = sheet.date(said, *list_date_texts(value))
    if date and date != said and has_no_such_day(said):
        sheet.warn("bad-date", f"{said!r} is not a calendar date", f"only {date} was used")
    return date
