"""Reads text after labels like the columns of a table: `**Title**: Owls **Venue**: ICML`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec.structs import replace

from generator.formats.csv.columns import TITLE_WORDS, fold_header, read_header
from generator.formats.readme.items import Item, begins_with_title, list_from
from generator.formats.readme.kinds import NAMES_OF_THINGS
from generator.formats.readme.labels import is_label
from generator.formats.readme.pieces import Piece

_PLAIN_LABEL = re.compile(r"(?:^|[\n;；|]\s*)(?P<head>[^\W\d_][\w ]{0,24}?)\s?[:：]")


def find_labelled_parts(pieces: Sequence[Piece]) -> Mapping[str, tuple[Piece, ...]]:
    """Return the pieces after each bold label, if one of the labels is for a title: `**Title**: Owls **Venue**: ICML`."""
    cells: dict[str, list[Piece]] = {}
    label = ""
    for piece in _mark_labels(pieces):
        head = piece.text.strip(" \n:：*|-") if piece.bold and not piece.url else ""
        if head and read_header([head])[0] and head not in cells:
            label = head
            cells[label] = []
        elif label:
            text = piece.text.lstrip(" :：") if not cells[label] else piece.text
            cells[label].append(replace(piece, text=text))
    return (
        {head: tuple(said) for head, said in cells.items()}
        if any(fold_header(head) in TITLE_WORDS - NAMES_OF_THINGS for head in cells)
        else {}
    )


def _mark_labels(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, with plain labels turned bold if a line begins with one for a title: `Title: Owls; Venue: ICML`."""
    lead = next((piece for piece in pieces if piece.text.strip()), None)
    if lead is None or lead.url or lead.bold or not begins_with_title(lead.text):
        yield from pieces
        return
    for piece in pieces:
        at = 0
        for match in () if piece.url else _PLAIN_LABEL.finditer(piece.text):
            head = match["head"]
            if read_header([head])[0] or is_label(head):
                yield replace(piece, text=piece.text[at : match.start()])
                yield Piece(head, bold=True)
                at = match.end()
        yield replace(piece, text=piece.text[at:])


def list_fields(items: Sequence[Item], at: int, first: Item) -> list[Item]:
    """Return the bullets after a title that each add a fact about the paper: `- **Venue**: ICML`."""
    known = find_labelled_parts(first.pieces)
    following = takewhile(lambda item: _is_field(item, first.section), list_from(items, at))
    return (
        list(takewhile(lambda item: not known.keys() & find_labelled_parts(item.pieces), following))
        if known
        else []
    )


def _is_field(item: Item, section: tuple[str, ...]) -> bool:
    lead = next((piece for piece in item.pieces if piece.text.strip()), None)
    if not (item.bullet and lead and lead.bold) or lead.url or item.children or item.section != section:
        return False
    head = lead.text.strip(" :：")
    return bool(read_header([head])[0] or is_label(head))
