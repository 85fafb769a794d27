"""Converts the fields of a record to a `Paper` and back, and reports all errors of a record at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from types import UnionType
from typing import Any, get_args

import msgspec
from msgspec.structs import fields

from generator.model import Author, LinkKind, Paper, Pin
from generator.problems import Place, Problem, error

FIELD_TYPES: Mapping[str, Any] = {f.name: f.type for f in fields(Paper)}
_LISTS = frozenset(["authors", "topics", "not_topics", "aliases", "editors", "sources"])
_BY_KIND = ("links", "groups")
"""Mappings of lists in which a list of one item may be written as the item."""
_AS_WRITTEN: Mapping[str, Any] = {
    "authors": list[str | Author],
    "topics": list[str | Pin],
    "links": dict[LinkKind, str | list[str]],
    "groups": dict[str, str | list[str]],
}
_SHORT = {"authors": "name", "topics": "id"}
_ORDER = ("id", *(name for name in FIELD_TYPES if name != "id"))
_read_in_order = attrgetter(*_ORDER)
_DEFAULTS = _read_in_order(Paper(title=""))


Record = msgspec.defstruct(
    "Record",
    [
        ("title", str),
        *(
            (
                f.name,
                _AS_WRITTEN.get(f.name, f.type),
                f.default if f.default_factory is msgspec.NODEFAULT else f.default_factory(),
            )
            for f in fields(Paper)
            if f.name != "title"
        ),
    ],
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
)
"""A record as written, with the short forms of its fields; its JSON Schema is published with the data."""


class RecordPlace(msgspec.Struct, frozen=True):
    """The place of a record: its file, its first line, and the line of each field."""

    file: str
    line: int
    lines: Mapping[str, int] = {}

    def of(self, name: str) -> Place:
        """Return the place of a field, or that of the record if the field has none."""
        return Place(file=self.file, line=self.lines.get(name, self.line))


def parse_record(record: object, place: RecordPlace) -> tuple[Paper | None, tuple[Problem, ...]]:
    """Return the paper for a mapping of fields, without invalid fields, and every error; the paper is None without a title."""
    if not isinstance(record, Mapping):
        return None, (
            error(
                "bad-field",
                "a record must be a mapping of fields",
                place.of(""),
                "write `title: …` and so on",
            ),
        )
    try:
        paper = msgspec.convert(_expand_all(record), Paper, strict=False)
    except msgspec.ValidationError:
        paper = None
    if paper and paper.title:
        return paper, ()
    written = {name: value for name, value in record.items() if not _is_empty(value)}
    good, faults = _sift(_expand_all(written), place)
    return (msgspec.convert(good, Paper, strict=False) if "title" in good else None), tuple(faults)


def _is_empty(value: object) -> bool:
    return not value and (value is None or isinstance(value, str | list | dict))


def _expand_all(record: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a record in their long forms; most are texts, which have no other."""
    return {
        name: value if isinstance(value, str) and name not in _LISTS else _expand(name, value)
        for name, value in record.items()
    }


def _expand(name: str, value: object) -> object:
    """Return a field's value in its long form: a single item as a list, a plain name as a mapping."""
    if name in _BY_KIND and isinstance(value, Mapping):
        return {kind: [item] if isinstance(item, str) else item for kind, item in value.items()}
    if name in _LISTS and isinstance(value, str | Mapping):
        value = [value] if value else []
    if name in _SHORT and isinstance(value, list):
        return [{_SHORT[name]: item} if isinstance(item, str) else item for item in value]
    return value


def _sift(values: Mapping[str, object], place: RecordPlace) -> tuple[dict[str, object], list[Problem]]:
    """Return the valid fields and the problems of the others. The converter alone would stop at the first error."""
    good: dict[str, object] = {}
    found = []
    if "title" not in values:
        found.append(error("missing-field", "the record has no title", place.of("title"), "add `title: …`"))
    for name, value in values.items():
        if name not in FIELD_TYPES:
            hint = f"the fields are {', '.join(FIELD_TYPES)}; write other facts under `extra`"
            found.append(error("unknown-field", f"unknown field {name!r}", place.of(name), hint))
            continue
        faults = find_faults(name, value, FIELD_TYPES[name])
        if not faults:
            good[name] = value
        found += [error("bad-field", f"{name}: {what}", place.of(name), _hint(name)) for what in faults]
    return good, found


def find_faults(name: str, value: object, kind: Any) -> list[str]:  # noqa: ANN401 (any type)
    """Return the errors in a field as text; for lists and mappings, those of each item."""
    return list(dict.fromkeys(_list_faults(name, value, kind)))


def _list_faults(name: str, value: object, kind: Any) -> Iterator[str]:  # noqa: ANN401 (any type)
    parts: list[tuple[str, object]] = []
    if isinstance(value, Mapping) and not isinstance(kind, UnionType):  # an image is read as a whole
        parts = [(f"`$.{key}", {key: inner}) for key, inner in value.items()]
    elif isinstance(value, list):
        parts = [(f"`$[{number}]", [inner]) for number, inner in enumerate(value)]
    for where, part in parts or [("", value)]:
        try:
            msgspec.convert(part, kind, strict=False)
        except msgspec.ValidationError as fault:
            what = str(fault).replace("`$[0]", where).replace("`$[...]", where).replace("`$", f"`{name}")
            yield what.replace("Object", "a mapping")


def list_words(name: str) -> tuple[str, ...]:
    """Return the words that a field accepts; empty if it accepts others, too.

    >>> list_words("venue_type")[:3]
    ('journal', 'conference', 'workshop')
    """
    parts = (FIELD_TYPES[name], *get_args(FIELD_TYPES[name]))
    return tuple(option for part in parts for option in get_args(part) if isinstance(option, str))


def _hint(name: str) -> str:
    """Return a hint: the accepted words, if the field accepts only certain words."""
    words = list_words(name)
    return f"it is one of: {', '.join(words)}" if words else "see the table of fields in the documentation"


def build_record(paper: Paper) -> dict[str, Any]:
    """Return the fields of a paper as plain values in their fixed order, in short form where possible."""
    values = zip(_ORDER, _read_in_order(paper), _DEFAULTS, strict=True)
    record: dict[str, Any] = {"id": paper.id}
    record |= {
        name: value if isinstance(value, str) else _write_value(name, value)
        for name, value, default in values
        if value != default or name == "kind"
    }
    return record


def _write_value(name: str, value: Any) -> object:  # noqa: ANN401 (a value of any field)
    if name == "authors":
        return [a["name"] if len(a) == 1 else a for a in msgspec.to_builtins(value)]
    if name == "topics":
        return [{"id": pin.id, "why": pin.why} if pin.why else pin.id for pin in value]
    if name in _BY_KIND:
        return {kind: list(items) if len(items) > 1 else items[0] for kind, items in value.items() if items}
    plain = msgspec.to_builtins(value)
    return list(plain) if isinstance(plain, tuple) else plain
