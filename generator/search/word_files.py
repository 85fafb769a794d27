"""The files with the vectors of words, of which a query loads those of its own words."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from generator.meaning.lexicon import Lexicon
from generator.search.entries import hash_name, name_content

FILES = 1_024
"""Files of words: one word of a query loads a kilobyte."""
TERMS = ("LICENSE", "NOTICE")
"""Files beside the table that go wherever it goes."""


def name_words(lexicon: Lexicon) -> str:
    """Return six characters that stand for the whole table."""
    return name_content("\n".join(lexicon.rows).encode() + lexicon.vectors.tobytes())


def pack_words(lexicon: Lexicon) -> Iterator[bytes]:
    """Yield the words by `hash_name`, modulo `FILES`: two bytes with their number, the words on lines, their vectors."""
    parts: list[list[str]] = [[] for _ in range(FILES)]
    for stem in lexicon.rows:
        parts[int(hash_name(stem), 16) % FILES].append(stem)
    for part in parts:
        words = "\n".join(part).encode()
        vectors = lexicon.vectors[[lexicon.rows[stem] for stem in part]]
        yield struct.pack("<HH", len(part), len(words)) + words + vectors.tobytes()
