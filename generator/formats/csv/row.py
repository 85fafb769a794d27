"""One row of a table to a draft. Values that no field can hold are kept in `extra`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from msgspec import Struct

from generator.fields import FIELDS
from generator.formats.csv.authors import split_authors, split_own
from generator.formats.csv.columns import LINK_KINDS
from generator.formats.csv.links import NOTHING, read_links
from generator.formats.naming import name_entry
from generator.formats.shared.status import STATUS_WORDS
from generator.model import KINDS, Author, Draft, LinkKind, Paper, Pin, Source, VenueType
from generator.problems import Place, Problem, error, warning
from generator.records.parse import FIELD_TYPES
from generator.text.dates import parse_date
from generator.text.latex import latex_to_text

_MOST_DIGITS = 9
_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {word: word for word in KINDS},
    "status": STATUS_WORDS,
    "venue_type": {word: word for word in get_args(VenueType)},
}
_READ_APART = {"title", "abstract", "published"}
_PLAIN = tuple(
    name
    for name, row in FIELDS.items()
    if row.headers and FIELD_TYPES[name] is str and name not in _READ_APART
)
"""The fields whose cells are taken as they are."""


class Table(Struct, frozen=True, kw_only=True):
    """What all rows of a file share: the source's name, the headers, the field of each column, how names are written."""

    source: str
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    own: bool
    """Whether our own export wrote the table."""
    family_first: bool


class Row(Struct, frozen=True, kw_only=True):
    """The cells of a row and where its first line stands."""

    place: Place
    cells: list[str]
    table: Table

    def of(self, field: str) -> list[tuple[str, str]]:
        """Return header and cell of each column of a field that says something."""
        columns = zip(self.table.headers, self.table.fields, self.cells, strict=True)
        return [
            (h, c)
            for h, f, c in columns
            if f == field and c and (field == "title" or c.casefold() not in NOTHING)
        ]


def build_draft(row: Row, problems: list[Problem]) -> Draft | None:
    """Return the draft of a row, or None where it has no title; errors are added to `problems`."""
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
        published=_read_date(row, claims, problems),
        **_read_authors(row, extra, problems),
        links=links,
        topics=tuple(Pin(id=t) for _, cell in row.of("topics") for t in cell.split("; ")),
        sources=(Source(name=row.table.source, entry=entry or name_entry(links, title), claims=claims),),
        extra=extra,
    )
    return Draft(paper=paper, place=row.place)


def _keep_others(row: Row, extra: dict[str, str]) -> None:
    """Keep what further columns of one field say: a title, a name of the entry or a venue is only one."""
    for name in ("title", "abstract", "entry", *_PLAIN):
        extra |= {h: c for h, c in row.of(name)[1:] if c != row.of(name)[0][1]}


def _read_words(row: Row, extra: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, words in _WORDS.items():
        for header, cell in row.of(name):
            if cell.casefold() in words:
                yield name, words[cell.casefold()]
            else:
                extra[header] = cell


def _read_date(row: Row, claims: dict[str, str], problems: list[Problem]) -> str:
    """Return the most precise date of the row; words that are none, and other dates, are kept as a claim."""
    cells = [cell for _, cell in row.of("published")]
    dates = sorted({date for cell in cells if (date := parse_date(cell))}, key=lambda d: (-len(d), d))
    unread = [cell for cell in cells if not parse_date(cell)]
    for cell in unread:
        hint = "the date is left unknown: write YYYY, YYYY-MM or YYYY-MM-DD"
        problems.append(warning("bad-date", f"{cell!r} is not a date", row.place, hint))
    best = dates[0] if dates else ""
    if said := [*unread, *(date for date in dates if not best.startswith(date))]:
        claims["published"] = "; ".join(said)
    return best


def _read_authors(row: Row, extra: dict[str, str], problems: list[Problem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for header, cell in row.of("authors"):
        family_first = row.table.family_first
        names = split_own(cell) if row.table.own else split_authors(cell, family_first=family_first)
        if names is None:
            extra[header] = cell
            hint = "separate the names with semicolons; the authors are left unknown and the cell is kept"
            problems.append(
                warning("unclear-authors", f"{cell!r}: it is unclear where a name ends", row.place, hint)
            )
        else:
            found.setdefault("authors", tuple(Author(name=name) for name in names))
    for header, cell in row.of("author_count"):
        if not cell.isdecimal() or len(cell) > _MOST_DIGITS:
            extra[header] = cell
        elif int(cell) != len(found.get("authors", ())):
            found["author_count"] = int(cell)
    return found


def _read_links(row: Row, extra: dict[str, str], problems: list[Problem]) -> dict[LinkKind, tuple[str, ...]]:
    links: dict[LinkKind, dict[str, None]] = {}
    for kind in (*LINK_KINDS, None):
        for header, cell in row.of(kind or "link"):
            for link in read_links(cell, kind):
                if isinstance(link, tuple):
                    links.setdefault(link[0], {})[link[1]] = None
                    continue
                extra[header] = cell
                hint = "correct or remove it; the cell is kept with the record"
                message = f"{header}: {link!r} is neither an identifier nor an http(s) URL"
                problems.append(warning("bad-link", message, row.place, hint))
    return {kind: tuple(values) for kind, values in links.items()}
