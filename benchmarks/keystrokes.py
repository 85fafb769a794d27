"""`python -m benchmarks.keystrokes [--papers N,N,…]`: how long Chromium takes from a key to its results, warm.

Words of titles are typed letter by letter into the real engine in a page; a key is done when the first ten results are
nodes of the page. Every text is typed twice, and the second time is measured.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import random
import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.corpus import make_papers
from benchmarks.search import write_index

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_TEXTS = 40
_TYPE = """
async (texts) => {
  const [{ openEngine }, { showCard }] = await Promise.all([import("/assets/papershelf/search/open.js"), import("/assets/papershelf/shared/show.js")]);
  const engine = await openEngine();
  const times = [];
  for (const text of texts) for (const measured of [false, true]) for (let end = 1; end <= text.length; end += 1) {
    const start = performance.now();
    const results = await engine.search(text.slice(0, end), { typing: true });
    const cards = await engine.cards(results.documents.slice(0, 10));
    document.body.replaceChildren(...cards.map((card) => showCard(card, results.marks)));
    document.body.getBoundingClientRect();
    if (measured) times.push(performance.now() - start);
  }
  return times;
}
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012 (as the base class has it)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def measure(number: int) -> list[float]:
    """Return the milliseconds of every key."""
    papers = list(make_papers(number))
    rnd = random.Random(5)  # noqa: S311 (the same texts every time)
    texts = [" ".join(paper.title.split()[:4]) for paper in rnd.sample(papers, _TEXTS)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_index(papers, Path(folder))
        (Path(folder) / "index.html").write_text("<!doctype html><title>Keys</title><body>")
        handler = functools.partial(_Quiet, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            path = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
            page = browser.new_page()
            page.set_default_timeout(600_000)
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            times: list[float] = page.evaluate(_TYPE, texts)
            browser.close()
            server.shutdown()
    return sorted(times)


def main() -> None:
    """Print a row for each number of papers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", default="307,10000,100000")
    print("| papers | keys | p50 ms | p95 ms | most ms |\n|---|---|---|---|---|", flush=True)  # noqa: T201 (the report)
    for number in map(int, parser.parse_args().papers.split(",")):
        times = measure(number)
        figures = (times[len(times) // 2], times[int(len(times) * 0.95)], times[-1])
        print(f"| {number:,} | {len(times)} | {' | '.join(f'{ms:.1f}' for ms in figures)} |", flush=True)  # noqa: T201 (the report)


if __name__ == "__main__":
    main()
