"""Long runs of the fuzzer: `python -m benchmarks.fuzz --minutes 10 bibtex`, another seed with every round."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from door.promises import check_import
from door.strategies import ENRICH_FILES, RECORD_FILES, SPOT_FILES, TEXTS, TOPIC_FILES, spoilt
from door.test_fuzz import read_content, read_record

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
    """Try texts of a format for so many minutes; return how many were tried. A failure ends it, with its text."""
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        texts, check = _choose(name, Path(folder))

        def attempt(text: str) -> None:
            nonlocal tried
            tried += 1
            check(text)

        end = time.monotonic() + 60 * minutes
        number = first
        while time.monotonic() < end:
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
    parser.add_argument("--seed", type=int, default=0)
    given_names = parser.parse_args()
    for name in given_names.names or NAMES:
        sys.stdout.write(f"{name}: {fuzz(name, given_names.minutes, given_names.seed):,} texts\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
