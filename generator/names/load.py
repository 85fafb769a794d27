"""Reads `names.yml` into entries, each a name with its aliases, and reports all errors with their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import msgspec

from generator.editorial import RESOURCES, NameEntry, NameKind
from generator.limits import DATA_BYTES, SHORT
from generator.problems import Place, Problem, error
from generator.records.entries import EntryFile, describe_entries, join_lines, list_texts, load_entries
from generator.text.names import is_orcid
from generator.text.slugs import slug_name
from generator.topics.taxonomy import find_id_fault

FILE = "names.yml"


class _NameRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as the file writes it."""

    name: str
    kind: NameKind
    aliases: list[str] = []
    id: str = ""
    orcid: str = ""
    papers: list[str] = []
    note: str = ""
    paper: str = ""


_KINDS = {
    **dict.fromkeys(("orcid", "papers", "note"), frozenset({"author"})),
    "paper": frozenset(RESOURCES),
}
"""The kinds of names that may have a field."""
_ENTRY = describe_entries(
    _NameRecord,
    dict.fromkeys(_NameRecord.__struct_fields__, SHORT),
    f"an entry has {', '.join(_NameRecord.__struct_fields__)}; name and kind ({', '.join(get_args(NameKind))}) are required",
)


def load_names(content: Path) -> tuple[tuple[NameEntry, ...], tuple[Problem, ...]]:
    """Return the entries of `content/names.yml` in order, and every error of the file; a missing file has none."""
    file = load_entries(content, FILE, _ENTRY, limit=DATA_BYTES)
    entries: list[NameEntry] = []
    found = list(file.problems)
    for number, item in enumerate(file.items):
        wrong = list(_check_entry(file, number))
        found += wrong
        if not wrong:
            entries.append(_build_entry(msgspec.convert(item, _NameRecord), file.find_place(number)))
    return tuple(entries), (*found, *_check_slugs(entries), *_check_forms(entries))


def _build_entry(record: _NameRecord, place: Place) -> NameEntry:
    return NameEntry(
        name=join_lines(record.name),
        kind=record.kind,
        aliases=tuple(dict.fromkeys(map(join_lines, record.aliases))),
        id=record.id,
        orcid=record.orcid.upper(),
        papers=tuple(dict.fromkeys(record.papers)),
        note=join_lines(record.note),
        paper=record.paper,
        place=place,
    )


def _check_entry(file: EntryFile, number: int) -> Iterator[Problem]:
    name = f"entry {number + 1}"
    wrong = list(file.check_fields(_ENTRY, name, number))
    yield from wrong
    if wrong:
        return
    item = file.items[number]
    for key, value in item.items():
        at = file.find_place(number, key)
        if value and item["kind"] not in _KINDS.get(key, {item["kind"]}):
            yield error(
                "bad-field", f"{name}: {key} is no field of the kind {item['kind']}", at, f"take {key} out"
            )
        if item["kind"] in RESOURCES and key in {"name", "aliases"}:
            yield from _check_written(value, name, at)
    yield from _check_identity(item, name, file.find_place(number, "id"), file.find_place(number, "orcid"))


def _check_written(value: object, name: str, place: Place) -> Iterator[Problem]:
    """Yield the names of models, data sets and benchmarks that texts would have as ordinary words."""
    for form in list_texts(value):
        if form.islower() and form.isalpha():
            message = f"{name}: {form!r} may be an ordinary word in the text of a paper"
            yield error("bad-field", message, place, "write names that have a capital letter or a digit")


def _check_identity(
    item: Mapping[str, object], name: str, at_id: Place, at_orcid: Place
) -> Iterator[Problem]:
    """Yield the errors of an entry's id and ORCID."""
    key, orcid = item.get("id"), item.get("orcid")
    if isinstance(key, str) and key and (hint := find_id_fault(key)):
        yield error("bad-id", f"invalid id {key!r} of a name", at_id, hint)
    if item.get("papers") and not key:
        hint = "write `id: …`, the end of the address of this list; other people with the name keep theirs"
        yield error("missing-field", f"{name}: papers, and no id", at_id, hint)
    if isinstance(orcid, str) and orcid and not is_orcid(orcid.upper()):
        hint = "write the 16 digits with hyphens: 0000-0002-1825-0097; the last may be X"
        yield error("bad-field", f"{name}: {orcid!r} is no ORCID", at_orcid, hint)


def _check_slugs(entries: list[NameEntry]) -> Iterator[Problem]:
    """Yield the entries with an address that an earlier one has."""
    owners: dict[tuple[str, str], NameEntry] = {}
    for entry in entries:
        other = owners.setdefault((_name_group(entry), entry.slug), entry)
        if other is not entry:
            message = f"{entry.name!r} has the same address as {other.name!r} in line {other.place.line}"
            hint = "put both into one entry, or give one of them an `id`"
            yield error("duplicate-name", message, entry.place, hint)


def _check_forms(entries: list[NameEntry]) -> Iterator[Problem]:
    """Yield the names and aliases that stand in two entries, unless both say which papers or which person they mean."""
    owners: dict[tuple[str, str], NameEntry] = {}
    for entry in entries:
        for form in dict.fromkeys([entry.name, *entry.aliases]):
            other = owners.setdefault((_name_group(entry), slug_name(form)), entry)
            if other is entry or (_is_told_apart(other) and _is_told_apart(entry)):
                continue
            slugs = {slug_name(entry.name), slug_name(other.name)}
            where = f"also in that of {other.name!r} in line {other.place.line}"
            if slug_name(form) in slugs and slug_name(entry.name) != slug_name(other.name):
                message = f"{form!r} is the name of one entry and an alias in another, {where}"
                yield error("name-chain", message, entry.place, "put all names of it into one entry")
            else:
                hint = "take it out of one of the two, or say by `papers` or `orcid` who is meant in each"
                yield error("duplicate-name", f"{form!r} is in two entries, {where}", entry.place, hint)


def _name_group(entry: NameEntry) -> str:
    """Return what names an entry must differ from: those of models, data sets and benchmarks are found in the same texts."""
    return "resource" if entry.kind in RESOURCES else entry.kind


def _is_told_apart(entry: NameEntry) -> bool:
    return bool(entry.papers or entry.orcid)
