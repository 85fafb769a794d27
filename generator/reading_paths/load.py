"""Reads `paths.yml` into reading paths, and reports all errors with their lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.editorial import ReadingPath, Step
from generator.limits import INTRODUCTION, MEANING, READING_PATHS, READING_STEPS, RECORD_BYTES, TERM
from generator.problems import Place, Problem, error
from generator.records.entries import (
    EntryFile,
    build_entries,
    describe_entries,
    join_lines,
    load_entries,
    split_paragraphs,
)
from generator.topics.taxonomy import find_id_fault

FILE = "paths.yml"
LEAST = 2
"""The least number of papers of a path."""


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


_PATH = describe_entries(
    _PathRecord, {"id": TERM, "name": TERM, "lead": MEANING, "introduction": INTRODUCTION}
)
_STEP = describe_entries(
    _StepRecord,
    {"paper": TERM, "why": MEANING},
    "a step has `paper: ID`, and `why: …` with what this paper adds to the one before",
)


def load_reading_paths(content: Path) -> tuple[Mapping[str, ReadingPath], tuple[Problem, ...]]:
    """Return the paths of `content/paths.yml` by their ids, in order, and every error of the file; a missing file has none."""
    file = load_entries(content, FILE, _PATH, limit=RECORD_BYTES)
    return build_entries(
        file,
        "path",
        most=READING_PATHS,
        check=lambda number: _check_path(file, number),
        build=lambda number: _build_path(file, number),
    )


def _build_path(file: EntryFile, number: int) -> ReadingPath:
    record = msgspec.convert(file.items[number], _PathRecord)
    steps = (
        Step(
            paper=step["paper"],
            why=join_lines(step["why"]),
            place=file.find_place(number, "steps", at, "why"),
        )
        for at, step in enumerate(record.steps)
    )
    return ReadingPath(
        id=record.id,
        name=join_lines(record.name),
        lead=join_lines(record.lead),
        introduction=split_paragraphs(record.introduction),
        steps=tuple(steps),
        place=file.find_place(number),
    )


def _check_path(file: EntryFile, number: int) -> Iterator[Problem]:
    """Yield the errors of a path; without one, it can be built."""
    wrong = list(file.check_fields(_PATH, f"path {number + 1}", number))
    yield from wrong
    if wrong:
        return
    item = file.items[number]
    if hint := find_id_fault(item["id"]):
        yield error("bad-id", f"invalid id {item['id']!r} of a path", file.find_place(number, "id"), hint)
    steps = item["steps"]
    for at in range(len(steps)):
        yield from file.check_fields(_STEP, f"path {item['id']}, step {at + 1}", number, "steps", at)
    yield from _check_number(item["id"], steps, file.find_place(number, "steps"))
    seen: dict[str, int] = {}
    for at, paper in enumerate(step.get("paper") for step in steps):
        if paper and seen.setdefault(paper, at + 1) != at + 1:
            message = f"path {item['id']}: {paper} is step {seen[paper]} and step {at + 1}"
            place = file.find_place(number, "steps", at, "paper")
            yield error("duplicate-step", message, place, "leave one of the two out")


def _check_number(path: str, steps: Collection[object], place: Place) -> Iterator[Problem]:
    if len(steps) < LEAST:
        message = f"path {path}: {len(steps)} paper, and a path has at least {LEAST}"
        yield error("short-path", message, place, "add a paper, or leave the path out")
    if len(steps) > READING_STEPS:
        message = f"path {path}: {len(steps)} papers, and a path has at most {READING_STEPS}"
        yield error("too-many", message, place, "make two paths of it")
