"""`python -m benchmarks.mutants escaping ids`: break the code in small ways, and count what tests notice.

mutmut 3.8 (`pip install mutmut`) says which changes to make. Each is made in a process of its own, by giving the functions of
a loaded module the code of the changed source, and only tests that call them are run; so two thousand take minutes.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import pytest

from benchmarks.mutants.changes import ROOT, Mutant, list_mutants
from benchmarks.mutants.trial import Trial

PARTS = {
    "escaping": (
        ["text/escaping/markup", "text/escaping/lines", "text/escaping/markdown", "text/escaping/bibtex", "text/escaping/workflow"],
        ["text", "test_escaping.py", "test_annotations.py", "formats/test_bibtex.py", "importers/test_readme.py", "test_exports.py"],
    ),
    "ids": (
        ["shelf/ids", "identifiers"],
        ["shelf/test_ids.py", "test_identifiers.py", "test_identities.py", "importers"],
    ),
    "merging": (
        ["shelf/merge", "shelf/join", "shelf/tidy"],
        ["shelf", "importers", "test_identities.py", "test_listings.py"],
    ),
    "reading": (
        ["shelf/reader", "shelf/records", "formats/text_file"],
        ["formats/test_text_file.py", "formats/test_door.py", "formats/test_strict_yaml.py", "shelf", "test_check.py"],
    ),
    "swapping": (["staging", "shelf/journal"], ["test_staging.py", "shelf/test_journal.py", "shelf/test_edits.py"]),
}  # fmt: skip
"""What is broken, as files below `generator/`, and the tests that should notice."""
Result = dict[str, Any]
OPTIONS = ["-q", "-s", "-p", "no:cacheprovider", "--hypothesis-profile=hasty"]


def try_file(
    file: str, tests: list[str], wanted: Callable[[int, Mutant], bool], answers: SimpleQueue[Result]
) -> None:
    """Put into a queue how many of the wanted mutants of a file there are, how many were noticed, and the others."""
    path, module = ROOT / "generator" / f"{file}.py", "generator." + file.replace("/", ".")
    mutants = (one for number, one in enumerate(list_mutants(path, module)) if wanted(number, one))
    trial = Trial(path, module, mutants)
    pytest.main([*OPTIONS, *(str(ROOT / "tests" / test) for test in tests)], plugins=[trial])
    answers.put({"mutants": trial.tried, "noticed": trial.tried - len(trial.missed), "missed": trial.missed})


def main() -> None:
    """Try the parts that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one of N mutants (default: all)")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="keep the result, beside what FILE has of other files"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="try only what FILE says was missed, of files that did not change since",
    )
    given = parser.parse_args()
    forks = get_context("fork")  # pytest leaves much behind
    for name in given.parts or PARTS:
        files, tests = PARTS[name]
        for file in files:
            kept = json.loads(given.json.read_text()) if given.json and given.json.exists() else {}
            before = kept.get(name, {}).get(f"generator/{file}.py") if given.again else None
            if before and not before["missed"]:
                continue
            missed = frozenset(before["missed"]) if before else None
            answers = forks.SimpleQueue()
            wanted = functools.partial(is_wanted, given.every, missed)
            child = forks.Process(target=try_file, args=(file, tests, wanted, answers))
            child.start()
            child.join()
            if child.exitcode or answers.empty():
                sys.exit(f"generator/{file}.py: not tried")
            found = answers.get()
            if before:
                found["mutants"], found["noticed"] = (
                    before["mutants"],
                    before["mutants"] - len(found["missed"]),
                )
            sys.stdout.write(f"\ngenerator/{file}.py: {found['noticed']} of {found['mutants']}\n")
            sys.stdout.flush()
            if given.json:
                kept.setdefault(name, {})[f"generator/{file}.py"] = found
                given.json.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")


def is_wanted(every: int, missed: frozenset[str] | None, number: int, mutant: Mutant) -> bool:
    """Return whether a mutant is to be tried: one of `every`, or only what was missed before."""
    return mutant.diff in missed if missed is not None else number % every == 0


if __name__ == "__main__":
    main()
