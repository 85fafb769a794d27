"""Renames, merges and removes records so that every URL still works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.fields import FIELDS
from generator.model import MapPosition, Paper, Published, Shelf
from generator.problems import Problem, note, warning
from generator.records.check import check_papers
from generator.records.claims import attach_claims, find_dropped_values
from generator.records.ids import MAX_LENGTH, RESERVED, is_id
from generator.records.merge import MergeCase, merge_facts, merge_sources
from generator.records.outcome import Unkept
from generator.records.parse import RecordPlace
from generator.urls.ledger import find_published, is_same
from generator.urls.routes import build_page_url, paper_path


class EditError(Exception):
    """Raised when an edit is not possible; the message says why and what to do instead."""


class Edit(Struct, frozen=True, kw_only=True):
    """The shelf after an edit, and changes outside the records."""

    papers: Mapping[str, Paper]
    """All records by id; a renamed record is under its new id."""
    moved: Mapping[str, str] = {}
    """The former id of each renamed record, by new id."""
    map_positions: Mapping[str, MapPosition]
    steps: Mapping[str, str] = {}
    """Ids in texts of curators and the ids that replace them; an empty id is that of a record that is no more."""
    told: tuple[Problem, ...] = ()
    """Notes about values that a merge overwrites or does not keep."""


def rename_paper(shelf: Shelf, old: str, new: str, described: Published) -> Edit:
    """Return the shelf with a record under a new id and the old id as an alias. The operation is idempotent.

    `described` is the record's page in the ledger; the edit is rejected if the ledger has another paper under the new
    id.
    """
    if old not in shelf.papers and new in shelf.papers and old in shelf.papers[new].aliases:
        return Edit(papers=shelf.papers, map_positions=_move_position(shelf, old, new), steps={old: new})
    paper = _find(shelf, old)
    if old == new:
        raise EditError(f"{old} already has this id")
    _check_free(shelf, new, paper, described)
    renamed = replace(paper, id=new, aliases=(*(alias for alias in paper.aliases if alias != new), old))
    papers = {**_point_to(shelf.papers, {old: new}), new: renamed}
    del papers[old]
    return _checked(
        Edit(
            papers=papers, moved={new: old}, map_positions=_move_position(shelf, old, new), steps={old: new}
        ),
        shelf,
    )


def _check_free(shelf: Shelf, new: str, paper: Paper, described: Published) -> None:
    """Raise EditError unless the new id is valid and never belonged to another paper."""
    if not is_id(new) or new in RESERVED:
        raise EditError(
            f"invalid id {new!r}: use a-z, 0-9 and single hyphens, at most {MAX_LENGTH} characters, not only "
            "digits, and not a name that the site uses"
        )
    if new in shelf.papers:
        raise EditError(
            f"{new} is another record (“{shelf.papers[new].title}”); did you mean `papershelf merge`?"
        )
    for other in shelf.papers.values():
        if new in other.aliases and other.id != paper.id:
            raise EditError(f"{new} was the id of {other.id}, and ids are never reused")
    old = find_published(shelf.ledger, build_page_url(paper_path(new), pretty=True))
    if old is not None and new not in paper.aliases and not is_same(old, described):
        raise EditError(f"{new} was the id of “{old.title}”, and ids are never reused")


def merge_papers(shelf: Shelf, key: str, into: str) -> Edit:
    """Return the shelf with a record merged into another, which keeps its own facts and gets the ids of both."""
    if key not in shelf.papers and into in shelf.papers and key in shelf.papers[into].aliases:
        return Edit(papers=shelf.papers, map_positions=_move_position(shelf, key, into), steps={key: into})
    paper, target = _find(shelf, key), _find(shelf, into)
    if key == into:
        raise EditError("a record cannot be merged into itself")
    given = _forget_successor(paper, into)
    if given.status == "removed":  # says nothing of the work, and its address goes on to the other record
        given = replace(given, status="active", status_note="")
    merged = merge_facts(
        _forget_successor(target, key), given, MergeCase.RECORDS, is_settled=into in shelf.settled
    )
    lost = _find_lost(paper, merged, into)
    facts = {name: text for name, text in lost.items() if not _is_editorial(name)}
    sources, unclaimed = attach_claims(paper.sources, facts)
    gone = {name: text for name, text in lost.items() if name in unclaimed or _is_editorial(name)}
    told: list[Problem] = [
        Unkept(place=shelf.places[one], into=into, field=name, text=text).tell()
        for one, texts in ((key, gone), (into, _find_lost(target, merged, key)))
        for name, text in texts.items()
    ]
    if paper.status == "withdrawn" != merged.status:
        why = f"{key} was withdrawn, but {into} has the status {merged.status}, which stays"
        hint = f"if {into} was withdrawn, too, write `status: withdrawn` into its record"
        told.append(warning("status-disputed", why, shelf.places[key], hint))
    if merged.status not in {target.status, "active"}:
        why = f"{into} is now {merged.status}, as {key} was"
        told.append(note("status-changed", why, shelf.places[key], "its page shows the status"))
    aliases = tuple(dict.fromkeys((*target.aliases, key, *paper.aliases)))
    papers = _point_to(shelf.papers, {key: into})
    papers[into] = replace(
        merged, aliases=aliases, sources=merge_sources(merged.sources, sources, keep_order=True)
    )
    del papers[key]
    map_positions = _move_position(shelf, key, into)
    return _checked(
        Edit(papers=papers, map_positions=map_positions, steps={key: into}, told=tuple(told)), shelf
    )


def _find_lost(part: Paper, merged: Paper, other: str) -> dict[str, str]:
    """Return the values of a record that the merged one lacks, except that the other record supersedes it."""
    known = {"status", "superseded_by"} if part.superseded_by == other else set()
    return {name: text for name, text in find_dropped_values(part, merged).items() if name not in known}


def _forget_successor(paper: Paper, key: str) -> Paper:
    """Return a record without `superseded_by` if it names `key`, and without a status that only said so."""
    if paper.superseded_by != key:
        return paper
    told = {"status": "active", "status_note": ""} if paper.status == "superseded" else {}
    return replace(paper, superseded_by="", **told)


def _is_editorial(name: str) -> bool:
    """Return whether curators set a field, so that its value cannot come from a source."""
    return name in FIELDS and FIELDS[name].is_editorial


def remove_paper(shelf: Shelf, key: str, why: str) -> Edit:
    """Return the shelf with a record marked as removed, and the reason."""
    paper = _find(shelf, key)
    removed = replace(paper, status="removed", status_note=why or paper.status_note)
    return _checked(Edit(papers={**shelf.papers, key: removed}, map_positions=shelf.map_positions), shelf)


def delete_paper(shelf: Shelf, key: str) -> Edit:
    """Return the shelf without a record and without references to it."""
    _find(shelf, key)
    papers = _point_to(shelf.papers, {key: ""})
    del papers[key]
    map_positions = {other: position for other, position in shelf.map_positions.items() if other != key}
    return _checked(Edit(papers=papers, map_positions=map_positions, steps={key: ""}), shelf)


def _find(shelf: Shelf, key: str) -> Paper:
    if key in shelf.papers:
        return shelf.papers[key]
    for paper in shelf.papers.values():
        if key in paper.aliases:
            raise EditError(f"{key} is a former id; the record's id is now {paper.id}")
    raise EditError(f"no record has the id {key!r}")


def _point_to(papers: Mapping[str, Paper], ids: Mapping[str, str]) -> dict[str, Paper]:
    """Return the records with the ids in `superseded_by` replaced."""
    return {
        key: replace(paper, superseded_by=ids[paper.superseded_by]) if paper.superseded_by in ids else paper
        for key, paper in papers.items()
    }


def _move_position(shelf: Shelf, old: str, new: str) -> dict[str, MapPosition]:
    map_positions = dict(shelf.map_positions)
    if position := map_positions.pop(old, None):
        map_positions.setdefault(new, position)
    return map_positions


def _checked(edit: Edit, shelf: Shelf) -> Edit:
    """Return the edit; raises EditError if it would introduce a new error."""

    def faults(papers: Iterable[Paper]) -> set[str]:
        by_id = {paper.id: paper for paper in papers}
        return {problem.message for problem in check_papers(by_id, lambda key: RecordPlace(key, 0))}

    if new := sorted(faults(edit.papers.values()) - faults(shelf.papers.values())):
        raise EditError(new[0])
    return edit
