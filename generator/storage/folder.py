"""Access to files in a folder with untrusted content: names cannot lead out of it, and symbolic links are not followed."""

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
"""Whether the system can open files relative to a folder's handle, which stays valid even if the folder is replaced."""
CHECKOUT = (".git", "mkdocs.yml")
"""Names that identify the root folder of a checkout."""


class LeavesError(OSError):
    """Raised for a name or link that leads out of its folder."""

    def __str__(self) -> str:
        return f"{self.filename}: {self.strerror}"


def check_name(name: str) -> str:
    """Check the name of a file below a folder, with slashes between its parts, and return it unchanged.

    Raises:
        LeavesError: if it is absolute, has an empty part, `.` or `..`, or a character that separates parts on some
            system.
    """
    if any(part in {"", ".", ".."} for part in name.split("/")) or any(sign in name for sign in "\\:\0"):
        raise LeavesError(errno.EINVAL, "the name leads out of its folder", name)
    return name


def find_link(path: Path) -> Path | None:
    """Return the first symbolic link in a path that is inside a checkout and may have been added by a commit.

    Links outside of checkouts, such as `/tmp` on some systems, are the user's own.
    """
    here = Path.cwd() / path
    for part in (*reversed(here.parents), here):
        if part.is_symlink() and any((top / name).exists() for top in part.parents for name in CHECKOUT):
            return part
    return None


def refuse_link(path: Path) -> None:
    """Check that a path contains no symbolic link that a commit may have added.

    Raises:
        LeavesError: if the path contains a symbolic link inside a checkout.
    """
    if link := find_link(path):
        raise LeavesError(
            errno.ELOOP, "a symbolic link in the checkout: use the path of its target", str(link)
        )


class Folder:
    """An open folder, to be used as a context manager. All names are relative, with slashes, and checked by `check_name`.

    Each folder in a path is opened from the handle of its parent, so that nobody can replace it by a link between
    the check and the use. On systems without such handles, each folder is checked before use.
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
        """Yield the arguments for system calls on a file: its name and its folder's handle, or its path and None.

        Errors raised inside get the name.
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
        """Return whether the name exists."""
        try:
            with self._reach(name) as (last, handle):
                os.stat(last, dir_fd=handle, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def digest(self, name: str) -> str:
        """Return a digest of a file's bytes, or an empty text if the file does not exist.

        Raises:
            OSError: if it cannot be read or is not a regular file; symbolic links are not followed.
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
        """Create a file and wait until it is on disk."""
        with self._reach(name) as (last, handle):
            file = os.open(last, _WRITE, 0o666, dir_fd=handle)
        with open(file, "w", encoding="utf-8", newline="\n") as opened:  # noqa: PTH123 (as above)
            opened.write(text)
            opened.flush()
            os.fsync(file)

    def make_folder(self, name: str) -> None:
        """Create a folder."""
        with self._reach(name) as (last, handle):
            os.mkdir(last, dir_fd=handle)

    def move(self, name: str, target: str) -> None:
        """Move a file, replacing an existing one; missing parent folders of the target are created."""
        with self._reach(target, make=True) as (new, end), self._reach(name) as (old, start):
            os.replace(old, new, src_dir_fd=start, dst_dir_fd=end)

    def delete(self, name: str) -> None:
        """Delete a file if it exists."""
        with suppress(FileNotFoundError), self._reach(name) as (last, handle):
            os.unlink(last, dir_fd=handle)

    def delete_folder(self, name: str) -> None:
        """Delete a folder and its content as far as possible; links are deleted, not followed."""
        with suppress(FileNotFoundError), self._reach(name) as (last, handle):
            shutil.rmtree(last, ignore_errors=True, dir_fd=handle)

    def flush(self, names: Iterable[str]) -> None:
        """Wait until this folder and the folders of the given files are on disk."""
        if not HANDLES:
            return
        for way in {"", *(name[: name.rfind("/") + 1] for name in names)}:
            with suppress(FileNotFoundError), self._reach(f"{way}any") as (_, handle):
                os.fsync(handle)  # type: ignore[arg-type] # there are handles
