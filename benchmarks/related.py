"""Whether vectors of meaning find better related papers than words do: `python -m benchmarks.related FOLDER`.

Papers of one conference come with a track and keywords that people gave. Of the five papers that are nearest to each, it
counts how many are in its track, and what share of the keywords of both they have in common, for mixtures of both kinds of nearness.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.links.vectors import SCALE, build_vectors
from generator.model import Paper
from generator.outputs.search.lexicon import load_lexicon
from generator.outputs.search.meaning import embed_papers
from generator.text.corpus import Corpus, read_papers

SHARES = (0, 0.05, 0.1, 0.2, 0.3, 0.5, 1)
NEAREST = 5

Floats = NDArray[np.float64]


def compare_words(corpus: Corpus) -> Floats:
    """Return how near papers are by their words, as related papers have it, about one for a paper and itself."""
    vectors = build_vectors(corpus)
    matrix = csr_array(
        (vectors.weights, vectors.terms, vectors.starts), shape=(len(corpus), max(1, vectors.number))
    )
    near: Floats = (matrix @ matrix.T).toarray() / SCALE**2
    return near


def compare_meaning(corpus: Corpus) -> Floats:
    """Return how near papers are by the vectors of their words, as the cosine of what sets each apart from the mean."""
    vectors = embed_papers(corpus, {}, load_lexicon()).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    near: Floats = vectors @ vectors.T
    return near


def find_nearest(near: Floats) -> NDArray[np.int64]:
    """Return the nearest others of each paper, one row a paper."""
    near = near.copy()
    np.fill_diagonal(near, -np.inf)
    return np.argsort(-near, axis=1, kind="stable")[:, :NEAREST]


def main() -> None:
    """Print a table with a row for each share of meaning."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="with main_papers.csv: UID, title, abstract, keywords, track"
    )
    rows = list(csv.DictReader((parser.parse_args().folder / "main_papers.csv").open(encoding="utf-8")))
    corpus = read_papers([Paper(id=row["UID"], title=row["title"], abstract=row["abstract"]) for row in rows])
    tracks = np.array([row["track"] for row in rows])
    keywords = [{word.strip().casefold() for word in row["keywords"].split("|")} - {""} for row in rows]
    words, meaning = compare_words(corpus), compare_meaning(corpus)
    sys.stdout.write("| share of meaning | same track | keywords in common |\n|---|---|---|\n")
    for share in SHARES:
        nearest = find_nearest((1 - share) * words + share * meaning)
        same = (tracks[nearest] == tracks[:, None]).mean()
        pairs = [(keywords[at], keywords[other]) for at, row in enumerate(nearest) for other in row]
        common = np.mean([len(one & two) / max(1, len(one | two)) for one, two in pairs])
        sys.stdout.write(f"| {share} | {same:.3f} | {common:.4f} |\n")


if __name__ == "__main__":
    main()
