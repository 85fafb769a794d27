"""Compounds: words with several spellings (`multimodal`, `multi-modal`, `multi modal`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.corpus import Corpus, Tokens
from generator.search.entries import TEXT, TITLE

_SHORTEST = 5
_HALF = 32


class Compounds(Struct, frozen=True):
    """The closed spelling of each compound with its parts, and all pairs of words that form a compound."""

    parts: Mapping[str, tuple[str, str]]
    """The two parts of each compound by its closed spelling: `("multi", "modal")` for `multimodal`."""
    pairs: NDArray[np.int64]
    """The pairs as sorted keys: the number of the first word in the upper 32 bits, that of the second in the lower."""
    joined: tuple[str, ...]
    """The closed spelling of each pair, in the order of `pairs`."""

    def find(self, tokens: Tokens, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows that form a compound with the previous row, and the index in `pairs` for each of them.

        `rows` are row numbers of `tokens`, all greater than 0 (see `Tokens.find_neighbours`).
        """
        if not len(self.pairs):
            return rows[:0], rows[:0]
        keys = _key(tokens, rows)
        at = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
        hit = self.pairs[at] == keys
        return rows[hit], at[hit]


def _key(tokens: Tokens, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return tokens.words[rows - 1] << _HALF | tokens.words[rows]


def find_compounds(corpus: Corpus, parts: NDArray[np.bool_], segments: Iterable[Tokens]) -> Compounds:
    """Return the compounds of a corpus.

    Two neighbouring words form a compound if a text joins them with a hyphen, or if one text separates them with a space
    and another writes them as one word. Only titles and texts count.

    Args:
        corpus: the words of all papers, with the fields of `entries.py`.
        parts: for each word of the vocabulary, whether it can be a part of a compound.
        segments: the tokens of all documents, a run of documents at a time.
    """
    words = list(corpus.vocabulary)
    candidates = np.sort(np.fromiter((k for w in words for k, _, _ in _cut(w, corpus, parts)), np.int64))
    seen = np.zeros(len(words), np.bool_)
    hyphenated, spaced = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for tokens in segments:
        placed = (tokens.fields == TITLE) | (tokens.fields == TEXT)
        seen[tokens.words[placed]] = True
        rows = tokens.find_neighbours(parts)
        rows = rows[placed[rows]]
        keys, by_hyphen = _key(tokens, rows), tokens.is_hyphenated()[rows]
        hyphenated = np.union1d(hyphenated, keys[by_hyphen])
        spaced = np.union1d(spaced, keys[~by_hyphen & np.isin(keys, candidates)])
    joined = _choose(words, hyphenated)
    for key, pair in _choose(words, spaced).items():
        if seen[corpus.vocabulary[key]]:
            joined.setdefault(key, pair)
    pairs = sorted((key, word) for word in joined for key, _, _ in _cut(word, corpus, parts))
    return Compounds(joined, np.array([key for key, _ in pairs], np.int64), tuple(word for _, word in pairs))


def _cut(word: str, corpus: Corpus, parts: NDArray[np.bool_]) -> Iterator[tuple[int, str, str]]:
    """Yield each way to divide a word into two words of the vocabulary: the key of the pair, and its two words."""
    if len(word) < _SHORTEST:
        return
    known = corpus.vocabulary
    for at in range(2, len(word) - 1):
        one = known.get(word[:at])
        if one is None or not parts[one]:
            continue
        two = known.get(word[at:])
        if two is not None and parts[two]:
            yield one << _HALF | two, word[:at], word[at:]


def _choose(words: list[str], pairs: NDArray[np.int64]) -> dict[str, tuple[str, str]]:
    """Return each closed spelling with its parts. If several pairs form one word, the first in alphabetical order counts."""
    found: dict[str, tuple[str, str]] = {}
    for key in pairs.tolist():
        one, two = words[key >> _HALF], words[key & (1 << _HALF) - 1]
        if len(one) + len(two) >= _SHORTEST:
            found[one + two] = min(found.get(one + two, (one, two)), (one, two))
    return found
