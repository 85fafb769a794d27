"""Reads JSON answers of services into drafts, one item at a time with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.formats.naming import name_files
from generator.formats.shared.facts import note_empty
from generator.formats.values import Batch, TextFile
from generator.model import Draft, Source
from generator.problems import Place, Problem
from generator.storage.json_items import read_items

Build = Callable[[Mapping[str, object], Source, Place, list[Problem]], Draft | None]
"""A function that builds a draft from an item or adds a problem to the list; the source has the item's number as its entry."""


def import_answers(files: Sequence[TextFile], captured: str, build: Build, *, wrapper: str = "") -> Batch:
    """Return the drafts built from all items; `wrapper` is the member of an answer that contains the list of items.

    A nested member is named with a dot: `message.items`.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        items, faults = read_items(file.text, file=file.name, wrapper=wrapper)
        problems += faults
        entries += len(items)
        if not items:
            problems.append(note_empty(file.name))
        for number, item in enumerate(items, start=1):
            place = Place(file=file.name, line=item.line)
            source = Source(name=names[file.name], entry=str(number), date=captured)
            if item.value is not None and (draft := build(item.value, source, place, problems)):
                drafts.append(draft)
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))
