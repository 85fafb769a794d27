"""Imports of large files, sound and broken: `python -m benchmarks.imports` gives each of them to the command, in a process of its own."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from benchmarks.process import Alone, run_alone

PAPERSHELF = str(Path(sys.executable).with_name("papershelf"))
_SYLLABLES = (
    "ba",
    "de",
    "ki",
    "lo",
    "mu",
    "na",
    "po",
    "ra",
    "si",
    "tu",
    "ve",
    "wi",
    "zo",
    "gra",
    "sti",
    "lan",
)
_ACCENTS = ("{\\'e}", '{\\"o}', "{\\ss}", "\\'a", "{\\~n}")


class Case(Struct, frozen=True, kw_only=True):
    """A file of so many entries, and what its import may cost at most."""

    form: str
    entries: int
    write: Callable[[int], Iterator[str]]
    processor_s: float
    peak_mb: float
    code: int = 0
    """The exit code that the import ends with."""


class _Facts(Struct, frozen=True, kw_only=True):
    """What an invented entry says."""

    key: str
    title: str
    authors: tuple[tuple[str, str], ...]
    year: int
    venue: str
    doi: str
    pages: tuple[int, int]
    volume: int


def _invent(number: int) -> Iterator[_Facts]:
    """Yield so many invented papers, always the same ones; each has another title and DOI."""
    rnd = random.Random(7)  # noqa: S311 (the same papers every time)
    words = ["".join(rnd.choices(_SYLLABLES, k=rnd.randint(2, 4))) for _ in range(5_000)]
    families = [word.title() for word in words[:2_000]]
    for n in range(number):
        first = rnd.randint(1, 900)
        yield _Facts(
            key=f"{rnd.choice(words)}{n}",
            title=f"{' '.join(rnd.choices(words, k=rnd.randint(5, 11)))} {n}".capitalize(),
            authors=tuple(
                (rnd.choice(families), rnd.choice(words).title()) for _ in range(rnd.randint(1, 6))
            ),
            year=rnd.randint(1990, 2025),
            venue=f"Proceedings of {rnd.choice(words[:60]).title()}",
            doi=f"10.5555/{n}.{rnd.choice(words)}",
            pages=(first, first + rnd.randint(1, 30)),
            volume=rnd.randint(1, 80),
        )


def write_bibtex(number: int) -> Iterator[str]:
    """Yield so many sound entries of BibTeX; every fifth author has an accent as a command."""
    for n, paper in enumerate(_invent(number)):
        names = [f"{family}, {given}" for family, given in paper.authors]
        if n % 5 == 0:
            names[0] = _ACCENTS[n // 5 % len(_ACCENTS)] + names[0]
        fields = {
            "title": paper.title, "author": " and ".join(names), "year": paper.year, "booktitle": paper.venue,
            "doi": paper.doi, "pages": "--".join(map(str, paper.pages)), "volume": paper.volume,
        }  # fmt: skip
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        yield "\n".join([f"@inproceedings{{{paper.key},", *lines, "}\n\n"])


def write_broken_bibtex(number: int) -> Iterator[str]:
    """Yield so many entries of BibTeX, each broken in one of four ways."""
    ways = itertools.cycle(
        (
            "@article{{{key},\n  title = {{{title},\n  year = {{{year}}}\n}}\n\n",
            "@article{{{key},\n  title {{{title}}},\n  year = {{{year}}}\n}}\n\n",
            "@article{{{key},\n  author = {{{author}}},\n  year = {{{year}}}\n}}\n\n",
            '@article{{{key},\n  title = "{title},\n  year = {{{year}}}\n}}\n\n',
        )
    )
    for way, paper in zip(ways, _invent(number), strict=False):
        author = " and ".join(", ".join(name) for name in paper.authors)
        yield way.format(key=paper.key, title=paper.title, year=paper.year, author=author)


def write_broken_ris(number: int) -> Iterator[str]:
    """Yield so many entries of RIS, each broken in one of three ways: no title, no end, no beginning."""
    ways = itertools.cycle(
        (
            "TY  - JOUR\nAU  - {author}\nPY  - {year}\nER  - \n\n",
            "TY  - JOUR\nAU  - {author}\nPY  - {year}\n\n",
            "AU  - {author}\nPY  - {year}\nER  - \n\n",
        )
    )
    for way, paper in zip(ways, _invent(number), strict=False):
        yield way.format(author=", ".join(paper.authors[0]), year=paper.year)


def write_jsonl(number: int) -> Iterator[str]:
    """Yield so many records of JSON Lines as a shelf has them."""
    for paper in _invent(number):
        record = {
            "title": paper.title,
            "authors": [f"{given} {family}" for family, given in paper.authors],
            "published": str(paper.year),
            "venue": paper.venue,
            "venue_type": "conference",
            "volume": str(paper.volume),
            "pages": "-".join(map(str, paper.pages)),
            "links": {"doi": [paper.doi]},
        }
        yield json.dumps(record, ensure_ascii=False) + "\n"


CASES: Mapping[str, Case] = {
    "bibtex": Case(form="bibtex", entries=10_000, write=write_bibtex, processor_s=3, peak_mb=256),
    "broken bibtex": Case(
        form="bibtex", entries=100_000, write=write_broken_bibtex, processor_s=3, peak_mb=256, code=1
    ),
    "broken ris": Case(
        form="ris", entries=100_000, write=write_broken_ris, processor_s=3, peak_mb=256, code=1
    ),
    "jsonl": Case(form="jsonl", entries=100_000, write=write_jsonl, processor_s=6, peak_mb=512),
}


def measure(case: Case) -> Alone:
    """Return what the import of a file costs, into an empty shelf in a folder of its own.

    Raises:
        RuntimeError: when it ends with another exit code than it should.
    """
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "in").open("w", encoding="utf-8") as out:
            out.writelines(case.write(case.entries))
        cost = run_alone([PAPERSHELF, "import", case.form, "in", "--content", "content"], cwd=Path(folder))
    if cost.code != case.code:
        raise RuntimeError(f"{case.form}: exit code {cost.code} instead of {case.code}")
    return cost


def main() -> None:
    """Print the median of what each import costs in several runs; ends with 1 when one is above its limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FILE", help=f"of: {', '.join(CASES)} (default: all)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to FILE")
    given = parser.parse_args()
    above, rows = [], {}
    sys.stdout.write("| file | entries | processor s | at most | peak MB | at most | report kB |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for name in given.names or CASES:
        case = CASES[name]
        costs = sorted((measure(case) for _ in range(given.runs)), key=lambda cost: cost.processor_s)
        cost = costs[len(costs) // 2]
        row = f"| {name} | {case.entries:,} | {cost.processor_s:.2f} | {case.processor_s:g} | {cost.peak_mb:.0f} "
        sys.stdout.write(f"{row}| {case.peak_mb:g} | {cost.report_bytes / 1000:,.0f} |\n")
        sys.stdout.flush()
        rows[name] = {
            "entries": case.entries, "processor_s": [round(one.processor_s, 2) for one in costs],
            "peak_mb": round(cost.peak_mb), "report_bytes": cost.report_bytes,
        }  # fmt: skip
        if cost.processor_s > case.processor_s or cost.peak_mb > case.peak_mb:
            above.append(name)
    if given.json:
        load = f"load {os.getloadavg()[1]:.0f}"
        machine = f"{platform.machine()}, {os.cpu_count()} cores, {load}, Python {platform.python_version()}"
        report = {"machine": machine, "date": datetime.now(tz=UTC).date().isoformat(), "files": rows}
        given.json.write_text(json.dumps(report, indent=2) + "\n")
    sys.stdout.write(f"above the limits: {', '.join(above) or 'none'}\n")
    sys.exit(bool(above))


if __name__ == "__main__":
    main()
