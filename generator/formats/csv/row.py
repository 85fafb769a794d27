"""Converts a table row into a draft. Values without a field are kept in `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from msgspec import Struct

from generator.fields import FIELDS
from generator.formats.csv.authors import are_same_people, split_authors, split_own
from generator.formats.csv.columns import LINK_KINDS
from generator.formats.csv.links import read_cell_links
from generator.formats.naming import name_entry
from generator.formats.shared.issued import build_iso_date, complete_dates, has_more_than_date, read_issued
from generator.formats.shared.nothing import is_placeholder
from generator.formats.shared.status import STATUS_WORDS
from generator.model import KINDS, Author, Draft, LinkKind, Paper, Pin, Source, VenueType
from generator.problems import Place, Problem, error, warning
from generator.records.parse import FIELD_TYPES
from generator.text.escaping import restore_cell
from generator.text.html_text import html_to_text
from generator.text.latex import latex_to_text
from generator.text.written_lists import read_list

_MOST_DIGITS = 9
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]+")
_VERBATIM = frozenset({*LINK_KINDS, "link", "entry"})
_VENUE_WORDS: Mapping[str, VenueType] = {
    "j": "journal", "journalarticle": "journal", "journal article": "journal", "conferencepaper": "conference",
    "conference paper": "conference", "proceedings paper": "conference", "proceeding": "conference",
    "inproceedings": "conference", "monograph": "book", "dissertation": "thesis",
}  # fmt: skip
"""Database names for types of venues. More or less specific names, such as `Article` and `Chapter`, are kept in `extra`."""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {word: word for word in KINDS},
    "status": STATUS_WORDS,
    "venue_type": {**{word: word for word in get_args(VenueType)}, **_VENUE_WORDS},
}
_READ_APART = {"title", "abstract", "published", "pages"}
_PLAIN = tuple(
    name
    for name, row in FIELDS.items()
    if row.headers and FIELD_TYPES[name] is str and name not in _READ_APART
)
"""The fields whose cells are used unchanged."""


class RowContext(Struct, frozen=True, kw_only=True):
    """The common properties of a file's rows: the source's name, the headers, the field of each column, the form of names."""

    source: str
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    own: bool
    """Whether the table is our own export."""
    family_first: bool


class Row(Struct, frozen=True, kw_only=True):
    """The cells of a row and the place of its first line."""

    place: Place
    cells: list[str]
    table: RowContext

    def of(self, field: str) -> list[tuple[str, str]]:
        """Return header and cell of each non-empty column of a field."""
        columns = zip(self.table.headers, self.table.fields, self.cells, strict=True)
        return [
            (h, c)
            for h, f, c in columns
            if f == field and c and not (is_placeholder(c) and (field != "title" or c.startswith("[")))
        ]


def build_row(place: Place, cells: Sequence[str], table: RowContext) -> Row:
    """Return a row with its cells as text; publishers' HTML is converted, except in links and in our own exports."""
    if table.own:
        return Row(place=place, cells=[restore_cell(cell.strip()) for cell in cells], table=table)
    read = [
        restore_cell(cell.strip()) if field in _VERBATIM or "://" in cell[:10] else _read_cell(cell, field)
        for field, cell in zip(table.fields, cells, strict=True)
    ]
    return Row(place=place, cells=read, table=table)


def _read_cell(cell: str, field: str) -> str:
    """Return a cell without HTML; a list of one text written by a program becomes that text."""
    said = restore_cell(cell.strip())
    if field in {"authors", "editors"}:
        return html_to_text(_BREAK.sub("\n", said)).strip()
    items = read_list(said) if field else None
    plain = html_to_text(said if items is None else "; ".join(items))
    return plain if plain == said else _BLANKS.sub(" ", plain).strip()


def build_draft(row: Row, problems: list[Problem]) -> Draft | None:
    """Return the draft of a row, or None if it has no title; errors are added to `problems`."""
    readable = (lambda text: text) if row.table.own else latex_to_text
    title = " ".join(readable(row.of("title")[0][1]).split()) if row.of("title") else ""
    if not title:
        problems.append(error("missing-field", "the row has no title", row.place, "write the paper's title"))
        return None
    extra: dict[str, str] = {h: c for h, c in row.of("") if h}
    claims: dict[str, str] = {}
    values: dict[str, Any] = {name: " ".join(row.of(name)[0][1].split()) for name in _PLAIN if row.of(name)}
    values |= dict(_read_words(row, extra))
    _keep_others(row, extra)
    entry = row.of("entry")[0][1] if row.of("entry") else ""
    links = _read_links(row, extra, problems)
    paper = Paper(
        **values,
        title=title,
        id=entry if row.table.own else "",
        abstract=readable(row.of("abstract")[0][1]) if row.of("abstract") else "",
        published=_read_date(row, extra, claims, problems),
        pages=_read_pages(row),
        **_read_authors(row, extra, problems),
        links=links,
        topics=tuple(Pin(id=t) for _, cell in row.of("topics") for t in cell.split("; ")),
        sources=(Source(name=row.table.source, entry=entry or name_entry(links, title), claims=claims),),
        extra=extra,
    )
    return Draft(paper=paper, place=row.place)


def _keep_others(row: Row, extra: dict[str, str]) -> None:
    """Keep the values of further columns for fields with a single value, such as title, entry name and venue."""
    for name in ("title", "abstract", "entry", *_PLAIN):
        extra |= {h: c for h, c in row.of(name)[1:] if c != row.of(name)[0][1]}


def _read_words(row: Row, extra: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, words in _WORDS.items():
        for header, cell in row.of(name):
            if cell.casefold() in words:
                yield name, words[cell.casefold()]
            else:
                extra[header] = cell


def _read_pages(row: Row) -> str:
    """Return the pages from one or two cells, otherwise the article number."""
    if whole := row.of("pages"):
        return " ".join(whole[0][1].split())
    ends = [row.of(name)[0][1] for name in ("first_page", "last_page") if row.of(name)]
    if ends:
        return "-".join(dict.fromkeys(ends))
    return row.of("article_number")[0][1] if row.of("article_number") else ""


def _read_date(row: Row, extra: dict[str, str], claims: dict[str, str], problems: list[Problem]) -> str:
    """Return the most precise certain date of the row; additional text and other dates are kept as a claim."""
    cells = list(complete_dates([cell for _, cell in row.of("published")] + _join_month(row, extra)))
    dates = sorted({date for cell in cells if (date := read_issued(cell))}, key=lambda d: (-len(d), d))
    for cell in cells:
        if not read_issued(cell):
            hint = "write YYYY, YYYY-MM or YYYY-MM-DD; until then, the date is unknown"
            problems.append(warning("bad-date", f"{cell!r} is not a date", row.place, hint))
    best = dates[0] if dates else ""
    said = [
        cell
        for cell in cells
        if not best.startswith(read_issued(cell) or "none") or has_more_than_date(best, cell)
    ]
    if said:
        claims["published"] = "; ".join(dict.fromkeys(said))
    return best


def _join_month(row: Row, extra: dict[str, str]) -> list[str]:
    """Return the month and day from separate columns, as text or as a date with the row's year."""
    parts = [(header, cell) for name in ("month", "day") for header, cell in row.of(name)[:1]]
    numbers = [int(cell) for _, cell in parts if cell.isdecimal() and len(cell) <= 2]  # noqa: PLR2004 (digits)
    years = {date for _, cell in row.of("published") if len(date := read_issued(cell)) == len("2024")}
    if not parts or not row.of("month"):
        extra.update(parts)
        return []
    if len(numbers) < len(parts):
        return [" ".join(cell for _, cell in parts)]
    if len(years) != 1 or len(build_iso_date(int(max(years)), *numbers)) < len("2024-05"):
        extra.update(parts)
        return []
    return [build_iso_date(int(years.pop()), *numbers)]


def _read_authors(row: Row, extra: dict[str, str], problems: list[Problem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if names := _read_people(row, "authors", extra, problems):
        found["authors"] = tuple(Author(name=name) for name in names)
    if names := _read_people(row, "editors", extra, problems):
        found["editors"] = names
    for header, cell in row.of("author_count"):
        if not cell.isdecimal() or len(cell) > _MOST_DIGITS:
            extra[header] = cell
        elif int(cell) != len(found.get("authors", ())):
            found["author_count"] = int(cell)
    return found


def _read_people(row: Row, field: str, extra: dict[str, str], problems: list[Problem]) -> tuple[str, ...]:
    """Return the people of a field from the column with the fullest names; other columns with more names are kept."""
    lists: list[tuple[str, str, tuple[str, ...]]] = []
    for header, cell in row.of(field):
        family_first = row.table.family_first
        names = split_own(cell) if row.table.own else split_authors(cell, family_first=family_first)
        if names is None:
            extra[header] = cell
            hint = (
                "separate the names with semicolons; until then, the authors are unknown and the cell is kept"
            )
            problems.append(
                warning("unclear-authors", f"{cell!r}: it is unclear where each name ends", row.place, hint)
            )
        elif names:
            lists.append((header, cell, names))
    if not lists:
        return ()
    most = max(len(names) for _, _, names in lists)
    best = max((names for _, _, names in lists if len(names) == most), key=lambda names: sum(map(len, names)))
    extra.update({header: cell for header, cell, names in lists if not are_same_people(names, best)})
    return best


def _read_links(row: Row, extra: dict[str, str], problems: list[Problem]) -> dict[LinkKind, tuple[str, ...]]:
    links: dict[LinkKind, dict[str, None]] = {}
    for kind in (*LINK_KINDS, None):
        for header, cell in row.of(kind or "link"):
            for link in read_cell_links(cell, kind):
                if isinstance(link, tuple):
                    links.setdefault(link[0], {})[link[1]] = None
                    continue
                extra[header] = cell
                hint = "correct or remove it; the cell was kept with the record"
                message = f"{header}: {link!r} is neither an identifier nor an http(s) URL"
                problems.append(warning("bad-link", message, row.place, hint))
    return {kind: tuple(values) for kind, values in links.items()}
