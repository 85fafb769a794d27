"""Related papers: the nearest by cosine, with the heaviest shared terms as the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from generator.corpus import Corpus, read_papers
from generator.model import Paper, Related
from generator.related.vectors import Ints, Vectors, build_vectors

_REASONS = 3
_SPARE = 8  # asked for beyond what is wanted, so that papers as near as each other are put in order


def find_related(
    papers: Mapping[str, Paper], *, number: int, corpus: Corpus | None = None
) -> dict[str, tuple[Related, ...]]:
    """Return for each paper the `number` nearest others, nearest first, ties by id; fewer where fewer share a term.

    `corpus` has the words of these papers in their order, when they are read.
    """
    corpus = corpus or read_papers(papers.values())
    keys, words = list(papers), list(corpus.vocabulary)
    vectors = build_vectors(corpus)
    matrix = csr_matrix(
        (vectors.weights, vectors.terms, vectors.starts), shape=(len(keys), max(1, vectors.number))
    )
    one, two, weights = _find_nearest(matrix, number)
    reasons = _explain(vectors, matrix, one, two, words)
    related: dict[str, list[Related]] = {key: [] for key in keys}
    for at, other, weight, terms in zip(one.tolist(), two.tolist(), weights.tolist(), reasons, strict=True):
        related[keys[at]].append(Related(paper=keys[other], terms=terms, weight=weight))
    return {key: tuple(found) for key, found in related.items()}


def _find_nearest(matrix: csr_matrix, number: int) -> tuple[Ints, Ints, Ints]:
    """Return papers, their nearest others and the weights, row by row, nearest first."""
    near = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=number + 1 + _SPARE, threshold=0, n_threads=2)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(near.indptr))
    columns, weights = near.indices.astype(np.int64), near.data.astype(np.int64)
    others = (rows != columns) & (weights > 0)
    rows, columns, weights = rows[others], columns[others], weights[others]
    order = np.lexsort((columns, -weights, rows))
    rows, columns, weights = rows[order], columns[order], weights[order]
    heads = np.searchsorted(rows, np.arange(matrix.shape[0]))
    wanted = np.arange(len(rows)) - heads[rows] < number
    return rows[wanted], columns[wanted], weights[wanted]


def _explain(
    vectors: Vectors, matrix: csr_matrix, one: Ints, two: Ints, words: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Yield for each pair the heaviest shared terms as the first paper writes them; a word in a chosen pair is not repeated."""
    step = 8192
    for start in range(0, len(one), step):
        rows = one[start : start + step]
        shared = matrix[rows].multiply(matrix[two[start : start + step]]).tocsr()
        shared.sort_indices()
        pairs = np.repeat(np.arange(len(rows)), np.diff(shared.indptr))
        # Rows and terms are in order in the vectors, so one search finds where the first paper writes each term.
        keys = np.repeat(np.arange(matrix.shape[0]), np.diff(vectors.starts)) * vectors.number + vectors.terms
        places = np.searchsorted(keys, rows[pairs] * vectors.number + shared.indices)
        before = vectors.before[places]
        order = np.lexsort((shared.indices, before < 0, -shared.data, pairs))
        ends = shared.indptr.tolist()
        places, before = places[order], before[order].tolist()
        last, hyphens = vectors.words[places].tolist(), vectors.hyphens[places].tolist()
        for first, end in pairwise(ends):
            chosen: list[str] = []
            said: set[str] = set()
            for at in range(first, end):
                term = (words[before[at]], words[last[at]]) if before[at] >= 0 else (words[last[at]],)
                if said.isdisjoint(term):
                    said.update(term)
                    chosen.append(term[0] if len(term) == 1 else ("-" if hyphens[at] else " ").join(term))
                    if len(chosen) == _REASONS:
                        break
            yield tuple(chosen)
