"""Reads JSON of the Hugging Face daily-papers API into drafts (https://huggingface.co/docs/hub/api, GET /api/daily_papers)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.formats.shared.facts import (
    Links,
    as_count,
    as_list,
    as_object,
    clean_value,
    date_entry,
    read_day,
    read_text,
)
from generator.formats.shared.json_answers import import_answers
from generator.formats.values import Batch, TextFile
from generator.identifiers import parse_identifier
from generator.model import Author, Draft, Paper, Source
from generator.problems import Place, Problem, error


def import_hf(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every item in the files, each of which is a list of items or one item.

    The API's answer for a single identifier is also read. `captured` is used as the date of the listing if the item has
    none.
    """
    return import_answers(files, captured, _build_draft)


def _build_draft(
    item: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of an item; None, with a problem, if it has no title."""
    paper = as_object(item.get("paper")) or item
    title = read_text(paper.get("title")) or read_text(item.get("title"))
    if not title:
        said = clean_value(item.get("error"))
        problems.append(
            error("source-error", f"the API returned an error: {said}", place, "download the papers again")
            if said
            else error("missing-field", "the item has no title", place, "the item was left out")
        )
        return None
    abstract = read_text(paper.get("summary"))
    authors, hidden = _read_authors(paper)
    claims: dict[str, str] = {}
    published = date_entry(paper.get("publishedAt"), place, claims, problems)
    day = _read_listing_day(item, paper, published) or source.date
    organisation = as_object(item.get("organization")) or as_object(paper.get("organization"))
    upvotes = as_count(paper.get("upvotes"))
    draft = Paper(
        title=title,
        abstract=abstract,
        authors=authors,
        author_count=len(authors) + hidden if hidden else None,
        published=published,
        links=_gather_links(paper, abstract, Links(place, problems)).build(),
        added=day,
        sources=(
            replace(
                source,
                entry=clean_value(paper.get("id")) or source.entry,
                date=day,
                kind="daily-papers",
                organisation=clean_value(organisation.get("fullname"))
                or clean_value(organisation.get("name")),
                discussion=as_count(item.get("numComments")),
                claims=claims,
            ),
        ),
        extra={"upvotes": str(upvotes)} if upvotes is not None else {},
    )
    return Draft(paper=draft, place=place)


def _read_listing_day(item: Mapping[str, object], paper: Mapping[str, object], published: str) -> str:
    """Return the date on which the site listed a paper, or an empty text.

    This is `submittedOnDailyAt`. Older answers only have the item's `publishedAt` in addition to the paper's; in newer
    ones, it repeats the paper's time, some hours earlier, so a date before the paper's is not that of the listing.
    """
    day = read_day(paper.get("submittedOnDailyAt")) or read_day(item.get("submittedOnDailyAt"))
    if day or paper is item:
        return day
    outer = read_day(item.get("publishedAt"))
    return outer if outer >= published else ""


def _read_authors(paper: Mapping[str, object]) -> tuple[tuple[Author, ...], int]:
    """Return the visible authors, and the number of others, who are hidden or have no name."""
    authors = [as_object(author) for author in as_list(paper.get("authors"))]
    shown = [name for a in authors if not a.get("hidden") and (name := read_text(a.get("name")))]
    return tuple(Author(name=name) for name in shown), len(authors) - len(shown)


def _gather_links(paper: Mapping[str, object], abstract: str, links: Links) -> Links:
    """Return the links. An id without the form of an arXiv number is the site's own and only stays in the source's entry."""
    identifier = clean_value(paper.get("id"))
    if parse_identifier("arxiv", identifier):
        links.add("arxiv", identifier)
    links.add("code", paper.get("githubRepo"))
    links.add("project", paper.get("projectPage"))
    links.add_named(abstract)
    return links
