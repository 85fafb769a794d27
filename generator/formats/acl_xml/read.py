"""Reads volumes of the ACL Anthology into drafts (its XML: https://github.com/acl-org/acl-anthology, data/xml/schema.rnc)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct

from generator.formats.acl_xml.links import find_key, gather_links
from generator.formats.acl_xml.markup import flatten, read_markup
from generator.formats.naming import name_files
from generator.formats.shared.facts import Links, clean_value, note_empty
from generator.formats.shared.strict_xml import FoundElement, read_elements
from generator.formats.values import Batch, TextFile
from generator.model import Author, Draft, Paper, Source, VenueType
from generator.problems import Place, Problem, error, warning
from generator.text.dates import find_month

_YEAR = re.compile(r"\d{4}", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{3,}")
_MONTHS = 12
_MEETING = re.compile(r"\b(?:conference|meeting|symposium)\b", re.IGNORECASE)


class _Volume(Struct, frozen=True, kw_only=True):
    """A volume's element and the facts that apply to all its papers."""

    element: Element
    meta: Element


def import_acl_xml(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every paper in the volumes; front matter is not a paper and is not counted.

    `captured` is the date on which the files were fetched, or empty.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        volume: _Volume | None = None
        before, known = len(problems), entries
        for found in read_elements(
            file.text,
            file=file.name,
            roots={"collection", "volume"},
            wanted={"meta", "frontmatter", "paper"},
            problems=problems,
        ):
            if found.tag == "meta" and found.element is not None:
                volume = _Volume(element=found.around[-1], meta=found.element)
            if found.tag != "paper":
                continue
            entries += 1
            # A volume without facts must not inherit those of the volume before it.
            meta = volume.meta if volume and found.around[-1] is volume.element else Element("meta")
            source = Source(name=names[file.name], date=captured)
            if draft := _build_draft(found, meta, source, Place(file=file.name, line=found.line), problems):
                drafts.append(draft)
        if entries == known and len(problems) == before:
            problems.append(note_empty(file.name))
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))


def _build_draft(
    found: FoundElement, meta: Element, source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of a paper; None if it is truncated or, with a problem, has no title."""
    entry = found.element
    if entry is None:
        return None
    key, title = find_key(entry, found.around), read_markup(entry.find("title"))
    if not title:
        problems.append(error("missing-field", f"{key} has no title", place, "the entry was left out"))
        return None
    venue, venue_type = _read_venue(entry, meta, found.around[-1].get("type", ""))
    withdrawn = entry.find("retracted")
    claims: dict[str, str] = {}
    published = _read_date(entry, meta, place, claims, problems)
    paper = Paper(
        title=title,
        abstract=read_markup(entry.find("abstract")),
        authors=tuple(filter(None, map(_read_person, entry.iterfind("author")))),
        published=published,
        venue=venue,
        venue_type=venue_type,
        volume=_find("journal-volume", meta) or _find("volume", entry),
        issue=_find("journal-issue", meta) or _find("issue", entry),
        pages=_find("pages", entry),
        editors=tuple(
            person.name
            for person in map(_read_person, entry.findall("editor") or meta.findall("editor"))
            if person
        ),
        publisher=_find("publisher", entry, meta),
        language=_find("language", entry),
        links=gather_links(entry, Links(place, problems)),
        added=source.date,
        status="active" if withdrawn is None else "withdrawn",
        status_note="" if withdrawn is None else _explain_retraction(withdrawn),
        sources=(Source(name=source.name, entry=key, date=source.date, claims=claims),),
        extra=_gather_extra(entry, meta),
    )
    return Draft(paper=paper, place=place)


def _find(name: str, *places: Element) -> str:
    """Return the text of the first non-empty element with this name: the paper's, then the volume's."""
    return next((text for place in places if (text := flatten(place.find(name)))), "")


def _read_person(person: Element) -> Author | None:
    name = clean_value(f"{_find('first', person)} {_find('last', person)}")
    return Author(name=name, orcid=clean_value(person.get("orcid"))) if name else None


def _read_date(
    entry: Element, meta: Element, place: Place, claims: dict[str, str], problems: list[Problem]
) -> str:
    """Return the year, with the month if exactly one is named: one in `July 5-10`, two in `July-August`."""
    year, month = _find("year", entry, meta), _find("month", entry, meta)
    if not _YEAR.fullmatch(year):
        if year:
            claims["published"] = year
            problems.append(warning("bad-date", f"{year!r} is not a year", place, "the date is left unknown"))
        return ""
    named = {number for word in _WORD.findall(month) if (number := find_month(word))}
    if month.isascii() and month.isdigit() and len(month) <= len("12") and 1 <= int(month) <= _MONTHS:
        named = {int(month)}
    return f"{year}-{named.pop():02}" if len(named) == 1 else year


def _read_venue(entry: Element, meta: Element, form: str) -> tuple[str, VenueType | None]:
    """Return the venue and its type, which depends only on the volume's own data.

    A journal is identified by its `type` or a journal title. For proceedings, the title decides, "workshop" before
    "conference", because a workshop's title names its conference; then the venue `ws`, the Anthology's mark of
    workshops. Other volumes (such as Findings) have no type.
    """
    journal = _find("journal-title", meta) or _find("journal", entry)
    if journal or form == "journal":
        return journal or read_markup(meta.find("booktitle")), "journal"
    title = read_markup(entry.find("booktitle")) or read_markup(meta.find("booktitle"))
    if re.search(r"\bworkshop\b", title, re.IGNORECASE):
        return title, "workshop"
    if _MEETING.search(title):
        return title, "conference"
    return title, "workshop" if "ws" in map(flatten, meta.iterfind("venue")) else None


def _explain_retraction(retracted: Element) -> str:
    day = clean_value(retracted.get("date"))
    return flatten(retracted) or (f"Retracted on {day}." if day else "Retracted.")


def _gather_extra(entry: Element, meta: Element) -> dict[str, str]:
    """Return facts without a field in records; the ISBN is the volume's, so it does not identify the paper."""
    changes = [
        clean_value(f"{change.get('date', '')} {flatten(change)}")
        for change in (*entry.iterfind("revision"), *entry.iterfind("erratum"))
        if change.get("date") or change.tag == "erratum"
    ]
    files = [name for a in entry.iterfind("attachment") if (name := flatten(a)) and "://" not in name]
    extra = {
        "bibkey": _find("bibkey", entry),
        "award": "; ".join(filter(None, map(flatten, entry.iterfind("award")))),
        "attachments": "; ".join(files),
        "revisions": "; ".join(changes),
        "volume_isbn": _find("isbn", meta) or _find("ISBN", meta),
    }
    return {name: value for name, value in extra.items() if value}
