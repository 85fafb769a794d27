"""Co-occurrence of topics: how many papers have both, compared with chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from msgspec import Struct

from generator.model import Placement, Taxonomy

MOST = 50
"""The maximum number of a paper's topics for which its pairs are counted."""


class CoOccurrence(Struct, frozen=True, kw_only=True):
    """Two topics that share papers."""

    topics: tuple[str, str]
    papers: int
    """The number of papers under both topics."""
    chance: float
    """The number of papers expected under both if the topics were independent, to one decimal."""
    lift: float
    """The ratio of the actual to the expected number, to one decimal."""


def find_cooccurrences(
    taxonomy: Taxonomy, placements: Mapping[str, tuple[Placement, ...]]
) -> tuple[CoOccurrence, ...]:
    """Return the pairs of topics that share more papers than expected, sorted by the difference.

    The expected number is n₁n₂/N for topics with n₁ and n₂ of N papers; the lift is the actual number divided by it (as
    for association rules). Pairs of a topic and its ancestor are trivial and left out. Papers under more than `MOST`
    topics are left out, because the number of their pairs is quadratic and the pairs are meaningless.
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
    """Return for each topic the range of its own number and those of its descendants, in depth-first order."""
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
