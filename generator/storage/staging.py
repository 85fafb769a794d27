"""The site is built in another folder and moved into place when it is complete, so the last good one survives failures."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import Timeout
from msgspec import Struct

from generator.problems import Place, Problem, note
from generator.storage.folder import refuse_link
from generator.storage.locks import BusyError, free_lock, take_lock
from generator.storage.state import Own, make_token

_EXCHANGE = 2  # RENAME_EXCHANGE, of linux/fs.h
_HERE = -100  # AT_FDCWD, of linux/fcntl.h


class Staged(Struct, frozen=True):
    """What the folders of a build are called, without their endings: `.new` while it is built, `.old` for the old site."""

    stem: str


class Staging:
    """A folder beside the site, on the same disk, that becomes the site in one step; one at a time for each site.

    `state` is where this machine keeps the folder's name: what a killed build left is put right by its name, and nothing
    else is touched. The lock is the system's and goes with the process that holds it.

    Raises:
        BusyError: when another process is building this site.
        OSError: when the folder cannot be made, or a link of the checkout leads to the site.
    """

    def __init__(self, site: Path, state: Path | None) -> None:
        refuse_link(site)
        self.site = site.resolve()
        if self.site.exists() and not self.site.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "this is a file, not the folder of a site", str(site))
        self.site.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock = take_lock(self.site)
        except Timeout as fault:
            raise BusyError(
                f"another build is writing {self.site}: wait for it, or choose another folder"
            ) from fault
        try:
            self._kept = Own(state, self.site, "staged.json", Staged)
            self._repair()
            self.strangers = tuple(self._list_strangers())
            self._stem = f".{self.site.name}-{make_token()}"
            self._kept.save(Staged(self._stem))
            self.folder = self._name(".new")
            self.folder.mkdir(mode=0o700)
        except BaseException:
            free_lock(self._lock)
            raise

    def _name(self, ending: str) -> Path:
        return self.site.parent / f"{self._stem}{ending}"

    def _repair(self) -> None:
        """Delete what a killed build left, and put the old site back where it was killed between two renames."""
        left = self._kept.load()
        if left is None:
            return
        if not self._is_ours(f"{left.stem}.new"):
            self._kept.forget()
            return
        self._stem = left.stem
        old = self._name(".old")
        if old.is_dir() and not old.is_symlink() and not os.path.lexists(self.site):
            old.rename(self.site)
        self._clear()

    def _is_ours(self, name: str) -> bool:
        """Return whether a folder is named as those of this site's builds are, and not those of `site-2`."""
        return bool(re.fullmatch(rf"\.{re.escape(self.site.name)}-\w+\.(new|old)", name, re.ASCII))

    def _list_strangers(self) -> Iterator[Problem]:
        """Yield what is named as ours beside the site, and is none of this machine's: it is left alone."""
        for name in sorted(filter(self._is_ours, (path.name for path in self.site.parent.iterdir()))):
            message = f"this looks like the remains of a killed build of {self.site.name}, but this machine has no record of one"
            yield note(
                "not-ours", message, Place(file=name), "it is left unchanged: delete it if you do not need it"
            )

    def _clear(self) -> None:
        """Delete the folders of a build, and forget them when they are gone; an old site that is the only one stays."""
        for ending in (".new", ".old") if os.path.lexists(self.site) else (".new",):
            shutil.rmtree(self._name(ending), ignore_errors=True)
        if not any(os.path.lexists(self._name(ending)) for ending in (".new", ".old")):
            self._kept.forget()

    def swap(self) -> None:
        """Put the staged folder in the place of the site, and delete the old one."""
        self.folder.chmod(0o755)
        if not self.site.exists():
            self.folder.rename(self.site)
        elif not exchange(self.folder, self.site):
            old = self._name(".old")
            self.site.rename(old)
            try:
                self.folder.rename(self.site)
            except OSError:
                old.rename(self.site)
                raise
        self.drop()

    def drop(self) -> None:
        """Delete the staged folder, or the old site in its place, and let others build."""
        self._clear()
        free_lock(self._lock)


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
