"""Loaded by Python at its start when this folder is on PYTHONPATH: the harm that two variables name.

FAULT="kill 7 FOLDER" ends the process before its seventh change below FOLDER, "full 7 FOLDER" has no space left from it
on. ORDER=3 lists folders in another order, shuffled by that seed.
"""

import errno
import os
import random
import signal
import sys
from contextlib import suppress
from typing import Any, Self

_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
done = 0
"""How many changes there were."""


def _is_change(event: str, arguments: tuple[Any, ...], folders: tuple[str, ...]) -> bool:
    if event != "open" and event not in _CHANGES:
        return False
    path = arguments[0]
    if isinstance(path, int) or (event == "open" and not arguments[2] & _WRITING):
        return False
    name = os.fsdecode(path)
    # What is named from the handle of a folder is below one of these; of an open file, the handle is not told.
    named_from_handle = not name.startswith("/") and (event == "open" or arguments[-1] != -1)
    return name.startswith(folders) or named_from_handle


def do_harm(kind: str, number: int, *folders: str) -> None:
    """Watch all changes below some folders from now on, and do the harm at one of them; `count` only counts."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        global done  # noqa: PLW0603 (a hook has no other place)
        if not _is_change(event, arguments, folders):
            return
        done += 1
        if kind == "kill" and done == number:
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "full" and done >= number and event in {"open", "os.mkdir"}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), arguments[0])

    sys.addaudithook(watch)


class _Shuffled:
    def __init__(self, entries: Any, chance: random.Random) -> None:  # noqa: ANN401 (an iterator of the system's)
        with entries:
            self._entries = list(entries)
        chance.shuffle(self._entries)
        self._left = iter(self._entries)

    def __iter__(self) -> "_Shuffled":
        return self

    def __next__(self) -> Any:  # noqa: ANN401 (as above)
        return next(self._left)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._left = iter(())


def _shuffle_folders(seed: int) -> None:
    scandir, listdir, chance = os.scandir, os.listdir, random.Random(seed)  # noqa: S311 (the same order every time)

    def list_shuffled(*arguments: Any) -> list[Any]:  # noqa: ANN401 (as the system's)
        names = listdir(*arguments)
        chance.shuffle(names)
        return names

    vars(os).update(scandir=lambda *arguments: _Shuffled(scandir(*arguments), chance), listdir=list_shuffled)


if "FAULT" in os.environ:
    with suppress(ValueError):
        _kind, _number, _folder = os.environ["FAULT"].split(" ", 2)
        do_harm(_kind, int(_number), _folder)
if "ORDER" in os.environ:
    _shuffle_folders(int(os.environ["ORDER"]))
