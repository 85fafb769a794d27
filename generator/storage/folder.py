"""Files below a folder with untrusted content: names cannot lead out of it, and symbolic links are not followed."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

_CHUNK = 1 << 20
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_OPEN = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_STEP = _OPEN | getattr(os, "O_NOFOLLOW", 0)
HANDLES = {os.open, os.mkdir, os.rename, os.unlink, os.stat} <= os.supports_dir_fd
"""Whether a file can be named from the handle of its folder, which stays the same folder whatever is put in its place."""
CHECKOUT = (".git", "mkdocs.yml")
"""What the topmost folder of a checkout has."""


class LeavesError(OSError):
    """A name or a link that leads out of the folder in which it must stay."""

    def __str__(self) -> str:
        return f"{self.filename}: {self.strerror}"


def check_name(name: str) -> str:
    """Return the name of a file below some folder, with slashes between its parts, as it is.

    Raises:
        LeavesError: when it is absolute, has a part that is empty, `.` or `..`, or a character that separates parts on
            some system.
    """
    if any(part in {"", ".", ".."} for part in name.split("/")) or any(sign in name for sign in "\\:\0"):
        raise LeavesError(errno.EINVAL, "a name that leads out of its folder", name)
    return name


def find_link(path: Path) -> Path | None:
    """Return the first symbolic link on the way to a path that lies in a checkout, where a commit may have put it.

    Links outside of checkouts, such as `/tmp` on some systems, are the user's own.
    """
    here = Path.cwd() / path
    for part in (*reversed(here.parents), here):
        if part.is_symlink() and any((top / name).exists() for top in part.parents for name in CHECKOUT):
            return part
    return None


def refuse_link(path: Path) -> None:
    """Check that a commit cannot have decided where a path leads.

    Raises:
        LeavesError: when there is a symbolic link of a checkout on the way.
    """
    if link := find_link(path):
        raise LeavesError(errno.ELOOP, "a symbolic link in the checkout: name its target", str(link))


class Folder:
    """A folder that is open; use it as a context. All names are relative, with slashes, and checked by `check_name`.

    Each folder on the way to a file is opened from the one above it, so that nobody can put a link in its place between
    the check and the use. Where the system has no such handles, each is looked at before it is used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def __enter__(self) -> Self:
        if HANDLES:
            self._handle = os.open(self._path, _OPEN)
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @contextmanager
    def _reach(self, name: str, *, make: bool = False) -> Iterator[tuple[str, int | None]]:
        """Yield what the system knows a file by: its name and the handle of its folder, or its path and nothing.

        What goes wrong inside carries the name.
        """
        *parts, last = check_name(name).split("/")
        handle, way = self._handle, "" if HANDLES else f"{self._path}{os.sep}"
        try:
            with ExitStack() as opened:
                for part in parts:
                    if make:
                        with suppress(FileExistsError):
                            os.mkdir(f"{way}{part}", dir_fd=handle)
                    if not stat.S_ISDIR(
                        os.stat(f"{way}{part}", dir_fd=handle, follow_symlinks=False).st_mode
                    ):
                        raise NotADirectoryError(errno.ENOTDIR, f"{part} is a link or a file, not a folder")
                    if HANDLES:
                        handle = os.open(part, _STEP, dir_fd=handle)
                        opened.callback(os.close, handle)
                    else:
                        way = f"{way}{part}{os.sep}"
                yield f"{way}{last}", handle
        except OSError as fault:
            fault.filename, fault.filename2 = name, None
            raise

    def has(self, name: str) -> bool:
        """Return whether anything is there."""
        try:
            with self._reach(name) as (last, handle):
                os.stat(last, dir_fd=handle, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def digest(self, name: str) -> str:
        """Return a digest of a file's bytes, and the empty text where there is none.

        Raises:
            OSError: when it cannot be read, or is no plain file; a link is none.
        """
        try:
            with self._reach(name) as (last, handle):
                if not stat.S_ISREG(os.stat(last, dir_fd=handle, follow_symlinks=False).st_mode):
                    raise OSError(errno.EINVAL, "this is not a regular file")
                file = os.open(last, _READ, dir_fd=handle)
        except FileNotFoundError:
            return ""
        whole = hashlib.blake2b(digest_size=32)
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 (a handle)
            while part := opened.read(_CHUNK):
                whole.update(part)
        return whole.hexdigest()

    def write(self, name: str, text: str) -> None:
        """Write a file that is not there yet, and wait until it is on the disk."""
        with self._reach(name) as (last, handle):
            file = os.open(last, _WRITE, 0o666, dir_fd=handle)
        with open(file, "w", encoding="utf-8", newline="\n") as opened:  # noqa: PTH123 (as above)
            opened.write(text)
            opened.flush()
            os.fsync(file)

    def make_folder(self, name: str) -> None:
        """Make a folder that is not there yet."""
        with self._reach(name) as (last, handle):
            os.mkdir(last, dir_fd=handle)

    def move(self, name: str, target: str) -> None:
        """Put a file in the place of another one, or where none is; the folders of the target are made."""
        with self._reach(target, make=True) as (new, end), self._reach(name) as (old, start):
            os.replace(old, new, src_dir_fd=start, dst_dir_fd=end)

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        with suppress(FileNotFoundError), self._reach(name) as (last, handle):
            os.unlink(last, dir_fd=handle)

    def delete_folder(self, name: str) -> None:
        """Delete a folder and what is in it, as far as that is possible; links are deleted and not followed."""
        with suppress(FileNotFoundError), self._reach(name) as (last, handle):
            shutil.rmtree(last, ignore_errors=True, dir_fd=handle)

    def flush(self, names: Iterable[str]) -> None:
        """Wait until this folder, and those that some files are in, are on the disk."""
        if not HANDLES:
            return
        for way in {"", *(name[: name.rfind("/") + 1] for name in names)}:
            with suppress(FileNotFoundError), self._reach(f"{way}any") as (_, handle):
                os.fsync(handle)  # type: ignore[arg-type] # there are handles
