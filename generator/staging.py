"""The site is built aside and put in its place when it is whole, so that the last good one survives every failure."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import tempfile
from pathlib import Path

from filelock import Timeout

from generator.locks import BusyError, find_lock

_EXCHANGE = 2  # RENAME_EXCHANGE, of linux/fs.h
_HERE = -100  # AT_FDCWD, of linux/fcntl.h


class Staging:
    """A folder beside the site, on the same disk, that becomes the site in one step; one at a time for each site.

    The lock is the system's and goes with the process that holds it.

    Raises:
        BusyError: when another process is building this site.
    """

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self.site.parent.mkdir(parents=True, exist_ok=True)
        self._lock = find_lock(self.site)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as fault:
            raise BusyError(
                f"another build is writing {self.site}: wait for it, or build elsewhere"
            ) from fault
        self._repair()
        self.folder = Path(
            tempfile.mkdtemp(prefix=f".{self.site.name}-", suffix=".new", dir=self.site.parent)
        )

    def _repair(self) -> None:
        """Delete what a killed build left, and put the old site back where it was killed between two renames."""
        own = re.compile(
            rf"\.{re.escape(self.site.name)}-\w+\.(new|old)", re.ASCII
        )  # and not those of `site-2`
        for left in sorted(path for path in self.site.parent.iterdir() if own.fullmatch(path.name)):
            if left.suffix == ".old" and left.is_dir() and not self.site.exists():
                left.rename(self.site)
            elif left.suffix in {".new", ".old"} and left.is_dir():
                shutil.rmtree(left, ignore_errors=True)

    def swap(self) -> None:
        """Put the staged folder in the place of the site, and delete the old one."""
        self.folder.chmod(0o755)
        if not self.site.exists():
            self.folder.rename(self.site)
        elif not exchange(self.folder, self.site):
            old = self.folder.with_suffix(".old")
            self.site.rename(old)
            try:
                self.folder.rename(self.site)
            except OSError:
                old.rename(self.site)
                raise
            self.folder = old
        self.drop()

    def drop(self) -> None:
        """Delete the staged folder, or the old site in its place, and let others build."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def exchange(one: Path, two: Path) -> bool:
    """Return whether two folders changed places in one step; nothing is done where the system has no such step."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(two), _EXCHANGE) == 0


def measure(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    size = 0
    folders = [str(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    size += entry.stat(follow_symlinks=False).st_size
    return size
