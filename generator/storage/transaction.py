"""Writes several files of a shelf in one transaction: all or none, even if the process is killed.

1. Stage: the new texts are written to a hidden folder next to the old files, and flushed.
2. Commit: the list of steps, with digests, is saved atomically in the user's state folder.
3. Finish: each text is moved into place, removed files are deleted, then the hidden folder and the list.

Only the list decides, and no Git commit can supply it. The next command that reads the shelf finishes committed
transactions and deletes those that are only staged. If a file matches neither its old nor its new digest, it has been
changed since, and nothing is done.
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

from generator.problems import Place, Problem, amount, error, note
from generator.storage.folder import Folder, refuse_link
from generator.storage.locks import BusyError, free_lock, take_lock
from generator.storage.state import Own, make_token

PREFIX = ".papershelf"
"""The prefix of the names of hidden folders."""
_PATIENCE = 60.0
"""Seconds to wait for another process that is moving files."""
_FOLDER = re.compile(rf"{re.escape(PREFIX)}-[0-9a-f]{{16}}")


class FileChange(Struct, frozen=True):
    """A file with the digests of its old and new content; an empty text means no file."""

    name: str
    before: str
    after: str


class Transaction(Struct, frozen=True):
    """The hidden folder with the new texts, which are named by number, and the steps once committed."""

    folder: str
    steps: tuple[FileChange, ...] = ()

    def __post_init__(self) -> None:
        if not _FOLDER.fullmatch(self.folder):
            raise ValueError(f"{self.folder} is not the folder of a transaction")


@contextmanager
def hold(content: Path) -> Iterator[None]:
    """Lock the shelf for this process; the lock can be nested.

    Raises:
        BusyError: if another process is writing it.
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
    """Write texts to files, relative to the shelf's folder, and delete files whose text is None, in one transaction.

    `state` is the folder for the list of steps. Without it, a kill while files are moved may leave the transaction
    incomplete.

    Raises:
        OSError: if they cannot be written; the shelf is unchanged, or the next run finishes the transaction.
        BusyError: if another process is writing the shelf.
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
    """Finish the committed transaction of a killed command; return a problem that reports this or why it is not possible.

    A hidden folder of Papershelf that this machine did not create is reported and left unchanged.
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
        message = f"an interrupted command cannot be finished, because its files cannot be moved into place: {fault.strerror}"
        hint = f"correct this, or delete {left.folder} to discard the command's unwritten files"
        yield error("cut-short", message, Place(file=str(fault.filename or left.folder)), hint)
        return
    finally:
        free_lock(lock)
    if moved:
        yield note(
            "cut-short",
            f"an interrupted command was finished: {amount(moved, 'file was', 'files were')} moved into place",
            place,
        )
    if given_up:
        message = f"an interrupted command cannot be finished because its temporary folder is missing; {amount(given_up, 'file was', 'files were')} not written"
        yield note("cut-short", message, place)


def _keep(content: Path, state: Path | None) -> Own[Transaction]:
    return Own(state, content, "transaction.json", Transaction)


def _list_hidden(content: Path) -> list[str]:
    """Return names that look like hidden folders of this program, in this or an older version."""
    try:
        return sorted(path.name for path in content.iterdir() if path.name.casefold().startswith(PREFIX))
    except OSError:
        return []  # who reads the shelf will say so


def _name_stranger(name: str) -> Problem:
    message = "this looks like the files of an interrupted command, but this machine has no record of one; they are ignored"
    hint = "delete it; if another user or machine was writing this shelf, run `papershelf check` there first"
    return error("not-ours", message, Place(file=name), hint)


def _stage(shelf: Folder, folder: str, files: Mapping[str, str | None]) -> tuple[FileChange, ...]:
    """Write the new texts to the hidden folder, wait until they are on disk, and return the steps."""
    shelf.make_folder(folder)
    steps = []
    for number, (name, text) in enumerate(files.items()):
        before, after = shelf.digest(name), ""
        if text is not None:
            shelf.write(f"{folder}/{number}", text)
            after = shelf.digest(f"{folder}/{number}")
        steps.append(FileChange(name, before, after))
    shelf.flush([f"{folder}/0"])
    return tuple(steps)


def _resume(shelf: Folder, kept: Own[Transaction]) -> tuple[int, int]:
    """Finish a committed transaction or discard a staged one; return the numbers of moved and lost files.

    Files are lost if the hidden folder was deleted or the path now has another checkout.
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
    """Delete the hidden folder and the list of steps."""
    shelf.delete_folder(folder)
    if not shelf.has(folder):
        kept.forget()


def _is_done(shelf: Folder, step: FileChange) -> bool:
    try:
        return shelf.digest(step.name) == step.after
    except OSError:
        return False  # a link, or a folder


def _finish(shelf: Folder, committed: Transaction) -> int:
    """Execute the remaining steps, and return their number.

    Raises:
        OSError: if a file has changed since; then nothing is done.
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
        raise OSError(errno.EBUSY, "the file was changed since", name)
