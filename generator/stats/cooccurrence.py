"""Co-occurrence of topics: how many papers have both, compared with chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from msgspec import Struct

from generator.model import Placement, Taxonomy

MOST = 50
"""Topics of one paper up to which its pairs are counted."""


class CoOccurrence(Struct, frozen=True, kw_only=True):
    """Two topics that share papers."""

    topics: tuple[str, str]
    papers: int
    """Papers under both."""
    chance: float
    """Papers that would be under both if the topics had nothing to do with each other, to one decimal."""
    lift: float
    """How many times as many there are, to one decimal."""


def find_cooccurrences(
    taxonomy: Taxonomy, placements: Mapping[str, tuple[Placement, ...]]
) -> tuple[CoOccurrence, ...]:
    """Return the pairs of topics that meet more often than chance has it, those with most papers above it first.

    Chance is n₁n₂/N for topics of n₁ and n₂ among N papers; the lift is the papers of both over that (the measure of
    association rules). A topic and one that it is part of say nothing new and are left out, and so is a paper under more
    than `MOST` topics: its pairs grow with the square of its topics and mean nothing.
    """
    named = [sorted(p.topic for p in places) for places in placements.values()]
    counts = Counter(topic for topics in named for topic in topics)
    pairs = Counter(pair for topics in named if len(topics) <= MOST for pair in combinations(topics, 2))
    number = len(placements)
    above = {
        (one, other): papers * number - counts[one] * counts[other] for (one, other), papers in pairs.items()
    }
    spans = _number_topics(taxonomy)
    kept = [
        pair for pair, more in above.items() if more > 0 and not _is_nested(*map(spans.__getitem__, pair))
    ]
    return tuple(
        CoOccurrence(
            topics=pair,
            papers=pairs[pair],
            chance=round(counts[pair[0]] * counts[pair[1]] / number, 1),
            lift=round(pairs[pair] * number / (counts[pair[0]] * counts[pair[1]]), 1),
        )
        for pair in sorted(kept, key=lambda pair: (-above[pair], pair))
    )


def _is_nested(one: range, other: range) -> bool:
    return other.start in one or one.start in other


def _number_topics(taxonomy: Taxonomy) -> Mapping[str, range]:
    """Return for each topic its number and those of the topics below it, counted from the root down."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    waiting = [(topic.id, False) for topic in reversed(taxonomy.children(""))]
    while waiting:
        topic, is_done = waiting.pop()
        if is_done:
            ends[topic] = len(starts)
            continue
        starts[topic] = len(starts)
        waiting.append((topic, True))
        waiting += [(child.id, False) for child in reversed(taxonomy.children(topic))]
    return {topic: range(start, ends[topic]) for topic, start in starts.items()}
