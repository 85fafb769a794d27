"""Papers in cells of similar papers, so that a query by meaning loads few vectors.

Spherical k-means (Dhillon, Modha: Concept Decompositions for Large Sparse Text Data, 2001). All numbers are whole and
small enough for their products to be exact in single precision, so that every processor finds the same cells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.meaning.lexicon import Vectors, scale_vectors

_FEW = 1_000
"""Papers up to which one cell has them all."""
_ROUNDS = 8
_SAMPLE = 20_000
_RUN = 8_192


def count_cells(papers: int) -> int:
    """Return how many cells so many papers have."""
    return 1 if papers <= _FEW else math.isqrt(papers)


def find_cells(vectors: Vectors, cells: int) -> tuple[Vectors, Sequence[NDArray[np.int64]]]:
    """Return the centre of each cell, and the numbers of its papers in their order."""
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
    """Return for each vector the number of the nearest centre, the first of several."""
    columns = centres.T.astype(np.float32)
    runs = [vectors[at : at + _RUN].astype(np.float32) @ columns for at in range(0, len(vectors), _RUN)]
    return np.concatenate([run.argmax(axis=1) for run in runs])
