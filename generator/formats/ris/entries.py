"""Splits RIS files into entries with their lines. Missing ends and stray lines are reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct
from rispy.config import WOK_LIST_TYPE_TAGS

from generator.problems import Place, Problem, error, note, warning

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: |$)")
_WOS_TAG = re.compile(r"([A-Z][A-Z0-9])(?: |$)")
_WOS_START = re.compile(r"^PT [A-Z]", re.MULTILINE)
_FRAME = frozenset({"FN", "VR", "EF"})  # around the entries of Web of Science
_COUNTER = re.compile(r"\d+[.)]?")
_SEPARATE = frozenset({"KW", "AU", "A1", "A2", "A3", "A4", "ED", "UR"})
"""Tags for which lines without a tag are separate values instead of continuations."""


class Chunk(Struct, kw_only=True):
    """The lines of an entry with their tags, including its end, and its first line."""

    line: int
    lines: list[str]
    wos: bool = False


def is_wos(text: str) -> bool:
    """Return whether a text is in Web of Science's dialect: tags without a hyphen, entries from `PT` to `ER`."""
    return bool(_WOS_START.search(text)) and not re.search(r"^TY  ?-", text, re.MULTILINE)


def split_entries(text: str, *, file: str) -> tuple[tuple[Chunk, ...], tuple[Problem, ...]]:
    """Return the entries of a file in either dialect, and problems with their starts and ends."""
    problems: list[Problem] = []
    return tuple(_Splitter(text, file, problems).split()), tuple(problems)


class _Splitter:
    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.lines = text.lstrip("\ufeff").split("\n")
        self.last = len(text.rstrip().split("\n"))
        self.file, self.problems = file, problems
        self.wos = is_wos(text)
        self.start, self.tag = ("PT", _WOS_TAG) if self.wos else ("TY", _TAG)

    def split(self) -> Iterator[Chunk]:
        chunk: Chunk | None = None
        stray = -1
        for number, line in enumerate(self.lines, start=1):
            match = self.tag.match(line)
            tag = match[1] if match else ""
            if chunk and tag == self.start and self._has_start(chunk):
                yield self._cut_off(chunk, warning)
                chunk = None
            if chunk is None:
                if not tag or tag in _FRAME or tag == "ER":
                    stray = self._note_stray(line, number, stray, framed=bool(tag))
                    continue
                chunk = Chunk(line=number, lines=[], wos=self.wos)
            if tag == "ER":
                yield self._end(chunk)
                chunk = None
            else:
                self._add(chunk, line, match)
        if chunk:
            yield self._cut_off(chunk, error)

    def _has_start(self, chunk: Chunk) -> bool:
        return any(line.startswith(self.start) for line in chunk.lines)

    def _add(self, chunk: Chunk, line: str, match: re.Match[str] | None) -> None:
        if match and self.wos:
            chunk.lines.append(line)
        elif match:
            chunk.lines.append(f"{match[1]}  - {line[match.end() :].strip()}")
        elif chunk.lines and line.strip():
            last = chunk.lines[-1]
            if last[:2] in (WOK_LIST_TYPE_TAGS if self.wos else _SEPARATE):
                chunk.lines.append(
                    f"{last[:2]} {line.strip()}" if self.wos else f"{last[:2]}  - {line.strip()}"
                )
            else:
                chunk.lines[-1] = f"{last} {line.strip()}"

    def _end(self, chunk: Chunk) -> Chunk:
        if not self._has_start(chunk):
            message = f"this entry does not start with {self.start}, so its type is unknown"
            self.problems.append(
                warning("broken-entry", message, self._place(chunk.line), "check what was imported")
            )
            chunk.lines.insert(0, "PT" if self.wos else "TY  - ")
        if not chunk.lines[0].startswith(self.start):  # the parser skips what is before it
            chunk.lines.sort(key=lambda line: not line.startswith(self.start))
        chunk.lines.append("ER" if self.wos else "ER  - ")
        return chunk

    def _cut_off(self, chunk: Chunk, tell: Callable[..., Problem]) -> Chunk:
        """Report an entry without its end; if the file ends there, it is truncated."""
        message = "this entry has no end tag (ER)"
        self.problems.append(
            tell("cut-off", message, self._place(chunk.line), "check whether lines are missing")
        )
        return self._end(chunk)

    def _note_stray(self, line: str, number: int, last: int, *, framed: bool) -> int:
        """Report a group of lines outside of entries once; return the number of its last line so far."""
        said = line.strip()
        if not said or framed or _COUNTER.fullmatch(said):
            return last
        if number == self.last and f"{self.start}  - ".startswith(line.rstrip()):
            hint = "download the file again"
            message = "the file ends inside an unfinished entry"
            self.problems.append(error("cut-off", message, self._place(number), hint))
        elif number != last + 1:
            message = f"text outside of an entry: {said[:80]!r}"
            self.problems.append(note("not-an-entry", message, self._place(number), "it was skipped"))
        return number

    def _place(self, line: int) -> Place:
        return Place(file=self.file, line=line)
