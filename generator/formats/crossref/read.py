"""Reads works of Crossref into drafts (https://api.crossref.org/swagger-ui/index.html)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.formats.csl_json.dates import say_date
from generator.formats.shared.facts import Links, as_list, as_object, read_marked, read_text
from generator.formats.shared.issued import has_more_than_date, read_issued
from generator.formats.shared.json_answers import import_answers
from generator.formats.values import Batch, TextFile
from generator.model import Author, Draft, Paper, Source, VenueType
from generator.problems import Place, Problem, error, warning
from generator.text.names import can_be_torn

_HEADING = re.compile(r"<jats:title>\s*(?:abstract|summary)[\s:.]*</jats:title>", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.ASCII)
_VENUE_TYPES: Mapping[str, VenueType] = {
    "journal-article": "journal",
    "proceedings-article": "conference",
    "book-chapter": "book",
    "book": "book",
    "monograph": "book",
    "dissertation": "thesis",
    "report": "report",
    "posted-content": "preprint",
}


def import_crossref(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every work: the work in an answer, or the items in a list of results.

    `captured` is the date of the answers, or empty.
    """
    return import_answers(files, captured, _build_draft, wrapper="message.items")


def _build_draft(
    work: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of a work; None, with a problem, if it has no title or DOI."""
    title, doi = _first(work.get("title")), read_text(work.get("DOI"))
    if not title or not doi:
        what = f"the work {doi or title or 'without a name'} has no title or no DOI"
        problems.append(error("missing-field", what, place, "the work was left out"))
        return None
    links = Links(place, problems)
    links.add("doi", doi)
    authors, complete = _read_authors(work.get("author"))
    editors, _ = _read_authors(work.get("editor"))
    claims: dict[str, str] = {}
    subjects = "; ".join(filter(None, map(read_marked, as_list(work.get("subject")))))
    paper = Paper(
        title=title,
        abstract=_read_abstract(work.get("abstract")),
        authors=authors,
        author_count=None if complete else len(as_list(work.get("author"))),
        published=_read_issued(work.get("issued"), place, claims, problems),
        venue=_first(work.get("container-title")),
        venue_type=_VENUE_TYPES.get(read_text(work.get("type"))),
        volume=read_text(work.get("volume")),
        issue=read_text(work.get("issue")),
        pages=re.sub(r"\s*-+\s*", "–", read_text(work.get("page")), count=1),
        editors=tuple(editor if editor.literal else editor.name for editor in editors),
        publisher=read_marked(work.get("publisher")),
        isbn=_first(work.get("ISBN")),
        language=read_text(work.get("language")),
        links=links.build(),
        added=source.date,
        sources=(replace(source, entry=doi.lower(), claims=claims),),
        extra={"subjects": subjects} if subjects else {},
    )
    return Draft(paper=paper, place=place)


def _read_abstract(value: object) -> str:
    """Return an abstract without markup and without its heading."""
    return read_marked(_HEADING.sub("", value)) if isinstance(value, str) else ""


def _first(values: object) -> str:
    """Return the first text in a list, or an empty text."""
    return next(filter(None, map(read_marked, as_list(values))), "")


def _read_authors(values: object) -> tuple[tuple[Author, ...], bool]:
    """Return the named authors, and whether the list is complete."""
    people = [as_object(person) for person in as_list(values)]
    authors = []
    for person in people:
        parts = (read_marked(person.get(part)) for part in ("given", "family", "suffix"))
        parted = " ".join(filter(None, parts))
        name = parted or read_marked(person.get("name"))
        orcid = _ORCID.fullmatch(read_text(person.get("ORCID")))
        if name:
            authors.append(
                Author(name=name, orcid=orcid[1] if orcid else "", literal=not parted and can_be_torn(name))
            )
    return tuple(authors), len(authors) == len(people)


def _read_issued(value: object, place: Place, claims: dict[str, str], problems: list[Problem]) -> str:
    """Return the certain part of a date; additional information is kept as a claim."""
    said = say_date(value)
    date = read_issued(said)
    if said and has_more_than_date(date, said):
        claims["published"] = said
    if said and not date:
        hint = "the date is left unknown"
        problems.append(warning("bad-date", f"{said!r} is not a certain date", place, hint))
    return date
