"""Words that typos can be corrected to, in files of which a query loads two or three.

A typo leaves one part of a word as it is. So the words are there twice: in the order of their beginnings, and spelled
backwards in that of their ends; a range of either has all words that a typo of the other part can come from. Short words,
of which too little is left, are together in one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import pairwise

from msgspec import Struct

from generator.search.blocks import cut_between

_MOST, _MOST_SHORT = 60_000, 4_000
"""Words that are kept, the most frequent ones."""
SHORT = 5
"""Letters up to which a word is short."""
_LINES = 512
"""Words in one file: two to three kilobytes."""

Spelling = tuple[str, int, str]
"""A word, how often it occurs, and its stem."""


class Spellings(Struct, frozen=True):
    """The files of words by their beginnings and by their ends, each with what divides it from the one before; and the short words."""

    forwards: Sequence[tuple[str, bytes]]
    backwards: Sequence[tuple[str, bytes]]
    short: bytes


def pack_spellings(counted: Iterable[tuple[str, str, int]]) -> Spellings:
    """Return the files of the most frequent words, given each word with its stem and how often it occurs."""
    known = [(-number, word, root) for word, root, number in counted if not word.isdigit()]
    kept = [(word, -number, root) for number, word, root in nsmallest(_MOST, known)]
    short = [spelling for spelling in kept if len(spelling[0]) <= SHORT][:_MOST_SHORT]
    back = [(word[::-1], number, root) for word, number, root in kept]
    return Spellings(_cut(sorted(kept)), _cut(sorted(back), backwards=True), _pack(sorted(short)))


def _cut(spellings: Sequence[Spelling], *, backwards: bool = False) -> list[tuple[str, bytes]]:
    parts = [spellings[at : at + _LINES] for at in range(0, len(spellings), _LINES)]
    firsts = [cut_between(one[-1][0], two[0][0]) for one, two in pairwise(parts)]
    return [
        (first, _pack(part, backwards=backwards)) for first, part in zip(["", *firsts], parts, strict=False)
    ]


def _pack(spellings: Iterable[Spelling], *, backwards: bool = False) -> bytes:
    """Return a line for each word: the word, how often it occurs, and its stem where that is another."""
    lines = (
        f"{word} {number}{'' if root == (word[::-1] if backwards else word) else f' {root}'}"
        for word, number, root in spellings
    )
    return "\n".join(lines).encode()
