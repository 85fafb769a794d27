"""Vectors of common words, read from the table that is included in the package.

`vectors/words.npz` contains 192 small integers for each stem. `benchmarks/distil_words.py` derived them from the model
all-MiniLM-L6-v2 (Apache-2.0). The files `LICENSE` and `NOTICE` are in the same folder. Builds do not need the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

LENGTH = 11
"""The length of a paper's vector. Its numbers are then about 1 and take two bits each when compressed, and the nearest papers stay the same."""
TABLE = Path(__file__).parent / "vectors" / "words.npz"

Vectors = NDArray[np.int8]


class Lexicon(Struct, frozen=True):
    """The vectors of stems.

    Words that contribute little to the meaning of a text have short vectors. The numbers of a vector are principal components,
    the most important first.
    """

    rows: Mapping[str, int]
    """The row of each stem."""
    vectors: Vectors
    """One row of signed bytes for each stem."""


@cache
def load_lexicon() -> Lexicon:
    """Return the table that is included in the package. It is read once for each process."""
    with np.load(TABLE) as table:
        stems, vectors = bytes(table["stems"]).decode("ascii"), table["vectors"]
    return Lexicon({stem: row for row, stem in enumerate(stems.split("\n"))}, vectors)


def scale_vectors(sums: NDArray[np.int64]) -> Vectors:
    """Return rows scaled to the length `LENGTH` and rounded to integers. Rows of zeros do not change.

    >>> scale_vectors(np.array([[300, 400], [0, 0]])).tolist()
    [[7, 9], [0, 0]]
    """
    lengths = np.sqrt((sums.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    scaled: Vectors = np.rint(sums * (LENGTH / np.maximum(lengths, 1))).astype(np.int8)
    return scaled
