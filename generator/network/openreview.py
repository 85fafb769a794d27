"""Submissions of OpenReview to drafts (https://docs.openreview.net/reference/api-v2), in both versions of its API."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from generator.formats.shared.facts import Links, as_count, as_list, as_object, clean, read_text
from generator.formats.shared.json_answers import import_lists
from generator.formats.values import Batch, TextFile
from generator.identifiers import parse_identifier
from generator.model import Author, Draft, LinkKind, Paper, Source, VenueType
from generator.problems import Place, Problem, error

_YEAR = re.compile(r"\byear\s*=\s*\{(\d{4})\}", re.ASCII)
_NOT_ACCEPTED = re.compile(r"submi(?:tted|ssion)|withdrawn|reject|under review", re.IGNORECASE)
"""Words of a venue at which a paper was not published, or not yet."""
_VENUE_TYPES: Mapping[str, VenueType] = {
    "/Workshop": "workshop",
    "/Conference": "conference",
    "TMLR": "journal",
}
_LINKS: Mapping[LinkKind, str] = {"pdf": "pdf", "page": "html", "code": "code"}
_LONGEST = 253_402_300_799_000  # milliseconds to the end of the year 9999


def import_openreview(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every submission of the answers; reviews and comments, which are notes too, are none.

    `captured` is the day of the answers, or empty. A venue is one that has accepted the paper.
    """
    return import_lists(files, captured, _find_papers, _build_draft)


def _find_papers(answer: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    notes = [as_object(note) for note in as_list(answer.get("notes"))]
    return [note for note in notes if clean(note.get("forum")) in {"", clean(note.get("id"))}]


def _build_draft(
    note: Mapping[str, object], captured: str, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of a submission; None, with a problem, for one without a title or an id."""
    key = parse_identifier("openreview", clean(note.get("id")))
    content = {name: _open(value) for name, value in as_object(note.get("content")).items()}
    title = read_text(content.get("title"))
    if not title or not key:
        what = f"the submission {key or title or 'without a name'} has no title or no id"
        problems.append(error("missing-field", what, place, "the submission is left out"))
        return None
    links = Links(place, problems)
    links.add("openreview", key)
    for kind, name in _LINKS.items():
        said = clean(content.get(name))
        if not said.startswith("/"):  # the file that OpenReview keeps is a click away from the submission
            links.add(kind, said)
    names = (read_text(name) for name in as_list(content.get("authors")))
    venue, where = read_text(content.get("venue")), clean(content.get("venueid"))
    accepted = "" if _NOT_ACCEPTED.search(f"{venue} {where}") else venue
    withdrawn = "Withdrawn" in f"{where} {note.get('invitation')} {note.get('invitations')}"
    paper = Paper(
        title=title,
        abstract=read_text(content.get("abstract")),
        authors=tuple(Author(name=name) for name in names if name),
        published=_read_date(note, clean(content.get("_bibtex"))),
        venue=accepted,
        venue_type=next((kind for part, kind in _VENUE_TYPES.items() if accepted and part in where), None),
        links=links.build(),
        added=captured,
        status="withdrawn" if withdrawn else "active",
        status_note="OpenReview marks this submission as withdrawn." if withdrawn else "",
        sources=(Source(name="openreview", entry=key, date=captured),),
        extra=_gather_extra(content, "" if accepted else venue),
    )
    return Draft(paper=paper, place=place)


def _open(value: object) -> object:
    """Return what a field holds: the second version of the API has it in an object, the first one as it is."""
    return value.get("value") if isinstance(value, dict) else value


def _read_date(note: Mapping[str, object], bibtex: str) -> str:
    """Return the day on which a submission was published or could be read first, or only its year."""
    for name in ("pdate", "odate"):
        if 0 < (moment := as_count(note.get(name)) or 0) < _LONGEST:
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
