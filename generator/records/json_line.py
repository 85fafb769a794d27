"""Parses one line of JSON Lines into a value or a problem."""

from __future__ import annotations

import json

import msgspec

from generator.limits import JSON_DEPTH, LINE_CHARACTERS
from generator.problems import Problem, error
from generator.records.parse import RecordPlace
from generator.storage.json_items import decode, is_deep


def parse_line(text: str, place: RecordPlace) -> tuple[object, Problem | None]:
    """Return the value of a line, or None and the problem."""
    if len(text) > LINE_CHARACTERS:
        return None, error("too-long", "the line is longer than a record may be", place.of(""), "shorten it")
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as fault:
        return None, error("bad-json", str(fault), place.of(""), "write one JSON object on each line")
    if _is_whole(value, text):
        return value, None
    try:
        value, _, refused = decode(text, len(text) - len(text.lstrip()))
    except json.JSONDecodeError as fault:
        refused = fault.msg
    return (None, error("bad-json", refused, place.of(""), "correct the line")) if refused else (value, None)


def _is_whole(value: object, text: str) -> bool:
    """Return whether a value certainly has everything that its text has, and is not nested too deeply.

    If an object repeats a key at any depth, the fast decoder keeps the last value, so that the text has more colons than
    the value. The slow decoder reports it.
    """
    return (
        "\\u003" not in text  # may be a colon
        and (text.count("[") + text.count("{") <= JSON_DEPTH or not is_deep(value))
        and text.count(":") == msgspec.json.encode(value).count(b":")
    )
