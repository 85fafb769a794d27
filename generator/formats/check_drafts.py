"""Checks of drafts of any format against the limits of a record, before they reach the shelf."""

from __future__ import annotations

from msgspec.structs import replace

from generator.formats.values import Batch
from generator.model import Draft
from generator.problems import errors_of, in_order
from generator.records.check import check_record
from generator.records.parse import RecordPlace

_UNNAMED = "draft"
"""Stands for the id that the shelf gives later."""


def check_drafts(batch: Batch) -> Batch:
    """Return the batch with its drafts checked as records are; one with an error is left out and named."""
    drafts: list[Draft] = []
    problems = list(batch.problems)
    for draft in batch.drafts:
        named = replace(draft.paper, id=draft.paper.id or _UNNAMED)
        clean, found = check_record(named, RecordPlace(draft.place.file, draft.place.line or 0))
        problems += found
        if not errors_of(found):
            drafts.append(Draft(paper=replace(clean, id=draft.paper.id), place=draft.place))
    return replace(batch, drafts=tuple(drafts), problems=in_order(problems))
