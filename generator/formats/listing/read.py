"""Reads listing pages into drafts: determines the year of each page, cleans texts, and finds links in abstracts."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence

from generator.formats.listing.parse import Day, ListingEntry, ListingPage, parse_listing
from generator.formats.naming import name_files
from generator.formats.values import Batch, TextFile
from generator.identifiers import find_links, find_mirrors
from generator.model import Draft, LinkKind, Paper, Source
from generator.problems import Place, Problem, amount, note, warning
from generator.text.latex import latex_to_text


def import_listings(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every entry on the pages.

    `captured` is the date of the newest page, `YYYY-MM-DD`, or empty. A page without a year gets the latest year that
    is not after this date. Without `captured`, it gets one more than the newest year on any page, which is reported. If
    no page has a year, or no entry lacks one, the years stay unknown.
    """
    pages: list[ListingPage] = []
    problems: list[Problem] = []
    for file in files:
        page, faults = parse_listing(file.text, file=file.name)
        pages.append(page)
        problems += faults
    assumed = _assume_year(pages, problems) if not captured else None
    drafts: list[Draft] = []
    names = name_files(files)
    for page in pages:
        day = _date_page(page, captured=captured, assumed=assumed)
        drafts += [_build_draft(entry, page, names[page.file], day, problems) for entry in page.entries]
    refused = sum(page.refused for page in pages)
    return Batch(drafts=tuple(drafts), entries=len(drafts) + refused, problems=tuple(problems))


def _assume_year(pages: Iterable[ListingPage], problems: list[Problem]) -> int | None:
    """Return the year of pages without a year, inferred from the years on other pages; None if there are none."""
    days = [(page, entry.day) for page in pages for entry in page.entries if entry.day]
    heads = [page.day.year for page in pages if page.day and page.day.year]
    written = [day.year for _, day in days if day.year]
    bare = [(page, day) for page, day in days if not day.year and not (page.day and page.day.year)]
    if heads and bare:
        written = [max(heads) - 1]
    if not written or not bare:
        return None
    year = max(written) + 1
    message = (
        f"{amount(len(bare), 'date has', 'dates have')} no year; the newest year on the pages is {max(heads or written)}, so the year"
        f" {year} is assumed"
    )
    hint = "set the date of the newest page with --captured YYYY-MM-DD"
    problems.append(note("year-assumed", message, Place(file=bare[0][0].file), hint))
    return year


def _date_page(page: ListingPage, *, captured: str, assumed: int | None) -> str:
    """Return the date of a page as `YYYY-MM-DD`, or an empty text if its year is unknown."""
    if page.day is None:
        return ""
    if page.day.year or not captured:
        return _render_date(page.day, page.day.year or assumed)
    latest = int(captured[:4])
    leap = 4
    for year in range(latest, latest - 2 * leap, -1):
        if (date := _render_date(page.day, year)) and date <= captured:
            return date
    return ""


def _render_date(day: Day, year: int | None) -> str:
    """Return the date as `YYYY-MM-DD`; empty without a year, or if the year does not have this day."""
    if year is None or not 1 <= day.day <= calendar.monthrange(year, day.month)[1]:
        return ""
    return f"{year:04}-{day.month:02}-{day.day:02}"


def _build_draft(
    entry: ListingEntry, page: ListingPage, source_name: str, page_date: str, problems: list[Problem]
) -> Draft:
    place = Place(file=page.file, line=entry.line)
    claims: dict[str, str] = {}
    published = _date_entry(entry, page_date, place, claims, problems)
    abstract = latex_to_text(entry.abstract)
    links: dict[LinkKind, list[str]] = {}
    for kind, value in find_links(abstract):
        links.setdefault(kind, []).append(value)
    if mirrors := find_mirrors(abstract):
        claims["links"] = " ".join(mirrors)
    source = Source(
        name=source_name,
        entry=str(entry.number),
        date=page_date,
        kind="daily-papers",
        organisation=entry.organisation,
        discussion=entry.discussion,
        claims=claims,
    )
    paper = Paper(
        title=latex_to_text(entry.title),
        abstract=abstract,
        author_count=entry.author_count,
        published=published,
        links={kind: tuple(values) for kind, values in links.items()},
        added=page_date,
        sources=(source,),
    )
    return Draft(paper=paper, place=place)


def _date_entry(
    entry: ListingEntry, page_date: str, place: Place, claims: dict[str, str], problems: list[Problem]
) -> str:
    """Return the paper's date; if it is unknown, the text on the page is kept as a claim."""
    if entry.day is None:
        return ""
    year = entry.day.year or (int(page_date[:4]) if page_date else None)
    date = _render_date(entry.day, year)
    if date and page_date and date > page_date:
        message = f"the entry is dated {entry.day}, after the page's date {page_date}"
        hint = "the date is left unknown: write `published` into the record if you know it"
        problems.append(warning("date-after-page", message, place, hint))
        date = ""
    elif year and not date:
        problems.append(
            warning("bad-date", f"{entry.day} is not a date in {year}", place, "the date is left unknown")
        )
    if not date:
        claims["published"] = str(entry.day)
    return date
