"""Reads JSON with many items, each with its line: a list, consecutive objects, or an object that contains a list."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

from generator.limits import ENTRIES, JSON_DEPTH, LINE_CHARACTERS
from generator.problems import Place, Problem, error

_SPACE: Final = re.compile(r"[ \t\n\r]*")  # what JSON takes for white space (RFC 8259, section 2)


class JsonItem(Struct, frozen=True, kw_only=True):
    """An item and its first line; `value` is None if the item cannot be read or is not an object."""

    line: int
    value: dict[str, object] | None


class _Found(Struct, frozen=True):
    """A value, its position, and the reason for rejecting it, if any."""

    at: int
    value: object
    fault: str


def read_items(
    text: str, *, file: str, wrapper: str = ""
) -> tuple[tuple[JsonItem, ...], tuple[Problem, ...]]:
    """Return the items of a text and its problems.

    `wrapper` is the member of an outermost object that contains the list of items (`message.items`: a member of a
    member); an object without it is itself an item. Invalid JSON is one problem: the items before it are returned, and
    one item without a value for the rest. An item that is JSON but is rejected (not an object, a repeated key, nested
    too deep, too long) is a separate problem. Items beyond the limit of one file are not read.

    Example: `[{"title": "Owls"}, 7]` gives an item, an item without a value, and the problem `bad-json`.
    """
    problems: list[Problem] = []
    return tuple(islice(_list_items(text, file, wrapper, problems), ENTRIES + 1)), tuple(problems)


def decode(text: str, at: int) -> tuple[object, int, str]:
    """Return the JSON value at a position, its end, and the reason for rejecting it ("" if none; otherwise the value is None).

    Raises:
        json.JSONDecodeError: if there is no JSON value; it has the position of the error.
    """
    repeated: list[str] = []

    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated.append(Counter(name for name, _ in pairs).most_common(1)[0][0])
        return found

    try:
        value, end = json.JSONDecoder(object_pairs_hook=build).raw_decode(text, at)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise json.JSONDecodeError("nested too deeply", text, at) from None
    except ValueError:
        raise json.JSONDecodeError("a number is too long", text, at) from None
    if end - at > LINE_CHARACTERS:
        return None, end, f"longer than {LINE_CHARACTERS:,} characters"
    if repeated:
        return None, end, f"ambiguous: the key {repeated[0]!r} appears twice"
    return (None, end, "too deep") if is_deep(value) else (value, end, "")


def is_deep(value: object) -> bool:
    """Return whether lists and objects are nested too deeply."""
    return next(islice(list_levels(value), JSON_DEPTH, None), None) is not None


def list_levels(value: object) -> Iterator[list[dict[str, object] | list[object]]]:
    """Yield the lists and objects of a value level by level, the outermost first."""
    level: list[dict[str, object] | list[object]] = [value] if isinstance(value, dict | list) else []
    while level:
        yield level
        parts = (part.values() if isinstance(part, dict) else part for part in level)
        level = [inner for values in parts for inner in values if isinstance(inner, dict | list)]


def _list_items(text: str, file: str, wrapper: str, problems: list[Problem]) -> Iterator[JsonItem]:
    ends = [match.start() for match in re.finditer("\n", text)]

    def refuse(message: str, at: int) -> JsonItem:
        line = bisect_left(ends, at) + 1
        hint = "correct the file or download it again"
        problems.append(error("bad-json", message, Place(file=file, line=line), hint))
        return JsonItem(line=line, value=None)

    try:
        for found in _scan(text, wrapper):
            if isinstance(found.value, dict):
                yield JsonItem(line=bisect_left(ends, found.at) + 1, value=found.value)
            else:
                yield refuse(f"an item that is {found.fault or 'not a JSON object'}", found.at)
    except json.JSONDecodeError as fault:
        yield refuse(
            f"invalid JSON: {fault.msg} in column {fault.colno}; the rest of the file was not read", fault.pos
        )


def _scan(text: str, wrapper: str) -> Iterator[_Found]:
    at = _skip_space(text, 0)
    while at < len(text):
        if text[at] == "[":
            at = yield from _scan_list(text, at)
        elif wrapper and text[at] == "{":
            at = yield from _scan_members(text, at, wrapper)
        else:
            value, end, fault = decode(text, at)
            yield _Found(at, value, fault)
            at = end
        at = _skip_space(text, at)


def _scan_list(text: str, at: int) -> Generator[_Found, None, int]:
    """Yield the values of the list that begins at a position, and return its end."""
    at = _skip_space(text, at + 1)
    more = not text.startswith("]", at)
    while more:
        value, end, fault = decode(text, at)
        yield _Found(at, value, fault)
        at, more = _skip_separator(text, end, "]")
    return at + 1


def _scan_members(text: str, begin: int, wrapper: str) -> Generator[_Found, None, int]:
    """Yield the items of the wrapper's list, or the object itself if it has none, and return its end."""
    members, wrapped, fault = dict[str, object](), False, ""
    at = _skip_space(text, begin + 1)
    more = not text.startswith("}", at)
    while more:
        if not text.startswith('"', at):
            raise json.JSONDecodeError("expected a name in quotes", text, at)
        name, end, _ = decode(text, at)
        at = _skip_space(text, _expect(text, end, ":"))
        if str(name) in members:
            fault = fault or f"ambiguous: the key {str(name)!r} appears twice"
        outer, _, inner = wrapper.partition(".")
        if inner and name == outer and text.startswith("{", at):
            members[outer], wrapped, end = None, True, (yield from _scan_members(text, at, inner))
        elif name == wrapper and text.startswith("[", at):
            members[wrapper], wrapped, end = None, True, (yield from _scan_list(text, at))
        else:
            members[str(name)], end, refused = decode(text, at)
            fault = fault or refused
        at, more = _skip_separator(text, end, "}")
    if not wrapped or fault:
        yield _Found(begin, None if fault else members, fault)
    return at + 1


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _expect(text: str, at: int, character: str) -> int:
    """Return the position after a character that must come next."""
    at = _skip_space(text, at)
    if not text.startswith(character, at):
        raise json.JSONDecodeError(f"expected {character!r}", text, at)
    return at + 1


def _skip_separator(text: str, at: int, end: str) -> tuple[int, bool]:
    """Return the start of the next value and True, or the end and False."""
    at = _skip_space(text, at)
    if not text.startswith((",", end), at):
        raise json.JSONDecodeError(f"expected ',' or {end!r}", text, at)
    return (_skip_space(text, at + 1), True) if text[at] == "," else (at, False)
