"""`python -m benchmarks.search_peers [--papers N,N,…] [--json FILE]`: the search beside lunr, MiniSearch and Pagefind, as a table.

Every engine builds the same papers in a process of its own and answers the same queries in Node. Relevance is nDCG@10:
over a judged collection where `../shared/corpora/search-npl` lies beside the project, and for finding a paper by six
words of its title in any order. Bytes are those that a reader's first result page loads, compressed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import CORPUS, make_papers
from benchmarks.process import Cost, run
from benchmarks.search import gain, read_judgements, read_lines

PEERS = Path(__file__).parent / "peers"
ENGINES = ("papershelf", "papershelf-words", "pagefind", "minisearch", "lunr")
WORDS = "papershelf-words"
"""Our own search without meaning."""
NPL = CORPUS.parent / "search-npl"
_QUERIES = 60
_WORDS = 6
_HEAP = {"NODE_OPTIONS": "--max-old-space-size=12000"}
_COLUMNS = ("papers", "engine", "ndcg@10", "first KB", "p50 ms", "p95 ms", "build s", "peak MB", "index MB")

Rows = Sequence[Mapping[str, str]]
Judgements = Mapping[str, Mapping[str, int]]


def make_collection(papers: int) -> tuple[Rows, Rows, Judgements]:
    """Return papers as documents, queries of words of titles, and which document each query means."""
    rows = [{"title": paper.title, "text": paper.abstract} for paper in make_papers(papers)]
    rnd = random.Random(3)  # noqa: S311 (the same queries every time)
    queries, meant = [], {}
    for n in rnd.sample(range(papers), min(_QUERIES, papers)):
        words = rows[n]["title"].split()
        queries.append({"id": str(n), "text": " ".join(rnd.sample(words, min(_WORDS, len(words))))})
        meant[str(n)] = {str(n): 1}
    return rows, queries, meant


def read_collection(folder: Path) -> tuple[Rows, Rows, Judgements]:
    """Return the documents, queries and judgements of a collection in BEIR layout, documents by their number."""
    corpus = read_lines(folder / "corpus.jsonl")
    rows = [{"title": row.get("title") or "", "text": row.get("text") or ""} for row in corpus]
    numbers = {row["_id"]: str(n) for n, row in enumerate(corpus)}
    judged = read_judgements(folder / "qrels.tsv")
    meant = {query: {numbers[d]: grade for d, grade in grades.items()} for query, grades in judged.items()}
    queries = [
        {"id": q["_id"], "text": q["text"]} for q in read_lines(folder / "queries.jsonl") if q["_id"] in meant
    ]
    return rows, queries, meant


def build(engine: str, documents: Path, folder: Path) -> Cost:
    """Build an engine's index of a file of documents into a folder."""
    own = [sys.executable, "-m", "benchmarks.build_index", str(folder), *(["off"] if engine == WORDS else [])]
    command = (
        own
        if engine in {"papershelf", WORDS}
        else ["node", str(PEERS / "run.mjs"), "build", engine, str(folder)]
    )
    shell = ["sh", "-c", 'exec "$@" < "$0"', str(documents), *command]
    return run(shell, cwd=PEERS.parents[1], env=_HEAP)


def search(engine: str, folder: Path, queries: Rows) -> list[dict[str, object]]:
    """Return an engine's answers."""
    lines = "".join(f"{json.dumps(query)}\n" for query in queries)
    peer = "papershelf" if engine == WORDS else engine
    command = ["node", "--max-old-space-size=12000", str(PEERS / "run.mjs"), "search", peer, str(folder)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)  # noqa: S603 (our own script)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure(engine: str, name: str, collection: tuple[Rows, Rows, Judgements]) -> list[str]:
    """Return the row of one engine over one collection."""
    rows, queries, meant = collection
    with tempfile.TemporaryDirectory() as temporary:
        documents, folder = Path(temporary) / "documents.jsonl", Path(temporary) / "index"
        folder.mkdir()
        documents.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        cost = build(engine, documents, folder)
        size = sum(
            file.stat().st_size
            for file in folder.rglob("*")
            if file.is_file() and file.suffix not in {".mjs", ".js"}
        )
        answers = search(engine, folder, queries)
    times = sorted(float(str(answer["ms"])) for answer in answers)
    gains = [gain([str(d) for d in a["documents"]], meant[str(a["id"])]) for a in answers]  # type: ignore[attr-defined]
    first = statistics.fmean(float(str(answer["bytes"])) for answer in answers) / 1000
    return [
        name,
        engine,
        f"{statistics.fmean(gains):.3f}",
        f"{first:,.0f}",
        f"{times[len(times) // 2]:.1f}",
        f"{times[int(len(times) * 0.95)]:.1f}",
        f"{cost.wall_s:.1f}",
        f"{cost.peak_mb:,.0f}",
        f"{size / 1e6:,.1f}",
    ]


def main() -> None:
    """Measure every engine at every size and print the table row by row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", default="307,8370,100000")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the table, for the page on speed")
    options = parser.parse_args()
    if not (PEERS / "node_modules").exists():
        npm = shutil.which("npm") or sys.exit("npm is needed to install the engines to compare with")
        subprocess.run([npm, "install", "--silent", "--no-save", "--ignore-scripts"], cwd=PEERS, check=True)  # noqa: S603 (the locked packages)
    print(f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}", flush=True)  # noqa: T201 (the report)
    collections = {f"{int(n):,}": make_collection(int(n)) for n in options.papers.split(",")}
    if NPL.exists():
        collections = {"NPL": read_collection(NPL), **collections}
    rows = []
    for name, collection in collections.items():
        for engine in options.engines.split(","):
            rows.append(measure(engine, name, collection))
            print(f"| {' | '.join(rows[-1])} |", flush=True)  # noqa: T201 (the report)
    if options.json:
        report = {
            "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}",
            "machine": f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores",
            "columns": _COLUMNS,
            "rows": rows,
        }
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
