"""Vectors of papers for search by meaning: the weighted mean of the vectors of their words.

The weight of a word is its logarithmic frequency in the paper times its inverse document frequency, as for related papers.
Weights are integers in units of 1/16, so all sums are exact. A compound that the table does not contain gets the mean of the
vectors of its two parts. Other unknown words are ignored.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.corpus import Corpus, Tokens
from generator.meaning.embeddings import Embedded
from generator.meaning.lexicon import Lexicon, Vectors, scale_vectors
from generator.search.entries import TEXT, TITLE
from generator.search.varints import write_varint

_FINE = 16
_IN_TITLE = 2

_LOGARITHMS = np.array([0, *(round(_FINE * (1 + math.log2(n))) for n in range(1, 1000))])

Counts = Any  # a csr_array, which is published without types


def embed_papers(
    corpus: Corpus,
    parts: Mapping[str, str],
    lexicon: Lexicon,
    embedded: Embedded | None = None,
) -> Vectors:
    """Return the vectors of all papers, one row for each, scaled to the length `LENGTH` and rounded to integers.

    The vector of a paper without any known word contains only zeros. A word in the title counts twice.

    Args:
        corpus: the words of all papers, with the fields of `entries.py`.
        parts: the two stems of each compound by its own stem, with a space between them.
        lexicon: the table of word vectors.
        embedded: papers with a vector by a sentence model, which replaces the mean of their words, and these vectors.
    """
    roots = corpus.list_stems()
    numbers = {root: n for n, root in enumerate(dict.fromkeys(filter(None, roots)))}
    of_word = np.array([numbers.get(root, -1) for root in roots], np.int64)
    runs = [_count(corpus.read(*run), of_word, run, len(numbers)) for run in corpus.list_runs()]
    frequency = np.zeros(len(numbers), np.int64)
    for run in runs:
        frequency += np.bincount(run.indices, minlength=len(numbers))
    rarity = _weigh_rarity(frequency, len(corpus))
    vectors = _embed_stems(numbers, parts, lexicon)
    found = [np.zeros((0, vectors.shape[1]), np.int8)]
    for run in runs:
        used = np.unique(run.indices)
        found.append(scale_vectors(run[:, used] @ (vectors[used] * rarity[used, None])))
    rows = np.concatenate(found)
    if embedded:
        rows[embedded[0]] = scale_vectors(embedded[1].astype(np.int64))
    return rows


def _embed_stems(numbers: Mapping[str, int], parts: Mapping[str, str], lexicon: Lexicon) -> NDArray[np.int64]:
    """Return a vector for each stem: from the table, or the rounded mean of those of its two parts, or zeros."""
    sums = np.zeros((len(numbers), lexicon.vectors.shape[1]), np.int64)
    for root, n in numbers.items():
        known = [lexicon.rows[word] for word in (root, *parts.get(root, "").split()) if word in lexicon.rows]
        if root in lexicon.rows:
            sums[n] = lexicon.vectors[known[0]]
        elif known:
            sums[n] = np.rint(lexicon.vectors[known].mean(axis=0, dtype=np.float64))
    return sums


def _count(tokens: Tokens, of_word: NDArray[np.int64], run: tuple[int, int], stems: int) -> Counts:
    """Return the logarithmic frequency of each stem in each document of a run, as a sparse matrix with one row for each document."""
    words = of_word[tokens.words]
    rows = np.flatnonzero(((tokens.fields == TITLE) | (tokens.fields == TEXT)) & (words >= 0))
    places = (tokens.documents[rows] - run[0], words[rows])
    times = np.where(tokens.fields[rows] == TITLE, _IN_TITLE, 1)
    counts = csr_array((times, places), shape=(run[1] - run[0], stems))
    counts.data = _LOGARITHMS[np.minimum(counts.data, len(_LOGARITHMS) - 1)]
    return counts


def _weigh_rarity(frequency: NDArray[np.int64], papers: int) -> NDArray[np.int64]:
    """Return the inverse document frequencies by the formula of `rank.js`, in units of 1/16."""
    distinct, inverse = np.unique(frequency, return_inverse=True)
    weights = [round(_FINE * math.log(1 + (papers - n + 0.5) / (n + 0.5))) for n in distinct.tolist()]
    return np.array(weights, np.int64)[inverse]


def pack_cell(papers: NDArray[np.int64], vectors: Vectors) -> bytes:
    """Return the content of a cell's file.

    It contains the number of papers and the differences between their ascending numbers, as varints, and then the vectors of
    the papers with one signed byte for each number.
    """
    out = bytearray()
    write_varint(out, len(papers))
    for step in np.diff(papers, prepend=0).tolist():
        write_varint(out, step)
    body: bytes = vectors[papers].tobytes()
    return bytes(out) + body


def pack_centres(vectors: Vectors, centres: Vectors, names: Sequence[str]) -> bytes:
    """Return the content of the file of centres.

    It contains the names of the cells' files (six characters each), the rounded mean of all papers' vectors, and the centre
    of each cell, with one signed byte for each number.
    """
    mean = np.rint(vectors.mean(axis=0, dtype=np.float64)).astype(np.int8)
    numbers: bytes = mean.tobytes() + centres.tobytes()
    return "".join(names).encode() + numbers
