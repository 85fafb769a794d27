"""Whether suggested topics are those that people would make: `python -m benchmarks.topics FOLDER [--list README.md]`.

Papers of one conference come with a track that people gave, and papers of a list with a section. Topics are made without
these, by `papershelf topics --suggest` and by two others, and compared with them:

- k-means: spherical k-means of TF-IDF vectors, started ten times (k-means++), the mean of all;
- like BERTopic (Grootendorst, 2022): vectors of meaning, reduced by principal components, clustered by HDBSCAN or by k-means,
  named by c-TF-IDF. It has this program's vectors of words instead of a sentence model, and no UMAP.

Purity is the share of placed papers that are in the track most frequent in their topic; NMI is normalised mutual information,
for the placed papers, and for all with those without a topic as one more. `--papers N` measures the time of a draft for N papers.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.cluster import HDBSCAN

from benchmarks.corpus import make_papers
from generator.corpus import Corpus, read_papers
from generator.formats.files import load_files
from generator.formats.readme.read import import_readme
from generator.meaning.lexicon import load_lexicon
from generator.model import Paper, Taxonomy, Topic
from generator.records.groups import find_groups
from generator.related.vectors import build_vectors
from generator.search.entries import FIELDS
from generator.search.meaning import embed_papers
from generator.text.words import STOP_WORDS, fold
from generator.topics.classify import build_classifier
from generator.topics.suggest import suggest_topics

STARTS = 10
WITHOUT = -1
_ROUNDS = 50
_DIMENSIONS = 10
_SMALLEST = 10  # papers of a cluster: BERTopic's default
_WORDS = 3

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


def measure_purity(found: Labels, true: Labels) -> float:
    """Return the share of placed papers that are in the track most frequent in their topic."""
    placed = found != WITHOUT
    table = _count(found[placed], true[placed])
    return float(table.max(axis=1).sum() / max(1, placed.sum()))


def measure_information(found: Labels, true: Labels) -> float:
    """Return normalised mutual information, with the mean of both entropies below."""
    table = _count(found, true) / len(true)
    one, two = table.sum(axis=1), table.sum(axis=0)
    common = table[table > 0] * np.log(table[table > 0] / np.outer(one, two)[table > 0])
    entropies = [-(shares[shares > 0] * np.log(shares[shares > 0])).sum() for shares in (one, two)]
    return float(2 * common.sum() / max(1e-9, sum(entropies)))


def _count(one: Labels, two: Labels) -> Floats:
    table = np.zeros((int(one.max(initial=-1)) + 2, int(two.max(initial=-1)) + 2))
    np.add.at(table, (one, two), 1)
    return table


def group_by_means(vectors: csr_array | Floats, number: int, seed: int) -> tuple[Labels, Floats]:
    """Return the cluster of each row by spherical k-means, started by k-means++, and how near it is to its centre."""
    rng = np.random.default_rng(seed)
    rows = [int(rng.integers(vectors.shape[0]))]
    dense = (lambda part: part.toarray()) if isinstance(vectors, csr_array) else np.asarray
    near = dense(vectors @ vectors[rows].T).ravel()
    while len(rows) < number:
        far = np.maximum(0, 1 - near)
        rows.append(int(rng.choice(len(far), p=far / far.sum())))
        near = np.maximum(near, dense(vectors @ vectors[rows[-1:]].T).ravel())
    centres = dense(vectors[rows])
    labels = np.full(vectors.shape[0], WITHOUT)
    for _ in range(_ROUNDS):
        nearness = np.asarray(vectors @ centres.T)
        new = nearness.argmax(axis=1)
        if (new == labels).all():
            break
        labels = new
        members = csr_array(
            (np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(number, len(labels))
        )
        centres = dense(members @ vectors)
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return labels, nearness.max(axis=1)


def weigh_words(papers: Sequence[Paper]) -> csr_array:
    """Return the TF-IDF vectors of related papers at the length one."""
    vectors = build_vectors(read_papers(papers))
    shape = (len(papers), max(1, vectors.number))
    rows = csr_array((vectors.weights.astype(float), vectors.terms, vectors.starts), shape=shape)
    lengths = np.sqrt((rows * rows).sum(axis=1))
    return csr_array(rows / np.maximum(1e-9, lengths)[:, None])


def embed(papers: Sequence[Paper]) -> Floats:
    """Return vectors of meaning without what all have in common, reduced to the principal components, at the length one."""
    corpus = Corpus(len(FIELDS))  # as the search index has it
    for paper in papers:
        text = f"{paper.summary_text.plain} {paper.abstract_text.plain}"
        corpus.add([fold(paper.title_text.plain), "", "", "", fold(text)])
    vectors = embed_papers(corpus, {}, load_lexicon()).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    _, _, axes = np.linalg.svd(vectors, full_matrices=False)
    reduced: Floats = vectors @ axes[:_DIMENSIONS].T
    return reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9)


def name_clusters(papers: Sequence[Paper], labels: Labels) -> Iterator[str]:
    """Yield the heaviest words of each cluster by c-TF-IDF."""
    corpus = read_papers(papers)
    words = list(corpus.vocabulary)
    tokens = corpus.read(0, len(corpus))
    clusters = labels[tokens.documents]
    counts = np.zeros((int(labels.max()) + 1, len(words)))
    counted = (clusters != WITHOUT) & ~np.isin(words, list(STOP_WORDS))[tokens.words]
    np.add.at(counts, (clusters[counted], tokens.words[counted]), 1)
    weights = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    weights = weights * np.log(1 + counts.sum() / len(counts) / np.maximum(1, counts.sum(axis=0)))
    for row in weights:
        yield " ".join(words[at] for at in np.argsort(-row, kind="stable")[:_WORDS])


def place(papers: Sequence[Paper], topics: Sequence[Topic]) -> tuple[Labels, float]:
    """Return the upper topic of each paper, that under or below which it is most often, and the mean number of topics.

    Of two that have a paper equally often it is the one with fewer papers.
    """
    taxonomy = Taxonomy(topics={topic.id: topic for topic in topics})
    placed = build_classifier(taxonomy).classify({paper.id: paper for paper in papers})
    above = {topic.id: topic.parent or topic.id for topic in topics}
    numbers = {key: n for n, key in enumerate(dict.fromkeys(above.values()))}
    sizes = Counter(key for found in placed.values() for key in {above[place.topic] for place in found})
    labels = []
    for found in placed.values():
        times = Counter(above[place.topic] for place in found)
        best = min(times, key=lambda key: (-times[key], sizes[key], key), default="")
        labels.append(numbers.get(best, WITHOUT))
    return np.array(labels), sum(map(len, placed.values())) / max(1, len(placed))


def compare(papers: Sequence[Paper], groups: Sequence[str], *, names: bool) -> Iterator[str]:
    """Yield a row for each way to make topics."""
    known = {name: n for n, name in enumerate(sorted(set(groups)))}
    true = np.array([known[name] for name in groups])
    topics = suggest_topics(papers, Taxonomy())
    found, mean = place(papers, topics)
    upper = sum(not topic.parent for topic in topics)

    def judge(name: str, number: str, runs: Sequence[Labels]) -> str:
        placed = np.mean([(run != WITHOUT).mean() for run in runs])
        purity = np.mean([measure_purity(run, true) for run in runs])
        inside = np.mean([measure_information(run[run != WITHOUT], true[run != WITHOUT]) for run in runs])
        all_ = np.mean([measure_information(run, true) for run in runs])
        return f"| {name} | {number} | {placed:.3f} | {purity:.3f} | {inside:.3f} | {all_:.3f} |\n"

    yield "| topics by | number | placed | purity | NMI of the placed | NMI of all |\n|---|---|---|---|---|---|\n"
    yield judge("suggest", f"{upper} + {len(topics) - upper}", [found])
    words, meaning = weigh_words(papers), embed(papers)
    means = [group_by_means(words, upper, seed) for seed in range(STARTS)]
    yield judge("k-means", str(upper), [labels for labels, _ in means])
    share = int((found != WITHOUT).sum())
    surest = [keep_surest(labels, near, share) for labels, near in means]
    yield judge("k-means, as many of its surest", str(upper), surest)
    clusters = HDBSCAN(min_cluster_size=_SMALLEST, copy=True).fit_predict(meaning)
    yield judge("like BERTopic, HDBSCAN", str(clusters.max() + 1), [clusters])
    by_meaning = [group_by_means(meaning, upper, seed)[0] for seed in range(STARTS)]
    yield judge("like BERTopic, k-means", str(upper), by_meaning)
    yield f"\n{len(papers)} papers in {len(known)} groups; {mean:.2f} suggested topics a paper.\n"
    if names:
        yield "\nSuggested: " + "; ".join(f"{topic.parent and '- '}{topic.name}" for topic in topics)
        yield "\n\nLike BERTopic, k-means: " + "; ".join(name_clusters(papers, by_meaning[0])) + "\n"


def keep_surest(labels: Labels, near: Floats, number: int) -> Labels:
    """Return the labels of so many rows that are nearest to their centres; the others have none."""
    kept = np.full(len(labels), WITHOUT)
    rows = np.argsort(-near, kind="stable")[:number]
    kept[rows] = labels[rows]
    return kept


def read_conference(folder: Path) -> tuple[list[Paper], list[str]]:
    """Return the papers of ACL 2020 and their tracks."""
    with (folder / "main_papers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    papers = [Paper(id=row["UID"], title=row["title"], abstract=row["abstract"]) for row in rows]
    return papers, [row["track"] for row in rows]


def read_list(path: Path) -> tuple[list[Paper], list[str]]:
    """Return the papers of a list that are in one section, with this section; they have titles alone."""
    drafts = import_readme(load_files([path])[0], "").drafts
    sections: dict[str, set[str]] = {}
    for draft in drafts:
        sections.setdefault(draft.paper.title, set()).update(find_groups(draft.paper, "section"))
    single = {title: found for title, found in sections.items() if len(found) == 1}
    papers = [Paper(id=f"paper-{n}", title=title) for n, title in enumerate(single)]
    return papers, [min(found) for found in single.values()]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="with main_papers.csv: UID, title, abstract, track")
    parser.add_argument(
        "--list",
        type=Path,
        action="append",
        default=[],
        help="a README with papers in sections, to judge titles alone",
    )
    parser.add_argument("--names", action="store_true", help="also print the names of the topics")
    parser.add_argument(
        "--papers", type=int, nargs="*", default=[], help="measure the time for so many papers"
    )
    options = parser.parse_args()
    for papers, groups in (
        read_conference(options.folder),
        *map(read_list, options.list),
    ):
        sys.stdout.writelines(compare(papers, groups, names=options.names))
        sys.stdout.write("\n")
    for number in options.papers:
        papers = list(make_papers(number))
        start = time.perf_counter()
        topics = suggest_topics(papers, Taxonomy())
        sys.stdout.write(f"{number:,} papers: {len(topics)} topics in {time.perf_counter() - start:.1f} s\n")


if __name__ == "__main__":
    main()
