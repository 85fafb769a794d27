"""Several files of a shelf written as one transaction: all of them or none, even if the process is killed.

1. Staged: the new texts are written to a hidden folder beside the old ones, and flushed.
2. Committed: the list of what is to be done, with digests, is saved in one step among what this machine keeps.
3. Finished: each text is moved to its place, each file that goes is deleted, then the hidden folder and the list.

Only the list decides, and no commit can bring it. Whoever reads the shelf next finishes what is committed and deletes
what is only staged. A file that is neither what it was nor what it becomes has been changed since: then nothing is done.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout
from msgspec import Struct
from msgspec.structs import replace

from generator.problems import Place, Problem, error, note
from generator.storage.folder import Folder, refuse_link
from generator.storage.locks import BusyError, free_lock, take_lock
from generator.storage.state import Own, make_token

PREFIX = ".papershelf"
"""What the names of hidden folders begin with."""
_PATIENCE = 60.0
"""Seconds to wait for a process that is moving its files."""
_FOLDER = re.compile(rf"{re.escape(PREFIX)}-[0-9a-f]{{16}}")


class Step(Struct, frozen=True):
    """A file, and the digests of what it held before and holds after; the empty text for no file."""

    name: str
    before: str
    after: str


class Transaction(Struct, frozen=True):
    """The hidden folder of the new texts, which are named by their number, and the steps once they are committed."""

    folder: str
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if not _FOLDER.fullmatch(self.folder):
            raise ValueError(f"{self.folder} is not the folder of a transaction")


@contextmanager
def hold(content: Path) -> Iterator[None]:
    """Let nobody else write the shelf; what the same process does inside may hold it too.

    Raises:
        BusyError: when another process is writing it.
    """
    try:
        lock = take_lock(content, again=True)
    except Timeout as fault:
        raise BusyError(f"another command is writing {content}: wait for it") from fault
    try:
        yield
    finally:
        free_lock(lock)


def write_files(content: Path, files: Mapping[str, str | None], state: Path | None) -> None:
    """Write texts to files, relative to the shelf's folder, and delete those whose text is None: all or nothing.

    `state` is where this machine keeps the list; without it, a kill while files are moved may leave some of them.

    Raises:
        OSError: when they cannot be written; what the shelf held is as it was, or the next run writes them.
        BusyError: when another process is writing the shelf.
    """
    if not files:
        return
    refuse_link(content)
    content.mkdir(parents=True, exist_ok=True)
    with hold(content), Folder(content) as shelf:
        kept = _keep(content, state)
        _resume(shelf, kept)
        staged = Transaction(f"{PREFIX}-{make_token()}")
        try:
            kept.save(staged)
            committed = replace(staged, steps=_stage(shelf, staged.folder, files))
            kept.save(committed)
        except BaseException as fault:
            _clear(shelf, kept, staged.folder)
            if isinstance(fault, OSError) and str(fault.filename or PREFIX).startswith(PREFIX):
                fault.filename = str(content)  # a full disk names no file, or one that nobody knows
            raise
        _finish(shelf, committed)
        _clear(shelf, kept, committed.folder)


def finish_writing(content: Path, state: Path | None) -> tuple[Problem, ...]:
    """Finish what a killed command has committed, and say so, or why that cannot be done.

    What is named as a hidden folder of ours, and is none of this machine's, is an error and left alone.
    """
    found = _list_hidden(content)
    kept = _keep(content, state)
    left = kept.load()
    strangers = [name for name in found if not left or name != left.folder]
    problems = [_name_stranger(name) for name in strangers if os.path.lexists(content / name)]
    return (*problems, *(_finish_killed(content, kept, left) if left else ()))


def _finish_killed(content: Path, kept: Own[Transaction], left: Transaction) -> Iterator[Problem]:
    place = Place(file=left.folder)
    try:
        lock = take_lock(content, again=True, timeout=_PATIENCE if left.steps else 0)
    except Timeout:
        if left.steps:
            yield error("cut-short", "another command is writing the shelf", place, "wait for it")
        return
    try:
        with Folder(content) as shelf:
            moved, given_up = _resume(shelf, kept)
    except OSError as fault:
        message = f"a command was interrupted, and its files cannot be moved into place: {fault.strerror}"
        hint = f"correct that, or delete {left.folder} to discard what that command had not written"
        yield error("cut-short", message, Place(file=str(fault.filename or left.folder)), hint)
        return
    finally:
        free_lock(lock)
    if moved:
        yield note("cut-short", f"a command was interrupted: {moved} of its files are in place now", place)
    if given_up:
        message = f"a command was interrupted and its hidden folder is gone: {given_up} of its files are not written"
        yield note("cut-short", message, place)


def _keep(content: Path, state: Path | None) -> Own[Transaction]:
    return Own(state, content, "transaction.json", Transaction)


def _list_hidden(content: Path) -> list[str]:
    """Return what is named like hidden folders of this program, of this version or an older one."""
    try:
        return sorted(path.name for path in content.iterdir() if path.name.casefold().startswith(PREFIX))
    except OSError:
        return []  # who reads the shelf will say so


def _name_stranger(name: str) -> Problem:
    message = "this looks like the files of an interrupted command, but this machine has no record of one: they are ignored"
    hint = "delete it; if another user or machine was writing this shelf, run `papershelf check` there first"
    return error("not-ours", message, Place(file=name), hint)


def _stage(shelf: Folder, folder: str, files: Mapping[str, str | None]) -> tuple[Step, ...]:
    """Write everything aside, wait until it is on the disk, and return what is to be done with it."""
    shelf.make_folder(folder)
    steps = []
    for number, (name, text) in enumerate(files.items()):
        before, after = shelf.digest(name), ""
        if text is not None:
            shelf.write(f"{folder}/{number}", text)
            after = shelf.digest(f"{folder}/{number}")
        steps.append(Step(name, before, after))
    shelf.flush([f"{folder}/0"])
    return tuple(steps)


def _resume(shelf: Folder, kept: Own[Transaction]) -> tuple[int, int]:
    """Finish what is committed, forget what is only staged; return how many files were moved, and how many are lost.

    They are lost when somebody has deleted the hidden folder, or another checkout is here now.
    """
    left = kept.load()
    if left is None:
        return 0, 0
    moved = lost = 0
    if shelf.has(left.folder):
        moved = _finish(shelf, left)
    else:
        lost = sum(not _is_done(shelf, step) for step in left.steps)
    _clear(shelf, kept, left.folder)
    return moved, lost


def _clear(shelf: Folder, kept: Own[Transaction], folder: str) -> None:
    """Delete the hidden folder, and forget it when it is gone."""
    shelf.delete_folder(folder)
    if not shelf.has(folder):
        kept.forget()


def _is_done(shelf: Folder, step: Step) -> bool:
    try:
        return shelf.digest(step.name) == step.after
    except OSError:
        return False  # a link, or a folder


def _finish(shelf: Folder, committed: Transaction) -> int:
    """Do the steps that are not done yet, and return how many there were.

    Raises:
        OSError: when something is not as it was left; then nothing is done.
    """
    todo = []
    for number, step in enumerate(committed.steps):
        found = shelf.digest(step.name)
        if found != step.after:
            _expect(step.before, found, step.name)
            todo.append((f"{committed.folder}/{number}", step))
    for staged, step in todo:
        if step.after:
            _expect(step.after, shelf.digest(staged), staged)
    for staged, step in todo:
        if step.after:
            shelf.move(staged, step.name)
        else:
            shelf.delete(step.name)
    shelf.flush(step.name for _, step in todo)
    return len(todo)


def _expect(digest: str, found: str, name: str) -> None:
    if found != digest:
        raise OSError(errno.EBUSY, "it was changed since", name)
