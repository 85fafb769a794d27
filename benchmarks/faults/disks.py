"""Full disks: a small file system in memory where one may be mounted, else writes that fail by a hook."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.workshop import BUILD, Index, Outcome, can_do, judge, make_index, run


def fill_disk(folder: Path, papers: int) -> Generator[Outcome]:
    """Let the disk be full after so many tenths of the new site."""
    index = make_index(folder, papers)
    need = _measure(index.folder)
    with _mount(index.folder.parent / "disk", 4 * need) as disk:
        if disk is None:
            yield from _pretend(index)
            return
        for path in index.folder.iterdir():
            (shutil.copytree if path.is_dir() else shutil.copy)(path, disk / path.name)
        here = Index(disk, old=index.old, new=index.new)
        used = shutil.disk_usage(disk).used
        for step in (5, 0, 9, 2, 7, 1, 3, 4, 6, 8):
            size = used + step * used // 15  # half of what is used is a site
            _resize(disk, size)
            done = run(*BUILD, cwd=disk)
            _resize(disk, 4 * need)
            fault = judge(here, done.returncode, done.stderr)
            yield Outcome(f"{size - used:,} bytes left, exit code {done.returncode}", fault)


def _pretend(index: Index) -> Generator[Outcome]:
    """Let every write fail from the so-manieth on."""
    for number in (20, 1, 100, 2, 5, 10, 30, 40, 60, 80):
        done = run(*BUILD, cwd=index.folder, env={"FAULT": f"full {number} {index.folder}/.site"})
        fault = judge(index, done.returncode, done.stderr)
        yield Outcome(f"no space from change {number} on, exit code {done.returncode}", fault)


def _measure(folder: Path) -> int:
    """Return the bytes that a folder takes in blocks of 4 KB."""
    return sum(-(-path.stat().st_size // 4096) * 4096 + 4096 for path in folder.rglob("*"))


@contextmanager
def _mount(folder: Path, size: int) -> Iterator[Path | None]:
    """Yield a file system of so many bytes, or nothing where none may be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = can_do(command)
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607 (as above)


def _resize(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)  # noqa: S603, S607 (as above)


def can_mount() -> bool:
    """Return whether a file system may be mounted here."""
    with tempfile.TemporaryDirectory() as folder, _mount(Path(folder) / "disk", 1 << 20) as disk:
        return disk is not None
