"""What is different between two states of a shelf, in the words of its curators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_type_hints

from msgspec import Struct

from generator.model import Paper, Shelf

_FIELDS = tuple(get_type_hints(Paper))


class Changes(Struct, frozen=True, kw_only=True):
    """Ids of papers: those that came, changed (with the fields), were renamed or merged (with the new id), or went."""

    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = {}
    renamed: Mapping[str, str] = {}
    merged: Mapping[str, str] = {}
    removed: tuple[str, ...] = ()
    """Those whose page now says that the paper was removed."""
    deleted: tuple[str, ...] = ()
    """Those that no record is left of."""


def compare_shelves(before: Shelf, after: Shelf) -> Changes:
    """Return what became of the papers of one state in the other, each list in the order of the ids."""
    gone = sorted(before.papers.keys() - after.papers.keys())
    owners = {alias: key for key, paper in after.papers.items() for alias in paper.aliases}
    renamed = {key: owners[key] for key in gone if key in owners and owners[key] not in before.papers}
    merged = {key: owners[key] for key in gone if key in owners and owners[key] in before.papers}
    removed, changed = [], {}
    for key in sorted(before.papers.keys() & after.papers.keys()):
        old, new = before.papers[key], after.papers[key]
        if new.status == "removed" != old.status:
            removed.append(key)
        elif old != new:
            changed[key] = tuple(name for name in _FIELDS if getattr(old, name) != getattr(new, name))
    return Changes(
        added=tuple(sorted(after.papers.keys() - before.papers.keys() - set(renamed.values()))),
        changed=changed,
        renamed=renamed,
        merged=merged,
        removed=tuple(removed),
        deleted=tuple(key for key in gone if key not in owners),
    )
