"""JSON of the Hugging Face daily-papers API to drafts (https://huggingface.co/docs/hub/api, GET /api/daily_papers)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.formats.shared.facts import (
    Links,
    as_count,
    as_list,
    as_object,
    clean,
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
    """Return a draft for every item of the files, each a list of items or one item.

    A paper alone, as the API answers for one identifier, is read too. `captured` replaces the day of the listing
    where the item does not say it.
    """
    return import_answers(files, captured, _build_draft)


def _build_draft(
    item: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    """Return the draft of an item; None, with a problem, for one without a title."""
    paper = as_object(item.get("paper")) or item
    title = read_text(paper.get("title")) or read_text(item.get("title"))
    if not title:
        said = clean(item.get("error"))
        problems.append(
            error("source-error", f"the API answered with an error: {said}", place, "fetch the papers again")
            if said
            else error("missing-field", "the item has no title", place, "the item is left out")
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
                entry=clean(paper.get("id")) or source.entry,
                date=day,
                kind="daily-papers",
                organisation=clean(organisation.get("fullname")) or clean(organisation.get("name")),
                discussion=as_count(item.get("numComments")),
                claims=claims,
            ),
        ),
        extra={"upvotes": str(upvotes)} if upvotes is not None else {},
    )
    return Draft(paper=draft, place=place)


def _read_listing_day(item: Mapping[str, object], paper: Mapping[str, object], published: str) -> str:
    """Return the day on which the site listed a paper, or the empty string.

    `submittedOnDailyAt` says it. Older answers have only the item's `publishedAt` around the paper's own; newer ones
    repeat the paper's time there, some hours earlier, and a day before the paper's is no listing of it.
    """
    day = read_day(paper.get("submittedOnDailyAt")) or read_day(item.get("submittedOnDailyAt"))
    if day or paper is item:
        return day
    outer = read_day(item.get("publishedAt"))
    return outer if outer >= published else ""


def _read_authors(paper: Mapping[str, object]) -> tuple[tuple[Author, ...], int]:
    """Return the authors that may be shown, and how many there are besides: hidden ones and those without a name."""
    authors = [as_object(author) for author in as_list(paper.get("authors"))]
    shown = [name for a in authors if not a.get("hidden") and (name := read_text(a.get("name")))]
    return tuple(Author(name=name) for name in shown), len(authors) - len(shown)


def _gather_links(paper: Mapping[str, object], abstract: str, links: Links) -> Links:
    """Return the links; an id that has not arXiv's form is the site's own and stays only in the source's entry."""
    identifier = clean(paper.get("id"))
    if parse_identifier("arxiv", identifier):
        links.add("arxiv", identifier)
    links.add("code", paper.get("githubRepo"))
    links.add("project", paper.get("projectPage"))
    links.add_named(abstract)
    return links
