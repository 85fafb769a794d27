"""Whether vectors of meaning find better related papers and topics than words do: `python -m benchmarks.related FOLDER`.

Papers of one conference come with a track and keywords that people gave. Of the five papers that are nearest to each, it
counts how many are in its track, and what share of the keywords of both they have in common, for mixtures of both kinds of nearness.
Then the topics that curators settled in `content/` are guessed: by the rules alone, and from those of the ten nearest papers.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from msgspec import structs
from numpy.typing import NDArray
from scipy.sparse import csr_array

from generator.corpus import Corpus, read_papers
from generator.meaning.lexicon import load_lexicon
from generator.model import Paper
from generator.records.read import load_shelf
from generator.related.vectors import SCALE, build_vectors
from generator.search.entries import FIELDS, read_fields
from generator.search.meaning import embed_papers
from generator.topics.classify import build_classifier
from generator.topics.taxonomy import load_taxonomy

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


def compare_meaning(papers: Iterable[Paper]) -> Floats:
    """Return how near papers are by the vectors of their words, as the cosine of what sets each apart from the mean."""
    corpus = Corpus(len(FIELDS))
    for paper in papers:
        corpus.add(read_fields(paper, [], abstracts=True))
    vectors = embed_papers(corpus, {}, load_lexicon()).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    near: Floats = vectors @ vectors.T
    return near


def find_nearest(near: Floats, number: int) -> NDArray[np.int64]:
    """Return the nearest others of each paper, one row a paper."""
    near = near.copy()
    np.fill_diagonal(near, -np.inf)
    return np.argsort(-near, axis=1, kind="stable")[:, :number]


def compare_tracks(file: Path) -> Iterator[str]:
    """Yield a row for each share of meaning: how many of the nearest are in the same track, and their keywords in common."""
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    papers = [Paper(id=row["UID"], title=row["title"], abstract=row["abstract"]) for row in rows]
    corpus = read_papers(papers)
    tracks = np.array([row["track"] for row in rows])
    keywords = [{word.strip().casefold() for word in row["keywords"].split("|")} - {""} for row in rows]
    words, meaning = compare_words(corpus), compare_meaning(papers)
    for share in SHARES:
        nearest = find_nearest((1 - share) * words + share * meaning, NEAREST)
        same = (tracks[nearest] == tracks[:, None]).mean()
        pairs = [(keywords[at], keywords[other]) for at, row in enumerate(nearest) for other in row]
        common = np.mean([len(one & two) / max(1, len(one | two)) for one, two in pairs])
        yield f"| {share} | {same:.3f} | {common:.4f} |\n"


def compare_topics(content: Path) -> Iterator[str]:
    """Yield a row for each way of guessing topics: precision, recall and F1, with the share of neighbours that does best."""
    papers, taxonomy = load_shelf(content)[0].papers, load_taxonomy(content)[0]
    classifier = build_classifier(taxonomy)
    topics = list(taxonomy.topics)

    def place(some: Mapping[str, Paper]) -> NDArray[np.bool_]:
        placed = [{one.topic for one in found} for found in classifier.classify(some).values()]
        return np.array([[topic in row for topic in topics] for row in placed])

    settled = place(papers)

    def judge(name: str, guessed: NDArray[np.bool_]) -> tuple[float, str]:
        right, said, all_ = (guessed & settled).sum(), guessed.sum(), settled.sum()
        score = 2 * right / (said + all_)
        return score, f"| {name} | {right / max(1, said):.3f} | {right / all_:.3f} | {score:.3f} |\n"

    bare = {key: structs.replace(paper, topics=(), not_topics=()) for key, paper in papers.items()}
    yield judge("rules alone", place(bare))[1]
    corpus = read_papers(papers.values())
    for name, near in (("words", compare_words(corpus)), ("meaning", compare_meaning(papers.values()))):
        nearest = find_nearest(near, 2 * NEAREST)
        weights = np.take_along_axis(near, nearest, 1).clip(0)
        share = (weights[:, :, None] * settled[nearest]).sum(1) / (weights.sum(1, keepdims=True) + 1e-9)
        yield max(judge(f"the nearest by {name}", share > least) for least in np.arange(0.05, 1, 0.05))[1]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", type=Path, help="with main_papers.csv: UID, title, abstract, keywords, track"
    )
    file = parser.parse_args().folder / "main_papers.csv"
    sys.stdout.write("| share of meaning | same track | keywords in common |\n|---|---|---|\n")
    sys.stdout.writelines(compare_tracks(file))
    sys.stdout.write("\n| topics by | precision | recall | F1 |\n|---|---|---|---|\n")
    sys.stdout.writelines(compare_topics(Path(__file__).parent.parent / "content"))


if __name__ == "__main__":
    main()
