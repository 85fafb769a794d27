"""Why two papers are related: rare terms that both have, as the first one writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from generator.model import Paper
from generator.related.vectors import Ints, Vectors
from generator.text.boilerplate import PROSE

_REASONS = 3
_LONGEST = 4
"""Words of a compound."""
_RARE = 12
"""A term that more than a twelfth of the papers have is no reason, in shelves of about a hundred papers or more."""
_FEWEST = 8
_AT_ONCE = 8_192
_Term = tuple[str, ...]
"""A term as a paper writes it: words, with a hyphen or a space between two."""


def find_telling(vectors: Vectors, vocabulary: Sequence[str]) -> NDArray[np.bool_]:
    """Return for each term whether it is a reason: few papers have it, and it is no prose of abstracts and summaries.

    Of two words none may be prose, unless a paper joins them by a hyphen (`long-context`).
    """
    prose = np.fromiter((word in PROSE for word in vocabulary), np.bool_, len(vocabulary))
    number = max(1, vectors.number)
    common = np.bincount(vectors.terms, minlength=number) > max(_FEWEST, (len(vectors.starts) - 1) // _RARE)
    hyphenated, said = np.zeros(number, np.bool_), np.zeros(number, np.bool_)
    hyphenated[vectors.terms[vectors.hyphens]] = True
    pair = vectors.before >= 0
    said[vectors.terms[prose[vectors.words] | (pair & prose[vectors.before])]] = True
    return ~common & (hyphenated | ~said)


def explain(  # noqa: PLR0913 (what there is to know of the pairs)
    vectors: Vectors,
    matrix: csr_matrix,
    telling: NDArray[np.bool_],
    one: Ints,
    two: Ints,
    *,
    papers: Sequence[Paper],
    vocabulary: Sequence[str],
) -> Iterator[tuple[str, ...]]:
    """Yield for each pair the heaviest telling terms that both have, as the first paper writes them, in whole compounds.

    `one` is in order. A word in a chosen term is not repeated.
    """
    # Rows and terms are in order in the vectors, so one search finds where the first paper writes each term.
    keys = np.repeat(np.arange(matrix.shape[0]), np.diff(vectors.starts)) * vectors.number + vectors.terms
    for start in range(0, len(one), _AT_ONCE):
        rows = one[start : start + _AT_ONCE]
        shared = matrix[rows].multiply(matrix[two[start : start + _AT_ONCE]]).tocoo()
        places = np.searchsorted(keys, rows[shared.row] * vectors.number + shared.col)
        told, pair = telling[shared.col], vectors.before[places] >= 0
        kept = np.flatnonzero(told | pair)
        kept = kept[np.lexsort((shared.col[kept], ~pair[kept], -shared.data[kept], shared.row[kept]))]
        places, tells = places[kept], told[kept].tolist()
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
            yield tuple(_choose(terms, tells[first:end], text))


class _Text:
    """All text of a paper, in which folded phrases are found."""

    def __init__(self, paper: Paper) -> None:
        texts = (paper.title_text, paper.summary_text, paper.abstract_text)
        self._text = "\n".join(text.plain for text in texts)
        lower = self._text.lower()
        if len(lower) != len(self._text):
            lower = "".join(low if len(low := c.lower()) == 1 else c for c in self._text)
        self._lower = lower

    def has(self, phrase: str) -> bool:
        """Return whether a folded phrase stands in the text."""
        return phrase in self._lower

    def find(self, phrase: str) -> str:
        """Return a folded phrase as the text writes it; nothing where it stands there only within longer words or compounds.

        A phrase that is not found, as folding changed more than the letter case, is returned as it is.
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


def _choose(terms: Sequence[_Term], tells: Sequence[bool], text: _Text) -> Iterable[str]:
    """Return the terms of one pair that readers are shown, from all that both have, the heaviest first."""
    said: set[str] = set()
    found: dict[str, str] = {}
    for term, tell in zip(terms, tells, strict=True):
        if tell and said.isdisjoint(term[::2]):
            whole = _complete(term, terms, said, text) if len(term) > 1 else term
            said.update(whole[::2])
            if phrase := text.find("".join(whole)):
                found.setdefault(phrase.lower().replace("-", "").replace(" ", ""), phrase)
            if len(found) == _REASONS:
                break
    told = ("".join(term) for term, tell in zip(terms, tells, strict=True) if tell)
    return found.values() or [*islice(told, 1)]


def _complete(term: _Term, terms: Sequence[_Term], said: set[str], text: _Text) -> _Term:
    """Return the compound that a pair of words is part of, as far as both papers have it and the first one writes it so."""
    pairs = [
        other for other in terms if len(other) > 1 and said.isdisjoint(other[::2]) and PROSE.isdisjoint(other)
    ]
    while len(term) < 2 * _LONGEST - 1:
        longer = [(*term, *other[1:]) for other in pairs if other[0] == term[-1] and other[-1] not in term]
        longer += [(*other[:-1], *term) for other in pairs if other[-1] == term[0] and other[0] not in term]
        whole = next((each for each in longer if text.has("".join(each))), None)
        if whole is None:
            break
        term = whole
    return term
