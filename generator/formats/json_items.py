"""JSON that holds many items, one at a time with its line: a list, one object, a wrapped list, or one item a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from generator.limits import JSON_DEPTH, LINE_CHARACTERS
from generator.problems import Place, Problem, error

_SPACE = re.compile(r"[ \t\n\r]*")  # what JSON takes for white space (RFC 8259, section 2)
_DECODER = json.JSONDecoder()
_HINT = "save the file again as its source gives it"


class Item(Struct, frozen=True, kw_only=True):
    """An item and the line that it begins in; `value` is None when it cannot be read or is no object."""

    line: int
    value: dict[str, object] | None


class _BrokenError(Exception):
    """The text is not JSON from here on."""


def read_items(text: str, *, file: str, wrapper: str = "") -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Return the items of a text and what is wrong with it.

    `wrapper` is the member of an outermost object whose list has the items; an object without it is an item itself.
    A broken item ends its list; where items stand one a line, the next line is read on.
    """
    reader = _Reader(text, file, wrapper)
    return tuple(reader.read()), tuple(reader.problems)


def find_excess(item: object, length: int) -> str:
    """Return in which way an item of so many characters is more than is read, in words; else the empty string."""
    if length > LINE_CHARACTERS:
        return f"an item of more than {LINE_CHARACTERS:,} characters"
    level, depth = [item], 0
    while level:
        if depth > JSON_DEPTH:
            return f"values more than {JSON_DEPTH} levels deep"
        lists = (v.values() if isinstance(v, dict) else v for v in level if isinstance(v, dict | list))
        level, depth = [inner for values in lists for inner in values], depth + 1
    return ""


class _Reader:
    def __init__(self, text: str, file: str, wrapper: str) -> None:
        self.text, self.file, self.wrapper = text, file, wrapper
        self.problems: list[Problem] = []
        self._at = self._begun = 0  # where the reader is, and where the item that it reads begins
        self._line, self._counted = 1, 0

    def read(self) -> Iterator[Item]:
        while self._skip_space() < len(self.text):
            self._begun = self._at
            try:
                yield from self._read_outermost()
            except _BrokenError as fault:
                self._report(str(fault))
                yield Item(line=self._line, value=None)
                self._at = self.text.find("\n{", self._begun) + 1 or len(self.text)

    def _skip_space(self) -> int:
        match = _SPACE.match(self.text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _take(self, sign: str) -> bool:
        """Return whether the sign comes next, and go past it if so."""
        found = self.text.startswith(sign, self._skip_space())
        self._at += len(sign) if found else 0
        return found

    def _count_line(self) -> int:
        if self._at < self._counted:
            self._line, self._counted = 1, 0
        self._line += self.text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _report(self, message: str) -> None:
        self.problems.append(error("bad-json", message, Place(file=self.file, line=self._line), _HINT))

    def _read_value(self) -> object:
        self._skip_space()
        self._count_line()
        try:
            value, self._at = _DECODER.raw_decode(self.text, self._at)
        except json.JSONDecodeError as fault:
            line = self._line + self.text.count("\n", self._counted, fault.pos)
            raise _BrokenError(f"not JSON in line {line}: {fault.msg}") from None
        except (ValueError, RecursionError) as fault:
            what = "too deep" if isinstance(fault, RecursionError) else "a number that is too long"
            raise _BrokenError(f"cannot be read: {what}") from None
        return value

    def _read_item(self) -> Item:
        self._begun = self._skip_space()
        value = self._read_value()
        if not isinstance(value, dict):
            self._report("an item that is no JSON object")
        elif fault := find_excess(value, self._at - self._begun):
            self._report(fault)
        else:
            return Item(line=self._line, value=value)
        return Item(line=self._line, value=None)

    def _read_list(self) -> Iterator[Item]:
        if self._take("]"):
            return
        yield self._read_item()
        while self._take(","):
            yield self._read_item()
        self._expect("]")

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self._count_line()
            raise _BrokenError(f"not JSON: {sign} expected")

    def _read_outermost(self) -> Iterator[Item]:
        if self._take("["):
            yield from self._read_list()
        elif self.wrapper and self.text.startswith("{", self._at):
            yield from self._read_wrapped()
        else:
            yield self._read_item()

    def _read_wrapped(self) -> Iterator[Item]:
        """Yield the items of the wrapper's list, or the object itself when it has none."""
        self._count_line()
        line, members, wrapped = self._line, dict[str, object](), False
        self._take("{")
        more = not self._take("}")
        while more:
            name = self._read_value()
            self._expect(":")
            if name == self.wrapper and self._take("["):
                wrapped = True
                yield from self._read_list()
            else:
                members[str(name)] = self._read_value()
            more = self._take(",")
            if not more:
                self._expect("}")
        if not wrapped:
            yield Item(line=line, value=members)
