"""Related papers: near by their words, by what these mean and by their topics, each with the reason.

Those that share the heaviest words are compared by all three: the cosine of their words (`vectors.py`), that of what the words
mean (`meaning.py`), and that of their topics, in which rare ones count more. So the work is linear in the number of papers. The
shares were measured by `benchmarks/related.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from generator.corpus import Corpus, read_papers
from generator.meaning.lexicon import load_lexicon
from generator.model import Paper, Placement, Related
from generator.related.balance import balance
from generator.related.meaning import LENGTH, place_papers
from generator.related.meaning import Papers as Placed
from generator.related.reasons import explain, find_telling
from generator.related.topics import Topics, read_topics
from generator.related.vectors import SCALE, Ints, Vectors, build_vectors

FLOOR = 320_000
"""The score from which on papers are related; the nearest one is, however far it is. One million is a paper and itself."""
_CANDIDATES = 30
"""Papers with the heaviest words in common that are compared."""
_SPARE = 5  # of them kept beyond what is wanted, for the balance
_MEANING, _TOPICS = 40, 20
"""Per cent of the nearness of texts that their meaning is, and of the whole that topics are."""
_AT_ONCE, _PAIRS = 1_024, 32_768


def find_related(
    papers: Mapping[str, Paper],
    *,
    number: int,
    corpus: Corpus | None = None,
    placements: Mapping[str, Sequence[Placement]] | None = None,
    floor: int = FLOOR,
) -> dict[str, tuple[Related, ...]]:
    """Return for each paper up to `number` related ones, the nearest first, ties in the order of the papers.

    Papers without a reason are not related. No paper is in more than four lists for each of `number`, and none in nobody's
    that could be in one (`balance.py`).

    Args:
        papers: the papers by their ids, in order.
        number: how many a list has at most; one more where a paper would be in no list otherwise.
        corpus: the words of these papers in their order, when they are read.
        placements: the topics of each paper; without them, texts alone decide.
        floor: the weight that all but the nearest must have.
    """
    corpus = corpus or read_papers(papers.values())
    keys, vocabulary = list(papers), list(corpus.vocabulary)
    vectors = build_vectors(corpus)
    matrix = csr_matrix(
        (vectors.weights, vectors.terms, vectors.starts), shape=(len(keys), max(1, vectors.number))
    )
    topics = read_topics(keys, placements or {})
    telling = find_telling(vectors, vocabulary)
    turned = matrix.T.tocsr()
    meaning = place_papers(vectors, turned, vocabulary, load_lexicon())
    one, two, scores = _find_nearest(matrix, turned, meaning, topics, number + _SPARE)
    del turned, meaning
    reason = _have_reason(vectors, telling, topics, one, two)
    one, two, scores = one[reason], two[reason], scores[reason]
    lists = balance(one, two, scores, number=number, floor=floor)
    chosen = [(paper, other, -score) for paper, row in enumerate(lists) for score, other in row]
    one, two = (np.array([pair[n] for pair in chosen], np.int64) for n in range(2))
    terms = explain(vectors, matrix, telling, one, two, papers=list(papers.values()), vocabulary=vocabulary)
    related: dict[str, list[Related]] = {key: [] for key in keys}
    for (paper, other, score), why in zip(chosen, terms, strict=True):
        shared = topics.list_shared(paper, other)
        related[keys[paper]].append(Related(paper=keys[other], topics=shared, terms=why, weight=score))
    return {key: tuple(found) for key, found in related.items()}


def _find_nearest(
    matrix: csr_matrix, turned: csr_matrix, meaning: Placed, topics: Topics, number: int
) -> tuple[Ints, Ints, Ints]:
    """Return each paper with so many of the nearest others, nearest first, and how near they are; `turned` has the terms in rows."""
    found = [(np.zeros(0, np.int64),) * 3]
    for start in range(0, matrix.shape[0], _AT_ONCE):
        near = sp_matmul_topn(
            matrix[start : start + _AT_ONCE],
            turned,
            top_n=max(_CANDIDATES, 2 * number),
            threshold=0,
            n_threads=2,
        )
        one = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr)) + start
        two = near.indices.astype(np.int64)
        scores = _score(one, two, near.data.astype(np.int64), meaning, topics)
        kept = np.flatnonzero((one != two) & (scores > 0))
        kept = kept[np.lexsort((two[kept], -scores[kept], one[kept]))]
        kept = kept[np.arange(len(kept)) - np.searchsorted(one[kept], one[kept]) < number]
        found.append((one[kept], two[kept], scores[kept]))
    one, two, scores = (np.concatenate([part[n] for part in found]) for n in range(3))
    return one, two, scores


def _score(one: Ints, two: Ints, words: Ints, meaning: Placed, topics: Topics) -> Ints:
    """Return the nearness of pairs, about a million for a paper and itself; `words` has that of their words."""
    words = words * 1_000_000 // SCALE**2
    meant = np.einsum("ij,ij->i", meaning[one], meaning[two], dtype=np.int64) * 1_000_000 // LENGTH**2
    placed = np.asarray(meaning.any(axis=1), np.bool_)
    meant = np.where(placed[one] & placed[two], meant, words)
    scores: Ints = ((100 - _MEANING) * words + _MEANING * meant) // 100
    if topics.number:
        scores = ((100 - _TOPICS) * scores + _TOPICS * topics.compare(one, two)) // 100
    return scores


def _have_reason(
    vectors: Vectors, telling: NDArray[np.bool_], topics: Topics, one: Ints, two: Ints
) -> NDArray[np.bool_]:
    """Return which pairs have a telling term or topic in common."""
    told = telling[vectors.terms]
    ends = np.append(0, np.cumsum(told))[vectors.starts]
    marks = np.ones(ends[-1], np.int32)
    matrix = csr_matrix((marks, vectors.terms[told], ends), shape=(len(ends) - 1, len(telling)))
    found = np.zeros(len(one), np.bool_)
    for start in range(0, len(one), _PAIRS):
        part = slice(start, start + _PAIRS)
        rows, others = one[part], two[part]
        shared = np.asarray(matrix[rows].multiply(matrix[others]).sum(axis=1), np.int64).ravel()
        found[part] = (shared + topics.compare(rows, others, telling=True)) > 0
    return found
