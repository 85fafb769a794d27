"""The value of a BibTeX field: strings in braces or quotes, numbers and macros, joined by `#`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.formats.bibtex.journals import MACROS as JOURNALS
from generator.limits import MACRO_CHARACTERS

MONTHS: Mapping[str, str] = {name[:3].lower(): name for name in calendar.month_name if name}
"""The month macros of every style, with the names of the months."""
_WORD = re.compile(r"[^\s#{}\",=]+")
_NEXT_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*=\s*")


class Macros:
    """The macros of several files by lower-case name, and the number of characters to which they may still expand.

    Macros can contain other macros, so that a few lines could expand to an enormous text.
    """

    def __init__(self, budget: int = MACRO_CHARACTERS) -> None:
        self.texts: dict[str, str] = {**MONTHS, **JOURNALS}
        self.left = budget


class FieldValue(Struct, frozen=True, kw_only=True):
    """The text of a value, and fields after it that are not separated by a comma."""

    text: str
    fields: tuple[tuple[str, str], ...] = ()


def read_value(raw: str, macros: Macros) -> tuple[FieldValue, tuple[str, ...]]:
    """Return a value with its macros expanded, and its errors as text."""
    if raw[:1] == "{" and raw[-1:] == "}" and "{" not in raw[1:] and "}" not in raw[:-1]:
        return FieldValue(text=raw[1:-1]), ()
    fields: list[tuple[str, str]] = []
    faults: list[str] = []
    text, at = _read_pieces(raw, 0, macros, faults)
    while at < len(raw):
        match = _NEXT_FIELD.match(raw, at)
        if not match:
            faults.append(f"unexpected text after the value: {raw[at : at + 40]!r}")
            break
        faults.append(f"missing comma before {match[1]!r}")
        more, at = _read_pieces(raw, match.end(), macros, faults)
        fields.append((match[1].lower(), more))
    return FieldValue(text=text, fields=tuple(fields)), tuple(faults)


def _read_pieces(raw: str, at: int, macros: Macros, faults: list[str]) -> tuple[str, int]:
    """Return the joined pieces from a position on, and their end."""
    pieces: list[str] = []
    while True:
        at = _skip(raw, at)
        if at >= len(raw):
            break
        if raw[at] in '{"':
            end = _find_end(raw, at)
            pieces.append(raw[at + 1 : end])
            at = end + 1
        elif word := _WORD.match(raw, at):
            pieces.append(_expand(word[0], macros, faults))
            at = word.end()
        else:
            break
        at = _skip(raw, at)
        if at >= len(raw) or raw[at] != "#":
            break
        at += 1
    return "".join(pieces), at


def _skip(raw: str, at: int) -> int:
    while at < len(raw) and raw[at].isspace():
        at += 1
    return at


def _find_end(raw: str, start: int) -> int:
    """Return the end of a string in braces or quotes; the end of the text if it is not closed."""
    depth = 0
    for at, sign in _signs(raw, start + 1):
        if sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0 and raw[start] == "{":
                return at
            depth -= 1
        elif depth == 0 and raw[start] == '"':
            return at
    return len(raw)


def _signs(raw: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the unescaped braces and quotes in a text."""
    for match in re.compile(r"\\.|[{}\"]", re.DOTALL).finditer(raw, start):
        if match[0][0] != "\\":
            yield match.start(), match[0]


def _expand(word: str, macros: Macros, faults: list[str]) -> str:
    known = word if word.isdigit() else macros.texts.get(word.lower())
    if known is None:
        faults.append(f"the macro {word!r} is not defined; its name was read as text")
        return word
    if len(known) > macros.left:
        faults.append(f"macros expand to too much text; the name of {word!r} was read as text")
        return word
    macros.left -= len(known)
    return known
