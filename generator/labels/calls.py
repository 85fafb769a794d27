"""Finds calls of `label` and `labelParts` in scripts, with their positions, keys, and the code of their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_CALL = re.compile(r"(?:(?<=\.\.\.)|(?<![\w$.#]))(label|labelParts)\(")
_KEY = re.compile(r'\s*"([a-z_.]+)"\s*')
_NAME = re.compile(r"\s*([A-Za-z]\w*)\s*")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


class ScriptLabelError(ValueError):
    """Raised when a call of `label` cannot be replaced by its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call in a script, from `start` to `end`; `values` has the code of each value by name."""

    function: str
    key: str
    values: Mapping[str, str]
    start: int
    end: int


def find_call(script: str, at: int = 0) -> Call | None:
    """Return the first call at or after a position in a script without comments, or None.

    >>> find_call('say(label("lists.kept",{name,text:f(1,2)}))')
    Call(function='label', key='lists.kept', values={'name': 'name', 'text': 'f(1,2)'}, start=4, end=42)
    """
    found = _CALL.search(script, at)
    if not found:
        return None
    key = _KEY.match(script, found.end())
    if not key:
        raise ScriptLabelError(f"the key is not a literal text: {script[found.start() : found.end() + 60]}")
    end = _skip(script, found.end() - 1)
    arguments = script[key.end() : end - 1].strip(" \n,")
    values = dict(_read_values(arguments[1:-1])) if arguments else {}
    return Call(function=found[1], key=key[1], values=values, start=found.start(), end=end)


def list_calls(script: str) -> Iterator[Call]:
    """Yield every call in a script without comments, including calls nested in values.

    >>> [call.key for call in list_calls('label("a.b",{c:label("d.e")})+label("f.g")')]
    ['a.b', 'd.e', 'f.g']
    """
    at = 0
    while call := find_call(script, at):
        yield call
        for code in call.values.values():
            yield from list_calls(code)
        at = call.end


def _read_values(code: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of an object literal, given the code between its braces; `{ name }` means `{ name: name }`."""
    at = 0
    while at < len(code):
        name = _NAME.match(code, at)
        end = _find_comma(code, at)
        if not name or code[name.end() : name.end() + 1] not in {":", ",", ""}:
            raise ScriptLabelError(f"expected a value with a name: {code[at:end]}")
        yield name[1], code[name.end() + 1 : end].strip() if code[name.end() :].startswith(":") else name[1]
        at = end + 1


def _find_comma(code: str, at: int) -> int:
    """Return the position of the next comma outside of brackets and strings, or the end."""
    while at < len(code) and code[at] != ",":
        at = _skip(code, at)
    return at


def _skip(code: str, at: int) -> int:
    """Return the position after a character, or after the string or brackets that begin with it."""
    sign = code[at]
    if sign == "/":
        raise ScriptLabelError(f"a value has a slash outside of strings: {code[at - 20 : at + 20]}")
    if sign in _CLOSED_BY:
        return _skip_until(code, at + 1, _CLOSED_BY[sign])
    return _skip_text(code, at) if sign in "\"'`" else at + 1


def _skip_until(code: str, at: int, closing: str) -> int:
    while code[at] != closing:
        at = _skip(code, at)
    return at + 1


def _skip_text(code: str, at: int) -> int:
    """Return the position after a string; template literals have code between `${` and `}`."""
    mark, at = code[at], at + 1
    while code[at] != mark:
        if mark == "`" and code.startswith("${", at):
            at = _skip(code, at + 1)
        else:
            at += 2 if code[at] == "\\" else 1
    return at + 1


def is_text(code: str) -> bool:
    """Return whether the code is a single string literal.

    >>> is_text('`${a} of ${b}`'), is_text('"a" + "b"')
    (True, False)
    """
    return code[0] in '"`' and _skip_text(code, 0) == len(code)
