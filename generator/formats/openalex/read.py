"""Reads works of OpenAlex into drafts (https://developers.openalex.org/api-reference/works)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.formats.shared.facts import (
    Links,
    as_count,
    as_list,
    as_object,
    clean_value,
    date_entry,
    read_marked,
)
from generator.formats.shared.json_answers import import_answers
from generator.formats.values import Batch, TextFile
from generator.identifiers import parse_identifier, parse_link
from generator.model import Author, Draft, Kind, Paper, Source, VenueType
from generator.problems import Place, Problem, error

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.ASCII)
_ARXIV_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.(.+)", re.IGNORECASE)
_VENUE_TYPES: Mapping[str, VenueType] = {
    "journal": "journal",
    "conference": "conference",
    "repository": "preprint",
}
# Types of works in repositories that are not preprints.
_DEPOSITED: Mapping[str, VenueType | None] = {
    "dissertation": "thesis",
    "report": "report",
    "book": "book",
    "book-chapter": None,
    "dataset": None,
    "software": None,
}
_KINDS: Mapping[str, Kind] = {"review": "survey", "dataset": "dataset"}


def import_openalex(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every work in the files: a page of results, a list, one work, or one work on each line.

    `captured` is the date on which the works were fetched, or empty.
    """
    return import_answers(files, captured, _build_draft, wrapper="results")


def _build_draft(
    work: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of a work; None, with a problem, if it has no title."""
    title = read_marked(work.get("title")) or read_marked(work.get("display_name"))
    key = clean_value(work.get("id") or as_object(work.get("ids")).get("openalex")).rpartition("/")[2]
    if not title:
        said = clean_value(work.get("message")) or clean_value(work.get("error"))
        problems.append(
            error("source-error", f"OpenAlex returned an error: {said}", place, "download the works again")
            if said
            else error("missing-field", f"{key or 'the work'} has no title", place, "the work was left out")
        )
        return None
    abstract = _read_abstract(work.get("abstract_inverted_index"))
    links = _gather_links(work, Links(place, problems))
    links.add_named(abstract)
    claims: dict[str, str] = {}
    authors, count = _read_authors(work)
    venue, venue_type = _read_venue(work)
    biblio = as_object(work.get("biblio"))
    first, last = clean_value(biblio.get("first_page")), clean_value(biblio.get("last_page"))
    retracted = work.get("is_retracted") is True
    paper = Paper(
        title=title,
        abstract=abstract,
        authors=authors,
        author_count=count,
        published=_read_date(work, place, claims, problems),
        venue=venue,
        venue_type=venue_type,
        volume=clean_value(biblio.get("volume")),
        issue=clean_value(biblio.get("issue")),
        pages=f"{first}–{last}" if first and last and first != last else first,
        language=clean_value(work.get("language")),
        links=links.build(),
        kind=_KINDS.get(clean_value(work.get("type")), "paper"),
        added=source.date,
        status="withdrawn" if retracted else "active",
        status_note="OpenAlex marks this work as retracted." if retracted else "",
        sources=(replace(source, entry=key or source.entry, claims=claims),),
        extra={"openalex": key} if key else {},
    )
    return Draft(paper=paper, place=place)


def _read_abstract(index: object) -> str:
    """Return the text of an inverted index (word → positions)."""
    placed = [
        (position, word)
        for word, positions in as_object(index).items()
        for position in as_list(positions)
        if isinstance(position, int)
    ]
    return read_marked(" ".join(word for _, word in sorted(placed)))


def _read_date(
    work: Mapping[str, object], place: Place, claims: dict[str, str], problems: list[Problem]
) -> str:
    """Return the date of publication, or only its year."""
    day = date_entry(work.get("publication_date"), place, claims, problems)
    year = as_count(work.get("publication_year"))
    # OpenAlex writes January 1st if it only knows the year, so this day is ignored.
    if day.endswith("-01-01"):
        return day[:4]
    return day or (f"{year:04}" if year and year < 10_000 else "")  # noqa: PLR2004 (years have four digits)


def _read_authors(work: Mapping[str, object]) -> tuple[tuple[Author, ...], int | None]:
    """Return the named authors, and their number if it is larger, because the API truncates long lists."""
    listed = [as_object(a) for a in as_list(work.get("authorships"))]
    authors = []
    for authorship in listed:
        person = as_object(authorship.get("author"))
        name = read_marked(person.get("display_name")) or read_marked(authorship.get("raw_author_name"))
        orcid = _ORCID.fullmatch(clean_value(person.get("orcid")))
        if name:
            authors.append(Author(name=name, orcid=orcid[1] if orcid else ""))
    count = max(len(listed), as_count(work.get("authors_count")) or 0)
    return tuple(authors), count if count > len(authors) else None


def _read_venue(work: Mapping[str, object]) -> tuple[str, VenueType | None]:
    source = as_object(as_object(work.get("primary_location")).get("source"))
    form, kind = clean_value(source.get("type")), clean_value(work.get("type"))
    known = _DEPOSITED[kind] if form == "repository" and kind in _DEPOSITED else _VENUE_TYPES.get(form)
    return read_marked(source.get("display_name")), known


def _gather_links(work: Mapping[str, object], links: Links) -> Links:
    doi = clean_value(work.get("doi") or as_object(work.get("ids")).get("doi"))
    # arXiv's DOI identifies the preprint like its number; as a DOI, it would conflict with the publisher's.
    preprint = _ARXIV_DOI.fullmatch(doi)
    if preprint and parse_identifier("arxiv", preprint[1]):
        links.add("arxiv", preprint[1])
    else:
        links.add("doi", doi)
    primary, best = as_object(work.get("primary_location")), as_object(work.get("best_oa_location"))
    for location in (primary, best, *map(as_object, as_list(work.get("locations")))):
        for name in ("landing_page_url", "pdf_url"):
            link = parse_link(clean_value(location.get(name)))
            if link and link[0] == "arxiv":
                links.add(*link)
    links.add("pdf", best.get("pdf_url"))
    free = parse_link(clean_value(as_object(work.get("open_access")).get("oa_url")))
    if "pdf" not in links and free and free[0] == "pdf":
        links.add(*free)
    return links
