"""The items of a CSL-JSON text, one at a time with their lines. Reading continues after a broken item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from generator.limits import ENTRIES
from generator.problems import Place, Problem, error
from generator.storage.json_items import Decoder

_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_NEXT = re.compile(r"[},\]\n][ \t]{0,40}\n?[ \t]{0,40}(?=\{)")
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
    items = tuple(islice(_scan(text, file, problems), ENTRIES + 1))  # one more than may be
    return items, sum(problem.code != "cut-off" for problem in problems), tuple(problems)


def _scan(text: str, file: str, problems: list[Problem]) -> Iterator[Item]:
    decoder = Decoder(text)
    at, line, counted, opened, lost = 0, 1, 0, 0, False
    while True:
        start = _BETWEEN.match(text, at)
        between = start[0] if start else ""
        opened += between.count("[") - between.count("]")
        at += len(between)
        if at >= len(text):
            if opened > 0 and not lost:
                message = "the list does not end with ]; items may be missing"
                hint = "download the file again"
                problems.append(error("cut-off", message, Place(file=file, line=line), hint))
            return
        line += text.count("\n", counted, at)
        counted = at
        value, end, fault = decoder.decode_object(at)
        if value is not None:
            yield Item(line=line, value=value)
        else:
            hint = "correct it and import the file again"
            place = Place(file=file, line=line)
            problems.append(error("bad-json", f"an item that is {fault}", place, hint))
            if decoder.is_tired:
                return
        lost = lost or end == at
        at = end if end > at else _find_next(decoder, at + 1)


def _find_next(decoder: Decoder, at: int) -> int:
    """Return where the next item begins whose end can be found; the end of the text if there is none."""
    for match in _NEXT.finditer(decoder.text, at):
        if decoder.is_tired:
            break
        value, end, fault = decoder.decode(match.end())
        is_item = isinstance(value, dict) and not _MEMBERS.isdisjoint(value)
        if is_item or (fault and end > match.end()):
            return match.end()
    return len(decoder.text)
