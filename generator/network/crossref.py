"""Works of Crossref to drafts (https://api.crossref.org/swagger-ui/index.html)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.formats.shared.facts import Links, as_count, as_list, as_object, read_marked, read_text
from generator.formats.shared.issued import build_date
from generator.formats.shared.json_answers import import_lists
from generator.formats.values import Batch, TextFile
from generator.model import Author, Draft, Paper, Source, VenueType
from generator.problems import Place, Problem, error

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
    """Return a draft for every work: the one of an answer, or the items of a list of results."""
    return import_lists(files, captured, _find_works, _build_draft)


def _find_works(answer: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    message = as_object(answer.get("message"))
    return [as_object(work) for work in as_list(message.get("items"))] if "items" in message else [message]


def _build_draft(
    work: Mapping[str, object], captured: str, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of a work; None, with a problem, for one without a title or DOI."""
    title, doi = _first(work.get("title")), read_text(work.get("DOI"))
    if not title or not doi:
        what = f"the work {doi or title or 'without a name'} has no title or no DOI"
        problems.append(error("missing-field", what, place, "the work is left out"))
        return None
    links = Links(place, problems)
    links.add("doi", doi)
    authors, complete = _read_authors(work.get("author"))
    editors, _ = _read_authors(work.get("editor"))
    subjects = "; ".join(filter(None, map(read_marked, as_list(work.get("subject")))))
    paper = Paper(
        title=title,
        abstract=_read_abstract(work.get("abstract")),
        authors=authors,
        author_count=None if complete else len(as_list(work.get("author"))),
        published=_read_issued(work.get("issued")),
        venue=_first(work.get("container-title")),
        venue_type=_VENUE_TYPES.get(read_text(work.get("type"))),
        volume=read_text(work.get("volume")),
        issue=read_text(work.get("issue")),
        pages=re.sub(r"\s*-+\s*", "–", read_text(work.get("page")), count=1),
        editors=tuple(editor.name for editor in editors),
        publisher=read_marked(work.get("publisher")),
        isbn=_first(work.get("ISBN")),
        language=read_text(work.get("language")),
        links=links.build(),
        added=captured,
        sources=(Source(name="crossref", entry=doi.lower(), date=captured),),
        extra={"subjects": subjects} if subjects else {},
    )
    return Draft(paper=paper, place=place)


def _read_abstract(value: object) -> str:
    """Return an abstract without its markup and without the word that stands above it."""
    return read_marked(_HEADING.sub("", value)) if isinstance(value, str) else ""


def _first(values: object) -> str:
    """Return the first text of a list that has one."""
    return next(filter(None, map(read_marked, as_list(values))), "")


def _read_authors(values: object) -> tuple[tuple[Author, ...], bool]:
    """Return the authors named, and whether they are all."""
    people = [as_object(person) for person in as_list(values)]
    authors = []
    for person in people:
        name = (
            f"{read_marked(person.get('given'))} {read_marked(person.get('family'))}".strip()
            or read_marked(person.get("name"))
        )
        orcid = _ORCID.fullmatch(read_text(person.get("ORCID")))
        if name:
            authors.append(Author(name=name, orcid=orcid[1] if orcid else ""))
    return tuple(authors), len(authors) == len(people)


def _read_issued(value: object) -> str:
    """Return a date of up to three numbers, as precise as it is given."""
    dates = as_list(as_object(value).get("date-parts"))
    parts = as_list(dates[0]) if dates else ()
    numbers = [as_count(part) or 0 for part in parts[:3]]
    return build_date(*numbers) if numbers else ""
