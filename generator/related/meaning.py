"""Papers as vectors of meaning: the sum of their terms, each drawn towards the papers that have it.

A term of one word begins with its vector of the learned table, any other without one. The papers that these place say what a
term means here: it moves towards the mean of the papers that have it, a term without a vector the whole way. The papers are
then placed anew. That is one step of the iteration that latent semantic analysis (Deerwester et al. 1990) ends with, begun with
what the words mean elsewhere. All sums are of whole numbers, and terms pass through memory in parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.meaning.lexicon import Lexicon
from generator.related.vectors import Ints, Vectors
from generator.text.words import stem

LENGTH = 1000
"""The length of a paper's vector."""
_NUMBERS = 128  # of the 256 of the table: they find as well as all
_FINE = 16
_DRAWN = 60  # per cent of the way towards the papers
_UNKNOWN = 12 * _FINE  # the length of a term without a vector, a little less than that of a usual word
_SHRINKAGE = 50  # the mean of fewer papers than about this many says little of the field
_AT_ONCE, _PARTS = 4_096, 16

Numbers = NDArray[np.int32]
Papers = NDArray[np.int16]


def place_papers(vectors: Vectors, terms: csr_matrix, vocabulary: Sequence[str], lexicon: Lexicon) -> Papers:
    """Return a row of whole numbers for each paper, at `LENGTH`; of zeros, where the table has none of its words.

    `terms` has the weights of `vectors`, one row a term.
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
    return _set_apart(sums)


def _cut(terms: csr_matrix, rows: Ints) -> Iterator[tuple[csr_matrix, Ints]]:
    """Yield the terms in few parts, each of which touches all papers, with their rows of the table."""
    step = max(_AT_ONCE, -(-terms.shape[0] // _PARTS))
    for start in range(0, terms.shape[0], step):
        yield terms[start : start + step], rows[start : start + step]


def _find_rows(vectors: Vectors, vocabulary: Sequence[str], lexicon: Lexicon) -> Ints:
    """Return the row of each term in the table, -1 where it has none."""
    rows = np.full(max(1, vectors.number), -1, np.int64)
    terms, places = np.unique(vectors.terms, return_index=True)
    alone = vectors.before[places] < 0
    words = vectors.words[places[alone]].tolist()
    rows[terms[alone]] = [lexicon.rows.get(stem(vocabulary[word]), -1) for word in words]
    return rows


def _look_up(rows: Ints, lexicon: Lexicon) -> Numbers:
    """Return the vectors of some terms, in sixteenths; zeros for those without one."""
    found = lexicon.vectors[rows, :_NUMBERS].astype(np.int32) * _FINE
    found[rows < 0] = 0
    return np.asarray(found, np.int32)


def _draw(own: Numbers, papers: Numbers) -> Numbers:
    """Return the vectors of terms, drawn towards the sums of the papers that have them; these are used up."""
    lengths = _measure(own)
    known = lengths > 0
    _scale(papers, np.where(known, lengths, _UNKNOWN))
    share = np.where(known, _DRAWN, 100).astype(np.int32)
    drawn: Numbers = (own * (100 - share) + papers * share) // 100
    return drawn


def _set_apart(sums: Numbers) -> Papers:
    """Return rows at `LENGTH`, as they differ from the mean of all papers; `sums` is used up."""
    placed = sums.any(axis=1)
    _scale(sums, LENGTH)
    mean = np.rint(sums.sum(axis=0, dtype=np.int64) / (int(placed.sum()) + _SHRINKAGE)).astype(np.int32)
    sums[placed] -= mean
    _scale(sums, LENGTH)
    return sums.astype(np.int16)


def _measure(rows: Numbers) -> NDArray[np.float64]:
    """Return the length of each row, as one column."""
    squares = np.einsum("ij,ij->i", rows, rows, dtype=np.int64)
    return np.asarray(np.sqrt(squares.astype(np.float64))[:, None], np.float64)


def _scale(rows: Numbers, lengths: float | NDArray[np.float64]) -> None:
    """Bring the rows to some lengths, rounded; a row of zeros stays one."""
    factors = lengths / np.maximum(_measure(rows), 1)
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        rows[part] = np.rint(rows[part] * factors[part])
