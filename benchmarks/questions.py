"""`python -m benchmarks.questions DIR`: questions with their answers, as collections in BEIR layout.

`questions.tsv` has a reader's question about this repository's own shelf a line, and the papers that answer it with a
grade. Every other question goes into `DIR/choose`, by which weights are chosen; the others, in `DIR/judge`, only judge.
With `--acl2020 FOLDER`, where the papers of that conference are, `DIR/tracks` asks for the name of each of their tracks,
and `DIR/keywords` for each keyword that four papers or more have. With `--titles N`, `DIR/titles` asks for 240 of so many
recombined papers: by the whole title, by its first five words, or by six of its words in any order.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from benchmarks.corpus import make_papers

_PAPERS = Path(__file__).parent.parent / "content" / "papers"
_QUESTIONS = Path(__file__).parent / "questions.tsv"
_LEAST = 4
_TITLES = 240

Answers = Sequence[tuple[str, Mapping[str, int]]]
"""Questions, each with its papers and their grades."""


def write_collection(folder: Path, corpus: Sequence[Mapping[str, str]], answers: Answers) -> None:
    """Write papers, questions and their judgements into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    queries = [{"_id": str(n), "text": text} for n, (text, _) in enumerate(answers)]
    judged = [
        f"{n}\t{paper}\t{grade}\n" for n, (_, papers) in enumerate(answers) for paper, grade in papers.items()
    ]
    for name, objects in (("corpus", corpus), ("queries", queries)):
        lines = "".join(f"{json.dumps(each)}\n" for each in objects)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels.tsv").write_text("".join(judged), encoding="utf-8")


def read_questions(line: str) -> tuple[str, dict[str, int]]:
    """Return the question of a line with its papers and their grades."""
    text, *papers = line.split("\t")
    return text, {name: int(grade) for name, _, grade in (each.rpartition(":") for each in papers)}


def write_shelf(folder: Path) -> None:
    """Write the two collections over the own shelf."""
    records = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_PAPERS.glob("*.yml"))]
    corpus = [{"_id": r["id"], "title": r["title"], "text": r.get("summary", "")} for r in records]
    answers = [read_questions(line) for line in _QUESTIONS.read_text(encoding="utf-8").splitlines()]
    for start, name in enumerate(("choose", "judge")):
        write_collection(folder / name, corpus, answers[start::2])


def write_conference(folder: Path, table: Path) -> None:
    """Write the two collections over the papers of a conference."""
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    corpus = [{"_id": row["UID"], "title": row["title"], "text": row["abstract"]} for row in rows]
    tracks: dict[str, dict[str, int]] = defaultdict(dict)
    keywords: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        tracks[row["track"]][row["UID"]] = 1
        for word in filter(None, (each.strip().casefold() for each in row["keywords"].split("|"))):
            keywords[word][row["UID"]] = 1
    write_collection(folder / "tracks", corpus, sorted(tracks.items()))
    frequent = [(word, papers) for word, papers in sorted(keywords.items()) if len(papers) >= _LEAST]
    write_collection(folder / "keywords", corpus, frequent)


def write_titles(folder: Path, number: int) -> None:
    """Write the collection over recombined papers."""
    rnd = random.Random(9)  # noqa: S311 (the same questions every time)
    papers = list(make_papers(number))
    answers = []
    for at, n in enumerate(sorted(rnd.sample(range(number), min(_TITLES, number)))):
        words = papers[n].title.split()
        ways = (words, words[:5], rnd.sample(words, min(6, len(words))))
        answers.append((" ".join(ways[at % 3]), {str(n): 1}))
    corpus = [{"_id": str(n), "title": paper.title, "text": paper.abstract} for n, paper in enumerate(papers)]
    write_collection(folder / "titles", corpus, answers)


def main() -> None:
    """Write the collections that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--acl2020", type=Path, metavar="FOLDER")
    parser.add_argument("--titles", type=int, metavar="N")
    given = parser.parse_args()
    write_shelf(given.folder)
    if given.acl2020:
        write_conference(given.folder, given.acl2020 / "main_papers.csv")
    if given.titles:
        write_titles(given.folder, given.titles)


if __name__ == "__main__":
    main()
