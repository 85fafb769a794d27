"""Names of papers, as a person types them or writes them into a list, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.values import TextFile
from generator.identifiers import parse_name
from generator.model import LinkKind
from generator.problems import Place, Problem, error, note

_LINE = re.compile(r"((?:(?:arxiv|doi|openreview):\s*)?\S+)\s*(.*)", re.IGNORECASE)
_HINT = (
    "write an arXiv number, a DOI, an OpenReview id, or an address that has one, such as "
    "2401.00001, 10.1000/x or https://openreview.net/forum?id=…"
)


class Name(Struct, frozen=True, kw_only=True):
    """A paper that somebody named: by an identifier or an address, where, and what was written behind it."""

    kind: LinkKind
    value: str
    place: Place
    remark: str = ""

    @property
    def key(self) -> tuple[LinkKind, str]:
        """What it is named by."""
        return self.kind, self.value


class Names(Struct, frozen=True, kw_only=True):
    """Names of papers in their order, how many lines or words there were, and which of these name none."""

    names: tuple[Name, ...]
    entries: int
    problems: tuple[Problem, ...]


def read_names(words: Sequence[str]) -> Names:
    """Return the papers that words of a command line name; each word is its own place in messages."""
    return _gather([(word, "", Place(file=word)) for word in words])


def read_lists(files: Sequence[TextFile]) -> Names:
    """Return the papers that lists name. Blank lines and lines that begin with `#` name none.

    A line is a name; what stands behind it is a remark, which is kept and reported.

    Example: `2401.00001  for the chapter on owls`.
    """
    rows: list[tuple[str, str, Place]] = []
    empty: list[Problem] = []
    for file in files:
        before = len(rows)
        for number, line in enumerate(file.text.splitlines(), start=1):
            if (found := _LINE.fullmatch(line.strip())) and not line.lstrip().startswith("#"):
                remark = found[2].lstrip("#").strip()
                rows.append((found[1], remark, Place(file=file.name, line=number)))
        if len(rows) == before:
            empty.append(error("no-entries", "this list names no paper", Place(file=file.name), _HINT))
    names = _gather(rows)
    return replace(names, problems=(*empty, *names.problems))


def _gather(rows: Sequence[tuple[str, str, Place]]) -> Names:
    names: list[Name] = []
    problems: list[Problem] = []
    for text, remark, place in rows:
        if found := parse_name(text.replace(" ", "")):
            names.append(Name(kind=found[0], value=found[1], place=place, remark=remark))
        else:
            problems.append(error("no-name", f"{text!r} names no paper", place, _HINT))
        if remark:
            problems.append(note("remark", f"{text}: {remark}", place))
    return Names(names=tuple(names), entries=len(rows), problems=tuple(problems))
