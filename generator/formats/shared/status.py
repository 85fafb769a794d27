"""The status of a paper as text, for formats without a field for it."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.model import Paper, Status

STATUS_NAMES: dict[Status, str] = {
    "active": "", "withdrawn": "Withdrawn", "superseded": "Superseded", "removed": "Removed",
}  # fmt: skip
STATUS_WORDS: dict[str, Status] = {
    "active": "active", "withdrawn": "withdrawn", "retracted": "withdrawn", "superseded": "superseded", "removed": "removed",
}  # fmt: skip
"""Words for statuses in sources, in lower case."""
_SAID = re.compile(
    r"(withdrawn|retracted|removed|superseded)(?: by ([a-z0-9]+(?:-[a-z0-9]+)*))?(?:: *(.+)|\.)?",
    re.IGNORECASE | re.DOTALL,
)


class Fate(Struct, frozen=True):
    """The status of a paper, its reason, and the id of the paper that replaces it."""

    status: Status
    status_note: str
    superseded_by: str


def say_status(paper: Paper) -> str:
    """Return the status as text: `Withdrawn: why`, `Superseded by id: why`; empty if the paper is active."""
    name = STATUS_NAMES[paper.status]
    if paper.status == "superseded" and paper.superseded_by:
        name = f"{name} by {paper.superseded_by}"
    return f"{name}: {paper.status_note}" if name and paper.status_note else name


def parse_status(text: str) -> Fate | None:
    """Return the status in a note with the wording of `say_status`; None for other notes.

    `Retracted` means the same as `Withdrawn`.
    """
    found = _SAID.fullmatch(text.strip())
    if found is None:
        return None
    status = STATUS_WORDS[found[1].lower()]
    successor = found[2] or ""
    if successor and status != "superseded":
        return None
    return Fate(status, (found[3] or "").strip(), successor)
