"""A shelf's own fields: the declarations under `fields` in `shelf.yml`, and how their values are read.

The values stay texts under `extra` in the record. A declaration gives their label, their type, and where they are
shown. A built-in field is treated the same way if its row in `generator/fields.py` has `shown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from msgspec import structs
from msgspec.structs import replace

from generator.fields import FIELDS, FieldRow
from generator.limits import SHORT
from generator.model import Draft, OwnField, OwnFieldPlace, OwnFieldType, Paper
from generator.problems import Place, Problem, error, warning
from generator.records.format_version import FILE, load_shelf_file
from generator.records.ids import is_id
from generator.storage.strict_yaml import Lines

_TYPES, _PLACES = get_args(OwnFieldType), get_args(OwnFieldPlace)
_TYPES_OF: Mapping[object, frozenset[OwnFieldType]] = {
    int | None: frozenset(["number"]),
    bool: frozenset(["flag"]),
    tuple[str, ...]: frozenset(["list"]),
}
"""The type as which an attribute of `Paper` is shown that is no text."""


def _list_shown(rows: Mapping[str, FieldRow]) -> Mapping[str, OwnField]:
    shown = {name: row.shown for name, row in rows.items() if row.shown}
    wrong = [name for name, field in shown.items() if field.type not in _find_types(name)]
    assert not wrong, f"`shown` has a type that the attribute cannot have: {wrong}"  # noqa: S101 (a fault of our own)
    return shown


def _find_types(name: str) -> frozenset[OwnFieldType]:
    """Return the types as which an attribute of `Paper` can be shown."""
    info = next(info for info in structs.fields(Paper) if info.name == name)
    return frozenset(_TYPES) if isinstance(info.default, str) else _TYPES_OF.get(info.type, frozenset())


SHOWN_FIELDS = _list_shown(FIELDS)
"""The built-in fields that are shown like declared fields."""
_KEYS = ("label", "type", "unit", "choices", "headers", "show")
_TAKEN = frozenset(
    {
        *FIELDS,
        "topic",
        "year",
        "author",
        "has",
        "links",
        "link",
        "section",
        "q",
        "sort",
        "meaning",
        "others",
        "remark",
    }
)
"""Names that have another meaning in records, queries or URLs."""
_NUMBER = re.compile(r"(?P<number>[-+]?\d+(?:[,_ ]\d{3})*(?:\.\d+)?(?:[eE][-+]?\d{1,3})?)\s*(?P<suffix>\S*)")
_SCALES = {"K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12}
_YES = frozenset("yes true 1 y x ✓ ✔ ✅ open 是 はい ja".split())  # noqa: SIM905 (a list of words reads best as words)
_NO = frozenset("no false 0 n - – ✗ ✘ ❌ × closed 否 いいえ nein".split())  # noqa: SIM905 (as above)
_LIST = re.compile(r"\s*[;,|、；，]\s*")


def load_own_fields(content: Path) -> tuple[Mapping[str, OwnField], tuple[Problem, ...]]:
    """Return the fields that a shelf declares, in order by id, and every error in the declarations.

    Built-in fields that are shown the same way come first.
    """
    value, lines, faults = load_shelf_file(content)  # its faults are reported with the version
    said = value.get("fields") if isinstance(value, dict) and not faults else None
    if said is None:
        return SHOWN_FIELDS, ()
    problems: list[Problem] = []
    if not isinstance(said, dict):
        hint = "write each as `name: {label: …, type: …}`"
        return SHOWN_FIELDS, (
            error("bad-field", "fields: must be a mapping of names", _place(lines, ()), hint),
        )
    found = {name: _read_field(name, row, lines, problems) for name, row in said.items()}
    return {**SHOWN_FIELDS, **{name: field for name, field in found.items() if field}}, tuple(problems)


def _place(lines: Lines, path: tuple[str | int, ...]) -> Place:
    return Place(file=FILE, line=lines.get(("fields", *path), lines.get(("fields",), 1)))


def _read_field(name: str, row: object, lines: Lines, problems: list[Problem]) -> OwnField | None:
    place = _place(lines, (name,))
    if not is_id(name) or name in _TAKEN:
        hint = "use lower-case letters, digits and hyphens, and no name that records or queries already use"
        problems.append(error("bad-field", f"fields: invalid field name {name!r}", place, hint))
        return None
    row = row or {}
    if not isinstance(row, dict):
        problems.append(
            error("bad-field", f"fields.{name}: must be a mapping", place, f"it may have {', '.join(_KEYS)}")
        )
        return None
    before = len(problems)
    for key, value in row.items():
        problems += _check_key(name, key, value, _place(lines, (name, key)))
    if len(problems) > before:
        return None
    many = {key: tuple(map(str, _list(row.get(key)))) for key in ("choices", "headers", "show")}
    return OwnField(
        id=name,
        label=row.get("label") or name.replace("-", " ").capitalize(),
        type=row.get("type") or "text",
        unit=row.get("unit") or "",
        choices=many["choices"],
        headers=many["headers"],
        show=frozenset(place for place in _PLACES if place in many["show"]),
    )


def _check_key(name: str, key: str, value: object, place: Place) -> Iterator[Problem]:
    if key not in _KEYS:
        yield error(
            "unknown-field", f"fields.{name} has no {key!r}", place, f"it may have {', '.join(_KEYS)}"
        )
        return
    texts = _list(value) if key in {"choices", "headers", "show"} else [value]
    if any(not isinstance(text, str) or not text or len(text) > SHORT for text in texts):
        yield error(
            "bad-field",
            f"fields.{name}.{key}: must be a short text",
            place,
            "write a text, or a list of texts",
        )
        return
    known = {"type": _TYPES, "show": _PLACES}.get(key, ())
    for text in texts:
        if known and text not in known:
            yield error(
                "bad-field", f"fields.{name}.{key}: {text!r}", place, f"it is one of: {', '.join(known)}"
            )


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def read_number(text: str, unit: str) -> float | None:
    """Return the number in a text in the given unit; None for any other text.

    >>> read_number("7B", "B"), read_number("700M", "B"), read_number("1,024", ""), read_number("many", "")
    (7.0, 0.7, 1024.0, None)
    """
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    number = float(re.sub(r"[,_ ]", "", match["number"]))
    suffix = match["suffix"]
    if suffix.casefold() in {"", unit.casefold()}:
        return number
    scale, own = _SCALES.get(suffix.upper()), _SCALES.get(unit.upper(), 1.0 if not unit else None)
    return number * scale / own if scale and own else None


def read_values(field: OwnField, text: str) -> tuple[str, ...] | None:
    """Return the values in a text, as readers see them; None if it is not a value of the field's type.

    >>> read_values(OwnField(id="open", label="Open", type="flag"), "✓")
    ('yes',)
    """
    said = " ".join(text.split())
    match field.type:
        case "number":
            return (said,) if read_number(said, field.unit) is not None else None
        case "flag":
            return ("yes",) if said.casefold() in _YES else ("no",) if said.casefold() in _NO else None
        case "choice":
            known = {_fold(choice): choice for choice in field.choices}
            return (known.get(_fold(said), said),) if not known or _fold(said) in known else None
        case "link":
            return (said,) if urlsplit(said).scheme in {"http", "https"} and urlsplit(said).hostname else None
        case "list":
            return tuple(dict.fromkeys(part for part in _LIST.split(said) if part))
    return (said,)


def find_value(paper: Paper, name: str) -> str:
    """Return a record's text for a field: a built-in field, otherwise the value under `extra`.

    >>> find_value(Paper(title="Owls", extra={"size": "7 B"}), "size")
    '7 B'
    >>> paper = Paper(title="Owls", author_count=3, featured=True, aliases=("barn-owls", "tawny-owls"))
    >>> find_value(paper, "author_count"), find_value(paper, "featured"), find_value(paper, "aliases")
    ('3', 'yes', 'barn-owls; tawny-owls')
    """
    if name not in FIELDS:
        return paper.extra.get(name, "")
    match getattr(paper, name):
        case None | False:
            return ""
        case True:
            return "yes"
        case tuple() as items:
            return "; ".join(items)
        case value:
            return str(value)


def say_values(field: OwnField, values: Sequence[str]) -> str:
    """Return values as readers see them: a number with its unit, several values separated by commas.

    >>> say_values(OwnField(id="size", label="Size", type="number", unit="B"), ["7"])
    '7 B'
    """
    said = ", ".join(values)
    bare = field.type == "number" and field.unit and said[-1:].isdigit()
    return f"{said} {field.unit}" if bare else said


def check_own_values(
    papers: Mapping[str, Paper], places: Mapping[str, Place], fields: Mapping[str, OwnField]
) -> Iterator[Problem]:
    """Yield a problem for each value that does not have the declared type."""
    for key, paper in papers.items():
        for name, field in fields.items():
            said = find_value(paper, name)
            if said and read_values(field, said) is None:
                message = f"{name if name in FIELDS else f'extra.{name}'}: {said!r} is not a {field.type}"
                hint = f"it is one of: {', '.join(field.choices)}" if field.choices else _HINTS[field.type]
                yield warning("bad-value", message, places[key], hint)


_HINTS: Mapping[str, str] = {
    "number": "write a number, with or without the unit of the field",
    "flag": "write yes or no",
    "link": "write an http(s) URL",
    "choice": "add it to the choices in shelf.yml",
    "text": "",
    "list": "",
}


def fill_own_fields(drafts: Sequence[Draft], fields: Mapping[str, OwnField]) -> tuple[Draft, ...]:
    """Return drafts in which further columns are renamed to the fields that their headers mean."""
    if not fields:
        return tuple(drafts)
    by_header = {
        _fold(header): name
        for name, field in fields.items()
        for header in (*field.headers, field.label, name)
    }
    return tuple(
        replace(draft, paper=replace(draft.paper, extra=_rename(draft.paper.extra, by_header)))
        if any(_fold(name) in by_header for name in draft.paper.extra)
        else draft
        for draft in drafts
    )


def _fold(header: str) -> str:
    return re.sub(r"[^\w#]+", " ", header).strip().casefold()


def _rename(extra: Mapping[str, str], by_header: Mapping[str, str]) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for name, value in extra.items():
        own = by_header.get(_fold(name), name)
        renamed[own if own not in renamed else name] = value
    return renamed
