"""Finds the table in a text: its separator, its header, and lines above it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.csv.columns import TITLE_WORDS, fold_header, name_headers, read_header
from generator.limits import ITEMS

_DELIMITERS = (",", ";", "\t")
_SEP = re.compile(r"\s*\"?sep=(?P<sign>[^\n\"])\"?[ ,;\t]*(?:\n|$)", re.IGNORECASE)
"""A first line that tells Excel the separator."""
_LONGEST_CELL = 10_000_000
_MOST_LINES_ABOVE = 40
_LEAST_KNOWN = 3


class TableRecord(Struct, frozen=True):
    """A record of a file: its first line, its cells, and the error that prevented reading it."""

    line: int
    cells: list[str]
    fault: str = ""


class _Turned(Struct, frozen=True, kw_only=True):
    """A paper in a transposed table: its first line, its fields by name, and the error in one of them."""

    line: int
    fields: dict[str, list[str]]
    faults: list[str]


class TableLayout(Struct, frozen=True, kw_only=True):
    """The layout of a table: the separator, whether the first line names it, and the records above the header."""

    delimiter: str
    names_delimiter: bool = False
    above: int = 0
    found: bool = False
    """Whether the header has a column of titles."""
    on_its_side: bool = False
    """Whether the table is transposed: each line is a field of a paper with its name first, as in Embase."""


def find_layout(text: str, columns: Mapping[str, str] | None = None) -> TableLayout:
    """Return the layout of a text, with the separator that gives a header with a title column and most known columns.

    If the first record is not a header, one with at least three known columns is searched below it. `columns` gives the
    meaning of columns by header, in addition to the usual names.
    """
    match = _SEP.match(text)
    signs = (match["sign"],) if match else _DELIMITERS
    body = text[match.end() :] if match else text
    heads = {sign: _list_heads(body, sign) for sign in signs}
    first = max(signs, key=lambda sign: (*_count_known(heads[sign][:1], columns), -signs.index(sign)))
    above = 0
    if not _has_title(heads[first][:1], columns):
        lower = [
            (-known, at, sign)
            for sign in signs
            for at, record in enumerate(heads[sign])
            if at
            and _has_title([record], columns)
            and (known := _count_known([record], columns)[0]) >= _LEAST_KNOWN
        ]
        if lower:
            _, above, first = min(lower)
    if on_its_side := next((sign for sign in signs if _is_on_its_side(heads[sign])), ""):
        above = next(n for n, record in enumerate(heads[on_its_side]) if _names_title(record))
        return TableLayout(
            delimiter=on_its_side, names_delimiter=bool(match), above=above, found=True, on_its_side=True
        )
    found = _has_title(heads[first][above : above + 1], columns)
    return TableLayout(delimiter=first, names_delimiter=bool(match), above=above, found=found)


def read_records(text: str, layout: TableLayout) -> Iterator[TableRecord]:
    """Yield the non-empty records of a text, including those above the header."""
    if layout.on_its_side:
        records = list(read_records(text, replace(layout, on_its_side=False)))
        yield from records[: layout.above]
        yield from _turn(records[layout.above :])
        return
    match = _SEP.match(text) if layout.names_delimiter else None
    body, lines = (text[match.end() :], text.count("\n", 0, match.end())) if match else (text, 0)
    for record in _split(body, layout.delimiter):
        if record.fault or any(cell.strip() for cell in record.cells):
            yield TableRecord(record.line + lines, record.cells, record.fault)


def _turn(records: Sequence[TableRecord]) -> Iterator[TableRecord]:
    """Yield a header and a record for each paper of a transposed table; several values of a field are joined."""
    papers: list[_Turned] = []
    for record in records:
        if _names_title(record):
            papers.append(_Turned(line=record.line, fields={}, faults=[]))
        name, *values = record.cells or [""]
        papers[-1].fields.setdefault(name, []).extend(filter(None, map(str.strip, values)))
        papers[-1].faults.extend(filter(None, [record.fault]))
    headers = list(dict.fromkeys(name for paper in papers for name in paper.fields))[:ITEMS]
    known = frozenset(headers)
    yield TableRecord(papers[0].line, headers)
    for paper in papers:
        if not known.issuperset(paper.fields):
            paper.faults.append(f"more than {ITEMS:,} different fields in one file")
        cells = ["; ".join(paper.fields.get(name, ())) for name in headers]
        yield TableRecord(paper.line, cells, "; ".join(paper.faults))


def _names_title(record: TableRecord) -> bool:
    return bool(record.cells) and fold_header(record.cells[0]) in TITLE_WORDS


def _is_on_its_side(records: Sequence[TableRecord]) -> bool:
    """Return whether the first cells of records are headers and no complete record is a header."""
    known = [list(filter(None, read_header(record.cells))) for record in records]
    firsts = {field for record in records for field in read_header(record.cells[:1]) if field}
    return "title" in firsts and len(firsts) > _LEAST_KNOWN and max(map(len, known)) == 1


def has_title_column(text: str) -> bool:
    """Return whether a text begins with a table of papers, with at least two columns including a title."""
    layout = find_layout(text)
    if not layout.found:
        return False
    head = next(islice(read_records(text, layout), layout.above, None), TableRecord(0, []))
    return len(head.cells) > 1 and not head.fault


def _list_heads(text: str, delimiter: str) -> list[TableRecord]:
    said = (r for r in _split(text, delimiter) if r.fault or any(cell.strip() for cell in r.cells))
    return list(islice(said, _MOST_LINES_ABOVE))


def _has_title(records: list[TableRecord], columns: Mapping[str, str] | None) -> bool:
    words = TITLE_WORDS | {fold_header(h) for h, field in (columns or {}).items() if field == "title"}
    return any(fold_header(header) in words for r in records for header in name_headers(r.cells))


def _count_known(records: list[TableRecord], columns: Mapping[str, str] | None) -> tuple[int, int]:
    """Return the number of known columns in a header, and of all columns."""
    if not records:
        return 0, 0
    (record,) = records
    return sum(map(bool, read_header(name_headers(record.cells), columns))), len(record.cells)


def _ends_inside(text: str, back: int, delimiter: str) -> bool:
    """Return whether the last record of a text, which begins `back` lines before its end, ends inside a quoted cell."""
    record = "\n".join(text.rsplit("\n", back)[-back:])
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return "unexpected end" in str(fault)
    return False


def _split(text: str, delimiter: str) -> Iterator[TableRecord]:
    """Yield the records of a text; an unclosed quotation mark is an error of the record that opens it."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = text.count("\n") + 1
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield TableRecord(line, [], str(fault))
            continue
        if reader.line_num >= lines - 1 and _ends_inside(text, lines - line + 1, delimiter):
            yield TableRecord(line, cells, "the file ends inside a quoted cell")
        else:
            yield TableRecord(line, cells)
