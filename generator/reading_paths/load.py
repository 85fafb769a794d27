"""Reads `paths.yml` into reading paths, and reports all errors with their lines."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import FieldInfo, fields

from generator.editorial import ReadingPath, Step
from generator.limits import INTRODUCTION, MEANING, READING_PATHS, READING_STEPS, RECORD_BYTES, TERM
from generator.problems import Place, Problem, error
from generator.records.parse import find_faults
from generator.storage.conflict_markers import load_merged
from generator.storage.strict_yaml import Lines, parse_yaml
from generator.topics.taxonomy import find_id_fault

FILE = "paths.yml"
LEAST = 2
"""The least number of papers of a path."""
_GAP = re.compile(r"\n\s*\n")
_LIMITS = {"name": TERM, "lead": MEANING, "introduction": INTRODUCTION, "why": MEANING}


class _StepRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A step as the file writes it."""

    paper: str
    why: str


class _PathRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A path as the file writes it."""

    id: str
    name: str
    lead: str
    introduction: str = ""
    steps: list[dict[str, str]]


_PATH = {field.name: field for field in fields(_PathRecord)}
_STEP = {field.name: field for field in fields(_StepRecord)}
_HINT = f"a path has {', '.join(_PATH)}; all but introduction are required"
_STEP_HINT = "a step has `paper: ID`, and `why: …` with what this paper adds to the one before"


def load_reading_paths(content: Path) -> tuple[Mapping[str, ReadingPath], tuple[Problem, ...]]:
    """Return the paths of `content/paths.yml` by their ids, in order, and every error of the file; a missing file has none."""
    path = content / FILE
    if not os.path.lexists(path):
        return {}, ()
    text, faults = load_merged(path, name=FILE, inside=content, limit=RECORD_BYTES)
    if faults:
        return {}, faults
    value, lines, problems = parse_yaml(text, file=FILE)
    if not value:
        return {}, problems
    if not isinstance(value, list):
        hint = "start each path with `- id: …`"
        return {}, (error("bad-field", "the file is a list of paths", Place(file=FILE, line=1), hint),)
    paths: dict[str, ReadingPath] = {}
    found = list(problems)
    if len(value) > READING_PATHS:
        message = f"{len(value)} paths, and an index has at most {READING_PATHS}"
        found.append(error("too-many", message, _find_place(lines, READING_PATHS), "leave some of them out"))
    for number, item in enumerate(value[:READING_PATHS]):
        wrong = list(_check_path(item, number, lines))
        if not wrong and item["id"] in paths:
            message = f"the path {item['id']!r} appears twice"
            place = _find_place(lines, number, "id")
            wrong.append(error("duplicate-id", message, place, "change one of the two ids"))
        found += wrong
        if not wrong:
            paths[item["id"]] = _build_path(msgspec.convert(item, _PathRecord), number, lines)
    return paths, tuple(found)


def _build_path(record: _PathRecord, number: int, lines: Lines) -> ReadingPath:
    steps = (
        Step(
            paper=step["paper"], why=_join(step["why"]), place=_find_place(lines, number, "steps", at, "why")
        )
        for at, step in enumerate(record.steps)
    )
    return ReadingPath(
        id=record.id,
        name=_join(record.name),
        lead=_join(record.lead),
        introduction=tuple(filter(None, map(_join, _GAP.split(record.introduction)))),
        steps=tuple(steps),
        place=_find_place(lines, number),
    )


def _join(text: str) -> str:
    return " ".join(text.split())


def _check_path(item: object, number: int, lines: Lines) -> Iterator[Problem]:
    """Yield the errors of a path; without one, it can be built."""
    wrong = list(_check_fields(item, _PATH, f"path {number + 1}", lines, (number,), _HINT))
    yield from wrong
    if wrong or not isinstance(item, Mapping):
        return
    if hint := find_id_fault(item["id"]):
        yield error("bad-id", f"invalid id {item['id']!r} of a path", _find_place(lines, number, "id"), hint)
    steps = item["steps"]
    for at, step in enumerate(steps):
        name = f"path {item['id']}, step {at + 1}"
        yield from _check_fields(step, _STEP, name, lines, (number, "steps", at), _STEP_HINT)
    yield from _check_number(item["id"], steps, _find_place(lines, number, "steps"))
    seen: dict[str, int] = {}
    for at, paper in enumerate(step.get("paper") for step in steps):
        if paper and seen.setdefault(paper, at + 1) != at + 1:
            message = f"path {item['id']}: {paper} is step {seen[paper]} and step {at + 1}"
            place = _find_place(lines, number, "steps", at, "paper")
            yield error("duplicate-step", message, place, "leave one of the two out")


def _check_number(path: str, steps: Collection[object], place: Place) -> Iterator[Problem]:
    if len(steps) < LEAST:
        message = f"path {path}: {len(steps)} paper, and a path has at least {LEAST}"
        yield error("short-path", message, place, "add a paper, or leave the path out")
    if len(steps) > READING_STEPS:
        message = f"path {path}: {len(steps)} papers, and a path has at most {READING_STEPS}"
        yield error("too-many", message, place, "make two paths of it")


def _check_fields(  # noqa: PLR0913, PLR0917 (what is checked, and what a report says of it)
    item: object,
    known: Mapping[str, FieldInfo],
    name: str,
    lines: Lines,
    at: tuple[str | int, ...],
    hint: str,
) -> Iterator[Problem]:
    """Yield the errors in the names, types and lengths of the fields of a path or step."""
    if not isinstance(item, Mapping):
        yield error("bad-field", f"{name} is not a mapping of fields", _find_place(lines, *at), hint)
        return
    for key, field in known.items():
        if field.required and not item.get(key):
            yield error("missing-field", f"{name}: no {key}", _find_place(lines, *at), hint)
    for key, value in item.items():
        place = _find_place(lines, *at, key)
        if key not in known:
            yield error("unknown-field", f"{name}: there is no field {key!r}", place, hint)
            continue
        for what in find_faults(key, value, known[key].type):
            yield error("bad-field", f"{name}, {key}: {what}", place, hint)
        if isinstance(value, str) and len(value) > (limit := _LIMITS.get(key, TERM)):
            message = f"{name}, {key}: more than {limit:,} characters"
            yield error("too-long", message, place, "write it shorter")


def _find_place(lines: Lines, *at: str | int) -> Place:
    """Return the place of a part of the file, or that of the smallest part around it that has one."""
    line = next((lines[at[:end]] for end in range(len(at), 0, -1) if at[:end] in lines), 0)
    return Place(file=FILE, line=line)
