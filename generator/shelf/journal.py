"""Several files of a shelf written as one: all of them or none, also when the process is killed between two of them.

The new files are gathered in a hidden folder beside the old ones. Its renaming is the moment from which on everything is
as good as written: what is left to do then is moving files on one disk, and whoever reads the shelf next does the rest.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from generator.locks import BusyError, find_lock
from generator.problems import Place, Problem, error, note

GATHERED, DECIDED = ".papershelf.new", ".papershelf.whole"
"""The hidden folder before and after that moment."""
_PUT, _DROP = "put", "drop"
_PATIENCE = 60.0
"""Seconds to wait for a process that is moving its files."""


@contextmanager
def hold(content: Path) -> Iterator[None]:
    """Let nobody else write the shelf; what the same process does inside may hold it too.

    Raises:
        BusyError: when another process is writing it.
    """
    try:
        held = find_lock(content, again=True).acquire(timeout=0)
    except Timeout as fault:
        raise BusyError(f"another command is writing {content}: wait for it") from fault
    with held:
        yield


def write_files(content: Path, files: Mapping[str, str | None]) -> None:
    """Write texts to files, relative to the shelf's folder, and delete those whose text is None: all or nothing.

    Raises:
        OSError: when they cannot be written; what the shelf held is as it was, or the next run writes them.
        BusyError: when another process is writing the shelf.
    """
    if not files:
        return
    content.mkdir(parents=True, exist_ok=True)
    with hold(content):
        _finish(content)
        folder = content / GATHERED
        try:
            _gather(folder, files)
            folder.rename(content / DECIDED)
        except BaseException as fault:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(fault, OSError):
                fault.filename = fault.filename or str(content)  # a full disk names no file
            raise
        _finish(content)


def finish_writing(content: Path) -> tuple[Problem, ...]:
    """Finish what a killed command had decided to write, and say so, or why that cannot be done."""
    decided = (content / DECIDED).is_dir()
    if not decided and not (content / GATHERED).is_dir():
        return ()
    place = Place(file=DECIDED)
    try:
        with find_lock(content, again=True).acquire(timeout=_PATIENCE if decided else 0):
            moved = _finish(content)
    except Timeout:
        wait = error("cut-short", "another command is writing the shelf", place, "wait for it")
        return (wait,) if decided else ()
    except OSError as fault:
        message = f"a command was cut short, and its files cannot be moved: {fault.strerror}"
        return (error("cut-short", message, place, "make the folder writable"),) if decided else ()
    return (
        note("cut-short", f"a command was cut short: {moved} files of it are in their place now", place),
    ) * bool(moved)


def _gather(folder: Path, files: Mapping[str, str | None]) -> None:
    """Write everything aside and wait until it is on the disk."""
    paths = [folder / (_DROP if text is None else _PUT) / name for name, text in files.items()]
    for path, text in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or "", encoding="utf-8", newline="\n")
    _sync([*paths, *{path.parent for path in paths}, folder])


def _finish(content: Path) -> int:
    """Move the files of a folder that is decided on, delete what is left of others, and return how many were moved."""
    gathered, decided = content / GATHERED, content / DECIDED
    shutil.rmtree(gathered, ignore_errors=True)
    if not decided.is_dir():
        return 0
    _sync([content])
    put, drop = _list_files(decided / _PUT), _list_files(decided / _DROP)
    for name in put:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (decided / _PUT / name).replace(content / name)
    for name in drop:
        (content / name).unlink(missing_ok=True)
    _sync({content, *((content / name).parent for name in put)})
    decided.rename(gathered)  # in one step, so that nothing of it is done a second time
    shutil.rmtree(gathered, ignore_errors=True)
    return len(put) + len(drop)


def _list_files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())


def _sync(paths: Iterable[Path]) -> None:
    """Wait until files and folders are on the disk."""
    if os.name != "posix":
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
