"""`python -m benchmarks.fit_axes MODEL`: the projection from vectors of the sentence model into the space of the vectors of words.

MODEL is a folder or a wheel with all-MiniLM-L6-v2. The script writes `generator/meaning/vectors/axes.bin`. Every eighth text of
`benchmarks/learning_texts.py`, but for the glosses, has a vector by the model and one that is the weighted sum of its words.
The projection is the one with orthonormal columns that maps the first nearest to the second (orthogonal Procrustes problem,
Schönemann 1966). It takes a few minutes. Run it again after `benchmarks.distil_words`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.distil_words import weigh_stems
from benchmarks.learning_texts import read_abstracts
from generator.meaning.embeddings import AXES
from generator.meaning.lexicon import load_lexicon
from generator.meaning.minilm import MiniLM

_EACH = 8


def main(model: Path) -> None:
    """Write the projection."""
    texts = read_abstracts()[::_EACH]
    lexicon = load_lexicon()
    sums = weigh_stems(texts, lexicon.rows) @ lexicon.vectors.astype(np.float32)
    embedded = MiniLM(model).embed(texts)
    mean = embedded.mean(axis=0)
    left, _, right = np.linalg.svd((embedded - mean).T @ sums, full_matrices=False)
    axes = left @ right
    np.vstack([axes, mean @ axes]).astype("<f2").tofile(AXES)
    mapped = (embedded - mean) @ axes
    lengths = np.linalg.norm(mapped, axis=1) * np.linalg.norm(sums, axis=1)
    cosines = (mapped * sums).sum(axis=1)[lengths > 0] / lengths[lengths > 0]
    sys.stdout.write(f"{len(texts):,} texts, mean cosine of their two vectors {cosines.mean():.3f}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 (the command and the model)
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
