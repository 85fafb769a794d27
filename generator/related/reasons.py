"""Reasons why two papers are related: distinctive terms of both papers, in the spelling of the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.model import Paper
from generator.related.vectors import Ints, TermVectors
from generator.text.boilerplate import PROSE

_REASONS = 3
_LONGEST = 4
"""The maximum number of words in a compound."""
_RARE = 12
"""A term is not distinctive if more than 8 papers, and more than a twelfth of all papers, contain it."""
_FEWEST = 8
_AT_ONCE = 8_192
_Term = tuple[str, ...]
"""A term in the spelling of a paper: its words, with a hyphen or a space between them as separate items."""


def find_distinctive(vectors: TermVectors, vocabulary: Sequence[str]) -> NDArray[np.bool_]:
    """Return for each term, as a boolean array, whether it is distinctive, that is, can be a reason.

    A distinctive term occurs in few papers. None of its words is a general word of abstracts (`PROSE`), unless a paper joins
    the two words with a hyphen (`long-context`).
    """
    prose = np.fromiter((word in PROSE for word in vocabulary), np.bool_, len(vocabulary))
    number = max(1, vectors.number)
    common = np.bincount(vectors.terms, minlength=number) > max(_FEWEST, (len(vectors.starts) - 1) // _RARE)
    hyphenated, general = np.zeros(number, np.bool_), np.zeros(number, np.bool_)
    hyphenated[vectors.terms[vectors.hyphens]] = True
    pair = vectors.before >= 0
    general[vectors.terms[prose[vectors.words] | (pair & prose[vectors.before])]] = True
    return ~common & (hyphenated | ~general)


def explain(  # noqa: PLR0913 (all are properties of the same pairs)
    vectors: TermVectors,
    matrix: csr_matrix,
    distinctive: NDArray[np.bool_],
    one: Ints,
    two: Ints,
    *,
    papers: Sequence[Paper],
    vocabulary: Sequence[str],
) -> Iterator[tuple[str, ...]]:
    """Yield for each pair up to three distinctive terms of both papers, those with the largest weights first.

    Terms are in the spelling of the first paper and are extended to whole compounds. No word occurs in two of them.

    Args:
        vectors: the terms of each paper.
        matrix: the weights in `vectors`, with one row for each paper.
        distinctive: for each term, whether it is distinctive (`find_distinctive`).
        one: the number of the first paper of each pair, ascending.
        two: the number of the second paper of each pair.
        papers: all papers by number.
        vocabulary: the words of the corpus by number.
    """
    # Rows and terms are sorted in the vectors, so one search finds the spelling of each term in the first paper.
    keys = np.repeat(np.arange(matrix.shape[0]), np.diff(vectors.starts)) * vectors.number + vectors.terms
    for start in range(0, len(one), _AT_ONCE):
        rows = one[start : start + _AT_ONCE]
        shared = matrix[rows].multiply(matrix[two[start : start + _AT_ONCE]]).tocoo()
        places = np.searchsorted(keys, rows[shared.row] * vectors.number + shared.col)
        chosen, pair = distinctive[shared.col], vectors.before[places] >= 0
        kept = np.flatnonzero(chosen | pair)
        kept = kept[np.lexsort((shared.col[kept], ~pair[kept], -shared.data[kept], shared.row[kept]))]
        places, flags = places[kept], chosen[kept].tolist()
        ends = np.searchsorted(shared.row[kept], np.arange(len(rows) + 1)).tolist()
        before, last = vectors.before[places].tolist(), vectors.words[places].tolist()
        hyphens = vectors.hyphens[places].tolist()
        text, row = _Text(papers[0]), -1
        for (first, end), paper in zip(pairwise(ends), rows.tolist(), strict=True):
            if paper != row:
                text, row = _Text(papers[paper]), paper
            terms = [
                (vocabulary[before[n]], "-" if hyphens[n] else " ", vocabulary[last[n]])
                if before[n] >= 0
                else (vocabulary[last[n]],)
                for n in range(first, end)
            ]
            yield tuple(_choose(terms, flags[first:end], text))


class _Text:
    """All text of a paper, in which case-folded phrases are looked up."""

    def __init__(self, paper: Paper) -> None:
        texts = (paper.title_text, paper.summary_text, paper.abstract_text)
        self._text = "\n".join(text.plain for text in texts)
        lower = self._text.lower()
        if len(lower) != len(self._text):
            lower = "".join(low if len(low := c.lower()) == 1 else c for c in self._text)
        self._lower = lower

    def has(self, phrase: str) -> bool:
        """Return whether the text contains a case-folded phrase."""
        return phrase in self._lower

    def find(self, phrase: str) -> str:
        """Return a case-folded phrase in the spelling of the text.

        The result is empty if the phrase occurs only inside longer words or compounds. If it is not found, because folding
        changed more than the letter case, it is returned unchanged.
        """
        at = self._lower.find(phrase)
        if at < 0 or not phrase.isascii():
            return phrase
        while at >= 0:
            end = at + len(phrase)
            around = self._lower[max(0, at - 1) : at] + self._lower[end : end + 1]
            if not any(c.isalnum() or c == "-" for c in around):
                return self._text[at:end]
            at = self._lower.find(phrase, at + 1)
        return ""


def _choose(terms: Sequence[_Term], flags: Sequence[bool], text: _Text) -> Iterable[str]:
    """Return the terms that readers see for one pair. `terms` contains all common terms, those with the largest weights first."""
    used: set[str] = set()
    found: dict[str, str] = {}
    for term, flag in zip(terms, flags, strict=True):
        if flag and used.isdisjoint(term[::2]):
            whole = _complete(term, terms, used, text) if len(term) > 1 else term
            used.update(whole[::2])
            if phrase := text.find("".join(whole)):
                found.setdefault(phrase.lower().replace("-", "").replace(" ", ""), phrase)
            if len(found) == _REASONS:
                break
    chosen = ("".join(term) for term, flag in zip(terms, flags, strict=True) if flag)
    return found.values() or [*islice(chosen, 1)]


def _complete(term: _Term, terms: Sequence[_Term], used: set[str], text: _Text) -> _Term:
    """Return the longest compound around a pair of words whose pairs occur in both papers and which the first paper contains."""
    pairs = [
        other for other in terms if len(other) > 1 and used.isdisjoint(other[::2]) and PROSE.isdisjoint(other)
    ]
    while len(term) < 2 * _LONGEST - 1:
        longer = [(*term, *other[1:]) for other in pairs if other[0] == term[-1] and other[-1] not in term]
        longer += [(*other[:-1], *term) for other in pairs if other[-1] == term[0] and other[0] not in term]
        whole = next((each for each in longer if text.has("".join(each))), None)
        if whole is None:
            break
        term = whole
    return term
