"""`python -m benchmarks.pages [SITE] [--papers N] [--pages NAME,…] [--runs N] [--lighthouse FOLDER] [--json FILE]`: how fast pages are for readers.

Opens each kind of page of a built site in Chromium as on a phone (see `phone`), some of them again as a reader who comes
back: every paper of the shelf has marks and notes, and everything came since the last visit. `--papers` builds so many
invented papers and measures their site, which then finds by meaning, too. `--pages results,search` measures these alone. Times depend on what else the machine does; bytes and shifts do not.

`--lighthouse` adds the scores of Lighthouse, which simulates the phone from one quiet visit; FOLDER is where
`npm install lighthouse` was called.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.builders import write_papershelf
from benchmarks.corpus import make_papers
from benchmarks.host import BELOW, host
from benchmarks.phone import CONNECT_S, read_page, take_median
from benchmarks.process import run

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_RETURNING = ("home", "topic", "paper", "list", "search", "new", "desk")
_JUDGED = ("home", "topic", "paper", "search", "desk", "map", "stats", "about")
_KINDS = ("html", "css", "js", "fonts", "data")
_NOTE = "A note of two lines that somebody wrote\nwhile reading this paper."


def list_papers(site: Path) -> list[Path]:
    """Return the folders of a site's papers."""
    return sorted(path for path in (site / "papers").iterdir() if (path / "index.html").exists())


def list_pages(site: Path) -> dict[str, str]:
    """Return the addresses of one page of each kind: the largest topic, and the paper of middle size."""
    topics = [path for path in (site / "topics").iterdir() if (path / "index.html").exists()]
    papers = list_papers(site)

    def size(path: Path) -> tuple[int, str]:
        return ((path / "index.html").stat().st_size, path.name)

    topic, paper = max(topics, key=size), sorted(papers, key=size)[len(papers) // 2]
    pages = {
        "home": "", "topic": f"topics/{topic.name}/", "paper": f"papers/{paper.name}/", "list": "papers/",
        "search": "search/", "results": "search/?q=language+model", "new": "new/", "map": "map/", "stats": "stats/",
        "desk": "desk/", "about": "about/",
    }  # fmt: skip
    return {name: path for name, path in pages.items() if (site / path.split("?")[0] / "index.html").exists()}


def store_marks(site: Path) -> dict[str, str]:
    """Return the storage of a reader who has marked papers in every way and was here long ago."""
    ids = [path.name for path in list_papers(site)]
    day = "2020-01-01"
    ways: list[dict[str, str]] = [
        {"read": day, "note": _NOTE},
        {"hidden": day},
        {"saved": day, "note": _NOTE},
    ]
    papers = {key: {"title": key, **ways[n % len(ways)]} for n, key in enumerate(ids[:2_000])}
    seen = {"day": day, "ids": []}
    visit = {"base": seen, "seen": seen, "at": 0}
    desk = {"format": 1, "papers": papers, "lists": {"A list": ids[:50]}, "compare": []}
    return {f"{BELOW}.desk": json.dumps(desk), f"{BELOW}.visit": json.dumps(visit)}


def measure(site: Path, runs: int, only: Collection[str] = ()) -> dict[str, Any]:
    """Return what each page takes, or each of some, and each page of a reader who comes back."""
    marks = store_marks(site)
    rows = {}
    with sync_playwright() as playwright, host(site, CONNECT_S) as base:
        browser = playwright.chromium.launch(executable_path=_find_chromium(), args=_ARGUMENTS)
        for name, path in list_pages(site).items():
            if only and name not in only:
                continue
            visits: list[tuple[str, Mapping[str, str]]] = [(name, {})]
            visits += [(f"{name}, coming back", marks)] if name in _RETURNING else []
            for row, stored in visits:
                read = take_median([read_page(browser, base + path, stored) for _ in range(runs)])
                rows[row] = {
                    "lcp_ms": read.lcp_ms, "tbt_ms": read.tbt_ms, "busy_ms": read.busy_ms, "shift": read.shift, "sent": read.sent,
                    "requests": read.requests, "largest": read.largest,
                }  # fmt: skip
                _print_row(row, rows[row])
        browser.close()
    return rows


def _print_row(name: str, row: Mapping[str, Any]) -> None:
    sent = " | ".join(f"{row['sent'].get(kind, 0) / 1000:.1f}" for kind in _KINDS)
    print(  # noqa: T201 (the report)
        f"| {name} | {row['lcp_ms']:.0f} | {row['tbt_ms']:.0f} | {row['busy_ms']:.0f} | {row['shift']:.3f} | {sent} | {row['requests']} |",
        flush=True,
        file=sys.stderr,
    )


def _find_chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def judge(site: Path, folder: Path) -> dict[str, dict[str, int]]:
    """Return Lighthouse's scores from 0 to 100 for each page.

    Raises:
        subprocess.CalledProcessError: when Lighthouse is not installed in the folder, or fails.
    """
    scores = {}
    chromium = _find_chromium()
    flags = f"--headless=new {' '.join(_ARGUMENTS)}"
    with host(site) as base:
        for name, path in list_pages(site).items():
            if name not in _JUDGED:
                continue
            command = ["npx", "--no-install", "lighthouse", base + path, "--output=json", "--quiet", f"--chrome-flags={flags}"]  # fmt: skip
            environment = {**os.environ, **({"CHROME_PATH": chromium} if chromium else {})}
            result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)  # noqa: S603 (our own command)
            report = json.loads(result.stdout)
            scores[name] = {
                key: round(100 * (part["score"] or 0)) for key, part in report["categories"].items()
            }
            failed = [key for key, audit in report["audits"].items() if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary"]  # fmt: skip
            print(name, scores[name], *failed, file=sys.stderr, flush=True)  # noqa: T201 (the report)
    return scores


def find_largest(site: Path) -> tuple[str, int]:
    """Return the largest HTML file of a site, and its bytes."""
    largest = max(site.rglob("*.html"), key=lambda path: (path.stat().st_size, path.as_posix()))
    return largest.relative_to(site).as_posix(), largest.stat().st_size


@contextmanager
def _take_site(options: argparse.Namespace) -> Iterator[Path]:
    """Give the site to be measured, built from invented papers where a number of them is asked for."""
    if not options.papers:
        yield Path(options.site)
        return
    with tempfile.TemporaryDirectory() as temporary:
        write_papershelf(Path(temporary), make_papers(options.papers), meaning=True)
        run([sys.executable, "-m", "mkdocs", "build"], cwd=Path(temporary))
        yield Path(temporary) / "site"


def main() -> None:
    """Measure, print a row for each page, write the JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", nargs="?", default="site", help="the folder of a built site")
    parser.add_argument("--papers", type=int, help="build so many invented papers instead")
    parser.add_argument("--pages", metavar="NAME,…", default="", help="measure only these pages")
    parser.add_argument(
        "--runs", type=int, default=5, help="how often each page is opened; the median counts"
    )
    parser.add_argument("--lighthouse", metavar="FOLDER", type=Path)
    parser.add_argument("--json", metavar="FILE", help="- for stdout")
    options = parser.parse_args()
    print("| page | LCP ms | TBT ms | busy ms | shift | HTML kB | CSS kB | JS kB | fonts kB | data kB | requests |\n" + "|---" * 11 + "|", file=sys.stderr)  # noqa: T201  # fmt: skip
    with _take_site(options) as site:
        report: dict[str, Any] = {
            "papers": len(list_papers(site)),
            "machine": f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[1]:.0f}",
            "date": datetime.now(tz=UTC).date().isoformat(),
            "runs": options.runs,
            "largest": find_largest(site),
            "pages": measure(site, options.runs, options.pages.split(",") if options.pages else ())
            if options.runs
            else {},
        }
        if options.lighthouse:
            report["scores"] = judge(site, options.lighthouse)
    print("largest page:", *report["largest"], file=sys.stderr)  # noqa: T201 (the report)
    if options.json:
        text = json.dumps(report, indent=1) + "\n"
        sys.stdout.write(text) if options.json == "-" else Path(options.json).write_text(
            text, encoding="utf-8"
        )


if __name__ == "__main__":
    main()
