"""Vectors of papers for related papers: the sum of the vectors of their terms, which are adapted to this shelf.

1. A term of one word begins with its vector in the learned table. All other terms begin without a vector. The sums of these
   vectors are the first vectors of the papers.
2. The vector of each term moves 60 % of the way towards the mean of the papers that contain the term. A term without a vector
   gets the direction of this mean.
3. The sums of the new vectors are the vectors of the papers. A paper with a vector by a sentence model
   (`generator/meaning/embeddings.py`) has that one instead.

This is one step of the iteration that converges to latent semantic analysis (Deerwester et al. 1990), started from general
word vectors. All sums are sums of integers. Terms are processed in parts, so that memory use stays low.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.meaning.embeddings import Embedded
from generator.meaning.lexicon import Lexicon
from generator.related.vectors import Ints, TermVectors
from generator.text.words import stem

LENGTH = 1000
"""The length of a paper's vector."""
_NUMBERS = 128  # the first numbers of a vector in the table, which are as good as all of them
_FINE = 16
_DRAWN = 60  # per cent of the way towards the mean of the papers
_UNKNOWN = 12 * _FINE  # the length of a term without a vector: slightly less than that of an average word
_SHRINKAGE = 50  # the mean of fewer papers than this is not reliable
_AT_ONCE, _PARTS = 4_096, 16

Numbers = NDArray[np.int32]
PaperVectors = NDArray[np.int16]


def build_meaning_vectors(
    vectors: TermVectors,
    terms: csr_matrix,
    vocabulary: Sequence[str],
    lexicon: Lexicon,
    embedded: Embedded | None = None,
) -> PaperVectors:
    """Return the vectors of all papers as an integer array with one row for each paper.

    Each vector is scaled to the length `LENGTH` and rounded. It contains only zeros if the table has none of the paper's words.

    Args:
        vectors: the terms of each paper.
        terms: the weights in `vectors`, as a sparse matrix with one row for each term and one column for each paper.
        vocabulary: the words of the corpus by number.
        lexicon: the learned table.
        embedded: papers with a vector by a sentence model, and their vectors.
    """
    papers = terms.shape[1]
    rows = _find_rows(vectors, vocabulary, lexicon)
    sums = np.zeros((papers, _NUMBERS), np.int32)
    for part, known in _cut(terms, rows):
        sums += part.T @ _look_up(known, lexicon)
    first = _set_apart(sums)
    sums[:] = 0
    for part, known in _cut(terms, rows):
        sums += part.T @ _draw(_look_up(known, lexicon), part @ first)
    if embedded:
        sums[embedded[0]] = embedded[1][:, :_NUMBERS].astype(np.int32) * _FINE
    return _set_apart(sums)


def _cut(terms: csr_matrix, rows: Ints) -> Iterator[tuple[csr_matrix, Ints]]:
    """Yield at most 16 parts of the matrix of terms (more in very large shelves), each with its rows of the table."""
    step = max(_AT_ONCE, -(-terms.shape[0] // _PARTS))
    for start in range(0, terms.shape[0], step):
        yield terms[start : start + step], rows[start : start + step]


def _find_rows(vectors: TermVectors, vocabulary: Sequence[str], lexicon: Lexicon) -> Ints:
    """Return the row of each term in the table, or -1 if the table does not contain it."""
    rows = np.full(max(1, vectors.number), -1, np.int64)
    terms, places = np.unique(vectors.terms, return_index=True)
    alone = vectors.before[places] < 0
    words = vectors.words[places[alone]].tolist()
    rows[terms[alone]] = [lexicon.rows.get(stem(vocabulary[word]), -1) for word in words]
    return rows


def _look_up(rows: Ints, lexicon: Lexicon) -> Numbers:
    """Return the vectors of terms in units of 1/16, and zeros for terms without a vector."""
    found = lexicon.vectors[rows, :_NUMBERS].astype(np.int32) * _FINE
    found[rows < 0] = 0
    return np.asarray(found, np.int32)


def _draw(own: Numbers, papers: Numbers) -> Numbers:
    """Return the vectors of terms, moved towards the sums of the papers that contain them. `papers` is overwritten."""
    lengths = _measure(own)
    known = lengths > 0
    _scale(papers, np.where(known, lengths, _UNKNOWN))
    share = np.where(known, _DRAWN, 100).astype(np.int32)
    drawn: Numbers = (own * (100 - share) + papers * share) // 100
    return drawn


def _set_apart(sums: Numbers) -> PaperVectors:
    """Return the differences of the rows from the mean of all papers, scaled to `LENGTH`. `sums` is overwritten."""
    placed = sums.any(axis=1)
    _scale(sums, LENGTH)
    mean = np.rint(sums.sum(axis=0, dtype=np.int64) / (int(placed.sum()) + _SHRINKAGE)).astype(np.int32)
    sums[placed] -= mean
    _scale(sums, LENGTH)
    return sums.astype(np.int16)


def _measure(rows: Numbers) -> NDArray[np.float64]:
    """Return the Euclidean length of each row, as an array with one column."""
    squares = np.einsum("ij,ij->i", rows, rows, dtype=np.int64)
    return np.asarray(np.sqrt(squares.astype(np.float64))[:, None], np.float64)


def _scale(rows: Numbers, lengths: float | NDArray[np.float64]) -> None:
    """Scale the rows in place to the given lengths, and round them. Rows of zeros do not change."""
    factors = lengths / np.maximum(_measure(rows), 1)
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        rows[part] = np.rint(rows[part] * factors[part])
