"""Vectors of common words: the table that comes with the program.

`vectors/words.npz` holds 192 small whole numbers for each stem, made once by `benchmarks/distil_words.py` from all-MiniLM-L6-v2
(Apache-2.0; the licence and what was done are beside it). No build needs the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

LENGTH = 11
"""The length of the vector of a paper: numbers of about one keep the neighbours, and pack to two bits each."""
TABLE = Path(__file__).parent / "vectors" / "words.npz"

Vectors = NDArray[np.int8]


class Lexicon(Struct, frozen=True):
    """A vector for each stem, one a row: the less it says of a text, the shorter. The first numbers say most."""

    rows: Mapping[str, int]
    vectors: Vectors


@cache
def load_lexicon() -> Lexicon:
    """Return the words and vectors that come with the program."""
    with np.load(TABLE) as table:
        stems, vectors = bytes(table["stems"]).decode("ascii"), table["vectors"]
    return Lexicon({stem: row for row, stem in enumerate(stems.split("\n"))}, vectors)


def scale_vectors(sums: NDArray[np.int64]) -> Vectors:
    """Return rows of whole numbers at `LENGTH`, rounded; a row of nothing stays nothing."""
    lengths = np.sqrt((sums.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    scaled: Vectors = np.rint(sums * (LENGTH / np.maximum(lengths, 1))).astype(np.int8)
    return scaled
