"""Merges drafts into records: decides which entries are the same paper and why, and reports unclear cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from generator.limits import MERGES
from generator.model import Draft, Paper
from generator.problems import Place, Problem, error, note, warning
from generator.records.candidates import (
    Candidate,
    Candidates,
    are_two_works,
    find_disagreement,
    list_identifiers,
    share_authors,
)
from generator.records.ids import WasOthers, assign_ids
from generator.records.merge import MergeCase, merge_facts, name_source
from generator.records.normalise import check_limits
from generator.records.outcome import Unkept, keep_claims, note_differences, note_status, resolve_successors
from generator.records.parse import RecordPlace
from generator.text.titles import are_alike, build_fingerprint


class Merge(Struct, frozen=True, kw_only=True):
    """An entry that was merged into a record: its place, its title, the record's id, and the reason."""

    place: Place
    title: str
    into: str
    why: str
    known: bool
    """Whether the record already had this entry as a source."""


NOWHERE: Mapping[str, Place] = MappingProxyType({})


class _Told:
    """The problems and merges collected while drafts are merged."""

    def __init__(self) -> None:
        self.refused: list[Problem] = []
        self.doubts: list[Problem] = []


class MergeReport(Struct, frozen=True, kw_only=True):
    """The records after an import, and the result for each draft: new, merged or rejected."""

    papers: Mapping[str, Paper]
    added: tuple[str, ...]
    merges: tuple[Merge, ...]
    refused: tuple[Problem, ...]
    doubts: tuple[Problem, ...] = ()
    """Problems with the status of papers, and with references that were left out because their target is missing."""
    unkept: tuple[Unkept, ...] = ()
    """Values of entries that are neither in their records nor in the claims of sources."""


def merge_drafts(  # noqa: PLR0913 (what is merged, and what is known of the shelf)
    papers: Mapping[str, Paper],
    drafts: Sequence[Draft],
    was_others: WasOthers = lambda _key, _paper: False,
    settled: Collection[str] = (),
    places: Mapping[str, Place] = NOWHERE,
    *,
    keep_both: bool = False,
) -> MergeReport:
    """Return the shelf with the drafts merged in. The result does not depend on the order of the drafts.

    An entry that was already imported from the same source is the same paper. Papers with the same identifier are
    merged if they have the same title or share half of their authors. Papers with the same title are merged if no
    identifier, author list or year (more than two years apart) conflicts. Both are kept if they have different
    identifiers of the same kind, or both other authors and another year. All other similar papers are rejected, for a
    person to decide; with `keep_both`, papers with the same title are both kept. A new record keeps the id of its
    draft; the same id with another title is rejected. `was_others` returns whether an id was published for another
    paper; such an id is never assigned, even if a draft has it. `settled` has the ids of records with a status set by
    curators, which stays. `places` has the files of records, for messages.
    """
    groups = Candidates(papers.values(), was_others, settled, places)
    told = _Told()
    for order, number in sorted((_order(draft), number) for number, draft in enumerate(drafts)):
        _place_draft(drafts[number], order[0], groups, told, keep_both=keep_both)
    fresh = [group for group in groups.all if not group.paper.id]
    nameless = [group for group in fresh if not group.wish]
    ids = assign_ids([group.paper for group in nameless], taken=groups.by_id.keys(), was_others=was_others)
    for group, new_id in zip(nameless, ids, strict=True):
        group.wish = new_id
    for group in fresh:
        aliases = tuple(alias for alias in group.paper.aliases if alias != group.wish)
        group.paper = replace(group.paper, id=group.wish, aliases=aliases)
    touched = [group for group in groups.all if group.members]
    unkept = _keep_what_is_said(touched, told.doubts)
    merges = [
        Merge(place=draft.place, title=draft.paper.title, into=group.paper.id, why=why, known=known)
        for group in touched
        for draft, why, known in group.members
        if why
    ]
    entries = {group.paper.id: [draft for draft, _, _ in group.members] for group in touched}
    result, dead_ends = resolve_successors(
        {group.paper.id: group.paper for group in groups.all}, papers, entries
    )
    return MergeReport(
        papers=dict(sorted(result.items())),
        added=tuple(sorted(group.paper.id for group in fresh)),
        merges=tuple(sorted(merges, key=lambda m: (m.place.file, m.place.line))),
        refused=tuple(told.refused),
        doubts=(*told.doubts, *dead_ends),
        unkept=unkept,
    )


def _keep_what_is_said(groups: Iterable[Candidate], doubts: list[Problem]) -> tuple[Unkept, ...]:
    """Add differing values of entries to the claims of each paper's sources; return the values that no source can keep."""
    unkept: list[Unkept] = []
    for group in groups:
        drafts = [draft for draft, _, _ in group.members]
        doubts += note_status(group.before, group.paper, drafts)
        for draft, _, known in group.members:
            group.paper, more = keep_claims(group.paper, draft, is_known=known)
            unkept += more
        if group.before:
            doubts += note_differences(
                group.before, group.paper, [d for d, _, known in group.members if known]
            )
    return tuple(unkept)


def _order(draft: Draft) -> tuple[str, str, str, str]:
    source = draft.paper.sources[0] if draft.paper.sources else None
    where = f"{source.date}\n{source.name}\n{source.entry:0>9}" if source else ""
    return build_fingerprint(draft.paper.title), where, draft.place.file, f"{draft.place.line:09}"


def _place_draft(draft: Draft, title: str, groups: Candidates, told: _Told, *, keep_both: bool) -> None:
    """Merge a draft into its paper, add it as a new paper, or report why a person must decide."""
    paper = draft.paper
    named = {id(g): (g, name) for name in list_identifiers(paper) if (g := groups.by_identifier.get(name))}
    known = groups.find_known(paper, title)
    if len(named) > 1 or (named and known and id(known) not in named):
        group, (kind, value) = next(iter(named.values()))
        why = f"the same {kind} identifier {value}, but another title or record"
        told.refused.append(_conflict(draft, group, why))
    elif known:
        _merge(known, draft, f"the same entry of {paper.sources[0].name}", groups, told)
    elif named:
        ((group, (kind, value)),) = named.values()
        why = f"the same {kind} identifier {value}"
        if group.title == title or share_authors(group.paper, paper) or _is_retitled(group.paper, paper):
            _merge(group, draft, why, groups, told)
        else:
            told.refused.append(_conflict(draft, group, f"{why}, but another title or record"))
    else:
        _place_by_title(draft, title, groups, told, keep_both=keep_both)


def _is_retitled(known: Paper, paper: Paper) -> bool:
    """Return whether an entry with a paper's identifier is that paper under another title; reading lists have no authors."""
    return not (known.authors and paper.authors) and are_alike(known.title, paper.title)


def _place_by_title(draft: Draft, title: str, groups: Candidates, told: _Told, *, keep_both: bool) -> None:
    paper = draft.paper
    alike = groups.by_title.get(title, [])
    for group in alike[:MERGES]:
        if not find_disagreement(group.paper, paper, group.surnames):
            _merge(group, draft, "the same title", groups, told)
            return
    unclear = [group for group in alike if not are_two_works(group.paper, paper)]
    if unclear and not keep_both:
        why = f"the same title, but {find_disagreement(unclear[0].paper, paper)}"
        told.refused.append(_conflict(draft, unclear[0], why))
        return
    wish = groups.read_wish(paper)
    for key in (wish, *paper.aliases):
        if other := groups.by_id.get(key):
            told.refused.append(_conflict(draft, other, f"the same id {key}, but another title"))
            return
    if alike:
        told.doubts.append(_tell_both(draft, alike[0]))
    group = Candidate(replace(paper, id="") if paper.id else paper, title, wish)
    group.members.append((draft, "", False))
    groups.add(group)


def _tell_both(draft: Draft, other: Candidate) -> Problem:
    why = find_disagreement(other.paper, draft.paper)
    message = f"“{draft.paper.title}” has the same title as {_describe(other)}, but {why}: both are kept"
    return note(
        "same-title", message, draft.place, "if they are the same paper, merge them with `papershelf merge`"
    )


def _describe(group: Candidate) -> str:
    """Return a description of a paper for a message: its id or “another entry”, its place and its title."""
    name = group.before.id if group.before else "another entry"
    place = group.place or next((draft.place for draft, _, _ in group.members), None)
    return f"{name} ({f'{place}, ' if place else ''}“{group.paper.title}”)"


def _merge(group: Candidate, draft: Draft, why: str, groups: Candidates, told: _Told) -> None:
    """Merge a draft into a paper unless the paper would exceed the limits of a record."""
    if len(group.members) >= MERGES:
        why = f"{MERGES} entries of this import were already merged into this paper"
        told.refused.append(_conflict(draft, group, why))
        return
    owners = {alias: groups.find_owner(alias, group) for alias in draft.paper.aliases}
    given = replace(draft.paper, aliases=tuple(alias for alias, owner in owners.items() if not owner))
    case = MergeCase.IMPORT if group.before else MergeCase.ENTRIES
    merged = merge_facts(group.paper, given, case, is_settled=group.is_settled)
    if full := next((p.message for p in check_limits(merged, RecordPlace("", 0))), ""):
        told.refused.append(_conflict(draft, group, full))
        return
    told.doubts += [_leave_out_alias(draft, alias, owner) for alias, owner in owners.items() if owner]
    wish = groups.read_wish(draft.paper)
    if not group.paper.id and not group.wish and wish and groups.by_id.setdefault(wish, group) is group:
        group.wish = wish
    entries = set(map(name_source, group.paper.sources))
    known = entries.issuperset(map(name_source, draft.paper.sources))
    group.members.append((Draft(paper=given, place=draft.place), why, known))
    group.paper = merged
    groups.index(group)


def _leave_out_alias(draft: Draft, alias: str, owner: str) -> Problem:
    message = f"the alias {alias!r} of “{draft.paper.title}” is the id of {owner}, so it is left out"
    return warning("duplicate-id", message, draft.place, "ids are never reused")


def _conflict(draft: Draft, other: Candidate, why: str) -> Problem:
    message = f"“{draft.paper.title}” looks like {_describe(other)}: {why}"
    hint = "if they are the same paper, correct the record or the input; if not, import with --keep-both"
    return error("conflict", message, draft.place, hint)
