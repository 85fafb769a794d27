"""Mutation testing: `python -m benchmarks.mutants escaping ids` breaks the code in small ways, and counts what tests notice.

mutmut 3.8 (`pip install mutmut`) says which changes to make. Each is made in a process of its own, by giving the functions of
a loaded module the code of the changed source; so that nothing is loaded again, two thousand changes take minutes.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import functools
import gc
import importlib
import itertools
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

import pytest

ROOT = Path(__file__).parent.parent
PARTS = {
    "escaping": (
        ["text/escaping/markup", "text/escaping/lines", "text/escaping/markdown", "text/escaping/bibtex", "text/escaping/workflow"],
        ["test_escaping.py", "test_annotations.py", "formats/test_bibtex.py", "importers/test_readme.py", "test_exports.py"],
    ),
    "ids": (
        ["shelf/ids", "identifiers"],
        ["shelf/test_ids.py", "test_identifiers.py", "test_identities.py", "importers"],
    ),
    "merging": (
        ["shelf/merge", "shelf/join", "shelf/tidy"],
        ["shelf/test_merge.py", "shelf/test_ids.py", "importers", "test_listings.py", "test_identities.py"],
    ),
    "reading": (
        ["shelf/reader", "shelf/records", "formats/text_file"],
        ["formats/test_text_file.py", "formats/test_strict_yaml.py", "shelf", "test_check.py"],
    ),
    "swapping": (["staging", "shelf/journal"], ["test_staging.py", "shelf/test_journal.py", "shelf/test_edits.py"]),
}  # fmt: skip
"""What is broken, as files below `generator/`, and the tests that should notice, quick ones first."""
OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=hasty"]
_PATIENCE = 60
_UNTRIED = 99
_CACHED = type(functools.cache(len))


def list_mutants(file: Path) -> Iterator[tuple[str, CodeType]]:
    """Return each change of a file as a diff without surroundings, and the code of the changed file."""
    file_mutation = importlib.import_module(
        "mutmut.mutation.file_mutation"
    )  # installed by hand, by whoever runs this
    source = file.read_text()
    module, mutations, *_ = file_mutation.create_mutations(str(file), source)
    for mutation in mutations:
        if not mutation.contained_by_top_level_function:
            continue
        tree = file_mutation.deep_replace(module, mutation.original_node, mutation.mutated_node)
        changed = tree.code
        lines = difflib.unified_diff(source.splitlines(), changed.splitlines(), n=0, lineterm="")
        with contextlib.suppress(SyntaxError):
            yield "\n".join(list(lines)[2:]), compile(changed, str(file), "exec")


def find_codes(code: CodeType) -> dict[str, CodeType]:
    """Return the code of each function and method of a module by its qualified name."""
    found = {}
    for inner in (const for const in code.co_consts if isinstance(const, CodeType)):
        found |= {inner.co_qualname: inner} | find_codes(inner)
    return found


def find_functions(name: str) -> list[FunctionType]:
    """Return the functions that a loaded module defines."""
    found = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__module__ == name]
    names = {one.__code__.co_qualname for one in found}
    if len(names) != len({id(one.__code__) for one in found}):
        sys.exit(f"{name}: two functions have one name")
    return found


def forget() -> None:
    """Empty the caches of functions, in which the tests before left what the code returned as it was."""
    for one in gc.get_objects():
        if type(one) is _CACHED:
            one.cache_clear()


def try_mutant(functions: list[FunctionType], codes: dict[str, CodeType], tests: list[str]) -> bool | None:
    """Return whether tests notice, or take longer than a minute; nothing when no function is another one, or none can be."""
    changed = [(one, new) for one in functions if (new := codes.get(one.__code__.co_qualname, one.__code__)) != one.__code__]  # fmt: skip
    if not changed:
        return None
    folder = tempfile.mkdtemp()
    child = os.fork()
    if not child:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.setpgid(0, 0)
        code = 1
        with contextlib.suppress(BaseException):
            try:
                for one, new in changed:
                    one.__code__ = new
            except ValueError:  # another number of free variables
                os._exit(_UNTRIED)
            forget()
            code = int(pytest.main([*OPTIONS, f"--basetemp={folder}/t", *tests]))
        os._exit(code)
    end = time.monotonic() + _PATIENCE
    status = 0, 0
    while not status[0] and time.monotonic() < end:
        time.sleep(0.01)
        status = os.waitpid(child, os.WNOHANG)
    if not status[0]:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    shutil.rmtree(folder, ignore_errors=True)
    if status[0] and os.waitstatus_to_exitcode(status[1]) == _UNTRIED:
        return None
    return not status[0] or status[1] != 0


def try_part(name: str, every: int) -> dict[str, dict[str, object]]:
    """Return how many mutants of each file of a part there are, how many were noticed, and the others."""
    files, tests = PARTS[name]
    paths = [str(ROOT / "tests" / test) for test in tests]
    if pytest.main([*OPTIONS, *paths]):
        sys.exit(f"{name}: the tests fail without any change")
    found: dict[str, dict[str, object]] = {}
    for file in files:
        module = "generator." + file.replace("/", ".")
        importlib.import_module(module)
        functions = find_functions(module)
        known = find_codes(compile((ROOT / "generator" / f"{file}.py").read_text(), f"{ROOT}/generator/{file}.py", "exec"))  # fmt: skip
        for one in functions:
            one.__code__ = known.get(one.__code__.co_qualname, one.__code__)
        tried, missed = 0, []
        for diff, code in itertools.islice(list_mutants(ROOT / "generator" / f"{file}.py"), 0, None, every):
            noticed = try_mutant(functions, find_codes(code), paths)
            tried += noticed is not None
            missed += [diff] if noticed is False else []
        found[f"generator/{file}.py"] = {"mutants": tried, "noticed": tried - len(missed), "missed": missed}
        sys.stdout.write(f"generator/{file}.py: {tried - len(missed)} of {tried}\n")
        sys.stdout.flush()
    return found


def main() -> None:
    """Try the parts that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one of N mutants (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the result, beside what FILE has of other parts")  # fmt: skip
    given = parser.parse_args()
    for name in given.parts or PARTS:
        found = try_part(name, given.every)
        if given.json:
            kept = json.loads(given.json.read_text()) if given.json.exists() else {}
            given.json.write_text(json.dumps(kept | {name: found}, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
