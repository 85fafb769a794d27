"""`python -m benchmarks.search [--semantic on|off] [--model PATH] DIR`: relevance, speed and size of the search over a collection in BEIR layout.

DIR holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv` (query, document,
judgement). The real index is built and the real engine runs in Node; one line of JSON goes to stdout. `--semantic off` leaves out
what finds papers by their meaning. With `--model`, papers have the vectors of a sentence model, as after `papershelf embed`.
`first_result_bytes` is the mean over the queries of the gzip size of the engine and of all files fetched up to the
first page of results.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.catalogue import build_catalogue
from generator.labels.labels import load_labels
from generator.meaning.embeddings import build_text, project
from generator.meaning.minilm import MiniLM
from generator.mkdocs_plugin.theme import find_theme, is_script, pack_script, pack_scripts
from generator.model import Paper, Shelf, Site, Taxonomy
from generator.search.index import build_index

Judgements = Mapping[str, Mapping[str, int]]


def read_lines(path: Path) -> list[dict[str, str]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_judgements(path: Path) -> Judgements:
    """Return the judgements of each query by document; a heading line is passed over."""
    found: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t"):
            query, document, grade = row[0], row[-2], row[-1]
            if grade.lstrip("-").isdigit():
                found.setdefault(query, {})[document] = int(grade)
    return found


def build_papers(corpus: Sequence[Mapping[str, str]]) -> tuple[list[Paper], dict[str, str]]:
    """Return the documents as papers, and the collection's own id of each."""
    papers, names = [], {}
    for number, row in enumerate(corpus):
        key = f"d{number:07}"
        names[key] = row["_id"]
        papers.append(Paper(id=key, title=row.get("title") or "", abstract=row.get("text") or ""))
    return papers, names


def write_index(
    papers: Sequence[Paper],
    folder: Path,
    *,
    meaning: bool = True,
    embeddings: Mapping[str, bytes] | None = None,
) -> tuple[float, int]:
    """Build the index of the papers into a folder, with or without meaning, and return the seconds that it took and its bytes."""
    shelf = Shelf(papers={paper.id: paper for paper in papers}, places={}, embeddings=embeddings or {})
    site = Site(
        shelf=shelf, taxonomy=Taxonomy(), placements={}, related={}, catalogue=build_catalogue(shelf, {})
    )
    start = time.perf_counter()
    size = 0
    for file in build_index(site, abstracts=True, meaning=meaning):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.body)
        size += len(file.body)
    seconds = time.perf_counter() - start
    _write_scripts(folder)
    return seconds, size


def _write_scripts(folder: Path) -> None:
    """Write the modules of the theme, which Node runs, and the bundles that a site serves, whose bytes count."""
    theme, labels = find_theme(), load_labels()
    names = {path.relative_to(theme).as_posix(): path for path in sorted(theme.rglob("*.js"))}
    scripts = {name: path.read_text(encoding="utf-8") for name, path in names.items() if is_script(name)}
    packed = {f"bundles/{name}": text for name, text in pack_scripts(scripts, labels).items()}
    for name, text in (packed | {name: pack_script(text, labels) for name, text in scripts.items()}).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}')


def run_engine(folder: Path, queries: Sequence[Mapping[str, str]]) -> dict[str, dict[str, object]]:
    """Return the engine's answer to each query: documents by number, milliseconds warm, bytes cold."""
    lines = "".join(json.dumps({"id": q["_id"], "text": q["text"]}) + "\n" for q in queries)
    command = [
        "node",
        str(Path(__file__).parent / "peers" / "run.mjs"),
        "search",
        "papershelf",
        str(folder),
    ]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)  # noqa: S603 (our own engine)
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def gain(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Return nDCG at a depth, with grades as gains (Järvelin and Kekäläinen, 2002)."""
    found = sum(max(0, grades.get(d, 0)) / math.log2(n + 2) for n, d in enumerate(ranking[:depth]))
    best = sorted((g for g in grades.values() if g > 0), reverse=True)[:depth]
    ideal = sum(g / math.log2(n + 2) for n, g in enumerate(best))
    return found / ideal if ideal else 0.0


def recall(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 100) -> float:
    """Return the share of the relevant documents among the first ones."""
    relevant = {d for d, g in grades.items() if g > 0}
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def compute_embeddings(papers: Iterable[Paper], model: MiniLM) -> dict[str, bytes]:
    """Return the vectors that a sentence model gives to papers, as `papershelf embed` does."""
    texts = {paper.id: build_text(paper) for paper in papers}
    return dict(zip(texts, project(model.embed([*texts.values()])), strict=True))


def measure(folder: Path, *, semantic: bool, model: Path | None = None) -> dict[str, object]:
    """Return the figures of a collection."""
    papers, names = build_papers(read_lines(folder / "corpus.jsonl"))
    judgements = read_judgements(folder / "qrels.tsv")
    queries = [q for q in read_lines(folder / "queries.jsonl") if q["_id"] in judgements]
    embeddings = compute_embeddings(papers, MiniLM(model)) if model else {}
    with tempfile.TemporaryDirectory() as temporary:
        seconds, size = write_index(papers, Path(temporary), meaning=semantic, embeddings=embeddings)
        answers = run_engine(Path(temporary), queries)
    keys = [paper.id for paper in papers]
    rankings = {q: [names[keys[n]] for n in a["documents"]] for q, a in answers.items()}  # type: ignore[attr-defined]
    times = sorted(float(str(a["ms"])) for a in answers.values())
    return {
        "collection": folder.resolve().name,
        "semantic": semantic,
        "model": model is not None,
        "queries": len(queries),
        "ndcg@10": round(statistics.fmean(gain(rankings[q], judgements[q]) for q in rankings), 4),
        "recall@100": round(statistics.fmean(recall(rankings[q], judgements[q]) for q in rankings), 4),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
        "index_bytes": size,
        "first_result_bytes": round(statistics.fmean(int(str(a["bytes"])) for a in answers.values())),
        "build_s": round(seconds, 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--semantic", choices=("on", "off"), default="on")
    parser.add_argument("--model", type=Path, help="a folder or wheel with all-MiniLM-L6-v2")
    options = parser.parse_args()
    print(json.dumps(measure(options.folder, semantic=options.semantic == "on", model=options.model)))  # noqa: T201 (the report)
