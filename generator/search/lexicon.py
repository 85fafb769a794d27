"""Vectors of common words: the table that comes with the program, and the files that a query loads.

`vectors/words.npz` holds 192 small whole numbers for each stem, made once by `benchmarks/distil_words.py` from all-MiniLM-L6-v2
(Apache-2.0; the licence and what was done are beside it). No build needs the model.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.search.entries import hash_name, name_content

FILES = 1_024
"""Files of words: one word of a query loads a kilobyte."""
LENGTH = 11
"""The length of the vector of a paper: numbers of about one keep the neighbours, and pack to two bits each."""
TABLE = Path(__file__).parent / "vectors" / "words.npz"
TERMS = ("LICENSE", "NOTICE")
"""Files beside the table that go wherever it goes."""

Vectors = NDArray[np.int8]


class Lexicon(Struct, frozen=True):
    """A vector for each stem, one a row: the less it says of a text, the shorter."""

    rows: Mapping[str, int]
    vectors: Vectors
    name: str
    """Six characters that stand for the whole table."""


@cache
def load_lexicon() -> Lexicon:
    """Return the words and vectors that come with the program."""
    with np.load(TABLE) as table:
        stems, vectors = bytes(table["stems"]).decode("ascii"), table["vectors"]
    rows = {stem: row for row, stem in enumerate(stems.split("\n"))}
    return Lexicon(rows, vectors, name_content(stems.encode() + vectors.tobytes()))


def pack_words(lexicon: Lexicon) -> Iterator[bytes]:
    """Yield the words by `hash_name`, modulo `FILES`: two bytes with their number, the words on lines, their vectors."""
    parts: list[list[str]] = [[] for _ in range(FILES)]
    for stem in lexicon.rows:
        parts[int(hash_name(stem), 16) % FILES].append(stem)
    for part in parts:
        words = "\n".join(part).encode()
        vectors = lexicon.vectors[[lexicon.rows[stem] for stem in part]]
        yield struct.pack("<HH", len(part), len(words)) + words + vectors.tobytes()


def scale_vectors(sums: NDArray[np.int64]) -> Vectors:
    """Return rows of whole numbers at `LENGTH`, rounded; a row of nothing stays nothing."""
    lengths = np.sqrt((sums.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    scaled: Vectors = np.rint(sums * (LENGTH / np.maximum(lengths, 1))).astype(np.int8)
    return scaled
