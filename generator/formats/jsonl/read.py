"""Reads records in JSON Lines into drafts, with the same error messages as for the shelf."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from generator.formats.naming import name_files
from generator.formats.values import Batch, TextFile
from generator.limits import ENTRIES
from generator.model import Draft, Source
from generator.problems import Problem, errors_of
from generator.records.check import read_record
from generator.records.ids import RESERVED, is_id
from generator.records.json_line import parse_line
from generator.records.parse import RecordPlace, parse_record
from generator.storage.text_file import list_lines


def import_jsonl(files: Sequence[TextFile], captured: str) -> Batch:  # noqa: ARG001 (records say their own dates)
    """Return a draft for every record with valid fields; their values are checked as for every format.

    A record's id becomes the entry of its source. The draft also keeps the id if the shelf can assign it. Without an id,
    the entry is the line number. A record without an id but with sources keeps only these, because line numbers change.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        for number, line in enumerate(list_lines(file.text), start=1):
            if not line.strip():
                continue
            if (entries := entries + 1) > ENTRIES:
                break
            draft, found = _read_line(line, RecordPlace(file.name, number), names[file.name])
            problems += found
            if draft is not None:
                drafts.append(draft)
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))


def _read_line(text: str, place: RecordPlace, source: str) -> tuple[Draft | None, list[Problem]]:
    value, fault = parse_line(text, place)
    if fault:
        return None, [fault]
    if not isinstance(value, dict):
        return None, list(parse_record(value, place)[1])
    brought = value.pop("id", "")
    brought = str(brought) if isinstance(brought, str | int) else ""
    own = is_id(brought) and brought not in RESERVED
    paper, wrong = parse_record({**value, "id": brought} if own else value, place)
    if paper is None or errors_of(wrong):
        return None, read_record({"id": "draft", **value}, place)[1]
    entry = Source(name=source, entry=brought or str(place.line))
    if brought or not paper.sources:
        paper = replace(paper, sources=(entry, *(s for s in paper.sources if s != entry)))
    return Draft(paper=paper, place=place.of("")), list(wrong)
