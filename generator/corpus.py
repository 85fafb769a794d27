"""All words of all papers as arrays of numbers, with four bytes for each word."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.model import TEXT_FIELDS, Paper
from generator.text.words import STOP_WORDS, fold, is_compound_part, split, stem

GAP = 8
"""Positions between two fields, so that no phrase or proximity match spans two fields."""
TITLE_END = 64
"""Positions below this belong to the title, except in longer titles."""
RUN = 2_048
"""Number of documents that are read at once."""
_LONGEST_WORD = 40
_NOTHING, _SPACE, _HYPHEN = 0, 1, 2


class _Gaps(dict[str, int]):
    """The separator before a word, as a number: a space, a hyphen, or anything else."""

    def __missing__(self, gap: str) -> int:
        return _NOTHING


_GAPS = _Gaps({" ": _SPACE, "-": _HYPHEN})


class Tokens(Struct):
    """The words of a run of documents, one row for each word: its number, the separator before it, field, document, position."""

    words: NDArray[np.int64]
    gaps: NDArray[np.uint8]
    fields: NDArray[np.int64]
    documents: NDArray[np.int64]
    positions: NDArray[np.int64]

    def find_neighbours(self, parts: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the rows that could form a compound with the previous row, separated only by a hyphen or a space."""
        near = (self.gaps[1:] != _NOTHING) & parts[self.words[1:]] & parts[self.words[:-1]]
        same = (self.documents[1:] == self.documents[:-1]) & (self.fields[1:] == self.fields[:-1])
        return np.flatnonzero(near & same) + 1

    def is_hyphenated(self) -> NDArray[np.bool_]:
        """Return for each row whether a hyphen is before it."""
        return np.asarray(self.gaps == _HYPHEN)


class Corpus:
    """The words of all documents by field, and the number of each distinct word."""

    def __init__(self, fields: int) -> None:
        self.vocabulary: defaultdict[str, int] = defaultdict()
        self.vocabulary.default_factory = self.vocabulary.__len__
        self._fields = fields
        self.words = array("i")
        self.gaps = bytearray()
        self.lengths = array("i")  # words of each field of each document, stop words too

    def list_ends(self) -> list[int]:
        """Return the end of each document's words, preceded by a zero."""
        lengths = np.frombuffer(self.lengths, np.int32).reshape(-1, self._fields)
        return [0, *np.cumsum(lengths.sum(axis=1, dtype=np.int64)).tolist()]

    def take(self, other: Corpus, document: int, ends: Sequence[int]) -> None:
        """Copy a document from another corpus with the same vocabulary."""
        first, end = ends[document], ends[document + 1]
        self.words += other.words[first:end]
        self.gaps += other.gaps[first:end]
        self.lengths += other.lengths[document * self._fields : (document + 1) * self._fields]

    def __len__(self) -> int:
        return len(self.lengths) // self._fields

    def add(self, fields: Iterable[str]) -> None:
        """Add a document, given as its case-folded fields with the title first."""
        number = self.vocabulary.__getitem__
        for text in fields:
            words, gaps = split(text)
            self.words.extend(map(number, words))
            self.gaps += bytes(map(_GAPS.__getitem__, gaps))
            self.lengths.append(len(words))

    def list_runs(self) -> Iterator[tuple[int, int]]:
        """Yield the start and end (exclusive) of each run of documents that is read at once."""
        return ((start, min(start + RUN, len(self))) for start in range(0, len(self), RUN))

    def read(self, start: int, end: int) -> Tokens:
        """Return the words of the documents from `start` to `end` (exclusive); positions in a document count from 1."""
        lengths = np.frombuffer(self.lengths, np.int32).astype(np.int64)
        size = self._fields
        first = int(lengths[: start * size].sum())
        lengths = lengths[start * size : end * size].reshape(-1, size)
        total = int(lengths.sum())
        words = np.frombuffer(self.words, np.int32)[first : first + total].astype(np.int64)
        fields = np.repeat(np.tile(np.arange(size), end - start), lengths.ravel())
        before = np.zeros_like(lengths)
        np.cumsum(lengths[:, :-1] + GAP, axis=1, out=before[:, 1:])
        before[:, 1:] += np.maximum(0, TITLE_END - before[:, 1:2])
        starts = np.zeros(lengths.size, np.int64)
        np.cumsum(lengths.ravel()[:-1], out=starts[1:])
        positions = np.arange(total) - np.repeat(starts - before.ravel(), lengths.ravel()) + 1
        documents = np.repeat(np.arange(start, end), lengths.sum(axis=1))
        gaps = np.frombuffer(self.gaps, np.uint8)[first : first + total]
        return Tokens(words, gaps, fields, documents, positions)

    def count_words(self, field: int) -> NDArray[np.int64]:
        """Return the number of terms in one field of each document."""
        stops = np.fromiter((word in STOP_WORDS for word in self.vocabulary), np.bool_)
        found = [np.zeros(0, np.int64)]
        for start, end in self.list_runs():
            tokens = self.read(start, end)
            chosen = (tokens.fields == field) & ~stops[tokens.words]
            found.append(np.bincount(tokens.documents[chosen] - start, minlength=end - start))
        return np.concatenate(found)

    def count_spellings(self) -> list[tuple[str, str, int]]:
        """Return every word that is a term, with its stem and its number of occurrences."""
        counts = np.bincount(np.frombuffer(self.words, np.int32), minlength=len(self.vocabulary)).tolist()
        rows = zip(self.vocabulary, self.list_stems(), counts, strict=True)
        return [(word, root, count) for word, root, count in rows if root]

    def list_parts(self) -> NDArray[np.bool_]:
        """Return for each word whether it may be part of a compound."""
        return np.fromiter(map(is_compound_part, self.vocabulary), np.bool_)

    def list_stems(self, *, stops: bool = False) -> list[str]:
        """Return the stem of each word; empty for words that are not terms: overlong words and, without `stops`, stop words."""
        return [
            "" if len(word) > _LONGEST_WORD or (word in STOP_WORDS and not stops) else stem(word)
            for word in self.vocabulary
        ]

    def number_stems(self) -> tuple[dict[str, int], NDArray[np.int64]]:
        """Return a number for each stem, in alphabetical order, and the stem's number for each word."""
        occurs = np.bincount(np.frombuffer(self.words, np.int32), minlength=len(self.vocabulary)).tolist()
        roots = [stem(word) if times else "" for word, times in zip(self.vocabulary, occurs, strict=True)]
        stems = {root: number for number, root in enumerate(sorted({*roots} - {""}))}
        return stems, np.array([stems.get(root, -1) for root in roots], np.int64)


def read_papers(
    papers: Iterable[Paper], known: Corpus | None = None, places: Mapping[str, int] | None = None
) -> Corpus:
    """Return the words of papers in `TEXT_FIELDS`; formulas are read as plain text.

    `known` is a corpus that already has some of the papers, and `places` gives their positions in it by id.
    """
    corpus = Corpus(len(TEXT_FIELDS))
    ends: Sequence[int] = ()
    if known is not None:
        corpus.vocabulary, ends = known.vocabulary, known.list_ends()
    for paper in papers:
        place = places.get(paper.id) if known and places else None
        if known is None or place is None:
            corpus.add(
                fold(text.plain) for text in (paper.title_text, paper.summary_text, paper.abstract_text)
            )
        else:
            corpus.take(known, place, ends)
    return corpus
