"""Reads XML files into drafts, one element at a time with its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from generator.formats.naming import name_files
from generator.formats.shared.facts import note_empty
from generator.formats.shared.strict_xml import FoundElement, read_elements
from generator.formats.values import Batch, TextFile
from generator.model import Draft, Source
from generator.problems import Place, Problem

Build = Callable[[FoundElement, Source, Place, list[Problem]], Draft | None]
"""A function that builds a draft from a complete element or adds a problem to the list; the element's number is the source's entry."""


def import_elements(
    files: Sequence[TextFile],
    captured: str,
    build: Build,
    *,
    roots: Collection[str],
    wanted: Collection[str],
) -> Batch:
    """Return the drafts built from all wanted elements; a truncated element is an entry without a draft."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        number, before = 0, len(problems)
        for number, found in enumerate(
            read_elements(file.text, file=file.name, roots=roots, wanted=wanted, problems=problems), start=1
        ):
            place = Place(file=file.name, line=found.line)
            source = Source(name=names[file.name], entry=str(number), date=captured)
            if found.element is not None and (draft := build(found, source, place, problems)):
                drafts.append(draft)
        entries += number
        if not number and len(problems) == before:
            problems.append(note_empty(file.name))
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))
