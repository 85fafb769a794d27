"""Terms and their postings in blocks, which a query loads one by one.

A block holds neighbouring terms of the sorted vocabulary. It begins with the name of the file of its positions, which
only queries of several words load. All numbers are varints. For each term: how many bytes it shares with the one
before, the rest of it, its documents, the bytes of its postings, of its positions, and of the words that it is made of
(`multi modal`; mostly none) with those words. Then the postings of all terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.search.entries import name_content
from generator.search.postings import Postings
from generator.search.varints import write_number

SMALLEST, LARGEST, MOST_BLOCKS = 4_096, 16_384, 1_600
"""Bytes of a block before compression: small ones load less, large ones keep the list of blocks short."""


class Block(Struct, frozen=True):
    """One block: its bytes, the bytes of its positions, and what divides its terms from those of the block before."""

    first: str
    """No later than the first term, and later than all terms before: as few letters of the first term as will do."""
    body: bytes
    positions: bytes


def pack_blocks(terms: Mapping[str, Postings], parts: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks of a vocabulary in the order of its terms; `parts` has the words that compounds are made of."""
    total = sum(len(term) + len(postings.body) for term, postings in terms.items())
    limit = SMALLEST
    while limit < LARGEST and total > limit * MOST_BLOCKS:
        limit *= 2
    names: list[str] = []
    size, before = 0, ""
    for term in sorted(terms):
        needs = len(term) + 6 + len(terms[term].body)
        if names and size + needs > limit:
            yield _pack(names, terms, parts, cut_between(before, names[0]))
            names, size, before = [], 0, names[-1]
        names.append(term)
        size += needs
    if names:
        yield _pack(names, terms, parts, cut_between(before, names[0]))


def cut_between(before: str, first: str) -> str:
    """Return the shortest beginning of a text that sorts behind the text before it.

    >>> cut_between("language", "lantern"), cut_between("", "a"), cut_between("ab", "abc")
    ('lant', 'a', 'abc')
    """
    shared = next(
        (n for n, (one, two) in enumerate(zip(before, first, strict=False)) if one != two), len(before)
    )
    return first[: shared + 1]


def _pack(names: Sequence[str], terms: Mapping[str, Postings], parts: Mapping[str, str], first: str) -> Block:
    positions = b"".join(terms[name].positions for name in names)
    head = bytearray(name_content(positions).encode())
    write_number(head, len(names))
    before = b""
    for name in names:
        encoded = name.encode()
        shared = 0
        while shared < min(len(before), len(encoded)) and before[shared] == encoded[shared]:
            shared += 1
        made_of = parts.get(name, "").encode()
        write_number(head, shared)
        write_number(head, len(encoded) - shared)
        head += encoded[shared:]
        for number in (
            terms[name].documents,
            len(terms[name].body),
            len(terms[name].positions),
            len(made_of),
        ):
            write_number(head, number)
        head += made_of
        before = encoded
    body = bytes(head) + b"".join(terms[name].body for name in names)
    return Block(first, body, positions)
