"""Related papers: papers with similar words, meaning and topics, each with the reason.

For each paper, the 30 papers with the most similar words are candidates, so run time is linear in the number of papers. A
candidate's score is a weighted sum of three cosines: of the words (`vectors.py`), of their meaning (`meaning.py`), and of the
topics, in which rare topics count more (`topics.py`). The weights were chosen with `benchmarks/related.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from generator.corpus import Corpus, read_papers
from generator.meaning.embeddings import stack_embeddings
from generator.meaning.lexicon import load_lexicon
from generator.model import Paper, Placement, Related
from generator.related.balance import balance
from generator.related.meaning import LENGTH, PaperVectors, build_meaning_vectors
from generator.related.reasons import explain, find_distinctive
from generator.related.topics import Topics, read_topics
from generator.related.vectors import SCALE, Ints, TermVectors, build_vectors

FLOOR, MODEL_FLOOR = 320_000, 280_000
"""The lowest score of a related paper, and that of two papers with vectors of a sentence model, which are less alike than sums of
vectors of words. The nearest paper is related at any score. A paper and itself have a score of one million."""
_CANDIDATES = 30
"""The number of papers that each paper is compared with."""
_SPARE = 5  # candidates that are kept beyond the length of a list, for balancing the lists
_MEANING, _TOPICS = 40, 20
"""The weights in per cent: of meaning in the similarity of texts, and of topics in the score."""
_AT_ONCE, _PAIRS = 1_024, 32_768


def find_related(  # noqa: PLR0913 (what papers have in common, and how many are wanted)
    papers: Mapping[str, Paper],
    *,
    number: int,
    corpus: Corpus | None = None,
    placements: Mapping[str, Sequence[Placement]] | None = None,
    embeddings: Mapping[str, bytes] | None = None,
    floor: int | None = None,
) -> dict[str, tuple[Related, ...]]:
    """Return the related papers of each paper by its id, the nearest first and ties in the order of `papers`.

    Two papers without a common reason are not related. The lists are balanced: no paper is in more than 4 × `number` lists,
    and every paper with a related paper is in at least one (`balance.py`).

    Args:
        papers: the papers by their ids.
        number: the maximum length of a list. A list is longer by one or more if papers would otherwise be in no list.
        corpus: the words of these papers in the same order, if they were read before.
        placements: the topics of each paper by its id. Without them, the score depends on the texts only.
        embeddings: vectors of texts by a sentence model, by paper (`meaning/embeddings.py`). Without one, the vector of a
            paper is the sum of the vectors of its words.
        floor: the lowest score of a related paper, in millionths, instead of `FLOOR` and `MODEL_FLOOR`.
    """
    corpus = corpus or read_papers(papers.values())
    keys, vocabulary = list(papers), list(corpus.vocabulary)
    vectors = build_vectors(corpus)
    matrix = csr_matrix(
        (vectors.weights, vectors.terms, vectors.starts), shape=(len(keys), max(1, vectors.number))
    )
    topics = read_topics(keys, placements or {})
    distinctive = find_distinctive(vectors, vocabulary)
    turned = matrix.T.tocsr()
    embedded = stack_embeddings(keys, embeddings or {})
    meaning = build_meaning_vectors(vectors, turned, vocabulary, load_lexicon(), embedded)
    one, two, scores = _find_nearest(matrix, turned, meaning, topics, number + _SPARE)
    del turned, meaning
    reason = _have_reason(vectors, distinctive, topics, one, two)
    one, two, scores = one[reason], two[reason], scores[reason]
    floors = _choose_floors(one, two, embedded[0]) if floor is None else floor
    lists = balance(one, two, scores, number=number, floor=floors)
    chosen = [(paper, other, -score) for paper, row in enumerate(lists) for score, other in row]
    one, two = (np.array([pair[n] for pair in chosen], np.int64) for n in range(2))
    terms = explain(
        vectors, matrix, distinctive, one, two, papers=list(papers.values()), vocabulary=vocabulary
    )
    related: dict[str, list[Related]] = {key: [] for key in keys}
    for (paper, other, score), why in zip(chosen, terms, strict=True):
        shared = topics.list_shared(paper, other)
        related[keys[paper]].append(Related(paper=keys[other], topics=shared, terms=why, weight=score))
    return {key: tuple(found) for key, found in related.items()}


def _find_nearest(
    matrix: csr_matrix, turned: csr_matrix, meaning: PaperVectors, topics: Topics, number: int
) -> tuple[Ints, Ints, Ints]:
    """Return pairs of each paper and its `number` nearest papers, nearest first, with their scores. `turned` is the transposed matrix."""
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


def _score(one: Ints, two: Ints, words: Ints, meaning: PaperVectors, topics: Topics) -> Ints:
    """Return the scores of pairs, in millionths. `words` contains the dot products of their word vectors."""
    words = words * 1_000_000 // SCALE**2
    meant = np.einsum("ij,ij->i", meaning[one], meaning[two], dtype=np.int64) * 1_000_000 // LENGTH**2
    placed = np.asarray(meaning.any(axis=1), np.bool_)
    meant = np.where(placed[one] & placed[two], meant, words)
    scores: Ints = ((100 - _MEANING) * words + _MEANING * meant) // 100
    if topics.number:
        scores = ((100 - _TOPICS) * scores + _TOPICS * topics.compare(one, two)) // 100
    return scores


def _choose_floors(one: Ints, two: Ints, embedded: Ints) -> Ints:
    """Return the lowest score at which each pair is related, by the numbers of the papers with a vector of a model."""
    has = np.isin(np.arange(1 + max(one.max(initial=0), two.max(initial=0))), embedded)
    floors: Ints = np.where(has[one] & has[two], MODEL_FLOOR, FLOOR)
    return floors


def _have_reason(
    vectors: TermVectors, distinctive: NDArray[np.bool_], topics: Topics, one: Ints, two: Ints
) -> NDArray[np.bool_]:
    """Return for each pair whether both papers have a distinctive term or topic in common."""
    kept = distinctive[vectors.terms]
    ends = np.append(0, np.cumsum(kept))[vectors.starts]
    marks = np.ones(ends[-1], np.int32)
    matrix = csr_matrix((marks, vectors.terms[kept], ends), shape=(len(ends) - 1, len(distinctive)))
    found = np.zeros(len(one), np.bool_)
    for start in range(0, len(one), _PAIRS):
        part = slice(start, start + _PAIRS)
        rows, others = one[part], two[part]
        shared = np.asarray(matrix[rows].multiply(matrix[others]).sum(axis=1), np.int64).ravel()
        found[part] = (shared + topics.compare(rows, others, distinctive=True)) > 0
    return found
