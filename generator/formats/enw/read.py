"""Reads EndNote's tagged format (`.enw`), which Google Scholar and publishers export, and its predecessor Refer.

The tags are those of EndNote's manual, in “Creating a Tagged EndNote Import File”. Each has a tag of RIS that means the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.formats.ris.entries import Chunk
from generator.formats.ris.read import import_chunks
from generator.formats.values import Batch, TextFile
from generator.problems import Place, Problem, error, note
from generator.storage.text_file import list_lines

_TAG = re.compile(r"%([^\s\w]|[0-9A-Z])(?:[ \t]+(.*))?$")
_TYPED = re.compile(r"^%0(?:[ \t]|$)", re.MULTILINE)
_RIS: Mapping[str, str] = {
    "0": "TY", "A": "AU", "B": "T2", "C": "CY", "D": "PY", "E": "A2", "F": "LB", "G": "LA", "H": "TA", "I": "PB", "J": "JO",
    "K": "KW", "L": "CN", "M": "AN", "N": "IS", "O": "J2", "P": "SP", "Q": "TT", "R": "DO", "S": "T3", "T": "TI", "U": "UR",
    "V": "VL", "W": "DP", "X": "AB", "Y": "A3", "Z": "N1", "1": "C1", "2": "C2", "3": "C3", "4": "C4", "6": "NV", "7": "ET",
    "8": "DA", "9": "M3", "@": "SN", "!": "ST", "?": "A4", ">": "L1", "#": "C6", "$": "C7", "]": "C8", "[": "Y2", "(": "OP",
    ")": "RP", "*": "RI", "&": "SE", "~": "DB", "+": "AD", "^": "CA",
}  # fmt: skip
"""The tag of RIS for each tag; any other is a note."""
_TYPES: Mapping[str, str] = {
    "book": "BOOK", "book section": "CHAP", "conference proceedings": "CONF", "dataset": "DATA", "thesis": "THES",
}  # fmt: skip
"""The codes of types that RIS calls otherwise."""


def import_enw(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every entry of the files; an entry without a title is a problem.

    `captured` is the day that the files were written, or empty.
    """
    return import_chunks(files, captured, split_entries)


def split_entries(text: str, *, file: str) -> tuple[tuple[Chunk, ...], tuple[Problem, ...]]:
    r"""Return the entries of a file with the tags of RIS, and notes on lines outside of them.

    An entry begins with its type (`%0`); in a file without types, as Refer has it, an empty line parts two entries. A line
    without a tag goes on with the one above.

    >>> [chunk.lines for chunk in split_entries("%0 Book\n%T Owls\nat Night\n", file="owls.enw")[0]]
    [['TY  - BOOK', 'TI  - Owls at Night', 'ER  - ']]
    """
    problems: list[Problem] = []
    chunks = tuple(_split(text.lstrip("\ufeff"), file, problems))
    if chunks and not text.endswith("\n"):
        place = Place(file=file, line=text.count("\n") + 1)
        hint = "export it again, or end its last line"
        problems.append(error("cut-off", "the file ends in the middle of a line", place, hint))
    return chunks, tuple(problems)


def _split(text: str, file: str, problems: list[Problem]) -> Iterator[Chunk]:
    is_typed = bool(_TYPED.search(text))
    chunk: Chunk | None = None
    for number, line in enumerate(list_lines(text), start=1):
        tag, value = _read_line(line)
        ends = tag == "0" if is_typed else not line.strip()
        if chunk and ends:
            yield _end(chunk)
            chunk = None
        if tag and (chunk or tag == "0" or not is_typed):
            chunk = chunk or Chunk(line=number, lines=[])
            said = _TYPES.get(value.casefold(), value) if tag == "0" else value
            chunk.lines.append(f"{_RIS.get(tag, 'N1')}  - {said}")
        elif chunk and line.strip():
            chunk.lines[-1] = f"{chunk.lines[-1]} {line.strip()}"
        elif line.strip():
            message = f"text outside of any entry: {line.strip()[:80]!r}"
            problems.append(
                note("not-an-entry", message, Place(file=file, line=number), "nothing was imported from it")
            )
    if chunk:
        yield _end(chunk)


def _read_line(line: str) -> tuple[str, str]:
    """Return the tag of a line and its value; no tag for a line that goes on with the one above."""
    match = _TAG.match(line.rstrip())
    return (match[1], (match[2] or "").strip()) if match else ("", line)


def _end(chunk: Chunk) -> Chunk:
    if not chunk.lines[0].startswith("TY"):
        chunk.lines.insert(0, "TY  - GEN")
    chunk.lines.append("ER  - ")
    return chunk
