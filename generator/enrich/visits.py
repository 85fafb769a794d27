"""`links.csv`: when each external link was asked last, and what it answered; committed, so that few are asked twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.formats.text_file import load_text
from generator.problems import Problem

FILE = "links.csv"
_HEAD = ("address", "day", "answer")
UNREACHABLE = "unreachable"
_GOOD = range(200, 300)
_GONE = (404, 410)


class Visit(Struct, frozen=True):
    """What an address answered on a day: a status, or what went wrong in words."""

    day: str
    answer: str

    @property
    def is_good(self) -> bool:
        """Whether something is there."""
        return self.answer.isdecimal() and int(self.answer) in _GOOD

    @property
    def is_gone(self) -> bool:
        """Whether the host says that nothing is there."""
        return self.answer.isdecimal() and int(self.answer) in _GONE


def load_visits(file: Path) -> tuple[Mapping[str, Visit], tuple[Problem, ...]]:
    """Return what is known of links, by address; a line that is none is as good as not there."""
    if not file.exists():
        return {}, ()
    text, problems = load_text(file, name=file.name)
    rows = csv.reader(io.StringIO(text))
    return {
        row[0]: Visit(row[1], row[2]) for row in rows if len(row) == len(_HEAD) and _is_day(row[1])
    }, problems


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def render_visits(visits: Mapping[str, Visit]) -> str:
    """Return the file, in the order of the addresses."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows((address, visit.day, visit.answer) for address, visit in sorted(visits.items()))
    return out.getvalue()
