"""`python -m benchmarks.build --papers N [--peers hugo,mkdocs,zensical] [--json FILE]`: whole builds beside other generators.

Every generator builds the same papers in turn, each in a fresh folder: Papershelf everything it makes, the others one
page a paper (`mkdocs` and `zensical` with Material's theme and the papers out of the navigation, `hugo` with a bare
layout and no search). `disk` is what it takes to write the files of our site with nothing else. Memory is the peak of
the process tree, what its processes share counted once. `--growth` builds 1,000 papers and more, up to N, and fits how
each stage's time grows: 1 is linear.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.builders import write_papershelf, write_site
from benchmarks.corpus import make_papers
from benchmarks.process import run
from generator.records.cache import RecordCache
from generator.records.read import load_shelf

_STAGE = re.compile(r"(\w+) ([\d.]+) s[,;]")
_SUMMARY = re.compile(r"papershelf: [\d,]+ papers, .*?: (.*)")
_STEPS = (1, 2, 5)
_FASTEST = 0.25  # seconds below which a stage that runs once says nothing about growth
_ROUNDS = 3

Build = Mapping[str, Any]


def build(builder: str, papers: int, runs: int = 1) -> Build:
    """Return what one generator takes for so many papers: the run of the median time."""
    costs = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(runs):
            folder = Path(temporary) / f"{builder}-{number}"
            folder.mkdir()
            command = write_site(builder, folder, papers)
            os.sync()  # what was written before is no part of this
            cost = run(command, cwd=folder, env={"NO_MKDOCS_2_WARNING": "1"})
            site = next(folder / name for name in ("site", "public") if (folder / name).is_dir())
            costs.append((cost, site))
        cost, site = sorted(costs, key=lambda each: each[0].wall_s)[len(costs) // 2]
        files = [path for path in site.rglob("*") if path.is_file()]
        summary = _SUMMARY.search(cost.messages)
        found = {
            "wall_s": cost.wall_s,
            "user_s": cost.user_s,
            "peak_mb": cost.peak_mb,
            "pages": sum(path.suffix == ".html" for path in files),
            "bytes": sum(path.stat().st_size for path in files),
            "stages": {name: float(s) for name, s in _STAGE.findall(summary[1])} if summary else {},
        }
        return (
            found
            if builder != "papershelf"
            else {**found, "disk_s": _rewrite(site, Path(temporary) / "copy")}
        )


def _rewrite(site: Path, folder: Path) -> float:
    """Return the seconds that writing the files of a site takes, with nothing else."""
    files = [(path.relative_to(site), path.read_bytes()) for path in site.rglob("*") if path.is_file()]
    os.sync()
    began = time.perf_counter()
    for name, body in files:
        target = folder / name
        try:
            target.write_bytes(body)
        except FileNotFoundError:
            target.parent.mkdir(parents=True)
            target.write_bytes(body)
    return round(time.perf_counter() - began, 2)


def read_records(papers: int) -> dict[str, float]:
    """Return the seconds in which the records are read, by their form; `again` is with what the first time kept."""
    found = {}
    for form in ("jsonl", "yaml"):
        with tempfile.TemporaryDirectory() as temporary:
            write_papershelf(Path(temporary), make_papers(papers), form)
            for name in (form, f"{form}_again"):
                began = time.perf_counter()
                load_shelf(Path(temporary) / "content", RecordCache(Path(temporary) / "kept" / "records.bin"))
                found[name] = round(time.perf_counter() - began, 2)
    return found


def list_sizes(most: int) -> Iterator[int]:
    """Yield 1,000, 2,000, 5,000, 10,000 and so on; a tenth of that where the most is less."""
    size = min(1000, max(10, most // 10))
    while size <= most:
        yield from (step * size for step in _STEPS if step * size <= most)
        size *= 10


def measure_growth(papers: int, at_most: float) -> tuple[dict[int, Build], dict[str, float]]:
    """Return builds of 1,000 papers and more, up to `papers`, and by which power of the papers each stage's time grows.

    Other work on the machine makes single builds slow. So while something seems to grow faster than allowed, every size is
    built again, three times at most, and the fastest time of each stage counts.
    """
    fastest: dict[int, Build] = {}
    powers: dict[str, float] = {}
    for _ in range(_ROUNDS):
        for number in list_sizes(papers):
            new = build("papershelf", number)
            fastest[number] = take_fastest(fastest.get(number, new), new)
        powers = fit_growth(fastest)
        if max(powers.values()) <= at_most:
            break
    return fastest, powers


def take_fastest(one: Build, two: Build) -> Build:
    """Return a build with the shorter of the times of two builds of the same papers, stage by stage."""
    times = {name: min(one[name], two[name]) for name in ("wall_s", "user_s")}
    stages = {name: min(seconds, two["stages"][name]) for name, seconds in one["stages"].items()}
    return {**one, **times, "stages": stages}


def fit_growth(builds: Mapping[int, Build]) -> dict[str, float]:
    """Return by which power of the papers each stage's time grows (least squares of the logarithms)."""
    powers = {"records": fit_power({n: time_reading(n) for n in builds})}
    for name in ("user_s", *next(iter(builds.values()))["stages"]):
        times = {n: b["user_s"] if name == "user_s" else b["stages"][name] for n, b in builds.items()}
        times = {n: t for n, t in times.items() if t > _FASTEST}
        if len(times) > 1 and name not in powers:
            powers[name] = fit_power(times)
    return powers


def fit_power(times: Mapping[int, float]) -> float:
    """Return by which power of the papers a time grows."""
    points = [(math.log(n), math.log(t)) for n, t in times.items()]
    return round(statistics.linear_regression(*zip(*points, strict=True)).slope, 2)


def time_reading(papers: int, runs: int = 5) -> float:
    """Return the seconds of the fastest of several readings of so many records: one reading is too short to be measured."""
    with tempfile.TemporaryDirectory() as temporary:
        write_papershelf(Path(temporary), make_papers(papers), "jsonl")
        times = []
        for _ in range(runs):
            began = time.perf_counter()
            load_shelf(Path(temporary) / "content")
            times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Build, print the table, write the JSON; exit code 1 when something grows faster than `--at-most`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--peers", default="", help="hugo,mkdocs,zensical")
    parser.add_argument("--runs", type=int, default=1, help="how often each builds; the median counts")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--at-most", type=float, default=math.inf, metavar="POWER")
    parser.add_argument("--json", metavar="FILE", help="- for stdout")
    options = parser.parse_args()
    report: dict[str, Any] = {
        "papers": options.papers,
        "machine": f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}",
        "date": datetime.now(tz=UTC).date().isoformat(),
        "builds": {},
        "records": read_records(options.papers),
    }
    out = sys.stderr if options.json == "-" else sys.stdout
    print(
        "| generator | s | processor s | peak MB | pages | MB |\n|---|---|---|---|---|---|",
        file=out,
        flush=True,
    )
    for builder in ("papershelf", *filter(None, options.peers.split(","))):
        report["builds"][builder] = b = build(builder, options.papers, options.runs)
        row = f"{b['wall_s']} | {b['user_s']} | {b['peak_mb']:,} | {b['pages']:,} | {b['bytes'] / 1e6:,.1f}"
        print(f"| {builder} | {row} |", file=out, flush=True)
    own = report["builds"]["papershelf"]
    report["ratios"] = {
        name: round(own["wall_s"] / b["wall_s"], 2) for name, b in report["builds"].items() if b is not own
    }
    report["ratios"]["disk"] = round(own["wall_s"] / max(own["disk_s"], 0.01), 2)
    if options.growth:
        builds, powers = measure_growth(options.papers, options.at_most)
        report["growth"] = {"wall_s": {str(n): b["wall_s"] for n, b in builds.items()}, "powers": powers}
    for name in ("ratios", "records", "growth"):
        print(f"{name}: {report.get(name, '')}", file=out)
    if options.json:
        text = json.dumps(report, indent=1) + "\n"
        sys.stdout.write(text) if options.json == "-" else Path(options.json).write_text(
            text, encoding="utf-8"
        )
    if any(power > options.at_most for power in report.get("growth", {}).get("powers", {}).values()):
        sys.exit(f"something grows faster than papers to the power of {options.at_most}")


if __name__ == "__main__":
    main()
