"""The papers that an entry may be: found by what names them, and told apart by what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.identifiers import IDENTITY, list_names
from generator.model import Author, Draft, LinkKind, Paper
from generator.problems import Place
from generator.records.ids import RESERVED, WasOthers, is_id
from generator.records.merge import has_key, name_source
from generator.text.titles import build_fingerprint, fold_title

_YEARS_APART = 2


class Candidate:
    """A paper in the making: what is known of it so far, and the drafts that made it."""

    def __init__(self, paper: Paper, title: str, wish: str = "", *, is_settled: bool = False) -> None:
        self.paper = paper
        self.before = paper if paper.id else None
        """The record as it is on the shelf."""
        self.place: Place | None = None
        """Where the record is."""
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


class Candidates:
    """All papers so far, found by what names them."""

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
        """The records, by the entries of sources that they came from."""
        for paper in papers:
            record = Candidate(paper, build_fingerprint(paper.title), is_settled=paper.id in settled)
            record.place = places.get(paper.id)
            self.add(record)
            self.by_source |= {name_source(source): record for source in paper.sources if has_key(source)}

    def add(self, group: Candidate) -> None:
        """Take in a paper."""
        self.all.append(group)
        self.by_title.setdefault(group.title, []).append(group)
        self.index(group)

    def read_wish(self, paper: Paper) -> str:
        """Return the id that a draft brings, if it can be one and was never another paper's."""
        fits = is_id(paper.id) and paper.id not in RESERVED and not self.was_others(paper.id, paper)
        return paper.id if fits else ""

    def index(self, group: Candidate) -> None:
        """Note what names a paper now."""
        for name in list_identifiers(group.paper):
            self.by_identifier[name] = group
        for key in filter(None, (group.paper.id or group.wish, *group.paper.aliases)):
            self.by_id.setdefault(key, group)

    def find_known(self, paper: Paper, title: str) -> Candidate | None:
        """Return the record that came from the same entry of the same source, whatever was corrected on either side.

        A key that now has another title, other identifiers and other authors was given to another paper.
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
        """Return whose id, now or once, an alias is, where it is not that of this paper; else nothing."""
        other = self.by_id.get(alias, group)
        if other is not group:
            return other.paper.id or other.wish or "another entry"
        is_own = alias in {group.paper.id, *group.paper.aliases}
        return "a paper that was published" if not is_own and self.was_others(alias, group.paper) else ""


def list_identifiers(paper: Paper) -> list[tuple[LinkKind, str]]:
    """Return the identifiers that name the work itself, by kind and canonical value; of a DOI of arXiv its number, too."""
    return list(list_names(paper.links))


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


def are_two_works(one: Paper, two: Paper) -> bool:
    """Return whether two papers of the same title are certainly two works.

    They are where they have other identifiers of one kind, or other authors and another year.
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
    """Return whether two papers have at least half of their authors in common; False where one names none."""
    mine, yours = find_surnames(one.authors), find_surnames(two.authors)
    return bool(mine and yours) and 2 * len(mine & yours) >= min(len(mine), len(yours))


def find_surnames(authors: Sequence[Author]) -> set[str]:
    """Return the family names, folded: “Doe, Jane” and “J. Doe” are one person here."""
    return {
        fold_title(a.name if a.literal else a.name.split(",")[0] if "," in a.name else a.name.split()[-1])
        for a in authors
        if a.name.strip()
    }
