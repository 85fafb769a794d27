"""Topics that occur together: how many papers stand under both, against how many would by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from msgspec import Struct

from generator.model import Placement, Taxonomy


class Meeting(Struct, frozen=True, kw_only=True):
    """Two topics that share papers."""

    topics: tuple[str, str]
    papers: int
    """Papers under both."""
    chance: float
    """Papers that would be under both if the topics had nothing to do with each other, to one decimal."""
    lift: float
    """How many times as many there are, to one decimal."""


def find_meetings(taxonomy: Taxonomy, placements: Mapping[str, tuple[Placement, ...]]) -> tuple[Meeting, ...]:
    """Return the pairs of topics that meet more often than chance has it, those with most papers above it first.

    Chance is n₁n₂/N for topics of n₁ and n₂ among N papers; the lift is the papers of both over that (the measure of
    association rules). A topic and one that it is part of say nothing new and are left out.
    """
    named = [sorted(p.topic for p in places) for places in placements.values()]
    counts = Counter(topic for topics in named for topic in topics)
    pairs = Counter(pair for topics in named for pair in combinations(topics, 2))
    number = len(placements)
    above = {
        (one, other): papers * number - counts[one] * counts[other] for (one, other), papers in pairs.items()
    }
    kept = [pair for pair, more in above.items() if more > 0 and not _is_nested(taxonomy, pair)]
    return tuple(
        Meeting(
            topics=pair,
            papers=pairs[pair],
            chance=round(counts[pair[0]] * counts[pair[1]] / number, 1),
            lift=round(pairs[pair] * number / (counts[pair[0]] * counts[pair[1]]), 1),
        )
        for pair in sorted(kept, key=lambda pair: (-above[pair], pair))
    )


def _is_nested(taxonomy: Taxonomy, pair: tuple[str, str]) -> bool:
    return any(other in _list_ancestors(taxonomy, one) for one, other in (pair, pair[::-1]))


def _list_ancestors(taxonomy: Taxonomy, topic: str) -> list[str]:
    found: list[str] = []
    while parent := taxonomy.topics[topic].parent:
        found.append(parent)
        topic = parent
    return found
