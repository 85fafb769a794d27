"""Papers as vectors of meaning: the mean of their words, in which rare words count more.

The weights are those of related papers (logarithmic frequency times inverse document frequency), in sixteenths, so that
all sums are exact. A word that the table does not have counts as its two parts where it is a compound, else not at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.corpus import Corpus, Tokens
from generator.meaning.lexicon import Lexicon, Vectors, scale_vectors
from generator.search.entries import TEXT, TITLE
from generator.search.varints import write_number

_FINE = 16
_IN_TITLE = 2

_LOGARITHMS = np.array([0, *(round(_FINE * (1 + math.log2(n))) for n in range(1, 1000))])

Counts = Any  # a csr_array, which is published without types


def embed_papers(corpus: Corpus, parts: Mapping[str, str], lexicon: Lexicon) -> Vectors:
    """Return the vector of each paper, one a row; `parts` has the two stems of each compound, with a space between."""
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
    return np.concatenate(found)


def _embed_stems(numbers: Mapping[str, int], parts: Mapping[str, str], lexicon: Lexicon) -> NDArray[np.int64]:
    """Return a vector for each stem: that of the table, the mean of those of its two parts, or nothing."""
    sums = np.zeros((len(numbers), lexicon.vectors.shape[1]), np.int64)
    for root, n in numbers.items():
        known = [lexicon.rows[word] for word in (root, *parts.get(root, "").split()) if word in lexicon.rows]
        if root in lexicon.rows:
            sums[n] = lexicon.vectors[known[0]]
        elif known:
            sums[n] = np.rint(lexicon.vectors[known].mean(axis=0, dtype=np.float64))
    return sums


def _count(tokens: Tokens, of_word: NDArray[np.int64], run: tuple[int, int], stems: int) -> Counts:
    """Return how much each stem says of each document of a run, as a sparse matrix."""
    words = of_word[tokens.words]
    rows = np.flatnonzero(((tokens.fields == TITLE) | (tokens.fields == TEXT)) & (words >= 0))
    places = (tokens.documents[rows] - run[0], words[rows])
    times = np.where(tokens.fields[rows] == TITLE, _IN_TITLE, 1)
    counts = csr_array((times, places), shape=(run[1] - run[0], stems))
    counts.data = _LOGARITHMS[np.minimum(counts.data, len(_LOGARITHMS) - 1)]
    return counts


def _weigh_rarity(frequency: NDArray[np.int64], papers: int) -> NDArray[np.int64]:
    """Return inverse document frequencies as `rank.js` has them, in sixteenths."""
    distinct, inverse = np.unique(frequency, return_inverse=True)
    weights = [round(_FINE * math.log(1 + (papers - n + 0.5) / (n + 0.5))) for n in distinct.tolist()]
    return np.array(weights, np.int64)[inverse]


def pack_cell(papers: NDArray[np.int64], vectors: Vectors) -> bytes:
    """Return the papers of a cell: how many, the steps between their numbers as varints, their vectors."""
    out = bytearray()
    write_number(out, len(papers))
    for step in np.diff(papers, prepend=0).tolist():
        write_number(out, step)
    body: bytes = vectors[papers].tobytes()
    return bytes(out) + body


def pack_centres(vectors: Vectors, centres: Vectors, names: Sequence[str]) -> bytes:
    """Return the names of the cells, the mean of all papers, rounded, and the centres of the cells."""
    mean = np.rint(vectors.mean(axis=0, dtype=np.float64)).astype(np.int8)
    numbers: bytes = mean.tobytes() + centres.tobytes()
    return "".join(names).encode() + numbers
