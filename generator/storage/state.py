"""Local state about a checkout, stored in a user folder that no commit can reach.

The callers provide this folder (`generator.user_folders`); without one, nothing is stored. In it, each checkout has a
folder named by a digest of its path.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from generator.limits import STATE_BYTES

Value = TypeVar("Value")
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def make_token() -> str:
    """Return sixteen random hexadecimal digits for the name of a temporary folder."""
    return os.urandom(8).hex()


def find_own(place: Path | None, folder: Path, name: str) -> Path | None:
    """Return the path below `place` for a state file of a folder; None without a place."""
    if place is None:
        return None
    return place / hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=16).hexdigest() / name


def read_own(file: Path) -> bytes | None:
    """Return the bytes of a file if it belongs to this user and is a regular file, otherwise None."""
    try:
        handle = os.open(file, _READ)
        with open(handle, "rb") as opened:  # noqa: PTH123 (a handle)
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode) or not is_own(state) or state.st_size > STATE_BYTES:
                return None
            return opened.read(STATE_BYTES)
    except OSError:
        return None


def is_own(state: os.stat_result) -> bool:
    """Return whether a file belongs to this user and nobody else can write it."""
    if not hasattr(os, "geteuid"):
        return True  # Windows keeps the folders of a user from others
    return state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def write_own(file: Path, body: bytes, *, flush: bool = False) -> None:
    """Write a file atomically that only this user can read; with `flush`, wait until it is on disk.

    Raises:
        OSError: if it cannot be written; the old file stays unchanged.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.new")
    try:
        with open(os.open(new, _WRITE, 0o600), "wb") as opened:  # noqa: PTH123 (a handle)
            opened.write(body)
            opened.flush()
            if flush:
                os.fsync(opened.fileno())
        new.replace(file)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    if flush and os.name == "posix":
        for folder in (file.parent, file.parent.parent):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def forget_own(file: Path) -> None:
    """Delete such a file, and its folder if it becomes empty."""
    for left in (file, file.with_name(f"{file.name}.new")):
        left.unlink(missing_ok=True)
    with suppress(OSError):
        file.parent.rmdir()


class Own(Generic[Value]):
    """A value about a folder, stored across processes; without a place it is not stored."""

    def __init__(self, place: Path | None, folder: Path, name: str, kind: type[Value]) -> None:
        self._file = find_own(place, folder, name)
        self._kind = kind

    def load(self) -> Value | None:
        """Return the stored value; None if there is none or it cannot be read."""
        body = read_own(self._file) if self._file else None
        with suppress(msgspec.MsgspecError):
            return msgspec.json.decode(body, type=self._kind) if body is not None else None
        return None

    def save(self, value: Value) -> None:
        """Store a value instead of the last one; it is on disk when this returns."""
        if self._file:
            write_own(self._file, msgspec.json.encode(value), flush=True)

    def forget(self) -> None:
        """Delete the stored value."""
        if self._file:
            forget_own(self._file)
