"""Reads submissions of OpenReview into drafts (https://docs.openreview.net/reference/api-v2), in both versions of its API."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.formats.naming import name_files
from generator.formats.shared.facts import Links, as_count, as_list, as_object, clean_value, read_text
from generator.formats.values import Batch, TextFile
from generator.identifiers import parse_identifier
from generator.model import Author, Draft, LinkKind, Paper, Source, VenueType
from generator.problems import Place, Problem, amount, error, note
from generator.storage.json_items import read_items

_YEAR = re.compile(r"\byear\s*=\s*\{(\d{4})\}", re.ASCII)
_NOT_ACCEPTED = re.compile(r"submi(?:tted|ssion)|withdrawn|reject|under review", re.IGNORECASE)
"""Words in a venue that mean that the paper is not published there, or not yet."""
_VENUE_TYPES: Mapping[str, VenueType] = {
    "/Workshop": "workshop",
    "/Conference": "conference",
    "TMLR": "journal",
}
_LINKS: Mapping[LinkKind, str] = {"pdf": "pdf", "page": "html", "code": "code"}
_LONGEST = 253_402_300_799_000  # milliseconds to the end of the year 9999


def import_openreview(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every submission in the answers; other notes, such as reviews and comments, are skipped.

    `captured` is the date of the answers, or empty. A venue is set only if it has accepted the paper.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        items, faults = read_items(file.text, file=file.name, wrapper="notes")
        problems += faults
        papers = [item for item in items if not _is_reply(item.value or {})]
        entries += len(papers)
        if replies := len(items) - len(papers):
            message = f"{amount(replies, 'note is a review, comment or decision', 'notes are reviews, comments and decisions')}"
            problems.append(note("not-an-entry", message, Place(file=file.name), "they were skipped"))
        for item in papers:
            source = Source(name=names[file.name], date=captured)
            place = Place(file=file.name, line=item.line)
            if item.value is not None and (draft := _build_draft(item.value, source, place, problems)):
                drafts.append(draft)
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))


def _is_reply(item: Mapping[str, object]) -> bool:
    """Return whether a note is a reply; only submissions start a forum."""
    return clean_value(item.get("forum")) not in {"", clean_value(item.get("id"))}


def _build_draft(
    item: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of a submission; None, with a problem, if it has no title or id."""
    key = parse_identifier("openreview", clean_value(item.get("id")))
    content = {name: _open(value) for name, value in as_object(item.get("content")).items()}
    title = read_text(content.get("title"))
    if not title or not key:
        what = f"the submission {key or title or 'without a name'} has no title or no id"
        problems.append(error("missing-field", what, place, "the submission was left out"))
        return None
    links = Links(place, problems)
    links.add("openreview", key)
    for kind, name in _LINKS.items():
        said = clean_value(content.get(name))
        if not said.startswith("/"):  # the file that OpenReview keeps is a click away from the submission
            links.add(kind, said)
    names = (read_text(name) for name in as_list(content.get("authors")))
    venue, where = read_text(content.get("venue")), clean_value(content.get("venueid"))
    accepted = "" if _NOT_ACCEPTED.search(f"{venue} {where}") else venue
    withdrawn = "Withdrawn" in f"{where} {item.get('invitation')} {item.get('invitations')}"
    paper = Paper(
        title=title,
        abstract=read_text(content.get("abstract")),
        authors=tuple(Author(name=name) for name in names if name),
        published=_read_date(item, clean_value(content.get("_bibtex"))),
        venue=accepted,
        venue_type=next((kind for part, kind in _VENUE_TYPES.items() if accepted and part in where), None),
        links=links.build(),
        added=source.date,
        status="withdrawn" if withdrawn else "active",
        status_note="OpenReview marks this submission as withdrawn." if withdrawn else "",
        sources=(replace(source, entry=key),),
        extra=_gather_extra(content, "" if accepted else venue),
    )
    return Draft(paper=paper, place=place)


def _open(value: object) -> object:
    """Return the value of a field, which version 2 of the API wraps in an object."""
    return value.get("value") if isinstance(value, dict) else value


def _read_date(item: Mapping[str, object], bibtex: str) -> str:
    """Return the date on which a submission was published or became public, or only its year."""
    for name in ("pdate", "odate"):
        if 0 < (moment := as_count(item.get(name)) or 0) < _LONGEST:
            return dt.datetime.fromtimestamp(moment / 1000, dt.UTC).date().isoformat()
    year = _YEAR.search(bibtex)
    return year[1] if year else ""


def _gather_extra(content: Mapping[str, object], submitted: str) -> dict[str, str]:
    extra = {
        "keywords": "; ".join(filter(None, map(read_text, as_list(content.get("keywords"))))),
        "primary_area": read_text(content.get("primary_area")),
        "tldr": read_text(content.get("TLDR") or content.get("TL;DR")),
        "submitted_to": submitted,
    }
    return {name: value for name, value in extra.items() if value}
