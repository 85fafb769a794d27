"""Lists of entries that curators write in a YAML file of their own, such as `glossary.yml`: reading the file and checking the fields of an entry."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from generator.problems import Place, Problem, error
from generator.records.parse import find_faults
from generator.storage.conflict_markers import load_merged
from generator.storage.strict_yaml import Lines, parse_yaml

Entry = TypeVar("Entry")
_GAP = re.compile(r"\n\s*\n")


class EntryKind(Struct, frozen=True, kw_only=True):
    """The fields of entries of one kind, and what a report says of them."""

    fields: Mapping[str, FieldInfo]
    limits: Mapping[str, int]
    """The number of characters that a text of a field may have."""
    hint: str

    @property
    def first(self) -> str:
        """The field that an entry begins with."""
        return next(iter(self.fields))


def describe_entries(record: type[Struct], limits: Mapping[str, int], hint: str = "") -> EntryKind:
    """Return the kind of entries that a type describes. The hint lists its fields and the required ones, unless one is given."""
    known = {field.name: field for field in fields(record)}
    required = ", ".join(name for name, field in known.items() if field.required)
    return EntryKind(
        fields=known, limits=limits, hint=hint or f"an entry has {', '.join(known)}; required are {required}"
    )


class EntryFile(Struct, frozen=True, kw_only=True):
    """What stands in a file of entries, before the entries are checked."""

    name: str
    lines: Lines = {}
    items: list[Any] = []
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file as a whole."""

    def find_place(self, *at: str | int) -> Place:
        """Return the place of a part of the file, or that of the smallest part around it that has one."""
        inner = (at[:end] for end in range(len(at), 0, -1))
        return Place(file=self.name, line=next((self.lines[part] for part in inner if part in self.lines), 0))

    def check_fields(self, kind: EntryKind, what: str, *at: str | int) -> Iterator[Problem]:
        """Yield the errors in the names, types and lengths of the fields of an entry, or of a part of one.

        `at` is where it stands in the file; a report calls it `what`.
        """
        item: Any = self.items
        for step in at:
            item = item[step]
        if not isinstance(item, Mapping):
            message = f"{what} is not a mapping of fields"
            yield error("bad-field", message, self.find_place(*at), kind.hint)
            return
        for key, field in kind.fields.items():
            if field.required and not item.get(key):
                yield error("missing-field", f"{what}: no {key}", self.find_place(*at), kind.hint)
        for key, value in item.items():
            place = self.find_place(*at, key)
            if key not in kind.fields:
                yield error("unknown-field", f"{what}: there is no field {key!r}", place, kind.hint)
                continue
            for fault in find_faults(key, value, kind.fields[key].type):
                yield error("bad-field", f"{what}, {key}: {fault}", place, kind.hint)
            limit = kind.limits.get(key)
            if limit and any(len(text) > limit for text in list_texts(value)):
                message = f"{what}, {key}: more than {limit:,} characters"
                yield error("too-long", message, place, "write it shorter")


def load_entries(content: Path, name: str, kind: EntryKind, *, limit: int) -> EntryFile:
    """Return what stands in a file of entries of at most `limit` bytes; a missing file has none."""
    path = content / name
    if not os.path.lexists(path):
        return EntryFile(name=name)
    text, faults = load_merged(path, name=name, inside=content, limit=limit)
    if faults:
        return EntryFile(name=name, problems=tuple(faults))
    value, lines, problems = parse_yaml(text, file=name)
    if value and not isinstance(value, list):
        hint = f"start each entry with `- {kind.first}: …`"
        fault = error("bad-field", "the file is not a list of entries", Place(file=name, line=1), hint)
        return EntryFile(name=name, problems=(fault,))
    return EntryFile(name=name, lines=lines, items=value or [], problems=tuple(problems))


def build_entries(
    file: EntryFile,
    what: str,
    *,
    most: int,
    check: Callable[[int], Iterable[Problem]],
    build: Callable[[int], Entry],
) -> tuple[dict[str, Entry], tuple[Problem, ...]]:
    """Return the entries of a file by their ids, in order, and every error: of the file, of an entry, of repeated ids and of too many entries.

    `check` and `build` get the number of an entry, counted from 0; an entry is built if `check` yields no error. Reports call an entry `what`.
    """
    entries: dict[str, Entry] = {}
    found = list(file.problems)
    if len(file.items) > most:
        message = f"{len(file.items)} {what}s, and an index has at most {most}"
        found.append(error("too-many", message, file.find_place(most), "leave some of them out"))
    for number, item in enumerate(file.items[:most]):
        wrong = list(check(number))
        if not wrong and item["id"] in entries:
            message, place = f"the {what} {item['id']!r} appears twice", file.find_place(number, "id")
            wrong.append(error("duplicate-id", message, place, "change one of the two ids"))
        found += wrong
        if not wrong:
            entries[item["id"]] = build(number)
    return entries, tuple(found)


def list_texts(value: object) -> list[str]:
    """Return the texts in the value of a field: the value, or the items of a list.

    >>> list_texts("owls"), list_texts(["owls", 7]), list_texts(None)
    (['owls'], ['owls'], [])
    """
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]


def join_lines(text: str) -> str:
    r"""Return a text on one line.

    >>> join_lines(" Owls\n  hunt mice. ")
    'Owls hunt mice.'
    """
    return " ".join(text.split())


def split_paragraphs(text: str) -> tuple[str, ...]:
    r"""Return the paragraphs of a text, each on one line.

    >>> split_paragraphs("Owls\nhunt.\n\nMice hide.")
    ('Owls hunt.', 'Mice hide.')
    """
    return tuple(filter(None, map(join_lines, _GAP.split(text))))
