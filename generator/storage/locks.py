"""System locks for folders that only one process at a time may write. They are released when the process exits.

Their files are in the temporary folder, which all users share, and are deleted after use.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock


class BusyError(Exception):
    """Raised when another process is writing the same folder."""


def take_lock(folder: Path, *, again: bool = False, timeout: float = 0) -> FileLock:
    """Acquire and return the lock of a folder; with `again`, this process may acquire it again while holding it.

    Raises:
        Timeout: (of filelock) if another process holds it for longer than `timeout` seconds.
    """
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    file = Path(tempfile.gettempdir()) / f"papershelf-{name}.lock"
    lock = FileLock(file, mode=0o666, is_singleton=again)
    lock.acquire(timeout=timeout)
    return lock


def free_lock(lock: FileLock) -> None:
    """Release a lock. Its file is deleted while the lock is held; processes that have already opened it retry with a new file."""
    if lock.lock_counter == 1:
        with suppress(OSError):  # a file of another user stays; Windows deletes it by itself
            Path(lock.lock_file).unlink()
    lock.release()
