"""`links.csv`: when each external link was requested last, and its answer. It is committed, so few are requested twice.

While links are asked, each answer is a line at the end of the file. The lines are put in order when the command ends.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.problems import Place, Problem, error
from generator.records.write import write_file
from generator.storage.text_file import load_text

FILE = "links.csv"
_HEAD = ("address", "day", "answer")
UNREACHABLE = "unreachable"
"""How an answer begins that was none, since the host could not be reached; the reason follows a colon."""
UNANSWERED = "no answer before the command ended"
_GOOD = range(200, 300)
_GONE = (404, 410)
_DAY, _DIGITS = 10, 3
_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)


_LONGEST = 100_000
"""Characters of a cell beyond which the file is no list of links."""


class Visit(Struct, frozen=True):
    """What an address answered on a day: a status, or what went wrong in words."""

    day: str
    answer: str

    @property
    def is_good(self) -> bool:
        """Whether something is there."""
        return self._status in _GOOD

    @property
    def is_gone(self) -> bool:
        """Whether the host says that nothing is there."""
        return self._status in _GONE

    @property
    def is_unreachable(self) -> bool:
        """Whether the host could not be reached."""
        return self.answer.partition(":")[0] == UNREACHABLE

    @property
    def _status(self) -> int:
        is_number = self.answer.isascii() and self.answer.isdecimal() and len(self.answer) == _DIGITS
        return int(self.answer) if is_number else 0


def load_visits(file: Path) -> tuple[dict[str, Visit], tuple[Problem, ...]]:
    """Return what is known of links, by address; of two lines on one address the later holds, and a torn line is none."""
    if not file.exists():
        return {}, ()
    text, problems = load_text(file, name=file.name, inside=file.parent)
    visits: dict[str, Visit] = {}
    csv.field_size_limit(_LONGEST)  # of the whole process: readers of tables set another
    rows = csv.reader(io.StringIO(text))
    try:
        for row in rows:
            if len(row) == len(_HEAD) and _is_day(row[1]):
                visits[row[0]] = Visit(row[1], row[2])
    except csv.Error as fault:
        place = Place(file=file.name, line=rows.line_num)
        hint = "delete the line; its link will be requested again"
        return visits, (error("unreadable-file", f"is not CSV from here on: {fault}", place, hint),)
    return visits, problems


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == _DAY


def render_visits(visits: Mapping[str, Visit]) -> str:
    """Return the file, in the order of the addresses."""
    rows = (_render(address, visit) for address, visit in sorted(visits.items()))
    return "".join((_render_row(_HEAD), *rows))


def _render(address: str, visit: Visit) -> str:
    return _render_row((address, visit.day, visit.answer))


def _render_row(row: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


class Log:
    """The file while links are asked: what is added is on the disk before the next link is asked."""

    def __init__(self, path: Path, visits: Mapping[str, Visit]) -> None:
        """Begin with what is known, as a new file: what is there is not followed where it is a symbolic link."""
        self._path = path
        self._before = path.read_bytes() if path.exists() else None
        write_file(path, render_visits(visits))

    def add(self, visits: Mapping[str, Visit]) -> None:
        """Write lines at the end of the file."""
        rows = "".join(_render(address, visit) for address, visit in visits.items())
        with os.fdopen(os.open(self._path, _APPEND), "a", encoding="utf-8", newline="") as file:
            file.write(rows)
            file.flush()
            os.fsync(file.fileno())

    def close(self, visits: Mapping[str, Visit]) -> None:
        """Write what is known now, in order."""
        write_file(self._path, render_visits(visits))

    def undo(self) -> None:
        """Leave the file as it was before."""
        if self._before is None:
            self._path.unlink()
        else:
            write_file(self._path, self._before.decode())
