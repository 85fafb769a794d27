"""What became of a paper, in words for formats that have no field for it."""

from __future__ import annotations

from generator.model import Paper, Status

STATUS_NAMES: dict[Status, str] = {
    "active": "", "withdrawn": "Withdrawn", "superseded": "Superseded", "removed": "Removed",
}  # fmt: skip


def say_status(paper: Paper) -> str:
    """Return what became of a paper: `Withdrawn: why`, `Superseded by id: why`; nothing where it is active."""
    name = STATUS_NAMES[paper.status]
    if paper.status == "superseded" and paper.superseded_by:
        name = f"{name} by {paper.superseded_by}"
    return f"{name}: {paper.status_note}" if name and paper.status_note else name
