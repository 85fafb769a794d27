"""Locks of the system for folders that one process at a time may write; they go with the process that holds them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from filelock import FileLock


class BusyError(Exception):
    """Another process is writing the same folder."""


def find_lock(folder: Path, *, again: bool = False) -> FileLock:
    """Return the lock of a folder, not yet taken; with `again` this process may take it while it holds it."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    file = Path(tempfile.gettempdir()) / f"papershelf-{name}.lock"
    return FileLock(file, mode=0o666, is_singleton=again)
