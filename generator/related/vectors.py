"""Papers as vectors: TF-IDF weights of words and pairs of words, as integers.

Weights follow the usual formula with logarithmic term frequency (Manning, Raghavan, Schütze: Introduction to Information
Retrieval, 6.2–6.4). They are whole numbers, so that sums are exact in any order and the same shelf has the same
neighbours everywhere. Inverse document frequencies are rounded to halves, so that one more paper moves few of them. A
term that more than a few hundred papers share tells nothing apart and is left out, which keeps the work linear.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.corpus import Corpus, Tokens
from generator.text.boilerplate import BOILERPLATE
from generator.text.words import STOP_WORDS, stem

SCALE = 1000
"""The length of a paper's vector, about."""
_FIELD_WEIGHTS = np.array([2, 1, 1])  # title, summary, abstract
_TERMS_KEPT = 120
_WIDEST_SHARE = 0.6
_WIDEST = 300
_FINE = 16  # steps of a logarithmic term frequency
_HALF = 32
_SHORTEST = 2
_IGNORED = STOP_WORDS | BOILERPLATE

Ints = NDArray[np.int64]


class Vectors(Struct, frozen=True):
    """One row a paper: the numbers of its heaviest terms in their order, their weights, and how it writes them."""

    starts: Ints
    """Where each paper's terms begin, and the end of the last."""
    terms: NDArray[np.int32]
    weights: NDArray[np.int32]
    words: NDArray[np.int32]
    """The word of the vocabulary that a term ends with, as the paper writes it first."""
    before: NDArray[np.int32]
    """The word before it, where the term is of two words; else -1."""
    hyphens: NDArray[np.bool_]
    """Whether the paper writes a hyphen between the two."""
    number: int
    """How many terms there are."""


class _Run(Struct):
    """The terms of one run of documents, sorted by term and document."""

    keys: Ints
    """The distinct terms: the numbers of two stems plus one each, of which the second may be missing."""
    frequency: Ints
    of_key: NDArray[np.int32]
    documents: NDArray[np.int32]
    counts: NDArray[np.int32]
    words: NDArray[np.int32]
    before: NDArray[np.int32]
    hyphens: NDArray[np.bool_]


def build_vectors(corpus: Corpus) -> Vectors:
    """Return the vectors of all papers of a corpus with the fields title, summary and abstract."""
    stems, of_word = corpus.number_stems()
    joined = _Joined(list(corpus.vocabulary), stems)
    says = np.fromiter(map(_says_something, corpus.vocabulary), np.bool_, len(corpus.vocabulary))
    runs = [_count(corpus.read(*run), of_word, says, joined) for run in corpus.list_runs()]
    keys = np.unique(np.concatenate([np.zeros(0, np.int64), *(run.keys for run in runs)]))
    places = [np.searchsorted(keys, run.keys) for run in runs]
    frequency = np.zeros(len(keys), np.int64)
    for run, at in zip(runs, places, strict=True):
        frequency[at] += run.frequency
    widest = max(8, min(_WIDEST, int(len(corpus) * _WIDEST_SHARE)))
    telling = (frequency > 1) & (frequency <= widest)
    numbers = np.cumsum(telling, dtype=np.int64) - 1
    rarity = _weigh_rarity(np.maximum(frequency, 1), len(corpus))
    parts = []
    for run, at in zip(runs, places, strict=True):
        of_key = at[run.of_key]
        kept = np.flatnonzero(telling[of_key])
        of_key = of_key[kept]
        weights = _LOGARITHMS[np.minimum(run.counts[kept], len(_LOGARITHMS) - 1)] * rarity[of_key]
        parts.append(_choose(run, kept, numbers[of_key], weights))
    lengths = np.zeros(len(corpus) + 1, np.int64)
    documents, terms, scaled, words, before, hyphens = (
        np.concatenate([p[n] for p in parts] or [np.zeros(0, np.int32)]) for n in range(6)
    )
    np.add.at(lengths, documents + 1, 1)
    return Vectors(
        np.cumsum(lengths), terms, scaled, words, before, hyphens.astype(np.bool_), int(telling.sum())
    )


_LOGARITHMS = np.array([0, *(round(_FINE * (1 + math.log2(n))) for n in range(1, 1000))])


def _weigh_rarity(frequency: Ints, papers: int) -> Ints:
    """Return the inverse document frequencies, in halves."""
    distinct, inverse = np.unique(frequency, return_inverse=True)
    return np.array([round(2 * math.log2(1 + papers / n)) for n in distinct.tolist()], np.int64)[inverse]


def _says_something(word: str) -> bool:
    """Return whether a word says what a paper is about."""
    return word not in _IGNORED and len(word) >= _SHORTEST and not word.isdigit()


class _Joined(dict[int, int]):
    """The stem of two words written in one, by the key of the pair; -1 where nobody writes them so."""

    def __init__(self, words: Sequence[str], stems: dict[str, int]) -> None:
        self._words, self._stems = words, stems

    def __missing__(self, key: int) -> int:
        word = self._words[key >> _HALF] + self._words[key & (1 << _HALF) - 1]
        self[key] = number = self._stems.get(stem(word), -1)
        return number


def _count(tokens: Tokens, of_word: Ints, says: NDArray[np.bool_], joined: _Joined) -> _Run:
    """Return the terms of a run of documents: stems, pairs of neighbours, and pairs with a hyphen as one word."""
    roots = of_word[tokens.words] + 1
    single = np.flatnonzero(says[tokens.words])
    pairs = tokens.find_neighbours(says)
    hyphenated = pairs[tokens.is_hyphenated()[pairs]]
    written, of_pair = np.unique(
        tokens.words[hyphenated - 1] << _HALF | tokens.words[hyphenated], return_inverse=True
    )
    in_one = np.array([joined[key] for key in written.tolist()], np.int64)[of_pair]
    hyphenated, in_one = hyphenated[in_one >= 0], in_one[in_one >= 0]
    rows = np.concatenate([single, pairs, hyphenated])
    keys = np.concatenate(
        [roots[single] << _HALF, roots[pairs - 1] << _HALF | roots[pairs], in_one + 1 << _HALF]
    )
    alone = np.concatenate([np.ones(len(single), np.bool_), np.zeros(len(pairs) + len(hyphenated), np.bool_)])
    order = np.argsort(rows, kind="stable")
    order = order[np.argsort(keys[order], kind="stable")]
    keys, rows, alone = keys[order], rows[order], alone[order]
    documents = tokens.documents[rows]
    new_key = np.diff(keys, prepend=-1) != 0
    heads = np.flatnonzero(new_key | (np.diff(documents, prepend=-1) != 0))
    if not len(heads):
        nothing = np.zeros(0, np.int32)
        return _Run(keys, keys, nothing, nothing, nothing, nothing, nothing, nothing.astype(np.bool_))
    counts = np.add.reduceat(_FIELD_WEIGHTS[tokens.fields[rows]], heads)
    of_key = np.cumsum(new_key[heads]) - 1
    first = rows[heads]
    before = np.where(alone[heads], -1, tokens.words[first - 1])
    return _Run(
        keys[new_key],
        np.bincount(of_key),
        of_key.astype(np.int32),
        documents[heads].astype(np.int32),
        counts.astype(np.int32),
        tokens.words[first].astype(np.int32),
        before.astype(np.int32),
        tokens.is_hyphenated()[first] & (before >= 0),
    )


def _choose(run: _Run, kept: Ints, terms: Ints, weights: Ints) -> tuple[NDArray[Any], ...]:
    """Return the heaviest terms of each document of a run, in the order of terms, with weights for a length of `SCALE`."""
    documents = run.documents[kept]
    order = np.lexsort((terms, -weights, documents))
    sorted_documents = documents[order]
    heads = np.flatnonzero(np.diff(sorted_documents, prepend=-1))
    rank = np.arange(len(order)) - np.repeat(heads, np.diff(np.append(heads, len(order))))
    chosen = np.sort(order[rank < _TERMS_KEPT])
    chosen = chosen[np.argsort(documents[chosen], kind="stable")]
    documents, weights = documents[chosen], weights[chosen]
    squares = np.bincount(documents, weights=weights.astype(np.float64) ** 2)
    scaled = np.rint(weights / np.sqrt(squares)[documents] * SCALE)
    at = kept[chosen]
    return (
        documents,
        terms[chosen].astype(np.int32),
        scaled.astype(np.int32),
        run.words[at],
        run.before[at],
        run.hyphens[at],
    )
