"""The items of a CSL-JSON text, one at a time with their lines; after a broken one reading goes on with the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.formats.json_items import Decoder
from generator.problems import Place, Problem, error, warning

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
    items = tuple(_scan(text, file, problems))
    whole = text.strip("\ufeff \t\r\n")
    if not problems and whole.startswith("[") and not whole.endswith("]"):
        message = "the list does not end with ]: something may be missing"
        place = Place(file=file, line=text.count("\n", 0, text.rfind(whole[-1])) + 1)
        cut = warning("cut-off", message, place, "save the file again as its source gives it")
        return items, 0, (cut,)
    return items, len(problems), tuple(problems)


def _scan(text: str, file: str, problems: list[Problem]) -> Iterator[Item]:
    decoder = Decoder(text)
    at, line, counted = 0, 1, 0
    while True:
        start = _BETWEEN.match(text, at)
        at = start.end() if start else at
        if at >= len(text):
            return
        line += text.count("\n", counted, at)
        counted = at
        value, end, fault = decoder.decode(at)
        if isinstance(value, dict):
            yield Item(line=line, value=value)
        else:
            message = f"an item that is {fault}" if fault else "this is no JSON object"
            hint = "repair it and import the file again"
            problems.append(error("bad-json", message, Place(file=file, line=line), hint))
        at = end if end > at else _find_next(decoder, at + 1)


def _find_next(decoder: Decoder, at: int) -> int:
    """Return where the next item begins that can be read; the end of the text if there is none."""
    for match in _NEXT.finditer(decoder.text, at):
        if decoder.is_tired:
            break
        value, _, fault = decoder.decode(match.end())
        if not fault and isinstance(value, dict) and _MEMBERS & value.keys():
            return match.end()
    return len(decoder.text)
