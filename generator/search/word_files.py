"""Files with the vectors of words. A query loads only the files of its own words."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from generator.meaning.lexicon import Lexicon
from generator.search.entries import hash_name, name_content

FILES = 1_024
"""The number of files. Each has about one kilobyte."""
TERMS = ("LICENSE", "NOTICE")
"""Files next to the table that every copy of it must include."""


def name_words(lexicon: Lexicon) -> str:
    """Return six characters that identify the content of the whole table, for the names of its files."""
    return name_content("\n".join(lexicon.rows).encode() + lexicon.vectors.tobytes())


def pack_words(lexicon: Lexicon) -> Iterator[bytes]:
    """Yield the content of each of the `FILES` files. A stem is in the file with the number `hash_name(stem)` modulo `FILES`.

    A file contains the number of its stems and the size of their list in bytes, as two 16-bit little-endian integers, then
    the stems with line feeds between them, and then their vectors with one signed byte for each number.
    """
    parts: list[list[str]] = [[] for _ in range(FILES)]
    for stem in lexicon.rows:
        parts[int(hash_name(stem), 16) % FILES].append(stem)
    for part in parts:
        words = "\n".join(part).encode()
        vectors = lexicon.vectors[[lexicon.rows[stem] for stem in part]]
        yield struct.pack("<HH", len(part), len(words)) + words + vectors.tobytes()
