"""`sources.txt`: the sources of new papers, one line each with a format and a URL or a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from generator.formats.values import TextFile
from generator.problems import Place, Problem, error

_PARTS = 2
_TOPICS = re.compile(r"\s+topics=(\S.*?)\s*$")
"""At the end of a line: which groups become topics."""


class Origin(Struct, frozen=True, kw_only=True):
    """A place to import from, its format, and where it is written."""

    format: str
    where: str
    topics: str = ""
    """Which groups of its papers become topics: `sections`, `keywords`, a column; the empty string for none."""
    place: Place

    @property
    def is_address(self) -> bool:
        """Whether it is on the network."""
        return "://" in self.where


def parse_sources(file: TextFile, formats: Iterable[str]) -> tuple[tuple[Origin, ...], tuple[Problem, ...]]:
    """Return the places that a file names, and the lines that name none. Lines that begin with `#` say something to people."""
    known = tuple(formats)
    found, problems = [], []
    for number, line in enumerate(file.text.splitlines(), start=1):
        parts = line.split(None, 1)
        if not parts or line.startswith("#"):
            continue
        place = Place(file=file.name, line=number)
        if len(parts) < _PARTS or parts[0] not in known:
            hint = f"write a format and a URL or a file; formats are {', '.join(known)}"
            problems.append(error("unknown-format", f"{line.strip()!r} names no source", place, hint))
        else:
            topics = _TOPICS.search(parts[1])
            where = _TOPICS.sub("", parts[1]).strip()
            found.append(
                Origin(format=parts[0], where=where, topics=topics[1] if topics else "", place=place)
            )
    return tuple(found), tuple(problems)
