"""Terms and their postings in blocks. A query loads only the blocks that contain its terms.

A block contains consecutive terms of the sorted vocabulary. Its format, in which all numbers are varints:

1. The name of the file with the positions of these terms (six characters). Only queries of several words load it.
2. The number of terms.
3. For each term: the number of leading bytes that it shares with the previous term, the number of its other bytes, and
   these bytes. Then its number of documents, and the sizes in bytes of its postings, of its positions and of its parts.
   Then its parts: the stems of a compound (`multi modal`), or nothing for most terms.
4. The postings of all terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.search.entries import name_content
from generator.search.postings import Postings
from generator.search.varints import write_varint

SMALLEST, LARGEST, MOST_BLOCKS = 4_096, 16_384, 1_600
"""The size of a block in bytes before compression. Small blocks load faster; large blocks keep the manifest short."""


class TermBlock(Struct, frozen=True):
    """One block: its content, the content of its file of positions, and the text that separates it from the previous block."""

    first: str
    """The shortest prefix of the first term that sorts after all terms of the previous block."""
    body: bytes
    positions: bytes


def pack_blocks(terms: Mapping[str, Postings], parts: Mapping[str, str]) -> Iterator[TermBlock]:
    """Yield the blocks of a vocabulary, in the order of its terms.

    `parts` maps the term of a compound to the stems of its two parts: `multimod` to `multi modal`.
    """
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
    """Return the shortest prefix of `first` that sorts after `before`. `first` must sort after `before` itself.

    >>> cut_between("language", "lantern"), cut_between("", "a"), cut_between("ab", "abc")
    ('lant', 'a', 'abc')
    """
    shared = next(
        (n for n, (one, two) in enumerate(zip(before, first, strict=False)) if one != two), len(before)
    )
    return first[: shared + 1]


def _pack(
    names: Sequence[str], terms: Mapping[str, Postings], parts: Mapping[str, str], first: str
) -> TermBlock:
    positions = b"".join(terms[name].positions for name in names)
    head = bytearray(name_content(positions).encode())
    write_varint(head, len(names))
    before = b""
    for name in names:
        encoded = name.encode()
        shared = 0
        while shared < min(len(before), len(encoded)) and before[shared] == encoded[shared]:
            shared += 1
        made_of = parts.get(name, "").encode()
        write_varint(head, shared)
        write_varint(head, len(encoded) - shared)
        head += encoded[shared:]
        for number in (
            terms[name].documents,
            len(terms[name].body),
            len(terms[name].positions),
            len(made_of),
        ):
            write_varint(head, number)
        head += made_of
        before = encoded
    body = bytes(head) + b"".join(terms[name].body for name in names)
    return TermBlock(first, body, positions)
