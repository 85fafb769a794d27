"""`python -m benchmarks.faults [--kills 200] [--only NAME] [--json FILE]`: make every error on purpose, and count what is survived.

An error is survived when the old site or the new one stands afterwards, byte for byte, when a shelf is the old one or the
new one, and when the next command succeeds without help. Moments and order come from fixed seeds. Exit code 1 when one
was not survived.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click

from benchmarks.faults.builds import (
    crowd,
    fit_memory,
    kill_builds,
    limit_files,
    limit_memory,
    lock_folder,
    raise_everywhere,
)
from benchmarks.faults.caches import damage_cache
from benchmarks.faults.disks import can_mount, fill_disk
from benchmarks.faults.same import build_everywhere, make_locales
from benchmarks.faults.shelves import fill_commands, kill_commands
from benchmarks.faults.workshop import Outcome

_SMALL, _MANY = 12, 10_000
_LONG = ("orphans", "768 MB", "big import killed")
Cases = dict[str, tuple[str, Callable[[Path], Generator[Outcome]]]]


def list_cases(kills: int, middle: int = 100, workers: int = 1_100, *, with_locales: bool = True) -> Cases:
    """Return every error by its name: what it is, and what makes it. To know the locales of this machine takes three seconds."""
    disk = "a file system of its own in memory" if can_mount() else "a hook that refuses writes"
    with tempfile.TemporaryDirectory() as folder:
        languages = ", ".join(["C", "C.UTF-8", *(make_locales(Path(folder)) if with_locales else ())])
    return {
        "killed": (f"a build of {middle:,} papers, all its processes killed at a random moment", lambda f: kill_builds(f, kills, middle)),
        "orphans": (f"a build of {workers:,} papers, which has helpers, only its main process killed", lambda f: kill_builds(f, max(1, kills // 10), workers, whole_group=False)),
        "disk": (f"the disk full after more and more of the site ({disk})", lambda f: fill_disk(f, middle)),
        "read-only": ("the folder of the site, or the one above it, not writable", lambda f: lock_folder(f, _SMALL)),
        "handles": ("8 to 48 file handles (RLIMIT_NOFILE)", lambda f: limit_files(f, middle)),
        "memory": ("150 to 500 MB of address space for each process (RLIMIT_AS)", lambda f: limit_memory(f, middle)),
        "768 MB": (f"{_MANY:,} papers with 768 MB of address space for each process (RLIMIT_AS), and seen to need no more together", lambda f: fit_memory(f, _MANY)),
        "plugins": ("another plugin raises or is interrupted, at each event", lambda f: raise_everywhere(f, _SMALL)),
        "company": ("three builds at once, of one site and of three", lambda f: crowd(f, middle, 3)),
        "cache": ("the file of known records damaged", lambda f: damage_cache(f, _SMALL)),
        "commands killed": ("`import`, `enrich --accept` and `map` killed before each change to the disk", lambda f: kill_commands(f, 5)),
        "big import killed": ("the same with 300 new records, at 40 changes each", lambda f: kill_commands(f, 300, 40)),
        "commands on a full disk": ("the same commands with no space left from some change on (a hook)", lambda f: fill_commands(f, 5)),
        "surroundings": (f"the same bytes: two checkouts and folders, two time zones, locales {languages}, five hash seeds, two orders of folders, three umasks, one processor and all", lambda f: build_everywhere(f, workers)),
    }  # fmt: skip


def main() -> None:
    """Run the cases, print the table, write the JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", action="append", metavar="NAME", help="again for more than one")
    parser.add_argument(
        "--few", type=int, metavar="N", help="only N trials of each, with few papers, and not the long ones"
    )
    parser.add_argument("--json", metavar="FILE", help="cases that it has from before are kept")
    options = parser.parse_args()
    papers = (_SMALL, _SMALL) if options.few else ()
    cases = list_cases(
        options.kills, *papers, with_locales="surroundings" in (options.only or ["surroundings"])
    )
    if unknown := set(options.only or ()) - cases.keys():
        parser.error(f"no case {unknown.pop()!r}; there are: {', '.join(cases)}")
    report: dict[str, Any] = {
        "machine": f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, {platform.system()}, Python {platform.python_version()}",
        "date": datetime.now(tz=UTC).date().isoformat(),
        "cases": {},
    }
    click.echo("| fault | tried | survived | seconds |\n|---|---|---|---|")
    for name in options.only or [name for name in cases if not options.few or name not in _LONG]:
        report["cases"][name] = found = _run(*cases[name], options.few)
        if options.json:
            _keep(Path(options.json), report, list(cases))
        click.echo(f"| {name} | {found['tried']} | {found['survived']} | {found['seconds']} |")
    if any(found["faults"] for found in report["cases"].values()):
        sys.exit("not everything was survived")


def _keep(file: Path, report: dict[str, Any], order: list[str]) -> None:
    """Write the report with what the file has of other cases, in the order of all cases."""
    known = json.loads(file.read_text(encoding="utf-8"))["cases"] if file.exists() else {}
    found = known | report["cases"]
    kept = {**report, "cases": {name: found[name] for name in order if name in found}}
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _run(what: str, make: Callable[[Path], Generator[Outcome]], few: int | None) -> dict[str, Any]:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # some errors are met as another user
        work = Path(folder) / "work"
        work.mkdir()
        for kept in ("STATE", "CACHE"):  # of the machine that the errors are made on
            os.environ[f"XDG_{kept}_HOME"] = str(Path(folder) / kept.lower())
        outcomes = []
        with closing(make(work)) as trials:
            for outcome in islice(trials, few):
                outcomes.append(outcome)
                if outcome.fault:
                    click.echo(f"{outcome.label}: {outcome.fault}", err=True)
    faults = [f"{outcome.label}: {outcome.fault}" for outcome in outcomes if outcome.fault]
    return {
        "what": what,
        "tried": len(outcomes),
        "survived": len(outcomes) - len(faults),
        "seconds": round(time.perf_counter() - began),
        "trials": [outcome.label for outcome in outcomes] if len(outcomes) <= 20 else [],  # noqa: PLR2004 (a table can hold them)
        "faults": faults,
    }


if __name__ == "__main__":
    main()
