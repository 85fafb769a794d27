"""Which lists of curators, such as reading paths and tables, have several papers of a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model import Placement

_MOST = 4


class CuratedList(NamedTuple):
    """A list of curators that has papers of a topic."""

    id: str
    name: str
    papers: int
    """How many papers of the topic it has."""


def find_lists_of_topics(
    lists: Iterable[tuple[str, str, Sequence[str]]],
    placements: Mapping[str, Sequence[Placement]],
    *,
    least: int,
) -> Mapping[str, tuple[CuratedList, ...]]:
    """Return the lists with at least `least` papers of a topic, by topic: those with the most first, and at most four.

    `lists` are the id, the name and the papers of each list.
    """
    found: dict[str, list[CuratedList]] = {}
    for key, name, papers in lists:
        counts = Counter(place.topic for paper in papers for place in placements.get(paper, ()))
        for topic, number in counts.items():
            if number >= least:
                found.setdefault(topic, []).append(CuratedList(key, name, number))
    return {topic: tuple(sorted(few, key=lambda one: -one.papers)[:_MOST]) for topic, few in found.items()}
