"""`python -m benchmarks.questions DIR [ACL2020]`: questions with their answers, as collections in BEIR layout.

`questions.tsv` has a reader's question about this repository's own shelf a line, and the papers that answer it with a
grade. Every other question goes into `DIR/choose`, by which weights are chosen; the others, in `DIR/judge`, only judge.
Where the folder with the papers of ACL 2020 is given, `DIR/tracks` asks for the name of each of their tracks, and
`DIR/keywords` for each keyword that four papers or more have.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

_PAPERS = Path(__file__).parent.parent / "content" / "papers"
_QUESTIONS = Path(__file__).parent / "questions.tsv"
_LEAST = 4

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


if __name__ == "__main__":
    match sys.argv[1:]:
        case [folder, *more] if len(more) <= 1:
            write_shelf(Path(folder))
            for acl in more:
                write_conference(Path(folder), Path(acl) / "main_papers.csv")
        case _:
            sys.exit(__doc__)
