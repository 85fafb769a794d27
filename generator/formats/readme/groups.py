"""Bullets that only name the papers nested below them, which are therefore headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from generator.formats.readme.choose import adds_to_parent, find_titled_child
from generator.formats.readme.entry import read_entry
from generator.formats.readme.items import Item
from generator.formats.readme.parse import parse_reading_list
from generator.formats.readme.people import is_name
from generator.formats.readme.pieces import Piece, join_text
from generator.formats.readme.titles import SIGNS

_LEVEL = 7
"""The level of such a bullet, below all Markdown headings."""
_MOST_WORDS = 10


def list_items(text: str) -> tuple[Item, ...]:
    """Return all items of a page in order; bullets that only name nested papers become headings."""
    return tuple(_open_groups(parse_reading_list(text)))


def _open_groups(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items; a bullet that only names nested papers becomes a heading: `- Nests` above bullets of papers."""
    for item in items:
        if not _is_group(item):
            yield item
            continue
        name = join_text(item.pieces).strip(SIGNS)
        yield replace(item, pieces=(Piece(name),), children=(), bullet=False, level=_LEVEL)
        yield from _open_groups(_put_below(child, name, len(item.section)) for child in item.children)


def _is_group(item: Item) -> bool:
    """Return whether a bullet has a few words without a link, and nested papers with titles."""
    words = join_text(item.pieces).split()
    if not item.children or item.cells or any(piece.url for piece in item.pieces):
        return False
    others = [child for child in item.children if not adds_to_parent(child)]
    named = 0 < len(words) <= _MOST_WORDS and not find_titled_child(item, ()) and not _names_author(item)
    return named and len(others) == len(item.children) and any(map(_holds_paper, others))


def _names_author(item: Item) -> bool:
    """Return whether a bullet is a person with a year, as in lists of theses: `Jane Owl (2008)`."""
    match = re.fullmatch(r"(.{3,80}?)\s*\((?:19|20)\d\d\)", join_text(item.pieces))
    return match is not None and is_name(match[1])


def _holds_paper(item: Item) -> bool:
    """Return whether a bullet is a paper with a title, or has nested papers."""
    return _is_group(item) or (bool(item.pieces) and read_entry(item.pieces).is_sure)


def _put_below(item: Item, name: str, depth: int) -> Item:
    """Return an item with an additional heading above it and its nested items."""
    children = tuple(_put_below(child, name, depth) for child in item.children)
    return replace(item, section=(*item.section[:depth], name, *item.section[depth:]), children=children)
