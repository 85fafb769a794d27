"""Reads `tables.yml` into fact tables, and reports all errors with their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from generator.editorial import FactTable
from generator.limits import FACT_TABLES, INTRODUCTION, MEANING, RECORD_BYTES, TABLE_COLUMNS, TERM
from generator.model import OwnField
from generator.problems import Problem, error
from generator.records.entries import (
    EntryFile,
    build_entries,
    describe_entries,
    join_lines,
    load_entries,
    split_paragraphs,
)
from generator.topics.taxonomy import find_id_fault

FILE = "tables.yml"


class _TableRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A table as the file writes it."""

    id: str
    name: str
    lead: str
    columns: list[str]
    introduction: str = ""


_TABLE = describe_entries(
    _TableRecord, {"id": TERM, "name": TERM, "lead": MEANING, "columns": TERM, "introduction": INTRODUCTION}
)


def load_fact_tables(
    content: Path, fields: Mapping[str, OwnField]
) -> tuple[Mapping[str, FactTable], tuple[Problem, ...]]:
    """Return the tables of `content/tables.yml` by their ids, in order, and every error of the file; a missing file has none.

    `fields` are the fields that a column may show.
    """
    file = load_entries(content, FILE, _TABLE, limit=RECORD_BYTES)
    return build_entries(
        file,
        "table",
        most=FACT_TABLES,
        check=lambda number: _check_table(file, number, fields),
        build=lambda number: _build_table(file, number),
    )


def _build_table(file: EntryFile, number: int) -> FactTable:
    record = msgspec.convert(file.items[number], _TableRecord)
    return FactTable(
        id=record.id,
        name=join_lines(record.name),
        lead=join_lines(record.lead),
        introduction=split_paragraphs(record.introduction),
        columns=tuple(record.columns),
        place=file.find_place(number),
    )


def _check_table(file: EntryFile, number: int, fields: Mapping[str, OwnField]) -> Iterator[Problem]:
    """Yield the errors of a table; without one, it can be built."""
    wrong = list(file.check_fields(_TABLE, f"table {number + 1}", number))
    yield from wrong
    if wrong:
        return
    item = file.items[number]
    if hint := find_id_fault(item["id"]):
        yield error("bad-id", f"invalid id {item['id']!r} of a table", file.find_place(number, "id"), hint)
    columns = item["columns"]
    if len(columns) > TABLE_COLUMNS:
        message = f"table {item['id']}: {len(columns)} columns, and a table has at most {TABLE_COLUMNS}"
        yield error("too-many", message, file.find_place(number, "columns"), "make two tables of it")
    known = f"it is one of: {', '.join(fields)}" if fields else "declare it under `fields` in shelf.yml"
    for at, column in enumerate(columns):
        place = file.find_place(number, "columns", at)
        if column not in fields:
            message = f"table {item['id']}: there is no field {column!r}"
            yield error("unknown-field", message, place, known)
        elif column in columns[:at]:
            message = f"table {item['id']}: {column} is a column twice"
            yield error("duplicate-column", message, place, "leave one of the two out")
