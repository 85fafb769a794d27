"""Reads lists of papers in YAML or JSON into drafts; items are read like rows of a table with their fields as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from generator.formats.csv.authors import shows_family_first
from generator.formats.csv.columns import (
    COLUMN_FIELDS,
    TITLE_WORDS,
    check_columns,
    find_addresses,
    fold_header,
    read_header,
)
from generator.formats.csv.row import RowContext, build_draft, build_row
from generator.formats.naming import name_files
from generator.formats.values import Batch, TextFile
from generator.limits import ENTRIES
from generator.model import Draft
from generator.problems import Place, Problem, error
from generator.storage.json_items import read_items
from generator.storage.strict_yaml import parse_yaml

_SECTION = "section"
_KEY = "id"
_NAMES = (("given", "family"), ("first", "last"), ("firstname", "lastname"), ("first_name", "last_name"))
_NAMING = ("name", "title", "label", "url", "href", "id")
_JSON = ("{", "[")


class _Item(Struct, frozen=True, kw_only=True):
    """A paper in a list: its line, and its fields as text by name."""

    line: int
    fields: Mapping[str, str]


def import_yaml(
    files: Sequence[TextFile],
    captured: str,  # noqa: ARG001 (lists say their own dates)
    *,
    columns: Mapping[str, str] | None = None,
) -> Batch:
    """Return a draft for every item with a title.

    The items are a list, a list in a mapping, several lists by the name of their section, or a mapping of ids to items.
    `columns` maps names to `COLUMN_FIELDS`; values of unknown names are kept in `extra`.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        items, faults = _read(file)
        problems += faults
        entries += len(items)
        drafts += _build_drafts(items[: ENTRIES + 1], file.name, names[file.name], columns or {}, problems)
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))


def _read(file: TextFile) -> tuple[list[_Item], Sequence[Problem]]:
    """Return the items and problems of a file."""
    text = file.text.lstrip("\ufeff")
    if text.lstrip().startswith(_JSON):
        return _read_json(text, file.name)
    value, lines, problems = parse_yaml(text, file=file.name)
    found = [(lines.get(path, 1), item, more) for path, item, more in _list_items(value)]
    return [_Item(line=line, fields={**more, **_flatten(item)}) for line, item, more in found], problems


def _read_json(text: str, file: str) -> tuple[list[_Item], Sequence[Problem]]:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        value = None
    lists = [name for name, inner in value.items() if _is_list(inner)] if isinstance(value, dict) else []
    if len(lists) > 1 or (isinstance(value, dict) and not lists):
        return [_Item(line=1, fields={**more, **_flatten(item)}) for _, item, more in _list_items(value)], ()
    items, problems = read_items(text, file=file, wrapper=lists[0] if lists else "")
    return [_Item(line=item.line, fields=_flatten(item.value or {})) for item in items], problems


def _is_list(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _list_items(
    value: object,
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, object], Mapping[str, str]]]:
    """Yield the position of each item in a value, the item, and facts implied by its position."""
    if isinstance(value, list):
        yield from (((n,), item, {}) for n, item in enumerate(value) if isinstance(item, dict))
    elif isinstance(value, dict):
        lists = {name: inner for name, inner in value.items() if _is_list(inner)}
        for name, inner in lists.items():
            section = {_SECTION: name} if len(lists) > 1 else {}
            yield from (((name, n), item, section) for n, item in enumerate(inner) if isinstance(item, dict))
        keyed = {
            name: inner for name, inner in value.items() if isinstance(inner, dict) and _has_title(inner)
        }
        yield from (((name,), item, {_KEY: name}) for name, item in keyed.items())


def _has_title(item: Mapping[str, object]) -> bool:
    return any(fold_header(str(name)) in TITLE_WORDS for name in item)


def _flatten(item: Mapping[str, object]) -> dict[str, str]:
    """Return the fields of an item as text; nested mappings are flattened to their own names if these are unused."""
    fields: dict[str, str] = {}
    for name, value in item.items():
        if isinstance(value, dict) and not _say_mapping(value):
            for inner, said in value.items():
                fields[inner if inner not in item else f"{name}.{inner}"] = _say(said)
        else:
            fields[str(name)] = _say(value)
    return {name: said for name, said in fields.items() if said}


def _say(value: object) -> str:
    """Return a value as in a table cell: list items are joined by semicolons."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_say, value)))
    if isinstance(value, dict):
        return _say_mapping(value) or "; ".join(f"{name}: {_say(inner)}" for name, inner in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _say_mapping(value: Mapping[str, object]) -> str:
    """Return the name of the person or thing in a mapping; empty if it has none."""
    for first, last in _NAMES:
        if last in value:
            return " ".join(filter(None, (_say(value.get(first)), _say(value[last]))))
    return next((_say(value[name]) for name in _NAMING if isinstance(value.get(name), str)), "")


def _build_drafts(
    items: Sequence[_Item],
    file: str,
    source: str,
    columns: Mapping[str, str],
    problems: list[Problem],
) -> Iterator[Draft]:
    headers = tuple(dict.fromkeys(name for item in items for name in item.fields))
    if not headers:
        return
    place = Place(file=file, line=items[0].line)
    problems += check_columns(columns, headers, place)
    fields = read_header(headers, {name: f for name, f in columns.items() if f in COLUMN_FIELDS})
    fields = find_addresses(fields, [[item.fields.get(h, "") for h in headers] for item in items])
    if "title" not in fields:
        hint = "specify the field of titles: --map FIELD=title"
        problems.append(error("missing-field", f"no title field among: {', '.join(headers)}", place, hint))
        return
    cells = [
        i.fields.get(h, "") for h, f in zip(headers, fields, strict=True) if f == "authors" for i in items
    ]
    table = RowContext(
        source=source, headers=headers, fields=fields, own=False, family_first=shows_family_first(cells)
    )
    for item in items:
        cells = [item.fields.get(header, "") for header in headers]
        row = build_row(Place(file=file, line=item.line), cells, table)
        if draft := build_draft(row, problems):
            yield draft
