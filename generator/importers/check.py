"""What no record may hold, found in drafts of any format before they reach the shelf."""

from __future__ import annotations

from generator.importers.values import Batch
from generator.model import Draft
from generator.problems import Problem, errors_of, in_order
from generator.shelf.checks import check_record
from generator.shelf.records import RecordPlace


def check_drafts(batch: Batch) -> Batch:
    """Return the batch with its drafts checked as records are; one with an error is left out and named."""
    drafts: list[Draft] = []
    problems = list(batch.problems)
    for draft in batch.drafts:
        clean, faults = check_record(draft.paper, RecordPlace(draft.place.file, draft.place.line or 0))
        found: list[Problem] = [
            f for f in faults if draft.paper.id or f.code != "bad-id"
        ]  # the shelf gives ids later
        problems += found
        if not errors_of(found):
            drafts.append(Draft(paper=clean, place=draft.place))
    return Batch(drafts=tuple(drafts), entries=batch.entries, problems=in_order(problems))
