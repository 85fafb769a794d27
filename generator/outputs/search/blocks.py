"""Terms and their postings to bytes, in blocks that a query loads one by one.

A block holds neighbouring terms of the sorted vocabulary. All numbers are LEB128 varints. For each term: how many
bytes it shares with the one before, the rest of it, its documents, the bytes of its postings, of its positions, and
of the words that it is made of (`multi modal`; mostly none) with those words. Then the postings of all terms: for
each document the distance from the one before, doubled; plus one when a byte with the counts of the fields follows
(two bits for the title, one each for topics, authors and venue, three for the text), otherwise the term occurs once
in the text. Positions stand in a file of their own, which only quoted phrases load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

SMALLEST, LARGEST, MOST_BLOCKS = 4_096, 16_384, 1_600
"""Bytes of a block before compression: small ones load less, large ones keep the list of blocks short."""


class Postings(Struct):
    """Where one term occurs, as bytes that grow document by document."""

    last: int
    documents: int
    body: bytearray
    positions: bytearray


class Block(Struct, frozen=True):
    """One block: its first term, its bytes, and the bytes of its positions."""

    first: str
    body: bytes
    positions: bytes


_SEVEN_BITS = 0x7F


def write_number(out: bytearray, number: int) -> None:
    """Append a number that is not negative, seven bits a byte, low ones first."""
    while number > _SEVEN_BITS:
        out.append(number & _SEVEN_BITS | 0x80)
        number >>= 7
    out.append(number)


def add_posting(postings: Postings, document: int, counts: Sequence[int], positions: Sequence[int]) -> None:
    """Append a document; documents must come in the order of their numbers."""
    distance = document - postings.last
    postings.last = document
    postings.documents += 1
    title, topics, authors, venue, text = counts
    if (title, topics, authors, venue, text) == (0, 0, 0, 0, 1):
        write_number(postings.body, distance << 1)
    else:
        write_number(postings.body, distance << 1 | 1)
        fields = min(title, 3) | bool(topics) << 2 | bool(authors) << 3 | bool(venue) << 4
        postings.body.append(fields | min(text, 7) << 5)
    out = postings.positions
    write_number(out, len(positions))
    before = 0
    for position in positions:
        step = position - before
        if step <= _SEVEN_BITS:
            out.append(step)
        else:
            write_number(out, step)
        before = position


def pack_blocks(terms: Mapping[str, Postings], parts: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks of a vocabulary in the order of its terms; `parts` has the words that compounds are made of."""
    total = sum(len(term) + len(postings.body) for term, postings in terms.items())
    limit = SMALLEST
    while limit < LARGEST and total > limit * MOST_BLOCKS:
        limit *= 2
    names: list[str] = []
    size = 0
    for term in sorted(terms):
        needs = len(term) + 6 + len(terms[term].body)
        if names and size + needs > limit:
            yield _pack(names, terms, parts)
            names, size = [], 0
        names.append(term)
        size += needs
    if names:
        yield _pack(names, terms, parts)


def _pack(names: Sequence[str], terms: Mapping[str, Postings], parts: Mapping[str, str]) -> Block:
    head = bytearray()
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
    body = bytes(head) + b"".join(bytes(terms[name].body) for name in names)
    return Block(names[0], body, b"".join(bytes(terms[name].positions) for name in names))
