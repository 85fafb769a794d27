"""Postings and positions of each term as bytes, built for one range of documents at a time.

A posting describes how a term occurs in a document:

1. A varint: the difference from the number of the previous document (-1 before the first), times two. It is increased by one
   if the second byte follows. Otherwise, the term occurs exactly once, in the text.
2. A byte with the number of occurrences in the title (two bits, at most 3), whether the term occurs in the topics, the
   authors and the venue (one bit each), and the number of occurrences in the text (three bits, at most 7).
3. If the term occurs in the title, a byte with its first place among all words of the title (five bits: 1 is the first word,
   31 is the 31st or any later word, 0 is a name of the whole paper) and its form (three bits, see `name_form`).

The positions of a term are, for each document, their number and the differences between them, as varints. Stop words are
terms only in the names of authors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from generator.corpus import Corpus
from generator.search.compounds import Compounds, find_compounds
from generator.search.entries import AUTHORS, FIELDS, TITLE, TOPICS
from generator.search.varints import encode
from generator.text.words import stem

_DOCUMENT, _POSITION, _FIELD, _FORM = 13, 20, 3, 3  # bits of the key that rows are sorted by, below the term
_MOST_TITLE, _MOST_TEXT, _MOST_PLACE = 3, 7, 31

Rows = NDArray[np.int64]


class Postings(Struct):
    """The documents and positions of one term, as bytes that are extended with every run of documents."""

    last: int = -1
    """The number of the last document, -1 before the first."""
    documents: int = 0
    """The number of documents."""
    body: bytearray = field(default_factory=bytearray)
    positions: bytearray = field(default_factory=bytearray)


def collect_postings(corpus: Corpus, names: Iterable[Iterable[str]]) -> tuple[dict[str, Postings], Compounds]:
    """Return the postings of every term of a corpus, and its compounds.

    Args:
        corpus: the words of all papers, with the fields of `entries.py`.
        names: for each paper, further terms that identify it as a whole (`entries.list_identity_terms`).
    """
    parts = corpus.list_parts()
    compounds = find_compounds(corpus, parts, (corpus.read(*run) for run in corpus.list_runs()))
    terms: defaultdict[str, int] = defaultdict()
    terms.default_factory = terms.__len__
    of_word, in_names = (
        np.array([terms[root] if root else -1 for root in corpus.list_stems(stops=stops)], np.int64)
        for stops in (False, True)
    )
    of_pair = np.array([terms[stem(word)] for word in compounds.joined], np.int64)
    forms, pair_forms = (
        np.array([name_form(word) for word in words], np.int64)
        for words in (corpus.vocabulary, compounds.joined)
    )
    of_name = [[terms[name] for name in each] for each in names]
    found = [Postings() for _ in terms]
    for start, end in corpus.list_runs():
        tokens = corpus.read(start, end)
        words = np.where(tokens.fields == AUTHORS, in_names[tokens.words], of_word[tokens.words])
        rows, pairs = compounds.find(tokens, tokens.find_neighbours(parts))
        named = np.array(
            [(term, n - start) for n in range(start, end) for term in of_name[n]], np.int64
        ).reshape(-1, 2)
        keys = [
            _join(words, tokens.documents - start, tokens.positions, tokens.fields, forms[tokens.words]),
            _join(of_pair[pairs], tokens.documents[rows] - start, tokens.positions[rows] - 1, tokens.fields[rows], pair_forms[pairs]),
            _join(named[:, 0], named[:, 1], nothing := np.zeros(len(named), np.int64), nothing + TITLE, nothing),
        ]  # fmt: skip
        _append(found, np.sort(np.concatenate(keys)), start)
    return dict(zip(terms, found, strict=True)), compounds


def name_form(word: str) -> int:
    """Return a number from 0 to 7 that distinguishes most words with the same stem, by their length and their last letter.

    It is the sum of both (the letter as its code point) modulo 8, and 0 for words that are not ASCII.

    >>> [name_form(word) for word in ("clip", "clips", "nid")]
    [4, 0, 7]
    """
    return (len(word) + ord(word[-1])) & (1 << _FORM) - 1 if word.isascii() else 0


def _join(terms: Rows, documents: Rows, positions: Rows, fields: Rows, forms: Rows) -> Rows:
    """Return one sort key for each row: term, document, position, field, form. Rows without a term are left out."""
    keys = (terms << _DOCUMENT | documents) << _POSITION | np.minimum(positions, (1 << _POSITION) - 1)
    return ((keys << _FIELD | fields) << _FORM | forms)[terms >= 0]


def _append(found: list[Postings], keys: Rows, start: int) -> None:
    """Add the sorted rows of one run to the postings of their terms."""
    groups = keys >> _POSITION + _FIELD + _FORM
    firsts = np.flatnonzero(np.diff(groups, prepend=-1))
    groups = groups[firsts]
    terms, documents = groups >> _DOCUMENT, (groups & (1 << _DOCUMENT) - 1) + start
    heads = np.flatnonzero(np.diff(terms, prepend=-1))
    present = terms[heads].tolist()
    before = np.concatenate([np.zeros(1, np.int64), documents[:-1]])
    before[heads] = [found[term].last for term in present]
    ends = np.append(heads[1:], len(terms))
    body, starts = _encode_postings(keys, firsts, documents - before)
    places, places_at = _encode_positions(keys >> _FORM, firsts)
    newest = documents[ends - 1].tolist()
    for term, last, head, end in zip(present, newest, heads.tolist(), ends.tolist(), strict=True):
        postings = found[term]
        postings.last = last
        postings.documents += end - head
        postings.body += body[starts[head] : starts[end]].tobytes()
        postings.positions += places[places_at[head] : places_at[end]].tobytes()


def _encode_postings(keys: Rows, firsts: Rows, distances: Rows) -> tuple[NDArray[np.uint8], Rows]:
    """Return the bytes of postings, and the offset of each."""
    fields = keys >> _FORM & (1 << _FIELD) - 1
    counts = [np.add.reduceat(fields == number, firsts, dtype=np.int64) for number in range(len(FIELDS))]
    title, topics, authors, venue, text = counts
    said = (text != 1) | (title + topics + authors + venue > 0)
    titled = title > 0
    body, starts = encode(distances << 1 | said, spare=said + titled.astype(np.int64))
    flags = (topics > 0) << 2 | (authors > 0) << 3 | (venue > 0) << 4
    summary = np.minimum(title, _MOST_TITLE) | flags | np.minimum(text, _MOST_TEXT) << 5
    body[(starts[1:] - 1 - titled)[said]] = summary[said]
    places = np.minimum(keys[firsts] >> _FIELD + _FORM & (1 << _POSITION) - 1, _MOST_PLACE)
    body[starts[1:][titled] - 1] = (places << _FORM | keys[firsts] & (1 << _FORM) - 1)[titled]
    return body, starts


def _encode_positions(keys: Rows, firsts: Rows) -> tuple[NDArray[np.uint8], Rows]:
    """Return the bytes of positions in all fields except topics, and the offset of those of each posting."""
    fields, places = keys & (1 << _FIELD) - 1, keys >> _FIELD & (1 << _POSITION) - 1
    placed = (fields != TOPICS) & (places > 0)
    sizes = np.add.reduceat(placed, firsts, dtype=np.int64)
    of_group = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, len(keys))))[placed]
    kept = places[placed]
    steps = np.diff(kept, prepend=0)
    opening = np.flatnonzero(np.diff(of_group, prepend=-1))
    steps[opening] = kept[opening]
    numbers = np.zeros(len(sizes) + len(steps), np.int64)
    at = np.cumsum(sizes + 1) - (
        sizes + 1
    )  # the offset of each posting's numbers: their count, then the differences
    numbers[at] = sizes
    numbers[np.arange(len(steps)) + of_group + 1] = steps
    body, starts = encode(numbers)
    return body, starts[np.append(at, len(numbers))]
