"""The items of a CSL-JSON text, one at a time with their lines; after a broken one reading goes on with the next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from generator.problems import Place, Problem, error

_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_NEXT = re.compile(r"[},\]\n]\s*,?\s*(?=\{)")
_MEMBERS = frozenset(
    {"title", "type", "issued", "DOI", "container-title"}
)  # an item has some; the parts of one have not


class Item(Struct, frozen=True, kw_only=True):
    """A JSON object and the line that it begins in."""

    line: int
    value: dict[str, object]


def read_items(text: str, *, file: str) -> tuple[tuple[Item, ...], int, tuple[Problem, ...]]:
    """Return the items of a list, of a lone object or of one object after another, how many cannot be read, and why."""
    problems: list[Problem] = []
    items = tuple(_scan(text, file, problems))
    return items, len(problems), tuple(problems)


def _scan(text: str, file: str, problems: list[Problem]) -> Iterator[Item]:
    at, line, counted = 0, 1, 0
    while True:
        start = _BETWEEN.match(text, at)
        at = start.end() if start else at
        if at >= len(text):
            return
        line += text.count("\n", counted, at)
        counted = at
        value, end, fault = _decode(text, at)
        if isinstance(value, dict):
            yield Item(line=line, value=value)
        else:
            hint = "repair it and import the file again"
            problems.append(
                error("bad-json", fault or "this is no JSON object", Place(file=file, line=line), hint)
            )
        at = end if not fault else _find_next(text, at + 1)


def _decode(text: str, at: int) -> tuple[object, int, str]:
    """Return the value at a position, where it ends, and what is wrong with it."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as fault:
        return None, at, f"an item that is not JSON: {fault.msg} in line {fault.lineno}"
    except (ValueError, RecursionError) as fault:
        return None, at, f"an item that cannot be read: {type(fault).__name__}"
    return value, end, ""


def _find_next(text: str, at: int) -> int:
    """Return where the next item begins that can be read; the end of the text if there is none."""
    for match in _NEXT.finditer(text, at):
        value, _, fault = _decode(text, match.end())
        if not fault and isinstance(value, dict) and _MEMBERS & value.keys():
            return match.end()
    return len(text)
