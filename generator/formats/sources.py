"""`sources.txt`: the sources of new papers, each on a line with a format and a URL or file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from generator.formats.values import TextFile
from generator.problems import Place, Problem, error

_PARTS = 2
_TOPICS = re.compile(r"\s+topics=(\S.*?)\s*$")
"""The groups that become topics, at the end of a line."""


class Origin(Struct, frozen=True, kw_only=True):
    """A URL or file to import, its format, and its place in the list."""

    format: str
    where: str
    topics: str = ""
    """The groups of its papers that become topics: `sections`, `keywords` or a column; empty for none."""
    place: Place

    @property
    def is_address(self) -> bool:
        """Whether it is a URL."""
        return "://" in self.where


def parse_sources(file: TextFile, formats: Iterable[str]) -> tuple[tuple[Origin, ...], tuple[Problem, ...]]:
    """Return the sources in a file, and problems for invalid lines. Lines that begin with `#` are comments."""
    known = tuple(formats)
    found, problems = [], []
    for number, line in enumerate(file.text.splitlines(), start=1):
        parts = line.split(None, 1)
        if not parts or line.startswith("#"):
            continue
        place = Place(file=file.name, line=number)
        if len(parts) < _PARTS or parts[0] not in known:
            hint = f"write a format and a URL or file; the formats are {', '.join(known)}"
            problems.append(error("unknown-format", f"{line.strip()!r} is not a source", place, hint))
        else:
            topics = _TOPICS.search(parts[1])
            where = _TOPICS.sub("", parts[1]).strip()
            found.append(
                Origin(format=parts[0], where=where, topics=topics[1] if topics else "", place=place)
            )
    return tuple(found), tuple(problems)
