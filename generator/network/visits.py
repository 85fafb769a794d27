"""`links.csv`: the date of the last request for each external link and its answer. It is committed, so that links are rarely requested again.

During a run, each answer is appended as a line. The lines are sorted when the command ends.
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
"""The prefix of an answer if the host could not be reached; the reason follows after a colon."""
UNANSWERED = "no answer before the command ended"
_GOOD = range(200, 300)
_GONE = (404, 410)
_DAY, _DIGITS = 10, 3
_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)


_LONGEST = 100_000
"""The maximum number of characters in a cell of a list of links."""


class Visit(Struct, frozen=True):
    """The answer of a URL on a date: a status, or the error as text."""

    day: str
    answer: str

    @property
    def is_good(self) -> bool:
        """Whether the link works."""
        return self._status in _GOOD

    @property
    def is_gone(self) -> bool:
        """Whether the host reports that the page does not exist."""
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
    """Return the answers by URL, and problems; if a URL occurs twice, the last line wins; incomplete lines are ignored."""
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
        hint = "delete the line; the link will be requested again"
        return visits, (error("unreadable-file", f"is not valid CSV from here on: {fault}", place, hint),)
    return visits, problems


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == _DAY


def render_visits(visits: Mapping[str, Visit]) -> str:
    """Return the text of the file, sorted by URL."""
    rows = (_render(address, visit) for address, visit in sorted(visits.items()))
    return "".join((_render_row(_HEAD), *rows))


def _render(address: str, visit: Visit) -> str:
    return _render_row((address, visit.day, visit.answer))


def _render_row(row: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


class Log:
    """The file during a run: each added line is on disk before the next link is requested."""

    def __init__(self, path: Path, visits: Mapping[str, Visit]) -> None:
        """Write the known answers to a new file; an existing symbolic link is replaced, not followed."""
        self._path = path
        self._before = path.read_bytes() if path.exists() else None
        write_file(path, render_visits(visits))

    def add(self, visits: Mapping[str, Visit]) -> None:
        """Append lines to the file."""
        rows = "".join(_render(address, visit) for address, visit in visits.items())
        with os.fdopen(os.open(self._path, _APPEND), "a", encoding="utf-8", newline="") as file:
            file.write(rows)
            file.flush()
            os.fsync(file.fileno())

    def close(self, visits: Mapping[str, Visit]) -> None:
        """Write all answers, sorted."""
        write_file(self._path, render_visits(visits))

    def undo(self) -> None:
        """Restore the file to its previous state."""
        if self._before is None:
            self._path.unlink()
        else:
            write_file(self._path, self._before.decode())
