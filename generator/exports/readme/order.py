"""The order of papers in a list: that of the existing README, with new papers inserted by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from generator.identifiers import list_work_identifiers
from generator.model import Draft, Paper
from generator.text.titles import build_fingerprint


class Order(Struct, frozen=True, kw_only=True):
    """The positions of papers in a list, by identifiers, URLs and titles."""

    places: Mapping[str, int] = {}

    def sort(self, papers: Iterable[Paper]) -> tuple[Paper, ...]:
        """Return the papers in the order of the list; new papers come before the first older one.

        In a list with mostly ascending dates, they come before the first newer one. Without a list, the newest is
        first.
        """
        ranks = {paper.id: rank for paper in papers if (rank := self._find(paper)) is not None}
        known = sorted((paper for paper in papers if paper.id in ranks), key=lambda paper: ranks[paper.id])
        new = [paper for paper in papers if paper.id not in ranks]
        falling = _falls(known)
        sort_new = sorted(new, key=lambda paper: paper.id)
        sort_new.sort(key=lambda paper: paper.published, reverse=falling)
        return _merge(known, sort_new, falling=falling)

    def _find(self, paper: Paper) -> int | None:
        return min((self.places[name] for name in _list_keys(paper) if name in self.places), default=None)


def read_order(drafts: Iterable[Draft]) -> Order:
    """Return the order of the papers in a list."""
    places: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        for name in _list_keys(draft.paper):
            places.setdefault(name, number)
    return Order(places=places)


def _list_keys(paper: Paper) -> Iterable[str]:
    yield from (f"{kind}:{value}" for kind, value in list_work_identifiers(paper.links))
    yield f"title:{build_fingerprint(paper.title)}"


def _falls(papers: Sequence[Paper]) -> bool:
    """Return whether dates descend more often than they ascend."""
    dates = [paper.published[:4] for paper in papers if paper.published]
    steps = [(one > two) - (one < two) for one, two in pairwise(dates)]
    return sum(steps) >= 0


def _merge(known: Sequence[Paper], new: Sequence[Paper], *, falling: bool) -> tuple[Paper, ...]:
    merged: list[Paper] = []
    left = list(reversed(new))
    for paper in known:
        while left and paper.published and _is_before(left[-1], paper, falling=falling):
            merged.append(left.pop())
        merged.append(paper)
    return (*merged, *reversed(left))


def _is_before(new: Paper, known: Paper, *, falling: bool) -> bool:
    if not new.published:
        return False
    return new.published >= known.published if falling else new.published < known.published
