"""Parses one line of JSON Lines into a value or a problem."""

from __future__ import annotations

import json
import re

import msgspec

from generator.limits import JSON_DEPTH, LINE_CHARACTERS
from generator.problems import Place, Problem, error
from generator.storage.json_items import decode, is_deep

_KEY = re.compile(r'"\s*:')


def parse_line(text: str, place: Place) -> tuple[object, Problem | None]:
    """Return the value of a line, or None and the problem."""
    if len(text) > LINE_CHARACTERS:
        return None, error("too-long", "the line is longer than a record may be", place, "shorten it")
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as fault:
        return None, error("bad-json", str(fault), place, "write one JSON object on each line")
    # If an object repeats a key at any depth, the fast decoder keeps the last value; the slow decoder reports it and is used if
    # keys seem to be missing.
    may_be_deep = text.count("{") + text.count("[") > JSON_DEPTH
    if (may_be_deep and is_deep(value)) or len(_KEY.findall(text)) != _count_keys(value):
        try:
            value, _, refused = decode(text, len(text) - len(text.lstrip()))
        except json.JSONDecodeError as fault:
            refused = fault.msg
        if refused:
            return None, error("bad-json", refused, place, "correct the line")
    return value, None


def _count_keys(value: object) -> int:
    keys, parts = 0, [value]
    while parts:
        part = parts.pop()
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        keys += len(part) if isinstance(part, dict) else 0
        parts += [value for value in inner if isinstance(value, dict | list)]
    return keys
