"""Checks of drafts of any format against the limits of a record, before they reach the shelf."""

from __future__ import annotations

from msgspec.structs import replace

from generator.fields import FIELDS
from generator.formats.values import Batch
from generator.limits import EXTRA, SHORT
from generator.model import Draft, Paper
from generator.problems import Place, Problem, errors_of, in_order, warning
from generator.records.check import check_record
from generator.records.parse import RecordPlace

_UNNAMED = "draft"
"""Stands for the id that the shelf gives later."""


def check_drafts(batch: Batch) -> Batch:
    """Return the batch with its drafts checked as records are; one with an error is left out and named.

    A text beside the title that is longer than a record may hold is left out with a warning, and the paper comes in.
    """
    drafts: list[Draft] = []
    problems = list(batch.problems)
    for draft in batch.drafts:
        paper, long = leave_out_long(draft.paper, draft.place)
        problems += long
        named = replace(paper, id=draft.paper.id or _UNNAMED)
        clean, found = check_record(named, RecordPlace(draft.place.file, draft.place.line or 0))
        problems += found
        if not errors_of(found):
            drafts.append(Draft(paper=replace(clean, id=draft.paper.id), place=draft.place))
    return replace(batch, drafts=tuple(drafts), problems=in_order(problems))


def leave_out_long(paper: Paper, place: Place) -> tuple[Paper, list[Problem]]:
    """Return a paper without the texts that are longer than a record may hold, and a warning for each; its title stays."""
    lengths = {
        field: (len(value), row.limit)
        for field, row in FIELDS.items()
        if isinstance(value := getattr(paper, field), str) and field != "title" and 0 < row.limit < len(value)
    }
    empty: dict[str, str] = dict.fromkeys(lengths, "")
    long = [(f"extra.{name}", len(value), EXTRA) for name, value in paper.extra.items() if len(value) > EXTRA]
    long += [
        (f"groups.{name}", len(value), SHORT)
        for name, values in paper.groups.items()
        for value in values
        if len(value) > SHORT
    ]
    problems = [
        warning("too-long", f"{name}: {length:,} characters, more than {limit:,}, so it is left out", place)
        for name, length, limit in (*((field, *pair) for field, pair in lengths.items()), *long)
    ]
    if not problems:
        return paper, []
    extra = {name: value for name, value in paper.extra.items() if len(value) <= EXTRA}
    groups = {name: tuple(v for v in values if len(v) <= SHORT) for name, values in paper.groups.items()}
    groups = {name: values for name, values in groups.items() if values}
    return replace(paper, **empty, extra=extra, groups=groups), problems
