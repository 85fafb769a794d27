"""Drafts into records: which entries are the same paper, why, and which a person must decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.identifiers import IDENTITY, list_names
from generator.limits import MERGES
from generator.model import Author, Draft, LinkKind, Paper
from generator.problems import Place, Problem, error, warning
from generator.records.ids import RESERVED, WasOthers, assign_ids, is_id
from generator.records.merge import Join, join_facts, name_source
from generator.records.normalise import check_limits
from generator.records.outcome import Unkept, keep_claims, note_status, resolve_successors
from generator.records.parse import RecordPlace
from generator.text.titles import build_fingerprint, fold_title

_YEARS_APART = 2


class Merge(Struct, frozen=True, kw_only=True):
    """An entry that became part of a record: its place, its title, the record's id, and why they are the same."""

    place: Place
    title: str
    into: str
    why: str
    known: bool
    """Whether the record already had this very entry among its sources."""


class MergeReport(Struct, frozen=True, kw_only=True):
    """The records after an import, and where every draft went: new, merged or refused."""

    papers: Mapping[str, Paper]
    added: tuple[str, ...]
    merges: tuple[Merge, ...]
    refused: tuple[Problem, ...]
    doubts: tuple[Problem, ...] = ()
    """What entries say of the status of papers, and what was left out of records, because it leads nowhere."""
    unkept: tuple[Unkept, ...] = ()
    """What entries say and neither their records nor the claims of sources hold."""


class _Group:
    """A paper in the making: what is known of it so far, and the drafts that made it."""

    def __init__(self, paper: Paper, title: str, wish: str = "", *, is_settled: bool = False) -> None:
        self.paper = paper
        self.before = paper if paper.id else None
        """The record as it is on the shelf."""
        self.is_settled = is_settled
        self.title = title
        """The fingerprint of the title; joining never changes it."""
        self.wish = wish
        """The id that a draft brought along, or the one that a new paper is given."""
        self.members: list[tuple[Draft, str, bool]] = []
        self._surnames: tuple[Sequence[Author], set[str]] = ((), set())

    @property
    def surnames(self) -> set[str]:
        """The family names of the paper's authors, worked out once."""
        if self._surnames[0] is not self.paper.authors:
            self._surnames = self.paper.authors, find_surnames(self.paper.authors)
        return self._surnames[1]


class _Groups:
    """All papers so far, found by what names them."""

    def __init__(self, papers: Iterable[Paper], was_others: WasOthers, settled: Collection[str]) -> None:
        self.was_others = was_others
        self.all: list[_Group] = []
        self.by_identifier: dict[tuple[LinkKind, str], _Group] = {}
        self.by_title: dict[str, list[_Group]] = {}
        self.by_id: dict[str, _Group] = {}
        for paper in papers:
            self.add(_Group(paper, build_fingerprint(paper.title), is_settled=paper.id in settled))

    def add(self, group: _Group) -> None:
        self.all.append(group)
        self.by_title.setdefault(group.title, []).append(group)
        self.index(group)

    def read_wish(self, paper: Paper) -> str:
        """Return the id that a draft brings, if it can be one and was never another paper's."""
        fits = is_id(paper.id) and paper.id not in RESERVED and not self.was_others(paper.id, paper)
        return paper.id if fits else ""

    def index(self, group: _Group) -> None:
        for name in list_identifiers(group.paper):
            self.by_identifier[name] = group
        for key in filter(None, (group.paper.id or group.wish, *group.paper.aliases)):
            self.by_id.setdefault(key, group)

    def find_owner(self, alias: str, group: _Group) -> str:
        """Return whose id, now or once, an alias is, where it is not that of this paper; else nothing."""
        other = self.by_id.get(alias, group)
        if other is not group:
            return other.paper.id or other.wish or "another entry"
        is_own = alias in {group.paper.id, *group.paper.aliases}
        return "a paper that was published" if not is_own and self.was_others(alias, group.paper) else ""


def list_identifiers(paper: Paper) -> list[tuple[LinkKind, str]]:
    """Return the identifiers that name the work itself, by kind and canonical value; of a DOI of arXiv its number, too."""
    return list(list_names(paper.links))


def merge_drafts(
    papers: Mapping[str, Paper],
    drafts: Sequence[Draft],
    was_others: WasOthers = lambda _key, _paper: False,
    settled: Collection[str] = (),
) -> MergeReport:
    """Return the shelf with the drafts merged in; the same result for every order of the drafts.

    The same identifier merges, unless the title is another one. The same title merges when no identifier, author
    list or year (two years apart at most) disagrees. Everything else that looks alike is refused for a person.
    A new record keeps the id that its draft brings; the same id for another title is refused. `was_others` says whether an
    id was published as another paper's: no new one is given it, even where its draft brings it. `settled` has the ids of
    records into which curators wrote a status: it stays.
    """
    groups = _Groups(papers.values(), was_others, settled)
    refused: list[Problem] = []
    doubts: list[Problem] = []
    for order, number in sorted((_order(draft), number) for number, draft in enumerate(drafts)):
        _place_draft(drafts[number], order[0], groups, refused, doubts)
    fresh = [group for group in groups.all if not group.paper.id]
    nameless = [group for group in fresh if not group.wish]
    ids = assign_ids([group.paper for group in nameless], taken=groups.by_id.keys(), was_others=was_others)
    for group, new_id in zip(nameless, ids, strict=True):
        group.wish = new_id
    for group in fresh:
        aliases = tuple(alias for alias in group.paper.aliases if alias != group.wish)
        group.paper = replace(group.paper, id=group.wish, aliases=aliases)
    touched = [group for group in groups.all if group.members]
    unkept = _keep_what_is_said(touched, doubts)
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
        refused=tuple(refused),
        doubts=(*doubts, *dead_ends),
        unkept=unkept,
    )


def _keep_what_is_said(groups: Iterable[_Group], doubts: list[Problem]) -> tuple[Unkept, ...]:
    """Give each paper's sources what their entries say otherwise; return what no source can keep."""
    unkept: list[Unkept] = []
    for group in groups:
        drafts = [draft for draft, _, _ in group.members]
        doubts += note_status(group.before, group.paper, drafts)
        for draft in drafts:
            group.paper, more = keep_claims(group.paper, draft)
            unkept += more
    return tuple(unkept)


def _order(draft: Draft) -> tuple[str, str, str, str]:
    source = draft.paper.sources[0] if draft.paper.sources else None
    where = f"{source.date}\n{source.name}\n{source.entry:0>9}" if source else ""
    return build_fingerprint(draft.paper.title), where, draft.place.file, f"{draft.place.line:09}"


def _place_draft(
    draft: Draft, title: str, groups: _Groups, refused: list[Problem], doubts: list[Problem]
) -> None:
    paper = draft.paper
    named = {id(g): (g, name) for name in list_identifiers(paper) if (g := groups.by_identifier.get(name))}
    for group, (kind, value) in named.values():
        if len(named) > 1 or group.title != title:
            refused.append(
                _conflict(
                    draft, group.paper, f"the same {kind} identifier {value}, but another title or record"
                )
            )
            return
        _join(group, draft, f"the same {kind} identifier {value}", groups, refused, doubts)
        return
    alike = groups.by_title.get(title, [])
    for group in alike[:MERGES]:
        if not find_disagreement(group.paper, paper, group.surnames):
            _join(group, draft, "the same title", groups, refused, doubts)
            return
    if alike:
        refused.append(
            _conflict(
                draft, alike[0].paper, f"the same title, but {find_disagreement(alike[0].paper, paper)}"
            )
        )
        return
    wish = groups.read_wish(paper)
    for key in (wish, *paper.aliases):
        if other := groups.by_id.get(key):
            refused.append(_conflict(draft, other.paper, f"the same id {key}, but another title"))
            return
    group = _Group(replace(paper, id=""), title, wish)
    group.members.append((draft, "", False))
    groups.add(group)


def _join(  # noqa: PLR0913, PLR0917 (what meets, and where it is told)
    group: _Group, draft: Draft, why: str, groups: _Groups, refused: list[Problem], doubts: list[Problem]
) -> None:
    """Make a draft part of a paper, unless the paper would become more than a record may be."""
    if len(group.members) >= MERGES:
        why = f"{MERGES} entries of this import were merged into this paper already"
        refused.append(_conflict(draft, group.paper, why))
        return
    owners = {alias: groups.find_owner(alias, group) for alias in draft.paper.aliases}
    given = replace(draft.paper, aliases=tuple(alias for alias, owner in owners.items() if not owner))
    join = Join.IMPORT if group.before else Join.ENTRIES
    joined = join_facts(group.paper, given, join, is_settled=group.is_settled)
    if full := next((p.message for p in check_limits(joined, RecordPlace("", 0))), ""):
        refused.append(_conflict(draft, group.paper, full))
        return
    doubts += [_leave_out_alias(draft, alias, owner) for alias, owner in owners.items() if owner]
    wish = groups.read_wish(draft.paper)
    if not group.paper.id and not group.wish and wish and groups.by_id.setdefault(wish, group) is group:
        group.wish = wish
    entries = set(map(name_source, group.paper.sources))
    known = entries.issuperset(map(name_source, draft.paper.sources))
    group.members.append((Draft(paper=given, place=draft.place), why, known))
    group.paper = joined
    groups.index(group)


def _leave_out_alias(draft: Draft, alias: str, owner: str) -> Problem:
    message = f"the alias {alias!r} of “{draft.paper.title}” is an id of {owner}, so it is left out"
    return warning("duplicate-id", message, draft.place, "an id is never used twice")


def _conflict(draft: Draft, other: Paper, why: str) -> Problem:
    message = f"“{draft.paper.title}” looks like {other.id or 'another entry'} (“{other.title}”): {why}"
    hint = "decide whether they are one paper: correct the record or the input, or write a separate record by hand"
    return error("conflict", message, draft.place, hint)


def find_disagreement(one: Paper, two: Paper, known_names: set[str] | None = None) -> str:
    """Return why two papers of the same title are not the same work, in words, or the empty string."""
    names = list_identifiers(one), list_identifiers(two)
    for kind in IDENTITY:
        known, given = ([value for other, value in found if other == kind] for found in names)
        if known and given and set(known).isdisjoint(given):
            return f"its {kind} identifier is {given[0]}, not {known[0]}"
    if one.authors and two.authors:
        mine, yours = known_names or find_surnames(one.authors), find_surnames(two.authors)
        if 2 * len(mine & yours) < min(
            len(mine), len(yours)
        ):  # sources spell names differently, or leave one out
            return "its authors are others"
    if (
        one.published
        and two.published
        and abs(int(one.published[:4]) - int(two.published[:4])) > _YEARS_APART
    ):
        return f"it is of {two.published[:4]}, not {one.published[:4]}"
    return ""


def find_surnames(authors: Sequence[Author]) -> set[str]:
    """Return the family names, folded: “Doe, Jane” and “J. Doe” are one person here."""
    return {
        fold_title(a.name.split(",")[0] if "," in a.name else a.name.split()[-1])
        for a in authors
        if a.name.strip()
    }
