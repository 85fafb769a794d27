"""What hostile files cost: `python -m benchmarks.hostile` gives each of the tests' cases to the command, in a process of its own."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.process import Alone, run_alone

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from fuzz.cases import BYTES, HARMLESS, IMPORTS, RECORDS, UNSEEN

PAPERSHELF = str(Path(sys.executable).with_name("papershelf"))


def list_cases() -> Iterator[tuple[str, list[str], str, bytes]]:
    """Return each case: its name, the arguments of the command, and the file that it reads, with its bytes."""
    for name, (text, *_) in RECORDS.items():
        yield f"record {name}", ["check"], "content/papers/owls.yml", text.encode("utf-8", "surrogatepass")
    for name, (data, *_) in BYTES.items():
        yield f"bytes {name}", ["import", "bibtex", "in"], "in", data
    for name, (form, text, *_) in IMPORTS.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        yield name, ["import", form, "in"], "in", data
    for name, title in [*HARMLESS.items(), *((name, given) for name, (given, _) in UNSEEN.items())]:
        yield f"title {name}", ["import", "bibtex", "in"], "in", f"@misc{{a, title = {{{title}}}}}".encode()


def measure(arguments: list[str], file: str, data: bytes) -> Alone:
    """Return what a command costs on a file, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "content" / "papers").mkdir(parents=True)
        (Path(folder) / file).write_bytes(data)
        return run_alone([PAPERSHELF, *arguments, "--content", "content"], cwd=Path(folder))


def main() -> None:
    """Print the costliest cases, with what an empty file costs; ends with 1 when one is above the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--megabytes", type=float, default=256)
    given = parser.parse_args()
    empty = measure(["check"], "content/papers/owls.yml", b"title: Owls\n")
    found = {name: measure(*case) for name, *case in list_cases()}
    odd = [name for name, cost in found.items() if cost.code not in {0, 1, 2}]
    above = [name for name, cost in found.items() if cost.wall_s > given.seconds or cost.peak_mb > given.megabytes]  # fmt: skip
    sys.stdout.write("| file | seconds | MB |\n|---|---|---|\n")
    sys.stdout.write(f"| one sound record | {empty.wall_s:.2f} | {empty.peak_mb:.0f} |\n")
    for by in ("wall_s", "peak_mb"):
        for name, cost in sorted(found.items(), key=lambda item: -getattr(item[1], by))[:5]:
            sys.stdout.write(f"| {name} | {cost.wall_s:.2f} | {cost.peak_mb:.0f} |\n")
    sys.stdout.write(f"{len(found)} files; above the limits: {above or 'none'}; other exit codes: {odd or 'none'}\n")  # fmt: skip
    sys.exit(bool(above or odd))


if __name__ == "__main__":
    main()
