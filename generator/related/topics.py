"""The common topics of two papers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from scipy.sparse import csr_matrix

from generator.model import Placement
from generator.related.vectors import Ints

_SHOWN = 2
_BROAD = 3
_FEWEST = 8
"""A topic is not distinctive if more than 8 papers, and more than a third of all papers, have it."""
_LENGTH = 1000


class Topics(Struct, frozen=True):
    """The topics of all papers, weighted by rarity."""

    names: Sequence[str]
    """The ids of the topics, the one with the fewest papers first."""
    weights: csr_matrix
    """One row for each paper, scaled to a length of about 1000, and one column for each topic."""
    distinctive: int
    """The number of distinctive topics. They come first in `names`."""
    sets: Sequence[frozenset[int]]
    """The numbers of the topics of each paper."""

    @property
    def number(self) -> int:
        """The number of topics."""
        return len(self.names)

    def compare(self, one: Ints, two: Ints, *, distinctive: bool = False) -> Ints:
        """Return the cosines of the topics of pairs of papers, in millionths. `distinctive` compares distinctive topics only."""
        if not self.names:
            return np.zeros(len(one), np.int64)
        weights = self.weights[:, : self.distinctive] if distinctive else self.weights
        return np.asarray(weights[one].multiply(weights[two]).sum(axis=1), np.int64).ravel()

    def list_shared(self, one: int, two: int) -> tuple[str, ...]:
        """Return the ids of up to two distinctive topics of both papers, the rarest first."""
        shared = sorted(n for n in self.sets[one] & self.sets[two] if n < self.distinctive)
        return tuple(self.names[n] for n in shared[:_SHOWN])


def read_topics(keys: Sequence[str], placements: Mapping[str, Sequence[Placement]]) -> Topics:
    """Return the topics of the papers with the ids `keys`, from the placements by id."""
    found = [[place.topic for place in placements.get(key, ())] for key in keys]
    counts = Counter(topic for each in found for topic in each)
    names = sorted(counts, key=lambda topic: (counts[topic], topic))
    numbers = {topic: n for n, topic in enumerate(names)}
    sets = [frozenset(numbers[topic] for topic in each) for each in found]
    rarity = np.array([round(16 * math.log2(1 + len(keys) / counts[topic])) for topic in names], np.int64)
    places = np.array([n for each in sets for n in sorted(each)], np.int64)
    ends = np.cumsum([0, *map(len, sets)])
    weights = rarity[places] if names else places
    squares = np.add.reduceat(np.append(weights**2, 0), ends[:-1]) if sets else weights
    lengths = np.sqrt(np.repeat(squares, np.diff(ends)).astype(np.float64))
    scaled = np.rint(weights * _LENGTH / np.maximum(lengths, 1)).astype(np.int64)
    distinctive = sum(counts[topic] <= max(_FEWEST, len(keys) // _BROAD) for topic in names)
    matrix = csr_matrix((scaled, places, ends), shape=(len(keys), max(1, len(names))))
    return Topics(names, matrix, distinctive, sets)
