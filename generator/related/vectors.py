"""Vectors of papers by their words: TF-IDF weights of stems and pairs of stems, as integers.

Weights follow the usual formula with logarithmic term frequency (Manning, Raghavan, Schütze: Introduction to Information
Retrieval, 6.2–6.4). They are integers, so sums are exact in any order, and the same shelf has the same related papers on every
computer. Inverse document frequencies are rounded to halves, so that adding a paper changes few of them. Terms in more than 300
papers are left out, because they distinguish little. So run time is linear in the number of papers.
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
"""The approximate length of a paper's vector."""
_FIELD_WEIGHTS = np.array([2, 1, 1])  # title, summary, abstract
_TERMS_KEPT = 120
_WIDEST_SHARE = 0.6
_WIDEST = 300
_FINE = 16  # logarithmic term frequencies are in units of 1/16
_HALF = 32
_SHORTEST = 2
_IGNORED = STOP_WORDS | BOILERPLATE

Ints = NDArray[np.int64]


class TermVectors(Struct, frozen=True):
    """The terms of each paper with the largest weights, sorted by number, and their spelling in this paper.

    Except `starts`, each array has one entry for each term of each paper.
    """

    starts: Ints
    """The index of each paper's first term, and the end of the last paper's terms."""
    terms: NDArray[np.int32]
    weights: NDArray[np.int32]
    words: NDArray[np.int32]
    """The number of the term's last word in the vocabulary, in the first spelling of the paper."""
    before: NDArray[np.int32]
    """The number of the word before it if the term has two words, otherwise -1."""
    hyphens: NDArray[np.bool_]
    """Whether the paper writes a hyphen between the two words."""
    number: int
    """The number of distinct terms."""


class _Run(Struct):
    """The terms of one run of documents, sorted by term and document."""

    keys: Ints
    """The distinct terms: the number of the first stem plus one in the upper 32 bits, and that of the second, or 0, in the lower."""
    frequency: Ints
    of_key: NDArray[np.int32]
    documents: NDArray[np.int32]
    counts: NDArray[np.int32]
    words: NDArray[np.int32]
    before: NDArray[np.int32]
    hyphens: NDArray[np.bool_]


def build_vectors(corpus: Corpus) -> TermVectors:
    """Return the vectors of all papers in a corpus, whose fields must be title, summary and abstract.

    A vector has at most 120 terms. Terms of a single paper are left out. Words in the title count twice.
    """
    stems, of_word = corpus.number_stems()
    joined = _Joined(list(corpus.vocabulary), stems)
    descriptive = np.fromiter(map(_is_descriptive, corpus.vocabulary), np.bool_, len(corpus.vocabulary))
    runs = [_count(corpus.read(*run), of_word, descriptive, joined) for run in corpus.list_runs()]
    keys = np.unique(np.concatenate([np.zeros(0, np.int64), *(run.keys for run in runs)]))
    places = [np.searchsorted(keys, run.keys) for run in runs]
    frequency = np.zeros(len(keys), np.int64)
    for run, at in zip(runs, places, strict=True):
        frequency[at] += run.frequency
    widest = max(8, min(_WIDEST, int(len(corpus) * _WIDEST_SHARE)))
    distinctive = (frequency > 1) & (frequency <= widest)
    numbers = np.cumsum(distinctive, dtype=np.int64) - 1
    rarity = _weigh_rarity(np.maximum(frequency, 1), len(corpus))
    parts = []
    for run, at in zip(runs, places, strict=True):
        of_key = at[run.of_key]
        kept = np.flatnonzero(distinctive[of_key])
        of_key = of_key[kept]
        weights = _LOGARITHMS[np.minimum(run.counts[kept], len(_LOGARITHMS) - 1)] * rarity[of_key]
        parts.append(_choose(run, kept, numbers[of_key], weights))
    lengths = np.zeros(len(corpus) + 1, np.int64)
    documents, terms, scaled, words, before, hyphens = (
        np.concatenate([p[n] for p in parts] or [np.zeros(0, np.int32)]) for n in range(6)
    )
    np.add.at(lengths, documents + 1, 1)
    return TermVectors(
        np.cumsum(lengths), terms, scaled, words, before, hyphens.astype(np.bool_), int(distinctive.sum())
    )


_LOGARITHMS = np.array([0, *(round(_FINE * (1 + math.log2(n))) for n in range(1, 1000))])


def _weigh_rarity(frequency: Ints, papers: int) -> Ints:
    """Return the inverse document frequencies in units of 1/2."""
    distinct, inverse = np.unique(frequency, return_inverse=True)
    return np.array([round(2 * math.log2(1 + papers / n)) for n in distinct.tolist()], np.int64)[inverse]


def _is_descriptive(word: str) -> bool:
    """Return whether a word can describe a paper: no stop word, boilerplate, number or single character."""
    return word not in _IGNORED and len(word) >= _SHORTEST and not word.isdigit()


class _Joined(dict[int, int]):
    """The number of the stem of two words written as one, by the key of the pair; -1 if no text writes them as one."""

    def __init__(self, words: Sequence[str], stems: dict[str, int]) -> None:
        self._words, self._stems = words, stems

    def __missing__(self, key: int) -> int:
        word = self._words[key >> _HALF] + self._words[key & (1 << _HALF) - 1]
        self[key] = number = self._stems.get(stem(word), -1)
        return number


def _count(tokens: Tokens, of_word: Ints, descriptive: NDArray[np.bool_], joined: _Joined) -> _Run:
    """Return the terms of a run of documents: stems, pairs of neighbouring stems, and hyphenated pairs as one word."""
    roots = of_word[tokens.words] + 1
    single = np.flatnonzero(descriptive[tokens.words])
    pairs = tokens.find_neighbours(descriptive)
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
    """Return the terms of each document with the largest weights, sorted by number, with weights scaled to the length `SCALE`."""
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
