"""The differences between two states of a shelf, in words for curators."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.fields import FIELDS
from generator.model import Paper, Shelf


class Changes(Struct, frozen=True, kw_only=True):
    """Ids of papers: those that came, changed (with the fields), were renamed or merged (with the new id), or went.

    A paper that was renamed and changed is in both lists, the second time with its new id.
    """

    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = {}
    renamed: Mapping[str, str] = {}
    merged: Mapping[str, str] = {}
    removed: tuple[str, ...] = ()
    """Those whose page now says that the paper was removed, and one of whose addresses did not before."""
    deleted: tuple[str, ...] = ()
    """Those that no record is left of."""


def compare_shelves(before: Shelf, after: Shelf) -> Changes:
    """Return what became of the papers of one state in the other, each list in the order of the ids."""
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
    """Return the fields that say something else; a new id and the old one among the aliases are no change of their own."""
    if old.id != new.id:
        known = {*old.aliases, old.id, new.id}
        aliases = old.aliases if known >= set(new.aliases) >= set(old.aliases) - {new.id} else new.aliases
        new = replace(new, id=old.id, aliases=aliases)
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))
