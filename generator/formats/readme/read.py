"""Reading lists in Markdown to drafts: which bullets, rows and lines are papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.formats.csv.authors import split_authors
from generator.formats.csv.columns import TITLE_WORDS, fold_header, read_header
from generator.formats.csv.links import NOTHING
from generator.formats.naming import name_entry, name_files
from generator.formats.readme.entry import Facts, is_only_labels, read_entry
from generator.formats.readme.headings import read_headings
from generator.formats.readme.links import read_links
from generator.formats.readme.parse import Item, Piece, parse_reading_list
from generator.formats.readme.venues import Venue, read_venue
from generator.formats.values import Batch, Heading, TextFile
from generator.model import Author, Draft, Paper, Source
from generator.problems import Place, Problem, error, note, warning
from generator.records.groups import PATH
from generator.text.dates import parse_date
from generator.text.latex import latex_to_text

# Headings that consist of such words only: lists of other things than papers.
_FILLING = r"(?:and|or|of|the|for|on|in|our|your|this|other|more|related|useful|online|awesome|open|source|table|content|how|to|latest|recent)"
_NEVER = re.compile(
    rf"(?:{_FILLING} )*(?:contents?|toc|contribut\w+|licen[cs]e|citations?|citing|cite|acknowledge?ments?|star history|contact|news|updates?|"
    rf"changelog|what s new|maintainers?|index|outline)(?: {_FILLING}| us| guide\w*| project| repo\w*| work| paper)*"
)
_OTHERS = (
    "workshops?|tutorials?|courses?|talks?|lectures?|blogs?|videos?|challenges?|resources?|lists?|repos|repositories|tools?|toolkits?|"
    "librar(?:y|ies)|frameworks?|software|books?|people|communit(?:y|ies)|slides|demos|products?|conferences?|journals?|posts?|websites?|labs?"
)
_SELDOM = re.compile(rf"(?:(?:{_FILLING}|{_OTHERS}) )*(?:{_OTHERS})(?: (?:{_FILLING}|{_OTHERS}))*")
_EVENT = re.compile(r"\b(?:workshops?|tutorials?|challenges?|course|lectures?|competition)\b", re.IGNORECASE)
_OTHER_THINGS = frozenset(["name", "names"])
_LINES_SHOWN = 12
_ITEM = re.compile(r"[ \t]*(?:[-*+|]|\d{1,9}[.)])")


def import_readme(files: Sequence[TextFile], captured: str) -> Batch:  # noqa: ARG001 (lists say their own dates)
    """Return a draft for every item that names a paper; the other items are counted in one note for each file."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    headings: list[Heading] = []
    entries = 0
    names = name_files(files)
    for file in files:
        headings += read_headings(file.text, file.name)
        left: list[int] = []
        for item in parse_reading_list(file.text):
            for entry, facts in _choose(item, left):
                entries += 1
                place = Place(file=file.name, line=entry.line)
                draft, found = _build_draft(entry, facts, place, names[file.name])
                drafts += [draft] if draft else []
                problems += found
        if left:
            problems.append(_say_left(sorted(left), file.name))
        text = file.text.rstrip()
        if _is_torn(text[text.rfind("\n") + 1 :]):
            place = Place(file=file.name, line=text.count("\n") + 1)
            hint = "download the file again"
            problems.append(error("cut-off", "the file ends in the middle of a link", place, hint))
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems), headings=tuple(headings))


def _is_torn(line: str) -> bool:
    """Return whether an item ends in the words or in the address of a link."""
    address = line.rfind("](")
    is_open = line.rfind("[") > line.rfind("]") or (address >= 0 and ")" not in line[address:])
    return is_open and _ITEM.match(line) is not None


def _say_left(lines: Sequence[int], file: str) -> Problem:
    shown = ", ".join(map(str, lines[:_LINES_SHOWN])) + (" …" if len(lines) > _LINES_SHOWN else "")
    message = f"{len(lines)} items name no paper and are left out: lines {shown}"
    return note(
        "left-out", message, Place(file=file, line=lines[0]), "give an item a link to its paper if it has one"
    )


def _choose(item: Item, left: list[int]) -> Iterator[tuple[Item, Facts]]:
    """Yield the item as an entry, with what its labels-only children add, or else the entries among its children."""
    adds = [child for child in item.children if not child.children and is_only_labels(child.pieces)]
    pieces = (*_title_cell(item), *(p for child in adds for p in (Piece("\n"), *child.pieces)))
    facts = read_entry(pieces)
    if _is_paper(item, facts):
        yield item, facts
    elif item.bullet or facts.title_piece:
        left.append(item.line)
        left += [child.line for child in adds]
    added = set(map(id, adds))
    for child in item.children:
        if id(child) not in added:
            yield from _choose(child, left)


def _title_column(item: Item) -> str:
    """Return the header of the column that holds titles: the first that says so, `title` before `name`."""
    found = [h for h in item.cells if fold_header(h) in TITLE_WORDS]
    best = [h for h in found if "title" in fold_header(h)] or [
        h for h in found if fold_header(h) not in _OTHER_THINGS
    ]
    return next(iter(best or found), next(iter(item.cells), ""))


def _title_cell(item: Item) -> tuple[Piece, ...]:
    return item.cells[_title_column(item)] if item.cells else item.pieces


def _is_paper(item: Item, facts: Facts) -> bool:
    path = [" ".join(re.findall(r"[^\W_]+", heading.casefold())) for heading in item.section]
    sure = facts.is_sure or any(_cell_facts(item, h).is_sure for h in item.cells if h != _title_column(item))
    if any(map(_NEVER.fullmatch, path)):
        return False
    if sure:
        return bool(facts.title) or not item.cells
    header = fold_header(_title_column(item)) if item.cells else ""
    if not facts.title or any(map(_SELDOM.fullmatch, path)):
        return False
    if header in TITLE_WORDS - _OTHER_THINGS:
        return True
    said = " ".join((*(v.said for v in facts.venues), *facts.rest))
    titled = facts.title_piece is not None
    return titled and len(facts.venues) == 1 and not _EVENT.search(said) and not _EVENT.search(facts.title)


def _cell_facts(item: Item, header: str) -> Facts:
    return read_entry([Piece(p.text or header, p.url, p.bold) for p in item.cells[header]])


def _build_draft(item: Item, facts: Facts, place: Place, source: str) -> tuple[Draft | None, list[Problem]]:
    title = " ".join(latex_to_text(facts.title).split())
    if not title:
        hint = "write the title as a link, in bold, or before the first bracket"
        return None, [error("missing-field", "a link to a paper, but no title beside it", place, hint)]
    links, bad = read_links([facts.title_piece] if facts.title_piece else [], facts.links)
    cells = list(_read_cells(item))
    venues = [*facts.venues, *(value for _, value in cells if isinstance(value, Venue))]
    said = [(header, value) for header, value in cells if isinstance(value, str)]
    dates = [parse_date(value) for header, value in said if _is_date(header, value)]
    extra = {"section": PATH.join(item.section)} if item.section else {}
    extra |= {header.casefold(): value for header, value in said if not _is_date(header, value)}
    extra |= {"remark": "; ".join(facts.rest)} if facts.rest else {}
    for header, cell in item.cells.items():
        if header != _title_column(item):
            more, wrong = read_links([], [p for p in cell if p.url], column=header)
            bad += wrong
            links |= {kind: tuple(dict.fromkeys((*links.get(kind, ()), *more[kind]))) for kind in more}
    names = facts.authors or [name for _, value in cells if isinstance(value, tuple) for name in value]
    claims: dict[str, str] = {}
    paper = Paper(
        title=title,
        authors=tuple(Author(name=name) for name in names),
        published=_choose_date(venues, [*facts.dates, *dates], claims),
        venue=venues[0].name if venues else "",
        venue_type=venues[0].type if venues else None,
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


def _check_cells(item: Item, place: Place) -> list[Problem]:
    if not item.surplus:
        return []
    message = f"{len(item.cells) + item.surplus} cells, but the header has {len(item.cells)}: the last cells are not read"
    return [warning("wrong-cells", message, place, "add the missing column, or remove the cell")]


def _is_date(header: str, value: str) -> bool:
    return read_header([header]) == ("published",) and bool(parse_date(value))


def _read_cells(item: Item) -> Iterator[tuple[str, str | Venue | tuple[str, ...]]]:
    """Yield what the columns beside the title say in words: venues, names, and other text by its header."""
    for header, cell in item.cells.items():
        if header == _title_column(item):
            continue
        (field,) = read_header([header])
        said = " ".join(
            " ".join(p.text for p in cell if not p.url or field in {"venue", "published"}).split()
        )
        if said.casefold() in NOTHING or not re.search(r"\w", said):
            continue
        if field == "venue" and (venue := read_venue(said)):
            yield header, venue
        elif field == "authors" and (names := split_authors(said, family_first=False)):
            yield header, names
        else:
            yield header, said


def _choose_date(venues: Sequence[Venue], dates: Sequence[str], claims: dict[str, str]) -> str:
    """Return the most precise date, else the year of the venue; what the list says otherwise is kept as a claim."""
    years = [venue.year for venue in venues if venue.year]
    best = min((*dates, *years[:1]), key=lambda date: (-len(date), date), default="")
    if venues and (
        venues[0].year not in {"", best[:4]} or venues[0].said.casefold() not in _usual(venues[0])
    ):
        claims["venue"] = venues[0].said
    if others := [venue.said for venue in venues[1:]]:
        claims["venue"] = "; ".join([venues[0].said, *others])
    if unlike := [date for date in dates if not best.startswith(date)]:
        claims["published"] = "; ".join(unlike)
    return best


def _usual(venue: Venue) -> tuple[str, ...]:
    """Return the ways of writing a venue and its year that say no more than the two."""
    name, year = venue.name.casefold(), venue.year
    return (
        name,
        f"{name} {year}",
        f"{name}, {year}",
        f"{name}{year}",
        f"{name}'{year[2:]}",
        f"{name} '{year[2:]}",
    )
