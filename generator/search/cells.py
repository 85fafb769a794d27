"""Clusters of similar papers, called cells. A query by meaning loads only the vectors of the nearest cells.

The method is spherical k-means (Dhillon, Modha: Concept Decompositions for Large Sparse Text Data, 2001). Vectors contain
small integers, whose products and sums are exact in single precision. So every processor computes the same cells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.meaning.lexicon import Vectors, scale_vectors

_FEW = 1_000
"""Up to this number of papers, there is only one cell."""
_ROUNDS = 8
_SAMPLE = 20_000
_RUN = 8_192


def count_cells(papers: int) -> int:
    """Return the number of cells for a number of papers: one, or the square root for more than 1,000 papers.

    >>> count_cells(307), count_cells(10_000)
    (1, 100)
    """
    return 1 if papers <= _FEW else math.isqrt(papers)


def find_cells(vectors: Vectors, cells: int) -> tuple[Vectors, Sequence[NDArray[np.int64]]]:
    """Return the centres of the cells and the papers of each cell.

    Args:
        vectors: one row for each paper, at least one.
        cells: the number of cells.

    Returns:
        The centres as an array of shape (cells, numbers of a vector), and for each cell the ascending row numbers of its
        papers. A cell can be empty.
    """
    sample = vectors[:: max(1, len(vectors) // _SAMPLE)]
    centres = sample[np.arange(cells) * len(sample) // cells]
    for _ in range(_ROUNDS):
        nearest = _find_nearest(sample, centres)
        sums = np.array([sample[nearest == cell].sum(axis=0, dtype=np.int64) for cell in range(cells)])
        centres = np.where(sums.any(axis=1, keepdims=True), scale_vectors(sums), centres)
    nearest = _find_nearest(vectors, centres)
    order = np.argsort(nearest, kind="stable")
    return centres, np.split(order, np.searchsorted(nearest[order], np.arange(1, cells)))


def _find_nearest(vectors: Vectors, centres: Vectors) -> NDArray[np.int64]:
    """Return for each vector the number of its nearest centre, or of the first one if several are equally near."""
    columns = centres.T.astype(np.float32)
    runs = [vectors[at : at + _RUN].astype(np.float32) @ columns for at in range(0, len(vectors), _RUN)]
    return np.concatenate([run.argmax(axis=1) for run in runs])
