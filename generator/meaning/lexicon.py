"""Vectors of common words, read from the table that is included in the package.

`vectors/words.bin` contains the files that every site with search by meaning serves, so that a build only copies them: the
size of each file in bytes as a 16-bit integer, then the files. A stem is in the file with the number `hash_name(stem)` modulo
`FILES`. A file is packed by `deflate_vectors`. It contains the number of its stems and the size of their list in bytes as
16-bit integers, then the stems with line feeds between them, and then their vectors: 192 small integers for each stem, with
one signed byte for each. All integers are little-endian.

`benchmarks/distil_words.py` derived the vectors from the model all-MiniLM-L6-v2 (Apache-2.0). The files `LICENSE` and `NOTICE`
are in the same folder. Builds do not need the model.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

LENGTH = 11
"""The length of a paper's vector. Its numbers are then about 1 and take two bits each when compressed, and the nearest papers stay the same."""
TABLE = Path(__file__).parent / "vectors" / "words.bin"
FILES = 1_024
"""The number of files. Each has about one kilobyte, and a query loads only those of its own words."""
SIZES, HEAD = struct.Struct(f"<{FILES}H"), struct.Struct("<HH")

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


def read_files() -> list[bytes]:
    """Return the content of each of the `FILES` files."""
    table = TABLE.read_bytes()
    ends = np.cumsum([SIZES.size, *SIZES.unpack_from(table)])
    return [table[start:end] for start, end in pairwise(ends)]


@cache
def load_lexicon() -> Lexicon:
    """Return the table that is included in the package. It is read once for each process."""
    stems: list[str] = []
    vectors = []
    for file in read_files():
        body = zlib.decompress(file, -zlib.MAX_WBITS)
        count, size = HEAD.unpack_from(body)
        stems += body[HEAD.size : HEAD.size + size].decode("ascii").split("\n")
        vectors.append(np.frombuffer(body, np.int8, offset=HEAD.size + size).reshape(count, -1))
    return Lexicon({stem: row for row, stem in enumerate(stems)}, np.concatenate(vectors))


def deflate_vectors(body: bytes) -> bytes:
    """Return bytes deflated with Huffman codes only, because vectors contain no repeated sequences."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(body) + packer.flush()


def scale_vectors(sums: NDArray[np.int64]) -> Vectors:
    """Return rows scaled to the length `LENGTH` and rounded to integers. Rows of zeros do not change.

    >>> scale_vectors(np.array([[300, 400], [0, 0]])).tolist()
    [[7, 9], [0, 0]]
    """
    lengths = np.sqrt((sums.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    scaled: Vectors = np.rint(sums * (LENGTH / np.maximum(lengths, 1))).astype(np.int8)
    return scaled
