"""Builds a site in a separate folder and moves it into place when complete, so that the last good site survives failures."""

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
    """The name of a build's folders without their endings: `.new` for the new site, `.old` for the old one."""

    stem: str


class Staging:
    """A folder next to the site, on the same disk, that replaces the site atomically; at most one for each site.

    `state` is the user's folder in which the staging folder's name is saved. The next build cleans up after a killed
    build by this name and touches nothing else. The system releases the lock when its process exits.

    Raises:
        BusyError: if another process is building this site.
        OSError: if the folder cannot be created, or the site's path contains a symbolic link from the checkout.
    """

    def __init__(self, site: Path, state: Path | None) -> None:
        refuse_link(site)
        self.site = site.resolve()
        if self.site.exists() and not self.site.is_dir():
            raise NotADirectoryError(
                errno.ENOTDIR, "this is a file, not the folder of a site: choose another path", str(site)
            )
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
        """Delete the remains of a killed build, and restore the old site if the build was killed between two renames."""
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
        """Return whether a folder has the name of a build of this site (and not of `site-2`)."""
        return bool(re.fullmatch(rf"\.{re.escape(self.site.name)}-\w+\.(new|old)", name, re.ASCII))

    def _list_strangers(self) -> Iterator[Problem]:
        """Yield a problem for each folder that is named like a build of this site but was not created by this machine."""
        for name in sorted(filter(self._is_ours, (path.name for path in self.site.parent.iterdir()))):
            message = f"this looks like the remains of an interrupted build of {self.site.name}, but this machine has no record of one"
            yield note(
                "not-ours",
                message,
                Place(file=name),
                "it was left unchanged: delete it if you do not need it",
            )

    def _clear(self) -> None:
        """Delete the folders of a build and their saved name. If the old site is the only one left, it stays."""
        for ending in (".new", ".old") if os.path.lexists(self.site) else (".new",):
            shutil.rmtree(self._name(ending), ignore_errors=True)
        if not any(os.path.lexists(self._name(ending)) for ending in (".new", ".old")):
            self._kept.forget()

    def swap(self) -> None:
        """Replace the site by the staged folder, and delete the old site."""
        self.folder.chmod(0o755)
        if not self.site.exists():
            self.folder.rename(self.site)
        elif not exchange_folders(self.folder, self.site):
            old = self._name(".old")
            self.site.rename(old)
            try:
                self.folder.rename(self.site)
            except OSError:
                old.rename(self.site)
                raise
        self.drop()

    def drop(self) -> None:
        """Delete the staged folder, or the old site that took its place, and release the lock."""
        self._clear()
        free_lock(self._lock)


def exchange_folders(one: Path, two: Path) -> bool:
    """Exchange two folders atomically; return whether the system could do it."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(two), _EXCHANGE) == 0


def measure(folder: Path) -> int:
    """Return the total size of all files below a folder, in bytes."""
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
