"""Reads tables of papers into drafts. Columns are identified by header; problems are reported with their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from generator.formats.csv.authors import shows_family_first
from generator.formats.csv.columns import (
    COLUMN_FIELDS,
    check_columns,
    find_addresses,
    is_own_export,
    name_headers,
    read_header,
)
from generator.formats.csv.layout import TableRecord, find_layout, read_records
from generator.formats.csv.row import Row, RowContext, build_draft, build_row
from generator.formats.naming import name_files
from generator.formats.values import Batch, TextFile
from generator.limits import ENTRIES
from generator.model import Draft
from generator.problems import Place, Problem, amount, error, note


def import_csv(
    files: Sequence[TextFile],
    captured: str,  # noqa: ARG001 (tables say their own dates)
    *,
    columns: Mapping[str, str] | None = None,
) -> Batch:
    """Return a draft for every row that has a title and the same number of cells as the header.

    `columns` maps headers to `COLUMN_FIELDS`; other columns are identified by common headers, and values of
    unknown columns are kept in `extra`.
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
    """Return the rows of a file; None for rows that cannot be used and are reported."""
    text = file.text.lstrip("\ufeff")
    layout = find_layout(text, {h: f for h, f in columns.items() if f in COLUMN_FIELDS})
    records = list(islice(read_records(text, layout), ENTRIES + 2 + layout.above))  # one more than may be
    if not records:
        return []
    above, (head, *body) = records[: layout.above], records[layout.above :]
    problems += _tell_above(above, file.name)
    headers = name_headers(head.cells)
    place = Place(file=file.name, line=head.line)
    problems += check_columns(columns, headers, place)
    fields = read_header(headers, {h: f for h, f in columns.items() if f in COLUMN_FIELDS})
    fields = find_addresses(fields, [record.cells for record in body])
    if "title" not in fields:
        hint = "specify the column of titles: --map HEADER=title"
        problems.append(error("missing-field", f"no title column among: {', '.join(headers)}", place, hint))
        return [None] * len(body)
    authors = [r.cells[n] for n, f in enumerate(fields) if f == "authors" for r in body if n < len(r.cells)]
    table = RowContext(
        source=source,
        headers=headers,
        fields=fields,
        own=is_own_export(headers),
        family_first=shows_family_first(authors),
    )
    return [_check_row(record, table, file.name, problems) for record in body]


def _tell_above(records: Sequence[TableRecord], file: str) -> Iterator[Problem]:
    """Yield a note about lines above the header of a table, in which programs describe the search."""
    if records:
        said = " ".join(" ".join(filter(None, record.cells)) for record in records)
        message = f"{amount(len(records), 'line')} above the header of the table: {said[:80]!r}"
        place = Place(file=file, line=records[0].line)
        yield note("not-an-entry", message, place, "nothing was imported from them")


def _check_row(record: TableRecord, table: RowContext, file: str, problems: list[Problem]) -> Row | None:
    place = Place(file=file, line=record.line)
    wanted = len(table.headers)
    if record.fault and len(record.cells) in {0, wanted}:
        hint = "look for an unclosed quotation mark"
        problems.append(error("cut-off", record.fault, place, hint))
        return None
    cells = record.cells[:wanted] if not any(map(str.strip, record.cells[wanted:])) else record.cells
    if (found := len(cells)) != wanted:
        hint = "quote cells that contain the separator"
        problems.append(
            error("wrong-cells", f"{amount(found, 'cell')}, but the header has {wanted}", place, hint)
        )
        return None
    return build_row(place, cells, table)
