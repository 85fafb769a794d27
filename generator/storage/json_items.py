"""JSON with many items, one at a time with its line: a list, an object, a wrapped list, or one item on each line."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from generator.limits import BROKEN_ITEMS, ENTRIES, JSON_DEPTH, LINE_CHARACTERS
from generator.problems import Place, Problem, error

_SPACE = re.compile(r"[ \t\n\r]*")  # what JSON takes for white space (RFC 8259, section 2)
_PATIENCE = 4
_HINT = "download the file again"


class Item(Struct, frozen=True, kw_only=True):
    """An item and the line that it begins in; `value` is None when it cannot be read or is no object."""

    line: int
    value: dict[str, object] | None


class _BrokenError(Exception):
    """The text is not JSON from here on."""


def read_items(text: str, *, file: str, wrapper: str = "") -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Return the items of a text and what is wrong with it.

    `wrapper` is the member of an outermost object whose list has the items; an object without it is an item itself.
    A broken item ends its list; where items stand one a line, the next line is read on. More items than one file may have
    are not read.
    """
    reader = _Reader(text, file, wrapper)
    return tuple(islice(reader.read(), ENTRIES + 1)), tuple(reader.problems)


class Decoder:
    """The values of a text, wherever they begin; what is read in vain is counted, so that hostile text ends it."""

    def __init__(self, text: str) -> None:
        """Begin with the whole text, and with patience for a few times its length."""
        self.text = text
        self._decoder = json.JSONDecoder(object_pairs_hook=self._build_object)
        self._twice: list[str] = []
        self._left, self._failures = _PATIENCE * len(text) + LINE_CHARACTERS, BROKEN_ITEMS

    @property
    def is_tired(self) -> bool:
        """Whether so much was read in vain that the rest of the text is given up."""
        return self._left <= 0 or self._failures <= 0

    def decode(self, at: int) -> tuple[object, int, str]:
        """Return the value at a position, where it ends, and what is wrong with it, in words; then the value is None."""
        self._twice.clear()
        try:
            value, end = self._decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as fault:
            return self._fail(at, fault.pos, f"not JSON in line {fault.lineno}: {fault.msg}")
        except RecursionError:
            return self._fail(at, at + LINE_CHARACTERS, "too deep")
        except ValueError:
            return self._fail(at, at + LINE_CHARACTERS, "not readable JSON: a number is too long")
        if end - at > LINE_CHARACTERS:
            return None, end, self._refuse(f"longer than {LINE_CHARACTERS:,} characters")
        if self._twice:
            return None, end, self._refuse(f"ambiguous: the key {self._twice[0]!r} appears twice")
        return (None, end, self._refuse("too deep")) if is_deep(value) else (value, end, "")

    def _build_object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self._twice.append(Counter(name for name, _ in pairs).most_common(1)[0][0])
        return found

    def _fail(self, at: int, reached: int, fault: str) -> tuple[None, int, str]:
        self._left -= reached - at
        return None, at, self._refuse(fault)

    def _refuse(self, fault: str) -> str:
        self._failures -= 1
        return fault + (": the rest of the file is not read" if self.is_tired else "")

    def decode_object(self, at: int) -> tuple[dict[str, object] | None, int, str]:
        """Return what `decode` does; what is no object is wrong as well."""
        value, end, fault = self.decode(at)
        if isinstance(value, dict):
            return value, end, ""
        return None, end, fault or self._refuse("no JSON object")


def is_deep(value: object) -> bool:
    """Return whether lists and objects are in each other too far to be worked on."""
    return next(islice(list_levels(value), JSON_DEPTH, None), None) is not None


def list_levels(value: object) -> Iterator[list[dict[str, object] | list[object]]]:
    """Yield the lists and objects of a value level by level, the outermost first."""
    level: list[dict[str, object] | list[object]] = [value] if isinstance(value, dict | list) else []
    while level:
        yield level
        parts = (part.values() if isinstance(part, dict) else part for part in level)
        level = [inner for values in parts for inner in values if isinstance(inner, dict | list)]


class _Reader:
    def __init__(self, text: str, file: str, wrapper: str) -> None:
        self.text, self.file, self.wrapper = text, file, wrapper
        self._decoder = Decoder(text)
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
                tired = self._decoder.is_tired
                self._at = 0 if tired else self.text.find("\n{", self._begun) + 1
                self._at = self._at or len(self.text)

    def _skip_space(self) -> int:
        match = _SPACE.match(self.text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _take(self, sign: str) -> bool:
        """Return whether the character comes next, and go past it if so."""
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
        value, fault = self._decode()
        if fault:
            raise _BrokenError(fault)
        return value

    def _decode(self) -> tuple[object, str]:
        """Return the next value and what is wrong with it; where its end is not known, all after it is broken."""
        self._skip_space()
        self._count_line()
        value, end, fault = self._decoder.decode(self._at)
        if fault and end == self._at:
            raise _BrokenError(fault)
        self._at = end
        return value, fault

    def _read_item(self) -> Item:
        self._begun = self._skip_space()
        self._count_line()
        value, end, fault = self._decoder.decode_object(self._at)
        if value is None and end == self._at:
            raise _BrokenError(fault)
        self._at = end
        if value is None:
            self._report(f"an item that is {fault}")
        return Item(line=self._line, value=value)

    def _read_list(self) -> Iterator[Item]:
        if self._take("]"):
            return
        yield self._read_item()
        while self._take(","):
            if self._decoder.is_tired:
                self._at = len(self.text)
                return
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
        line, members, wrapped, whole = self._line, dict[str, object](), False, True
        self._take("{")
        more = not self._take("}")
        while more:
            name = str(self._read_value())
            self._expect(":")
            if name == self.wrapper and self._take("["):
                wrapped = True
                yield from self._read_list()
            else:
                value, fault = self._decode()
                if fault := fault or (
                    f"ambiguous: the key {name!r} appears twice" if name in members else ""
                ):
                    self._report(f"{name}: {fault}")
                    whole = False
                members[name] = value
            more = self._take(",")
            if not more and not self._decoder.is_tired:
                self._expect("}")
        if not wrapped:
            yield Item(line=line, value=members if whole else None)
