"""Tables of papers to drafts: columns by their headers; every problem is reported with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from generator.formats.csv.authors import shows_family_first
from generator.formats.csv.columns import (
    COLUMN_FIELDS,
    TITLE_WORDS,
    check_columns,
    find_addresses,
    fold_header,
    is_own_export,
    read_header,
)
from generator.formats.csv.row import Row, Table, build_draft
from generator.formats.naming import name_files
from generator.formats.values import Batch, TextFile
from generator.limits import ENTRIES
from generator.model import Draft
from generator.problems import Place, Problem, error
from generator.text.escaping import restore_cell

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = 10_000_000


class _Record(Struct, frozen=True):
    """One record of a file: its first line, its cells, and the error that kept it from being read."""

    line: int
    cells: list[str]
    fault: str = ""


def import_csv(
    files: Sequence[TextFile],
    captured: str,  # noqa: ARG001 (tables say their own dates)
    *,
    columns: Mapping[str, str] | None = None,
) -> Batch:
    """Return a draft for every row that has a title and as many cells as the header.

    `columns` says by header what a column is, as one of `COLUMN_FIELDS`; other columns go by the usual names of headers, and
    what has no meaning is kept in `extra`.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        rows = _read_rows(file, columns or {}, names[file.name], problems)
        entries += len(rows)
        drafts += [draft for row in rows if isinstance(row, Row) and (draft := build_draft(row, problems))]
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))


def _read_rows(
    file: TextFile, columns: Mapping[str, str], source: str, problems: list[Problem]
) -> list[Row | None]:
    """Return the rows of a file; None stands for one that cannot be used and is named in a problem."""
    found = _split(file.text, choose_delimiter(file.text))
    said = (record for record in found if any(c.strip() for c in record.cells) or record.fault)
    records = list(islice(said, ENTRIES + 2))  # with the header, one more than may be
    if not records:
        return []
    head, *body = records
    headers = tuple(header.strip() for header in head.cells)
    place = Place(file=file.name, line=head.line)
    problems += check_columns(columns, headers, place)
    fields = read_header(headers, {h: f for h, f in columns.items() if f in COLUMN_FIELDS})
    fields = find_addresses(fields, [record.cells for record in body])
    if "title" not in fields:
        hint = "name the column of the titles: --map HEADER=title"
        problems.append(error("missing-field", f"no column is a title: {', '.join(headers)}", place, hint))
        return [None] * len(body)
    authors = [r.cells[n] for n, f in enumerate(fields) if f == "authors" for r in body if n < len(r.cells)]
    table = Table(
        source=source,
        headers=headers,
        fields=fields,
        own=is_own_export(headers),
        family_first=shows_family_first(authors),
    )
    return [_check_row(record, table, file.name, problems) for record in body]


def _check_row(record: _Record, table: Table, file: str, problems: list[Problem]) -> Row | None:
    place = Place(file=file, line=record.line)
    if record.fault and len(record.cells) in {0, len(table.headers)}:
        hint = "look for an unclosed quotation mark"
        problems.append(error("cut-off", record.fault, place, hint))
        return None
    if (found := len(record.cells)) != (wanted := len(table.headers)):
        hint = "quote cells that contain the separator"
        problems.append(error("wrong-cells", f"{found} cells, but the header has {wanted}", place, hint))
        return None
    return Row(place=place, cells=[restore_cell(c.strip()) for c in record.cells], table=table)


def choose_delimiter(text: str) -> str:
    """Return the comma, semicolon or tab that cuts the header into most known columns; the comma where none does."""
    return max(_DELIMITERS, key=lambda sign: (_count_known(text, sign), -_DELIMITERS.index(sign)))


def _count_known(text: str, delimiter: str) -> tuple[int, int]:
    head = next(_split(text, delimiter), _Record(0, []))
    return sum(map(bool, read_header(head.cells))), len(head.cells)


def has_title_column(text: str) -> bool:
    """Return whether a text begins with the header of a table of papers: two columns or more, one of them the title."""
    head = next(_split(text, choose_delimiter(text)), _Record(0, []))
    return len(head.cells) > 1 and not head.fault and any(fold_header(h) in TITLE_WORDS for h in head.cells)


def _ends_inside(text: str, back: int, delimiter: str) -> bool:
    """Return whether the last record of a text, which begins so many lines before its end, ends inside a quoted cell."""
    record = "\n".join(text.rsplit("\n", back)[-back:])
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return "unexpected end" in str(fault)
    return False


def _split(text: str, delimiter: str) -> Iterator[_Record]:
    """Yield the records of a text; a quotation mark that is never closed is an error of the record that opens it."""
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
            yield _Record(line, [], str(fault))
            continue
        if reader.line_num >= lines - 1 and _ends_inside(text, lines - line + 1, delimiter):
            yield _Record(line, cells, "the file ends inside a quoted cell")
        else:
            yield _Record(line, cells)
