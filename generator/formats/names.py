"""Names of papers (identifiers or URLs), as arguments of a command or in a list with one on each line."""

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
    "write an arXiv number, a DOI, an OpenReview id, or a URL that contains one, such as "
    "2401.00001, 10.1000/x or https://openreview.net/forum?id=…"
)


class Name(Struct, frozen=True, kw_only=True):
    """A named paper: its identifier or URL, the place of the name, and the text after it."""

    kind: LinkKind
    value: str
    place: Place
    remark: str = ""

    @property
    def key(self) -> tuple[LinkKind, str]:
        """The kind and value of the identifier."""
        return self.kind, self.value


class PaperNames(Struct, frozen=True, kw_only=True):
    """Names of papers in order, the number of lines or words, and problems for those without a name."""

    names: tuple[Name, ...]
    entries: int
    problems: tuple[Problem, ...]


def read_names(words: Sequence[str]) -> PaperNames:
    """Return the papers named by command-line arguments; in messages, each argument is its own place."""
    return _gather([(word, "", Place(file=word)) for word in words])


def read_lists(files: Sequence[TextFile]) -> PaperNames:
    """Return the papers named in lists. Blank lines and lines that begin with `#` are ignored.

    Each line has a name; text after it is a remark, which is kept and reported.

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


def _gather(rows: Sequence[tuple[str, str, Place]]) -> PaperNames:
    names: list[Name] = []
    problems: list[Problem] = []
    for text, remark, place in rows:
        if found := parse_name(text.replace(" ", "")):
            names.append(Name(kind=found[0], value=found[1], place=place, remark=remark))
        else:
            problems.append(error("no-name", f"{text!r} is not the name of a paper", place, _HINT))
        if remark:
            problems.append(note("remark", f"{text}: {remark}", place))
    return PaperNames(names=tuple(names), entries=len(rows), problems=tuple(problems))
