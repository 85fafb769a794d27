"""Reads Markdown reading lists into drafts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from generator.formats.csv.columns import read_header
from generator.formats.naming import name_entry, name_files
from generator.formats.readme.choose import choose_entries
from generator.formats.readme.entry import ItemFacts
from generator.formats.readme.groups import list_items
from generator.formats.readme.headings import read_headings
from generator.formats.readme.items import Item
from generator.formats.readme.kinds import title_column
from generator.formats.readme.labels import says_paper
from generator.formats.readme.links import read_entry_links
from generator.formats.readme.people import People, read_people
from generator.formats.readme.venues import Venue, parse_venue, read_venue
from generator.formats.shared.issued import has_more_than_date, read_issued
from generator.formats.shared.nothing import is_placeholder
from generator.formats.values import Batch, Heading, TextFile
from generator.model import Author, Draft, LinkKind, Paper, Source
from generator.problems import Place, Problem, amount, error, note, warning
from generator.records.claims import OTHERS
from generator.records.groups import PATH
from generator.text.dates import is_doubtful_date
from generator.text.latex import latex_to_text
from generator.text.written_lists import read_list

_LINES_SHOWN = 12
_ITEM = re.compile(r"[ \t]*(?:[-*+|]|\d{1,9}[.)])")


def import_readme(files: Sequence[TextFile], captured: str) -> Batch:  # noqa: ARG001 (lists say their own dates)
    """Return a draft for every item that is a paper; a note for each file counts the other items."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    headings: list[Heading] = []
    entries = 0
    names = name_files(files)
    for file in files:
        items = list_items(file.text)
        found, left = choose_entries(items)
        headings += read_headings(items, file.name, {entry.item.line for entry in found})
        for entry in found:
            entries += 1
            place = Place(file=file.name, line=entry.item.line)
            draft, faults = _build_draft(entry.item, entry.facts, place, names[file.name])
            drafts += [draft] if draft else []
            problems += faults
        if left:
            problems.append(_say_left(sorted(left), file.name))
        if people := [entry.item.line for entry in found for _ in entry.facts.homepages]:
            problems.append(_say_people(people, file.name))
        text = file.text.rstrip()
        if _is_torn(text[text.rfind("\n") + 1 :]):
            place = Place(file=file.name, line=text.count("\n") + 1)
            hint = "download the file again"
            problems.append(error("cut-off", "the file ends inside an unfinished link", place, hint))
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems), headings=tuple(headings))


def _is_torn(line: str) -> bool:
    """Return whether an item ends inside the text or URL of a link."""
    address = line.rfind("](")
    is_open = line.rfind("[") > line.rfind("]") or (address >= 0 and ")" not in line[address:])
    return is_open and _ITEM.match(line) is not None


def _say_left(lines: Sequence[int], file: str) -> Problem:
    said = "1 item names no paper and is" if len(lines) == 1 else f"{len(lines)} items name no paper and are"
    message = f"{said} left out: {_show_lines(lines)}"
    return note(
        "left-out", message, Place(file=file, line=lines[0]), "if an item is a paper, add a link to it"
    )


def _say_people(lines: Sequence[int], file: str) -> Problem:
    message = f"the URLs of {amount(len(lines), 'author')} were left out: {_show_lines(dict.fromkeys(lines))}"
    return note("left-out", message, Place(file=file, line=lines[0]), "records only store names of authors")


def _show_lines(lines: Iterable[int]) -> str:
    """Return the numbers of the first lines as text.

    >>> _show_lines([3]), _show_lines([3, 5])
    ('line 3', 'lines 3, 5')
    """
    shown = list(islice(lines, _LINES_SHOWN + 1))
    return (
        f"line{'s' * (len(shown) > 1)} "
        + ", ".join(map(str, shown[:_LINES_SHOWN]))
        + (" …" if len(shown) > _LINES_SHOWN else "")
    )


def _build_draft(
    item: Item, facts: ItemFacts, place: Place, source: str
) -> tuple[Draft | None, list[Problem]]:
    title = " ".join(latex_to_text(facts.title).split())
    if not title:
        hint = "write the title as a link, in bold, or before the first bracket"
        return None, [error("missing-field", "a link to a paper without a title", place, hint)]
    links, bad = read_entry_links([facts.title_piece] if facts.title_piece else [], facts.links)
    titles = title_column(item)
    cells = list(_read_cells(item, titles))
    venues = [*facts.venues, *(value for _, value in cells if isinstance(value, Venue))]
    said = [(header, value) for header, value in cells if isinstance(value, str)]
    told = [value for header, value in said if _is_date(header, value)]
    dates = [*facts.dates, *filter(None, map(read_issued, told))]
    extra = {"section": PATH.join(item.section)} if item.section else {}
    extra |= {header.casefold(): value for header, value in said if not _is_date(header, value)}
    short = {said for said in facts.rest if _date_by_number(said, links)}
    dates += [_date_by_number(said, links) for said in short]
    remarks = [said for said in facts.rest if said not in short]
    extra |= {"remark": "; ".join(remarks)} if remarks else {}
    extra |= {"tags": "; ".join(facts.tags)} if facts.tags else {}
    for header, cell in item.cells.items():
        if header != titles:
            more, wrong = read_entry_links([], [p for p in cell if p.url], column=header)
            bad += wrong
            links |= {kind: tuple(dict.fromkeys((*links.get(kind, ()), *more[kind]))) for kind in more}
    people = [value for _, value in cells if isinstance(value, People)]
    names = facts.authors or tuple(name for found in people for name in found.names)
    if names and (facts.more_authors if facts.authors else any(found.more for found in people)):
        extra[OTHERS] = "authors"
    claims: dict[str, str] = {}
    published = _choose_date(venues, dates, claims)
    if unsure := [*facts.doubts, *(value for value in told if has_more_than_date(published, value))]:
        claims["published"] = "; ".join(unsure)
    paper = Paper(
        title=title,
        authors=tuple(Author(name=name) for name in names),
        published=published,
        venue=venues[0].name if venues else "",
        venue_type=venues[0].type if venues else None,
        volume=facts.place.volume,
        issue=facts.place.issue,
        pages=facts.place.pages,
        links=links,
        sources=(Source(name=source, entry=name_entry(links, title), claims=claims),),
        extra=extra,
    )
    hint = "correct or remove it"
    problems = _check_cells(item, place)
    problems += [
        warning("bad-link", f"{piece.url!r} is not an http(s) URL, so it is left out", place, hint)
        for piece in bad
    ]
    return Draft(paper=paper, place=place), problems


def _date_by_number(text: str, links: Mapping[LinkKind, Sequence[str]]) -> str:
    """Return the month in `24/05` if it matches the paper's arXiv number, otherwise an empty text.

    >>> _date_by_number("(24/05)", {"arxiv": ["2405.00015"]}), _date_by_number("24/05", {})
    ('2024-05', '')
    """
    match = re.fullmatch(r"[\[(]?(\d\d)[/.](\d\d)[\])]?", text.strip())
    said = f"{match[1]}{match[2]}" if match else ""
    numbered = said and any(number.startswith(said) for number in links.get("arxiv", ()))
    return f"20{said[:2]}-{said[2:]}" if numbered else ""


def _check_cells(item: Item, place: Place) -> list[Problem]:
    if not item.surplus:
        return []
    message = f"{len(item.cells) + item.surplus} cells, but the header has {len(item.cells)}: the last cells were not read"
    return [warning("wrong-cells", message, place, "add the missing column or remove the cells")]


def _is_date(header: str, value: str) -> bool:
    is_date = bool(read_issued(value)) or is_doubtful_date(value)
    return read_header([header]) == ("published",) and is_date


def _read_cells(item: Item, titles: str) -> Iterator[tuple[str, str | Venue | People]]:
    """Yield the texts in the other columns: venues, names, and other text by header."""
    for header, cell in item.cells.items():
        if header == titles:
            continue
        (field,) = read_header([header])
        is_where = field in {"venue", "published"}
        words = [p.text for p in cell if not p.url or (is_where and not (p.bare or says_paper(p.text)))]
        said = " ".join(" ".join(words).split()).rstrip(" ;；|")
        if is_placeholder(said) or not re.search(r"[\w✓✔✅✗✘❌]", said):
            continue
        read = {"venue": read_venue, "published": parse_venue}.get(field or "")
        if read and (venue := read(said)):
            yield header, venue
        elif field == "authors" and (listed := read_list(said)):
            yield header, People(names=listed)
        elif field == "authors" and (people := read_people(said, told=True)):
            yield header, people
        else:
            yield header, said


def _choose_date(venues: Sequence[Venue], dates: Sequence[str], claims: dict[str, str]) -> str:
    """Return the most precise date, otherwise the year of the venue; differing dates are kept as a claim."""
    years = [venue.year for venue in venues if venue.year]
    best = min((*dates, *years[:1]), key=lambda date: (-len(date), date), default="")
    if venues and (venues[0].year not in {"", best[:4]} or _fold(venues[0].said) not in _usual(venues[0])):
        claims["venue"] = venues[0].said
    if others := [venue.said for venue in venues[1:]]:
        claims["venue"] = "; ".join([venues[0].said, *others])
    if unlike := [date for date in dates if not best.startswith(date)]:
        claims["published"] = "; ".join(unlike)
    return best


def _usual(venue: Venue) -> tuple[str, ...]:
    """Return common notations of a venue with its year, reduced to letters and digits."""
    name = _fold(venue.name)
    return name, f"{name}{venue.year}", f"{name}{venue.year[2:]}"


def _fold(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
