"""The layout of a new map: papers in two dimensions, with related papers near each other.

The project's vectors are reduced to a few dimensions by truncated singular value decomposition (latent semantic
analysis: Deerwester et al. 1990), and then to two by scikit-learn's t-SNE with Barnes-Hut trees (van der Maaten 2014),
starting from the first two dimensions. Intermediate results are rounded to integers, whose sums are exact in any order,
and t-SNE runs on one thread, so that the same shelf gives the same map everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from generator.corpus import Corpus
from generator.map.placement import step_aside
from generator.model import MAP_SIDE, MapPosition
from generator.related.vectors import Ints, build_vectors

_MOST_DIMENSIONS, _PAPERS_A_DIMENSION = 50, 15
_FINE = 1000  # the length of a paper's vector in few dimensions
_PERPLEXITY = 30  # about so many neighbours pull at a paper
_FEWEST = 5  # papers, and terms, that make a map rather than a row
_MARGIN = 0.02
_CELLS = 2**23  # distances that are held at once
Floats = NDArray[np.float64]


def lay_out(keys: Sequence[str], corpus: Corpus) -> dict[str, MapPosition]:
    """Return a position for each paper that has terms; `corpus` has their words in the same order.

    Raises:
        ImportError: without scikit-learn, which the extra `map` installs.
    """
    vectors = build_vectors(corpus)
    telling = np.flatnonzero(np.diff(vectors.starts))
    weights = vectors.weights.astype(np.float64)
    shape = (len(keys), max(1, vectors.number))
    matrix = csr_matrix((weights, vectors.terms, vectors.starts), shape=shape)[telling]
    if min(matrix.shape) < _FEWEST:
        flat = np.stack([np.arange(len(telling), dtype=np.float64), np.zeros(len(telling))], axis=1)
    else:
        flat = _embed(_reduce(matrix))
    map_positions: dict[str, MapPosition] = {}
    taken: set[MapPosition] = set()
    for number, (x, y) in zip(telling.tolist(), _fit(flat).tolist(), strict=True):
        position = MapPosition(x, y)
        map_positions[keys[number]] = (
            step_aside(keys[number], position, taken) if position in taken else position
        )
        taken.add(map_positions[keys[number]])
    return map_positions


def _reduce(matrix: csr_matrix) -> Ints:
    """Return the papers in a few dimensions, the most important first, as integer vectors of about the same length."""
    fewest = min(matrix.shape) - 1
    number = max(1, min(_MOST_DIMENSIONS, fewest, 2 + matrix.shape[0] // _PAPERS_A_DIMENSION))
    left, weights, _ = svds(matrix, k=number, v0=np.ones(min(matrix.shape)))
    scaled = (left * weights)[:, ::-1]
    heaviest = (
        np.abs(scaled).round(6).argmax(axis=0)
    )  # a dimension has no character of its own: its heaviest paper is positive
    scaled = scaled * np.sign(scaled[heaviest, np.arange(number)])
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    return np.asarray(np.rint(scaled / np.maximum(lengths, 1e-9) * _FINE), np.int64)


def _embed(points: Ints) -> Floats:
    """Return the points in two dimensions."""
    from sklearn.manifold import TSNE  # noqa: PLC0415 (only maps that are made afresh need it)
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 (as above)

    perplexity = min(_PERPLEXITY, (len(points) - 1) / 3)
    neighbours = min(len(points) - 1, int(3 * perplexity + 1))
    start = np.zeros((len(points), 2))
    start[:, : points.shape[1]] = points[:, :2]
    start = (start / max(1.0, float(start[:, 0].std())) * 1e-4).astype(np.float32)
    embedding = TSNE(
        metric="precomputed",
        perplexity=perplexity,
        init=start,
        learning_rate="auto",
        random_state=0,
        n_jobs=1,
    )
    with threadpool_limits(limits=1):
        return np.asarray(embedding.fit_transform(_join(points, neighbours)), np.float64)


def _join(points: Ints, neighbours: int) -> csr_matrix:
    """Return the distances of each point to itself and to its nearest neighbours, nearest first; ties are broken by number."""
    size, each = len(points), neighbours + 1
    found = list(_find_near(points, neighbours))
    near, squares = (np.concatenate([part[n] for part in found]) for n in range(2))
    near = np.concatenate([np.arange(size)[:, None], near], axis=1)
    squares = np.concatenate([np.zeros((size, 1)), squares], axis=1)
    starts = np.arange(0, size * each + 1, each)
    return csr_matrix((np.sqrt(squares.ravel()) / _FINE, near.ravel(), starts), shape=(size, size))


def _find_near(points: Ints, neighbours: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield for each block of points the numbers of their nearest neighbours and the squared distances."""
    exact = points.astype(np.float64)  # whole numbers far below 2**53: products by any library are the same
    lengths = (points**2).sum(axis=1)
    numbers = np.arange(len(points))
    block = max(1, _CELLS // len(points))
    for start in range(0, len(points), block):
        rows = numbers[start : start + block]
        dots = np.rint(exact[rows] @ exact.T).astype(np.int64)
        squares = np.maximum(0, lengths[rows, None] + lengths - 2 * dots)
        ranked = squares * len(points) + numbers  # no two are equal
        ranked[np.arange(len(rows)), rows] = np.iinfo(np.int64).max
        near = np.sort(np.partition(ranked, neighbours - 1, axis=1)[:, :neighbours], axis=1)
        yield near % len(points), near // len(points)


def _fit(flat: Floats) -> Ints:
    """Return the points rotated so that the map is widest horizontally, and scaled to its size."""
    if not len(flat):
        return np.zeros((0, 2), np.int64)
    flat = flat - flat.mean(axis=0)
    across = np.linalg.eigh(flat.T @ flat)[1][:, ::-1]
    turned = flat @ (across * np.sign(across[0] + (across[0] == 0)))
    low, high = turned.min(axis=0), turned.max(axis=0)
    scale = MAP_SIDE * (1 - 2 * _MARGIN) / max(float((high - low).max()), 1e-9)
    return np.asarray(np.rint((turned - (low + high) / 2) * scale + MAP_SIDE / 2), np.int64)
