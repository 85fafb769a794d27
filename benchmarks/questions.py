"""`python -m benchmarks.questions DIR`: readers' questions over this repository's own shelf, as two collections in BEIR layout.

`questions.tsv` has a question a line, and the papers that answer it with a grade. Every other question goes into
`DIR/choose`, by which weights are chosen; the others, in `DIR/judge`, only judge.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

_PAPERS = Path(__file__).parent.parent / "content" / "papers"
_QUESTIONS = Path(__file__).parent / "questions.tsv"


def write_collection(folder: Path, questions: Sequence[str]) -> None:
    """Write the shelf, some questions and their judgements into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(_PAPERS.glob("*.yml"))]
    corpus = [{"_id": r["id"], "title": r["title"], "text": r.get("summary", "")} for r in records]
    rows = [question.split("\t") for question in questions]
    queries = [{"_id": str(n), "text": text} for n, (text, *_) in enumerate(rows)]
    judged = [f"{n}\t{each.replace(':', chr(9))}" for n, (_, *papers) in enumerate(rows) for each in papers]
    for name, objects in (("corpus", corpus), ("queries", queries)):
        lines = "".join(f"{json.dumps(each)}\n" for each in objects)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels.tsv").write_text("\n".join(judged) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 (the command and the folder)
        sys.exit(__doc__)
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    for start, name in enumerate(("choose", "judge")):
        write_collection(Path(sys.argv[1]) / name, lines[start::2])
