"""Which ways of relating papers find what people find related: `python -m benchmarks.related [--model PATH] FOLDER`.

Papers of one conference come with a track and keywords that people gave. For the five nearest papers of each, and for those
that a site would show, it counts how many are in its track, and what share of the keywords of both they have in common.

Pairs of the papers in `content/` were judged from titles and summaries, before any score was seen (`related_pairs.tsv`): yes, where
a reader of one would want the other for its problem or its method; partly, where only the area is the same; no, where it is
only the field. Settings were chosen on the part `chosen`, and on the tracks; `held` came after them. A pair that nobody judged is
counted apart.

With `--model`, papers have the vectors of a sentence model, as after `papershelf embed`.

Then the topics that curators settled in `content/` are guessed: by the rules alone, and from those of the ten nearest papers.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from msgspec import structs
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.search import compute_embeddings
from generator.corpus import Corpus, read_papers
from generator.meaning.embeddings import stack_embeddings
from generator.meaning.lexicon import load_lexicon
from generator.meaning.minilm import MiniLM
from generator.model import Paper
from generator.pipeline import Placements
from generator.records.read import load_shelf
from generator.related.nearest import find_related
from generator.related.vectors import SCALE, build_vectors
from generator.search.entries import FIELDS, read_fields
from generator.search.meaning import embed_papers
from generator.topics.classify import build_classifier
from generator.topics.taxonomy import load_taxonomy

NEAREST = 5
PAIRS = Path(__file__).parent / "related_pairs.tsv"

Floats = NDArray[np.float64]
Lists = Mapping[str, Sequence[str]]


def compare_words(corpus: Corpus) -> Floats:
    """Return how near papers are by their words, as related papers have it, about one for a paper and itself."""
    vectors = build_vectors(corpus)
    matrix = csr_array(
        (vectors.weights, vectors.terms, vectors.starts), shape=(len(corpus), max(1, vectors.number))
    )
    near: Floats = (matrix @ matrix.T).toarray() / SCALE**2
    return near


def compare_meaning(papers: Iterable[Paper], embeddings: Mapping[str, bytes] | None = None) -> Floats:
    """Return how near papers are by the vectors of their words or of a model, as the cosine of what sets each apart from the mean."""
    corpus, keys = Corpus(len(FIELDS)), []
    for paper in papers:
        corpus.add(read_fields(paper, [], abstracts=True))
        keys.append(paper.id)
    embedded = stack_embeddings(keys, embeddings or {})
    vectors = embed_papers(corpus, {}, load_lexicon(), embedded).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    near: Floats = vectors @ vectors.T
    return near


def find_nearest(near: Floats, number: int) -> NDArray[np.int64]:
    """Return the nearest others of each paper, one row a paper."""
    near = near.copy()
    np.fill_diagonal(near, -np.inf)
    return np.argsort(-near, axis=1, kind="stable")[:, :number]


def relate(
    papers: Mapping[str, Paper], model: MiniLM | None, placements: Placements | None = None
) -> Iterator[tuple[str, Lists]]:
    """Yield each way of relating papers with the lists that it makes."""
    embeddings = compute_embeddings(papers.values(), model) if model else {}
    corpus, keys = read_papers(papers.values()), list(papers)
    for name, near in (
        ("words", compare_words(corpus)),
        ("meaning", compare_meaning(papers.values(), embeddings)),
    ):
        nearest = find_nearest(near, NEAREST).tolist()
        yield f"five by {name}", {keys[at]: [keys[n] for n in row] for at, row in enumerate(nearest)}
    for name, floor in (("five by all", 0), ("as shown", None)):
        related = find_related(
            papers, number=NEAREST, corpus=corpus, placements=placements, embeddings=embeddings, floor=floor
        )
        yield name, {key: [other.paper for other in row] for key, row in related.items()}


def compare_tracks(file: Path, model: MiniLM | None) -> Iterator[str]:
    """Yield a row for each way: papers in a list, how many are in the same track, keywords in common, most lists with one paper."""
    rows = {row["UID"]: row for row in csv.DictReader(file.open(encoding="utf-8"))}
    papers = {key: Paper(id=key, title=row["title"], abstract=row["abstract"]) for key, row in rows.items()}
    keywords = {
        key: {word.strip().casefold() for word in row["keywords"].split("|")} - {""}
        for key, row in rows.items()
    }
    for name, lists in relate(papers, model):
        pairs = [(key, other) for key, row in lists.items() for other in row]
        same = np.mean([rows[key]["track"] == rows[other]["track"] for key, other in pairs])
        common = np.mean(
            [
                len(keywords[key] & keywords[other]) / max(1, len(keywords[key] | keywords[other]))
                for key, other in pairs
            ]
        )
        most = max(Counter(other for _, other in pairs).values())
        yield f"| {name} | {len(pairs) / len(lists):.2f} | {same:.3f} | {common:.4f} | {most} |\n"


def compare_judgements(content: Path, model: MiniLM | None) -> Iterator[str]:
    """Yield a row for each way and part: pairs shown, of those judged the shares yes, partly and no, and pairs that nobody judged."""
    papers = load_shelf(content)[0].papers
    placements = build_classifier(load_taxonomy(content)[0]).classify(papers)
    judged: dict[frozenset[str], str] = {}
    parts: dict[str, set[str]] = {}
    for row in csv.DictReader(PAIRS.open(encoding="utf-8"), delimiter="\t"):
        judged[frozenset((row["paper"], row["other"]))] = row["related"]
        parts.setdefault(row["part"], set()).add(row["paper"])
    parts["held"] -= parts["chosen"]
    for name, lists in relate(papers, model, placements):
        for part, keys in sorted(parts.items()):
            found = Counter(
                judged.get(frozenset((key, other)), "") for key in keys & lists.keys() for other in lists[key]
            )
            known = found.total() - found[""]
            shares = " | ".join(f"{found[grade] / known:.2f}" for grade in ("yes", "partly", "no"))
            yield f"| {name} | {part} | {found.total()} | {shares} | {found['']} |\n"


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
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", type=Path, help="with main_papers.csv: UID, title, abstract, keywords, track"
    )
    parser.add_argument("--model", type=Path, help="a folder or wheel with all-MiniLM-L6-v2")
    given = parser.parse_args()
    file, model = given.folder / "main_papers.csv", MiniLM(given.model) if given.model else None
    content = Path(__file__).parent.parent / "content"
    sys.stdout.write(
        "| related | papers in a list | same track | keywords in common | most lists with one paper |\n"
    )
    sys.stdout.write("|---|---|---|---|---|\n")
    sys.stdout.writelines(compare_tracks(file, model))
    sys.stdout.write(
        "\n| related | part | pairs | yes | partly | no | not judged |\n|---|---|---|---|---|---|---|\n"
    )
    sys.stdout.writelines(compare_judgements(content, model))
    sys.stdout.write("\n| topics by | precision | recall | F1 |\n|---|---|---|---|\n")
    sys.stdout.writelines(compare_topics(content))


if __name__ == "__main__":
    main()
