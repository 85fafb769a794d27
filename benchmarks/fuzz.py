"""Long runs of the fuzzer: `python -m benchmarks.fuzz --minutes 10 bibtex`, another seed with every round, and with `--json FILE` with every run."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from fuzz.invariants import check_import
from fuzz.strategies import ENRICH_FILES, RECORD_FILES, SPOT_FILES, TEXTS, TOPIC_FILES, spoilt
from fuzz.test_fuzz import read_content, read_record

_EXAMPLES = 300
_FILES = {"topics.yml": TOPIC_FILES, "map.csv": SPOT_FILES, "enrich.yml": ENRICH_FILES}
NAMES = (*TEXTS, "record", *_FILES)


def _choose(name: str, folder: Path) -> tuple[SearchStrategy[str], Callable[[str], None]]:
    """Return the texts of a format and what is tried with each of them."""
    if name == "record":
        return RECORD_FILES, read_record
    if name in _FILES:
        return _FILES[name], lambda text: read_content(folder, name, text)
    return spoilt(TEXTS[name]), lambda text: check_import(name, text)


def fuzz(name: str, minutes: float, first: int) -> int:
    """Try texts of a format for so many minutes of a processor; return how many were tried. A failure ends it, with its text."""
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        texts, check = _choose(name, Path(folder))

        def attempt(text: str) -> None:
            nonlocal tried
            tried += 1
            check(text)

        end = time.process_time() + 60 * minutes
        number = first
        while time.process_time() < end:
            rules = settings(
                max_examples=_EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
            )
            seed(number)(rules(given(texts)(attempt)))()
            number += 1
    return tried


def main() -> None:
    """Fuzz the formats that are named, or all of them, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FORMAT", help=f"of: {', '.join(NAMES)} (default: all)")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="add the run to what FILE has of earlier ones"
    )
    options = parser.parse_args()
    for name in options.names or NAMES:
        kept = json.loads(options.json.read_text()) if options.json and options.json.exists() else {}
        before = kept.get(name, {"minutes": 0, "texts": 0})
        tried = fuzz(name, options.minutes, before["texts"])
        sys.stdout.write(f"{name}: {tried:,} texts\n")
        sys.stdout.flush()
        if options.json:
            kept[name] = {"minutes": before["minutes"] + options.minutes, "texts": before["texts"] + tried}
            options.json.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")


if __name__ == "__main__":
    main()
