"""The differences between two states of a shelf."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.fields import FIELDS
from generator.model import Paper, Shelf


class Changes(Struct, frozen=True, kw_only=True):
    """The papers that were added, changed (with the fields), renamed or merged (with the new id), or removed.

    A paper that was renamed and changed is in both lists; the list of changes has its new id.
    """

    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = {}
    renamed: Mapping[str, str] = {}
    merged: Mapping[str, str] = {}
    removed: tuple[str, ...] = ()
    """Papers whose page now says that they were removed."""
    deleted: tuple[str, ...] = ()
    """Papers whose record was deleted."""


def compare_shelves(before: Shelf, after: Shelf) -> Changes:
    """Return the differences from `before` to `after`; each list is sorted by id."""
    gone = sorted(before.papers.keys() - after.papers.keys())
    owners = {alias: key for key, paper in after.papers.items() for alias in paper.aliases}
    moved = {key: owners[key] for key in gone if key in owners}
    renamed = {key: new for key, new in moved.items() if new not in before.papers}
    same = {key: key for key in before.papers.keys() & after.papers.keys()}
    changed = {
        new: _list_fields(before.papers[key], after.papers[new]) for key, new in (same | renamed).items()
    }
    removed = {
        new
        for key, new in (same | moved).items()
        if after.papers[new].status == "removed" != before.papers[key].status
    }
    told = {"status", "status_note"}
    changed = {
        key: tuple(f for f in names if key not in removed or f not in told) for key, names in changed.items()
    }
    return Changes(
        added=tuple(sorted(after.papers.keys() - before.papers.keys() - set(renamed.values()))),
        changed={key: names for key, names in sorted(changed.items()) if names},
        renamed=renamed,
        merged={key: new for key, new in moved.items() if key not in renamed},
        removed=tuple(sorted(removed)),
        deleted=tuple(key for key in gone if key not in owners),
    )


def _list_fields(old: Paper, new: Paper) -> tuple[str, ...]:
    """Return the fields that differ. A new id, and the old id as an alias, do not count."""
    if old.id != new.id:
        known = {*old.aliases, old.id, new.id}
        aliases = old.aliases if known >= set(new.aliases) >= set(old.aliases) - {new.id} else new.aliases
        new = replace(new, id=old.id, aliases=aliases)
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))
