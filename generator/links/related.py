"""Related papers: cosine of TF-IDF weights over title, summary and abstract, with the shared terms as the reason.

Weights follow the usual formula (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 6.2–6.4) with
logarithmic term frequency. They are whole numbers: sums are exact in any order, so the same shelf gives the same
neighbours everywhere. Inverse document frequencies are rounded to halves, so one more paper moves few of them. A term that
more than a few hundred papers share tells nothing apart and is left out, which keeps the work linear.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.model import Paper, Related
from generator.text.words import STOP_WORDS, split_hyphenated, stem

_FIELD_WEIGHT = {"title": 2, "summary": 1, "abstract": 1}
_TERMS_KEPT = 120
_WIDEST_SHARE = 0.6
_WIDEST = 300
_SCALE = 1000
_REASONS = 3
_SHORTEST = 2
# What abstracts say whatever they are about; as a reason it would tell nobody anything.
_BOILERPLATE = frozenset(
    """ability abilities achieve achieves achieving additionally address approach approaches art available based
    capability capabilities challenge challenges challenging code codes com comprehensive dataset datasets demonstrate
    demonstrates different effective effectively effectiveness empower empowering enhance enhancing existing experiment
    experimental experiments extensive finding findings first framework furthermore github high however http https
    improve improvement improves improving introduce introduces introducing io key leverage leverages leveraging low
    method methods model models moreover new novel outperform outperforms page paper performance present presents
    project propose proposed proposes proposing publicly range recent recently release released remains result results
    reveal second significant significantly sota specifically state study task tasks various wide work works
    between www""".split()  # noqa: SIM905 (a list of words reads best as words)
)

_IGNORED = STOP_WORDS | _BOILERPLATE

Ints = NDArray[np.int64]


class _Vector(Struct, frozen=True):
    """A paper's heaviest terms with their weights (1000 is the length of the whole), and how it writes them."""

    weights: Mapping[str, int]
    written: Mapping[str, str]


def find_related(papers: Mapping[str, Paper], *, number: int) -> dict[str, tuple[Related, ...]]:
    """Return for each paper the `number` nearest others, nearest first, ties by id; fewer where fewer share a term."""
    keys = list(papers)
    counts = [_count_terms(paper) for paper in papers.values()]
    frequency = Counter(term for count, _ in counts for term in count)
    vectors = [_weigh(count, written, frequency, len(keys)) for count, written in counts]
    postings = _build_postings(vectors)
    scores: Ints = np.zeros(len(keys), dtype=np.int64)
    return {
        key: tuple(
            Related(paper=keys[other], terms=_explain(vectors[at], vectors[other]), weight=weight)
            for other, weight in _nearest(at, vectors[at], postings, scores, number)
        )
        for at, key in enumerate(keys)
    }


def _count_terms(paper: Paper) -> tuple[Counter[str], dict[str, str]]:
    """Return how much each term weighs in a paper, and how it is written there.

    Terms are stems of words, of whole compounds (`pre-training` as `pretrain`), of their parts, and pairs of neighbours.
    """
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for name, weight in _FIELD_WEIGHT.items():
        previous = ""
        for word in split_hyphenated(getattr(paper, name)):
            whole = word.replace("-", "")
            if not _counts(word, whole):
                previous = ""
                continue
            root = stem(whole)
            terms = [(root, word)]
            if whole != word:
                terms += [(stem(part), part) for part in word.split("-") if _counts(part, part)]
            if previous:
                terms.append((f"{stem(previous.replace('-', ''))} {root}", f"{previous} {word}"))
            for term, text in terms:
                counts[term] += weight
                written.setdefault(term, text)
            previous = word
    return counts, written


def _counts(word: str, whole: str) -> bool:
    """Return whether a word says what a paper is about."""
    return word not in _IGNORED and len(whole) >= _SHORTEST and not whole.isdigit()


def _weigh(counts: Counter[str], written: Mapping[str, str], frequency: Counter[str], papers: int) -> _Vector:
    widest = max(8, min(_WIDEST, int(papers * _WIDEST_SHARE)))
    weights = {
        term: (1 + math.log2(count)) * round(2 * math.log2(1 + papers / frequency[term])) / 2
        for term, count in counts.items()
        if 1 < frequency[term] <= widest
    }
    kept = sorted(weights, key=lambda term: (-round(weights[term], 6), term))[:_TERMS_KEPT]
    length = math.sqrt(math.fsum(weights[term] ** 2 for term in kept)) or 1.0
    scaled = {term: round(weights[term] / length * _SCALE) for term in kept}
    return _Vector(scaled, {term: written[term] for term in kept})


def _build_postings(vectors: Sequence[_Vector]) -> dict[str, tuple[Ints, Ints]]:
    lists: dict[str, tuple[list[int], list[int]]] = {}
    for at, vector in enumerate(vectors):
        for term, weight in vector.weights.items():
            documents, weights = lists.setdefault(term, ([], []))
            documents.append(at)
            weights.append(weight)
    return {t: (np.array(d, dtype=np.int64), np.array(w, dtype=np.int64)) for t, (d, w) in lists.items()}


def _nearest(
    at: int, vector: _Vector, postings: Mapping[str, tuple[Ints, Ints]], scores: Ints, number: int
) -> list[tuple[int, int]]:
    """Return the nearest papers' positions and weights; `scores` is all zeros before and after."""
    touched = [postings[term] for term in vector.weights]
    if not touched:
        return []
    for (documents, weights), own in zip(touched, vector.weights.values(), strict=True):
        scores[documents] += weights * own
    scores[at] = 0
    found = np.unique(np.concatenate([documents for documents, _ in touched]))
    order = np.argsort(-scores[found], kind="stable")[:number]
    best = [(int(found[i]), int(scores[found[i]])) for i in order if scores[found[i]] > 0]
    scores[found] = 0
    return best


def _explain(one: _Vector, two: _Vector) -> tuple[str, ...]:
    """Return the heaviest shared terms as the first paper writes them; a word inside a chosen pair is not repeated."""
    shared = {t: w * two.weights[t] for t, w in one.weights.items() if t in two.weights}
    chosen: list[str] = []
    for term in sorted(shared, key=lambda t: (-shared[t], -t.count(" "), t)):
        words = set(term.split())
        if not any(words & set(other.split()) for other in chosen):
            chosen.append(term)
        if len(chosen) == _REASONS:
            break
    return tuple(one.written[term] for term in chosen)
