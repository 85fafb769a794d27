"""Writes changed records back into the text of their files; all other characters stay unchanged."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from generator.fields import FIELDS
from generator.model import Author, Paper, Pin, Shelf, Source
from generator.problems import Problem, note
from generator.records.check import check_record, read_record
from generator.records.ids import build_slug
from generator.records.merge import name_source
from generator.records.parse import RecordPlace, build_record
from generator.storage.strict_yaml import parse_yaml
from generator.storage.text_file import load_exact, make_plain, split_lines
from generator.storage.yaml_cuts import find_comments
from generator.storage.yaml_edit import FormError, edit_yaml
from generator.storage.yaml_nodes import parse_nodes

_LISTS = {"authors", "topics", "not_topics", "aliases", "editors", "sources"}
_BY_KIND = {"links", "groups"}
_NOWHERE = RecordPlace("", 0)
_STAND_IN = "untitled"


def revise_files(
    content: Path, before: Shelf, changed: Mapping[str, Paper | None], targets: Mapping[str, str] = {}
) -> dict[str, str | None]:
    """Return the new texts of files with changed records (given by id); None means a deleted record or file.

    `targets` has new file names by id.

    Raises:
        FormError: if the text of a record cannot be edited; the message names the file.
    """
    files: dict[str, str | None] = {}
    lines: dict[str, dict[int, str]] = {}
    for key in sorted(changed):
        place, paper = before.places[key], changed[key]
        if place.file.endswith(".jsonl"):
            lines.setdefault(place.file, {})[place.line] = key
            continue
        files[place.file] = None
        if paper is not None:
            target = targets.get(key, place.file)
            text = load_exact(content / place.file)
            files[target] = _name(place.file, revise_text, text, before.papers[key], paper, target)
    for file, keys in lines.items():
        text = load_exact(content / file)
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        rows = split_lines(text[len(mark) :])
        for number, key in keys.items():
            new = changed[key]
            rows[number - 1] = "" if new is None else _revise_line(rows[number - 1], before.papers[key], new)
        files[file] = mark + "".join(rows)
    return files


def tell_comments(content: Path, shelf: Shelf, key: str) -> tuple[Problem, ...]:
    """Return a note with the comments that are lost when a record's own file is deleted."""
    place = shelf.places.get(key)
    if place is None or place.file.endswith(".jsonl"):
        return ()
    text = make_plain(load_exact(content / place.file))
    comments = [text[start:end].rstrip() for start, end in find_comments(text, parse_nodes(text))]
    message = f"the comments of {place.file} are deleted with the file: {'; '.join(comments)}"
    hint = "copy those that you still need into the other record"
    return (note("not-kept", message, place, hint),) if comments else ()


def _name(file: str, revise: Callable[..., str], *given: Any) -> str:  # noqa: ANN401 (what the function takes)
    try:
        return revise(*given)
    except FormError as fault:
        raise FormError(f"{file}: {fault}; write the record as plain lines and try again") from fault


def revise_text(text: str, old: Paper, new: Paper, file: str) -> str:
    """Return the YAML text of a record with its changes; `file` is the name that the file will have.

    Raises:
        FormError: if no edit of the text gives the new record.
    """
    raw, _, _ = parse_yaml(make_plain(text), file=file)
    stem = PurePosixPath(file).stem
    edited = edit_yaml(text, _revise(raw, old, new, implied=stem))
    value, _, faults = parse_yaml(make_plain(edited), file=file)
    read, _ = read_record({"id": stem, **value}, _NOWHERE)
    if faults or read != check_record(new, _NOWHERE)[0]:
        raise FormError("the result would not be read back correctly")
    return edited


def _revise_line(line: str, old: Paper, new: Paper) -> str:
    """Return a line of JSON with the changes of its record, with the same spacing and line ending."""
    body = line.rstrip("\r\n")
    raw = msgspec.json.decode(body)
    made = _revise(raw, old, new, implied=build_slug(str(raw.get("title", ""))))
    gaps = (", ", ": ") if '": ' in body else (",", ":")
    return json.dumps(made, ensure_ascii=False, separators=gaps) + line[len(body) :]


def _revise(raw: Mapping[str, Any], old: Paper, new: Paper, *, implied: str) -> dict[str, Any]:
    """Return a record as written, with new values where the two papers differ and new fields in order.

    `implied` is the record's id if none is written.
    """
    record = build_record(new)
    wanted = dict(raw)
    if raw.get("id") or implied != new.id:
        wanted["id"] = new.id
    for field in FIELDS:
        if getattr(old, field) == getattr(new, field) or field == "id":
            continue
        if field not in record:
            wanted.pop(field, None)
        elif field in _LISTS:
            wanted[field] = _revise_list(field, raw.get(field), getattr(new, field), record[field])
        elif field in _BY_KIND:
            wanted[field] = _revise_mapping(field, raw.get(field) or {}, old, new, record[field])
        elif field == "extra":
            wanted[field] = _renew(raw.get(field) or {}, old.extra, new.extra)
        else:
            wanted[field] = record[field]
    return _order(raw, wanted)


def _order(raw: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields in the file's order, each new field after all fields that precede it in `FIELDS`."""
    ranks = {"id": -1, **{name: rank for rank, name in enumerate(FIELDS) if name != "id"}}
    names = [name for name in raw if name in wanted]
    for name in sorted(wanted.keys() - raw.keys(), key=ranks.__getitem__):
        before = [n for n, known in enumerate(names) if ranks.get(known, len(ranks)) < ranks[name]]
        names.insert(max(before, default=-1) + 1, name)
    return {name: wanted[name] for name in names}


def _renew(raw: Mapping[Any, Any], old: Mapping[Any, Any], new: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return a mapping as written, with its changes; what cannot be read stays."""
    kept = {key: value for key, value in raw.items() if key in new or key not in old}
    return {**kept, **_list_news(old, new)}


def _list_news(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: value for key, value in new.items() if old.get(key) != value}


def _revise_mapping(
    field: str, raw: Mapping[str, Any], old: Paper, new: Paper, short: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a mapping of lists as written, with its changes; `short` is its new value in short form."""
    before, after = getattr(old, field), getattr(new, field)
    made = dict(raw)
    for kind, values in _list_news(before, after).items():
        made[kind] = _revise_list(field, raw.get(kind), values, short[kind], kind)
    gone = before.keys() - after.keys()
    return {kind: value for kind, value in made.items() if kind not in gone}


def _revise_list(field: str, raw: object, new: Sequence[object], short: object, kind: str = "") -> object:
    """Return a list as written, with new items in short form; other items stay unchanged, also those that cannot be read."""
    items = raw if isinstance(raw, list) else [] if raw in ("", None) else [raw]
    read = [(item, _read_item(field, item, kind)) for item in items]
    places: dict[object, deque[int]] = {}
    for number, (_, known) in enumerate(read):
        places.setdefault(_know(known), deque()).append(number)
    shorts = short if isinstance(short, list) else [short]
    made: list[object] = []
    at = 0
    for value, written in zip(new, shorts, strict=True):
        found = places.get(_know(value), deque())
        while found and found[0] < at:
            found.popleft()
        if not found:
            made.append(written)
            continue
        made += [item for item, known in read[at : found[0]] if known is None]
        item, known = read[found[0]]
        made.append(item if known == value else _revise_item(item, known, value, written))
        at = found[0] + 1
    made += [item for item, known in read[at:] if known is None]
    return made if isinstance(raw, list) or len(made) > 1 or isinstance(short, list) else made[0]


def _read_item(field: str, item: object, kind: str) -> object:
    """Return the value of a list item, or None if it cannot be read."""
    value = {kind: [item]} if kind else [item]
    paper, _ = read_record({"id": _STAND_IN, "title": _STAND_IN, field: value}, _NOWHERE)
    found = getattr(paper, field) if paper else {}
    return next(iter(found.get(kind, ()) if kind else found), None)


def _know(value: object) -> object:
    """Return the key of an item: its text, its name, its topic, or the entry of its source."""
    if isinstance(value, Source):
        return name_source(value)
    return value.name if isinstance(value, Author) else value.id if isinstance(value, Pin) else value


def _revise_item(item: object, known: object, value: object, short: object) -> object:
    """Return a mapping with its changes, in the long form if the short form is not enough."""
    if not isinstance(item, Mapping) or not isinstance(short, Mapping):
        return short
    before, after = msgspec.to_builtins(known), msgspec.to_builtins(value)
    revised = _renew(item, before, after)
    if "claims" in after:
        revised["claims"] = _renew(item.get("claims") or {}, before.get("claims", {}), after["claims"])
    return revised
