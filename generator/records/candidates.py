"""The papers that an entry may belong to: found by their identities, and distinguished by their facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.identifiers import IDENTITY, list_work_identifiers
from generator.model import Author, Draft, LinkKind, Paper
from generator.problems import Place
from generator.records.ids import RESERVED, WasOthers, is_id
from generator.records.merge import has_key, name_source
from generator.text.titles import build_fingerprint, fold_title

_YEARS_APART = 2


class Candidate:
    """A paper during an import: its facts so far, and the drafts that were merged into it."""

    def __init__(self, paper: Paper, title: str, wish: str = "", *, is_settled: bool = False) -> None:
        self.paper = paper
        self.before = paper if paper.id else None
        """The record as it is on the shelf."""
        self.place: Place | None = None
        """The file and line of the record."""
        self.is_settled = is_settled
        self.title = title
        """The fingerprint of the title; merging never changes it."""
        self.wish = wish
        """The id that a draft had, or the id assigned to a new paper."""
        self.members: list[tuple[Draft, str, bool]] = []
        self._surnames: tuple[Sequence[Author], set[str]] = ((), set())

    @property
    def surnames(self) -> set[str]:
        """The family names of the paper's authors, computed once."""
        if self._surnames[0] is not self.paper.authors:
            self._surnames = self.paper.authors, find_surnames(self.paper.authors)
        return self._surnames[1]


class Candidates:
    """All papers so far, indexed by their identities."""

    def __init__(
        self,
        papers: Iterable[Paper],
        was_others: WasOthers,
        settled: Collection[str],
        places: Mapping[str, Place],
    ) -> None:
        self.was_others = was_others
        self.all: list[Candidate] = []
        self.by_identifier: dict[tuple[LinkKind, str], Candidate] = {}
        self.by_title: dict[str, list[Candidate]] = {}
        self.by_id: dict[str, Candidate] = {}
        self.by_source: dict[tuple[str, str, str], Candidate] = {}
        """The records by the source entries that they came from."""
        for paper in papers:
            record = Candidate(paper, build_fingerprint(paper.title), is_settled=paper.id in settled)
            record.place = places.get(paper.id)
            self.add(record)
            self.by_source |= {name_source(source): record for source in paper.sources if has_key(source)}

    def add(self, group: Candidate) -> None:
        """Add a paper."""
        self.all.append(group)
        self.by_title.setdefault(group.title, []).append(group)
        self.index(group)

    def read_wish(self, paper: Paper) -> str:
        """Return the id of a draft if it is valid and never belonged to another paper, otherwise an empty text."""
        fits = is_id(paper.id) and paper.id not in RESERVED and not self.was_others(paper.id, paper)
        return paper.id if fits else ""

    def index(self, group: Candidate) -> None:
        """Index the current identities of a paper."""
        for name in list_identifiers(group.paper):
            self.by_identifier[name] = group
        for key in filter(None, (group.paper.id or group.wish, *group.paper.aliases)):
            self.by_id.setdefault(key, group)

    def find_known(self, paper: Paper, title: str) -> Candidate | None:
        """Return the record that came from the same entry of the same source, even if either was corrected since.

        If the entry now has another title, other identifiers and other authors, its key was reused for another paper.
        """
        if not self.by_source:
            return None
        found = (self.by_source.get(name_source(source)) for source in paper.sources)
        record = next(filter(None, found), None)
        if record is None or record.title == title:
            return record
        shared = any(self.by_identifier.get(name) is record for name in list_identifiers(paper))
        return record if shared or not find_disagreement(record.paper, paper, record.surnames) else None

    def find_owner(self, alias: str, group: Candidate) -> str:
        """Return the other paper whose current or former id an alias is; empty if there is none."""
        other = self.by_id.get(alias, group)
        if other is not group:
            return other.paper.id or other.wish or "another entry"
        is_own = alias in {group.paper.id, *group.paper.aliases}
        return "a paper published earlier" if not is_own and self.was_others(alias, group.paper) else ""


def list_identifiers(paper: Paper) -> list[tuple[LinkKind, str]]:
    """Return the identifiers of the work by kind and canonical value; for an arXiv DOI, also its arXiv number."""
    return list(list_work_identifiers(paper.links))


def find_disagreement(one: Paper, two: Paper, known_names: set[str] | None = None) -> str:
    """Return the reason why two papers with the same title are not the same work, or an empty text."""
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
            return "its authors are different"
    if (
        one.published
        and two.published
        and abs(int(one.published[:4]) - int(two.published[:4])) > _YEARS_APART
    ):
        return f"it was published in {two.published[:4]}, not {one.published[:4]}"
    return ""


def are_two_works(one: Paper, two: Paper) -> bool:
    """Return whether two papers with the same title are certainly different works.

    They are if they have different identifiers of the same kind, or both other authors and another year.
    """
    names = list_identifiers(one), list_identifiers(two)
    for kind in IDENTITY:
        known, given = ({value for other, value in found if other == kind} for found in names)
        if known and given and known.isdisjoint(given):
            return True
    return (
        not share_authors(one, two)
        and one.published[:4] != two.published[:4]
        and bool(one.authors and two.authors and one.published and two.published)
    )


def share_authors(one: Paper, two: Paper) -> bool:
    """Return whether two papers share at least half of their authors; False if one has no authors."""
    mine, yours = find_surnames(one.authors), find_surnames(two.authors)
    return bool(mine and yours) and 2 * len(mine & yours) >= min(len(mine), len(yours))


def find_surnames(authors: Sequence[Author]) -> set[str]:
    """Return the case-folded family names; “Doe, Jane” and “J. Doe” count as the same person."""
    return {
        fold_title(a.name if a.literal else a.name.split(",")[0] if "," in a.name else a.name.split()[-1])
        for a in authors
        if a.name.strip()
    }
