"""`python -m benchmarks.mutants escaping ids`: break the code in small ways, and count what tests notice.

mutmut 3.8 (`pip install mutmut`) says which changes to make. Each is made in a process of its own, by giving the functions of
a loaded module the code of the changed source, and only tests that call them are run; so two thousand take minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterator
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import pytest

from benchmarks.mutants.changes import ROOT, list_mutants
from benchmarks.mutants.trial import Trial

PARTS = {
    "escaping": (
        ["text/escaping/html", "text/escaping/lines", "text/escaping/markdown", "text/escaping/bibtex", "text/escaping/workflow"],
        ["text", "test_escaping.py", "test_annotations.py", "formats/test_bibtex_write.py", "formats/test_readme.py", "test_exports.py"],
    ),
    "ids": (
        ["records/ids", "identifiers"],
        ["records/test_ids.py", "test_identifiers.py", "test_identities.py", "formats"],
    ),
    "merging": (
        ["records/deduplicate", "records/merge", "records/normalise"],
        ["records", "formats", "test_identities.py", "test_listings.py"],
    ),
    "reading": (
        ["records/read", "records/parse", "storage/text_file", "records/json_line"],
        ["storage/test_text_file.py", "storage/test_strict_yaml.py", "records", "test_check.py"],
    ),
    "swapping": (
        ["storage/staging", "storage/transaction", "storage/folder", "storage/state"],
        ["test_staging.py", "storage", "records/test_edits.py"],
    ),
}  # fmt: skip
"""What is broken, as files below `generator/`, and the tests that should notice."""
Result = dict[str, Any]
OPTIONS = ["-q", "-s", "-p", "no:cacheprovider", "--hypothesis-profile=hasty"]


def try_file(
    path: str, tests: list[str], every: int, only: Collection[str], answers: SimpleQueue[Result]
) -> None:
    """Put into a queue how many mutants of a file were tried, one of `every` or `only` these, and which were not noticed."""
    file, module = ROOT / path, path.removesuffix(".py").replace("/", ".")
    numbered = enumerate(list_mutants(file, module))
    mutants = (one for at, one in numbered if (one.diff in only if only else at % every == 0))
    trial = Trial(file, module, mutants)
    pytest.main([*OPTIONS, *(str(ROOT / "tests" / test) for test in tests)], plugins=[trial])
    answers.put({"mutants": trial.tried, "missed": trial.missed})


def try_apart(path: str, tests: list[str], every: int, only: Collection[str]) -> Result:
    """Return what `try_file` finds in a process of its own: pytest leaves much behind."""
    forks = get_context("fork")
    answers: SimpleQueue[Result] = forks.SimpleQueue()
    child = forks.Process(target=try_file, args=(path, tests, every, only, answers))
    child.start()
    child.join()
    if child.exitcode or answers.empty():
        sys.exit(f"{path}: not tried")
    return answers.get()


def try_part(name: str, report: Result, every: int, *, again: bool) -> Iterator[str]:
    """Try the files of a part, put into `report` what was found, keep its reasons, and yield each file that was tried."""
    files, tests = PARTS[name]
    for path in (f"generator/{file}.py" for file in files):
        before = report.setdefault(name, {}).get(path, {})
        missed = before.get("missed", {})
        if again and before and not missed:
            continue
        found = try_apart(path, tests, every, missed if again else ())
        tried = before["mutants"] if again and before else found["mutants"]
        kept = {diff: missed.get(diff, "") for diff in found["missed"]}
        report[name][path] = {"mutants": tried, "noticed": tried - len(kept), "missed": kept}
        yield path


def main() -> None:
    """Try the parts that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one of N mutants (default: all)")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="keep what was found, beside what FILE has of other files"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="try only what FILE says was missed, of files that did not change since",
    )
    given = parser.parse_args()
    report = json.loads(given.json.read_text()) if given.json and given.json.exists() else {}
    for name in given.parts or PARTS:
        for path in try_part(name, report, given.every, again=given.again):
            found = report[name][path]
            sys.stdout.write(f"\n{path}: {found['noticed']} of {found['mutants']}\n")
            sys.stdout.flush()
            if given.json:
                given.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
