"""Parses lists in one text as written by programs: `['Jane Owl', 'Bob Wren']`, `["owls", "mice"]`."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable

from generator.limits import ABSTRACT

_BRACKETS = {"[": "]", "(": ")", "{": "}"}
_QUOTED = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')\s*,?", re.DOTALL)
_BETWEEN = re.compile(r"['\"]\s*,\s*['\"]")
_NAMES = (("given", "family"), ("first", "last"), ("first_name", "last_name"), ("firstname", "lastname"))
_NAMING = ("name", "full_name", "fullname", "display_name", "title", "literal", "author")


def read_list(text: str) -> tuple[str, ...] | None:
    r"""Return the items of a list in JSON, Python or NumPy notation; None for any other text.

    A mapping is replaced by its name.

    >>> read_list("['Jane Owl', \"Bob O'Wren\"]"), read_list('[{"name": "Jane Owl"}]'), read_list("[Owls] at night")
    (('Jane Owl', "Bob O'Wren"), ('Jane Owl',), None)
    """
    said = text.strip()
    if len(said) < 2 or _BRACKETS.get(said[0]) != said[-1]:  # noqa: PLR2004 (two brackets)
        return None
    inner = said[1:-1].strip()
    if not inner.startswith(("'", '"', "{")):
        return None
    found = _read_json(said)
    if found is None:
        found = _read_quoted(inner)
    if found is None and inner.startswith("{"):
        found = _read_python(said)
    if found is None and inner[0] == inner[-1] and inner[0] in "'\"" and len(inner) > 1:
        found = _BETWEEN.split(inner[1:-1])
    return None if found is None else tuple(filter(None, (" ".join(item.split()) for item in found)))


def _read_json(text: str) -> list[str] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _say_all(value) if isinstance(value, list) else None


def _read_quoted(inner: str) -> list[str] | None:
    """Return the quoted texts of a list, separated by commas or spaces."""
    items: list[str] = []
    at = 0
    while at < len(inner):
        match = _QUOTED.match(inner, at)
        if match is None:
            return None
        items.append(_unquote(match[1]))
        at = match.end()
    return items


def _unquote(quoted: str) -> str:
    try:
        return str(ast.literal_eval(quoted)) if "\\" in quoted else quoted[1:-1]
    except (ValueError, SyntaxError):
        return quoted[1:-1]


def _read_python(text: str) -> list[str] | None:
    """Return the items of a list of mappings in Python notation."""
    if len(text) > ABSTRACT:
        return None
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return _say_all(value) if isinstance(value, list | tuple) else None


def _say_all(values: Iterable[object]) -> list[str]:
    return [_say(value) for value in values]


def _say(value: object) -> str:
    if isinstance(value, dict):
        for first, last in _NAMES:
            if last in value:
                return f"{value.get(first) or ''} {value[last]}".strip()
        return next((str(value[name]) for name in _NAMING if value.get(name)), "")
    if isinstance(value, list):
        return " ".join(_say_all(value))
    return "" if value is None else str(value)
