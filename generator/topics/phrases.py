"""Phrases of one to three words that papers share, their counts, and their usual spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from generator.corpus import Corpus, Tokens
from generator.model import Paper
from generator.text.boilerplate import BOILERPLATE
from generator.text.words import STOP_WORDS, fold, is_pair, stem
from generator.topics.classify import Phrase

FEWEST = 3
"""The minimum number of papers with a phrase."""
_BITS = 21  # of the number of a stem in a key; a key has three
_MASK = (1 << _BITS) - 1
_PARTS = frozenset(
    """algorithm algorithms data generation generative learning network networks neural process processing system
    systems training""".split()  # noqa: SIM905 (a list of words reads best as words)
)
"""Words that are meaningful only in a phrase: reinforcement learning."""
_LAST = frozenset({"model", "models", "dataset", "datasets"})
"""Words that are meaningful only at the end of a phrase: language models."""
_FIRST = frozenset({"first", "high", "low", "multi", "task"})
"""Words that are meaningful only at the start of a phrase: low-resource languages."""
_BETWEEN = frozenset({"of", "to"})
"""Words that may be the second of three: mixture of experts, text-to-speech."""
_VAGUE = frozenset(
    """aim aims analysis aspect aspects diverse explore explores exploring four five better best three important
    large larger making need needs new paradigm paradigms several simple small strong towards toward understand well""".split()  # noqa: SIM905 (a list of words reads best as words)
)
_WHOLE = 0.8
_SPELT = 30  # papers that are read to spell a phrase
_SHORTEST = 2
_TOKEN = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_TITLE_CASE = re.compile(r"[^\W\d_][a-z]+")

_Word = tuple[str, str, str]
"""The stem of a word, the word as written, and the separator before it."""
_Written = tuple[_Word, ...]
Ints = NDArray[np.int64]
Matrix = Any  # a csr_array, which is published without types


class Phrases(Struct, frozen=True):
    """Phrases as stems. Each matrix has a row for each phrase and a column for each paper."""

    stems: Sequence[Phrase]
    counts: Matrix
    """The number of occurrences of the phrase in each paper."""
    titles: Matrix
    """The number of occurrences in each title."""
    opening: NDArray[np.float64]
    """The share of occurrences without a hyphen before them; `oriented dialogue` often has one."""
    closing: NDArray[np.float64]
    """The share of occurrences not followed by another word of the same name; `multi-modal` often is."""
    whole: NDArray[np.bool_]
    """Whether the phrase is more than a part of a longer one: true for `machine translation`, false for `machine`."""


def count_phrases(corpus: Corpus) -> Phrases:
    """Return the phrases that several papers of a corpus share, sorted by their stems."""
    stems, of_word = corpus.number_stems()
    tokens = corpus.read(0, len(corpus))
    keys, rows = _list_keys(tokens, of_word[tokens.words] + 1, list(corpus.vocabulary))
    distinct, of_row = np.unique(keys, return_inverse=True)
    pairs = np.unique(of_row * len(corpus) + tokens.documents[rows])
    common = np.bincount(pairs // max(1, len(corpus)), minlength=len(distinct)) >= FEWEST
    numbers = np.cumsum(common) - 1
    kept = common[of_row]
    keys, of_row, rows = distinct[common], numbers[of_row[kept]], rows[kept]
    documents, title = tokens.documents[rows], tokens.fields[rows] == 0
    names = ["", *stems]
    phrases = [tuple(names[n] for n in _unpack(key)) for key in keys.tolist()]
    firsts = rows + 1 - np.fromiter(map(len, phrases), np.int64)[of_row]
    counts = _count(of_row, documents, len(phrases), len(corpus))
    return Phrases(
        phrases,
        counts,
        _count(of_row[title], documents[title], len(phrases), len(corpus)),
        _measure_share(of_row, ~tokens.is_hyphenated()[firsts]),
        _measure_share(of_row, ~_find_inside(tokens, list(corpus.vocabulary))[rows]),
        _find_whole(phrases, counts),
    )


def _measure_share(of_row: Ints, true: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return for each phrase the share of its occurrences for which a condition is true."""
    return np.asarray(np.bincount(of_row, weights=true) / np.bincount(of_row))


def _list_keys(tokens: Tokens, roots: Ints, words: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the key of each phrase of one, two and three words, and the row of its last word."""
    says = np.fromiter(map(_says_something, words), np.bool_)[tokens.words]
    first, between, last = (
        np.fromiter((word in some for word in words), np.bool_)[tokens.words]
        for some in (_FIRST | _PARTS, _BETWEEN | _PARTS, _LAST | _PARTS)
    )
    first, between, last = first | says, between | says, last | says
    joined = np.zeros(len(roots), np.bool_)
    joined[tokens.find_neighbours(np.ones(len(words), np.bool_))] = True
    one = np.flatnonzero(says)
    two = np.flatnonzero(joined & last)
    three = two[joined[two - 1] & between[two - 1] & first[two - 2]]
    two = two[first[two - 1]]
    keys = (
        roots[one],
        roots[two - 1] << _BITS | roots[two],
        roots[three - 2] << 2 * _BITS | roots[three - 1] << _BITS | roots[three],
    )
    return np.concatenate(keys), np.concatenate([one, two, three])


def _says_something(word: str) -> bool:
    """Return whether a word may be part of a topic's name."""
    vague = word in STOP_WORDS or word in BOILERPLATE or word in _VAGUE | _FIRST | _PARTS
    return not vague and len(word) >= _SHORTEST and not word.isdigit() and not is_pair(word)


def _unpack(key: int) -> Iterator[int]:
    """Yield the numbers of a key's stems, in the order of the words."""
    return (n for shift in (2 * _BITS, _BITS, 0) if (n := key >> shift & _MASK))


def _count(phrases: Ints, papers: Ints, *shape: int) -> Matrix:
    """Return the number of occurrences of each phrase in each paper."""
    return csr_array(coo_array((np.ones(len(phrases)), (phrases, papers)), shape=shape))


def _find_inside(tokens: Tokens, words: Sequence[str]) -> NDArray[np.bool_]:
    """Return for each word whether another word of the same name follows."""
    content = [(word not in STOP_WORDS and word not in BOILERPLATE) or word in _LAST for word in words]
    behind = tokens.find_neighbours(np.ones(len(words), np.bool_))
    inside = np.zeros(len(tokens.words), np.bool_)
    inside[behind[np.array(content, np.bool_)[tokens.words[behind]]] - 1] = True
    return inside


def _find_whole(phrases: Sequence[Phrase], counts: Matrix) -> NDArray[np.bool_]:
    """Return which phrases occur often enough outside of longer phrases."""
    papers = np.diff(counts.indptr).tolist()
    rows = {phrase: row for row, phrase in enumerate(phrases)}
    whole = np.ones(len(phrases), np.bool_)
    for phrase, number in zip(phrases, papers, strict=True):
        for part in (phrase[1:], phrase[:-1], phrase[2:], phrase[:-2]):
            row = rows.get(part)
            if row is not None and number >= _WHOLE * papers[row]:
                whole[row] = False
    return whole


class Speller:
    """Finds the usual spelling of a phrase in the papers that contain it; each paper is read once."""

    def __init__(self, papers: Sequence[Paper], phrases: Phrases) -> None:
        self._papers, self._phrases = papers, phrases
        self._read: dict[int, tuple[list[_Word], list[_Word]]] = {}
        self._spelt: dict[int, str] = {}

    def spell(self, row: int) -> str:
        """Return the phrase in its most frequent form, capitalised as within sentences."""
        if row not in self._spelt:
            self._spelt[row] = self._spell(row)
        return self._spelt[row]

    def _spell(self, row: int) -> str:
        phrase, counts = self._phrases.stems[row], self._phrases.counts
        title, text = Counter[_Written](), Counter[_Written]()
        for paper in counts.indices[counts.indptr[row] : counts.indptr[row + 1]][:_SPELT].tolist():
            for found, words in zip((title, text), self._read_paper(paper), strict=True):
                found.update(_find_written(words, phrase))
        return _choose_form(title, text)

    def _read_paper(self, number: int) -> tuple[list[_Word], list[_Word]]:
        if number not in self._read:
            paper = self._papers[number]
            text = f"{paper.summary_text.plain}\n{paper.abstract_text.plain}"
            self._read[number] = (_split_written(paper.title_text.plain), _split_written(text))
        return self._read[number]


def _split_written(text: str) -> list[_Word]:
    """Return the words of a text."""
    text = _POSSESSIVE.sub("", text)
    end, found = 0, []
    for match in _TOKEN.finditer(text):
        found.append((stem(fold(match[0])), match[0], text[end : match.start()]))
        end = match.end()
    return found


def _find_written(words: Sequence[_Word], phrase: Phrase) -> Iterator[_Written]:
    """Yield the occurrences of a phrase."""
    size = len(phrase)
    for at, (root, _, _) in enumerate(words):
        if root == phrase[0] and tuple(word[0] for word in words[at : at + size]) == phrase:
            yield tuple(words[at : at + size])


def _choose_form(title: Mapping[_Written, int], text: Mapping[_Written, int]) -> str:
    """Return the most frequent words, each with its most frequent spelling and separator before it."""
    forms, cases = Counter[tuple[str, ...]](), Counter[tuple[int, str, str]]()
    gaps = Counter[tuple[int, str]]()
    for places, in_title in ((title, True), (text, False)):
        for written, times in places.items():
            words = tuple(word.casefold() for _, word, _ in written)
            forms[words] += times
            for at, (_, word, gap) in enumerate(written):
                lowered = in_title and _TITLE_CASE.fullmatch(word)
                cases[at, words[at], word.lower() if lowered else word] += times
                gaps[at, "-" if gap == "-" else " "] += times
    if not forms:
        return ""
    best = min(forms, key=lambda form: (-forms[form], form))
    for (at, key, word), times in list(cases.items()):  # a name at the beginning of a sentence has a capital
        lower = (at, key, word.lower())
        if _TITLE_CASE.fullmatch(word) and lower in cases:
            cases[lower] += 2 * times
    chosen = []
    for at, word in enumerate(best):
        spelt = min(
            (case for case in cases if case[:2] == (at, word)), key=lambda case: (-cases[case], case[2])
        )
        gap = "" if at == 0 else "-" if gaps[at, "-"] > gaps[at, " "] else " "
        chosen.append(gap + spelt[2])
    return "".join(chosen)
