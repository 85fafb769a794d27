"""System locks of folders that only one process at a time may write. They end with their process.

Their files are in the temporary folder, which all users share, and are deleted when nobody needs them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock


class BusyError(Exception):
    """Another process is writing the same folder."""


def take_lock(folder: Path, *, again: bool = False, timeout: float = 0) -> FileLock:
    """Return the lock of a folder, held; with `again` this process may take it while it holds it.

    Raises:
        Timeout: (of filelock) when another process has held it for so many seconds.
    """
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    file = Path(tempfile.gettempdir()) / f"papershelf-{name}.lock"
    lock = FileLock(file, mode=0o666, is_singleton=again)
    lock.acquire(timeout=timeout)
    return lock


def free_lock(lock: FileLock) -> None:
    """Give a lock back. Its file is deleted while it is still held: who has opened it before tries again with a new one."""
    if lock.lock_counter == 1:
        with suppress(OSError):  # a file of another user stays; Windows deletes it by itself
            Path(lock.lock_file).unlink()
    lock.release()
