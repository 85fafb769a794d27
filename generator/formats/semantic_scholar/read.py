"""Reads papers of Semantic Scholar into drafts (https://api.semanticscholar.org/api-docs): searches, lists, citations, and lines of its dumps."""

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
from generator.identifiers import parse_link
from generator.model import Author, Draft, LinkKind, Paper, Source, VenueType
from generator.problems import Place, Problem, error

_AROUND = ("citedPaper", "citingPaper")
"""Members that wrap each paper in lists of references or citations."""
_RECOMMENDED = re.compile(r"\{\s*\"recommendedPapers\"\s*:\s*\[")
_VENUE_TYPES: Mapping[str, VenueType] = {"journal": "journal", "conference": "conference"}
_KEPT: Mapping[str, str] = {
    "pubmed": "pmid",
    "pubmedcentral": "pmcid",
    "acl": "acl",
    "dblp": "dblp",
    "mag": "mag",
}


def import_semantic_scholar(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every paper in the files; a paper without a title is a problem.

    `captured` is the date on which the papers were fetched, or empty.
    """
    parts = [
        import_answers(
            [file],
            captured,
            _build_draft,
            wrapper="recommendedPapers" if _RECOMMENDED.match(file.text.lstrip("\ufeff \t\r\n")) else "data",
        )
        for file in files
    ]
    return Batch(
        drafts=tuple(draft for part in parts for draft in part.drafts),
        entries=sum(part.entries for part in parts),
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _build_draft(
    item: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    inner = next((as_object(item[name]) for name in _AROUND if name in item), item)
    paper = {name.casefold(): value for name, value in inner.items()}
    key = clean_value(paper.get("paperid")) or str(as_count(paper.get("corpusid")) or "")
    title = read_marked(paper.get("title"))
    if not title:
        said = clean_value(paper.get("error")) or clean_value(paper.get("message"))
        problems.append(
            error(
                "source-error", f"the service returned an error: {said}", place, "download the papers again"
            )
            if said
            else error("missing-field", f"{key or 'the paper'} has no title", place, "the paper was left out")
        )
        return None
    numbers = {name.casefold(): value for name, value in as_object(paper.get("externalids")).items()}
    journal, where = as_object(paper.get("journal")), as_object(paper.get("publicationvenue"))
    venue = (
        read_marked(where.get("name")) or read_marked(paper.get("venue")) or read_marked(journal.get("name"))
    )
    is_preprint = venue.casefold() in {"arxiv", "arxiv.org"}
    claims: dict[str, str] = {}
    names = (read_marked(as_object(author).get("name")) for author in as_list(paper.get("authors")))
    subjects = tuple(dict.fromkeys(filter(None, map(clean_value, as_list(paper.get("fieldsofstudy"))))))
    draft = Paper(
        title=title,
        abstract=read_marked(paper.get("abstract")),
        authors=tuple(Author(name=name) for name in names if name),
        published=_read_date(paper, place, claims, problems),
        venue=venue,
        venue_type="preprint" if is_preprint else _VENUE_TYPES.get(clean_value(where.get("type")).casefold()),
        volume="" if is_preprint else clean_value(journal.get("volume")),
        pages=clean_value(journal.get("pages")),
        links=_gather_links(paper, numbers, Links(place, problems)),
        groups={"subjects": subjects} if subjects else {},
        added=source.date,
        sources=(replace(source, entry=key or source.entry, claims=claims),),
        extra=_gather_extra(paper, numbers, key),
    )
    return Draft(paper=draft, place=place)


def _read_date(
    paper: Mapping[str, object], place: Place, claims: dict[str, str], problems: list[Problem]
) -> str:
    """Return the date of publication, or only its year; a date in another year becomes a claim."""
    day = date_entry(paper.get("publicationdate"), place, claims, problems)
    number = as_count(paper.get("year"))
    year = f"{number:04}" if number and number < 10_000 else ""  # noqa: PLR2004 (years have four digits)
    if day and year and not day.startswith(year):
        claims["published"] = day
        return year
    return day or year


def _gather_links(
    paper: Mapping[str, object], numbers: Mapping[str, object], links: Links
) -> dict[LinkKind, tuple[str, ...]]:
    doi = clean_value(numbers.get("doi"))
    if doi.casefold().startswith("10.48550/arxiv.") and numbers.get("arxiv"):
        doi = ""  # arXiv's own DOI says no more than its number
    links.add("doi", doi)
    links.add("arxiv", numbers.get("arxiv"))
    found = parse_link(clean_value(as_object(paper.get("openaccesspdf")).get("url")))
    if found:
        links.add("pdf" if found[0] == "project" else found[0], found[1])
    return links.build()


def _gather_extra(paper: Mapping[str, object], numbers: Mapping[str, object], key: str) -> dict[str, str]:
    extra = {
        "semantic_scholar": key,
        "tldr": read_marked(as_object(paper.get("tldr")).get("text")),
        "publication_types": "; ".join(
            filter(None, map(clean_value, as_list(paper.get("publicationtypes"))))
        ),
        **{name: clean_value(str(numbers.get(number) or "")) for number, name in _KEPT.items()},
    }
    return {name: value for name, value in extra.items() if value}
