"""Words for correcting typos. A query with a typo loads two or three files of them.

A typo usually leaves the first or the last part of a word unchanged. So the index contains every word twice: in alphabetical
order, and in the alphabetical order of the reversed words. The intended word is near the misspelled one in at least one of
the two orders. Short words, of which a typo leaves too little, are all in one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import pairwise

from msgspec import Struct

from generator.search.blocks import cut_between

_MOST, _MOST_SHORT = 60_000, 4_000
"""The maximum numbers of words, and of short words. The most frequent words are kept."""
SHORT = 5
"""A word is short if it has at most this number of letters."""
_LINES = 512
"""The number of words in one file: two to three kilobytes."""

Spelling = tuple[str, int, str]
"""A word, its number of occurrences, and its stem."""


class Spellings(Struct, frozen=True):
    """The files of words, each with the text that separates it from the previous file, and the file of short words.

    Each line of a file contains a word, its number of occurrences, and its stem if that differs, with spaces between them.
    """

    forwards: Sequence[tuple[str, bytes]]
    backwards: Sequence[tuple[str, bytes]]
    short: bytes


def pack_spellings(counted: Iterable[tuple[str, str, int]]) -> Spellings:
    r"""Return the files of the most frequent words.

    `counted` has each word with its stem and its number of occurrences. Numbers are left out.

    >>> pack_spellings([("owls", "owl", 3), ("hearing", "hear", 2)]).forwards
    [('', b'hearing 2 hear\nowls 3 owl')]
    """
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
    """Return a line for each word: the word, its number of occurrences, and its stem if that differs."""
    lines = (
        f"{word} {number}{'' if root == (word[::-1] if backwards else word) else f' {root}'}"
        for word, number, root in spellings
    )
    return "\n".join(lines).encode()
