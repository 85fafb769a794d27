"""Titles on separate lines, as headings or in bold, with the items below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec.structs import replace

from generator.formats.readme.entry import find_title, has_address, is_only_labels, read_entry
from generator.formats.readme.items import Item, list_from
from generator.formats.readme.labelled import list_fields
from generator.formats.readme.labels import is_label, names_paper
from generator.formats.readme.pieces import Piece, join_text
from generator.formats.readme.titles import SIGNS, drop_number
from generator.formats.shared.nothing import NOTHING

_ASIDE = re.compile(r"[（(][^（）()]*[)）]")
_FEWEST_WORDS = 3


def join_titles(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items; a heading that is a paper is joined with the items below it, and other headings are left out."""
    at = 0
    papers: set[tuple[str, ...]] = set()
    while at < len(items):
        item = items[at]
        if papers:
            heads = [name for n, name in enumerate(item.section) if item.section[: n + 1] not in papers]
            item = replace(item, section=tuple(heads))
        at += 1
        if not item.level:
            below = _list_labels(items, at, item) or list_fields(items, at, item)
            at += len(below)
            yield _join_below(item, item.pieces, below)
            continue
        below = list(takewhile(_belongs, list_from(items, at)))
        titled = _is_titled(item)
        if titled or (below and _heads_labels(item, below)):
            at += len(below)
            papers.add((*items[at - 1 - len(below)].section, join_text(item.pieces)))
            title = _drop_before(item) if titled else (Piece(drop_number(join_text(item.pieces)), bold=True),)
            yield _join_below(item, title, below)


def _list_labels(items: Sequence[Item], at: int, item: Item) -> list[Item]:
    """Return the labels below a bold title on a separate line: `- Paper: https://…` below `**Owls that Hum**`."""
    title = find_title(item.pieces) if not (item.level or item.bullet or item.hidden) else None
    if title is None or not title.bold or any(piece.url for piece in item.pieces):
        return []
    below = list(takewhile(_belongs, list_from(items, at)))
    return below if below and _heads_labels(item, below) else []


def _is_titled(item: Item) -> bool:
    """Return whether a heading is a link to a paper, optionally after a number."""
    title = find_title(item.pieces)
    if title is None or not title.url:
        facts = read_entry(_drop_before(item))
        return facts.is_sure and (
            len(facts.title.split()) >= _FEWEST_WORDS or (facts.title != "" and facts.is_told)
        )
    if title.url.startswith("#"):
        return False
    before = join_text(item.pieces[: item.pieces.index(title)])
    return not re.search(r"[^\W\d_]{2}", before) and read_entry(item.pieces).is_sure


def _drop_before(item: Item) -> tuple[Piece, ...]:
    """Return the pieces of a heading without the number before its title."""
    title = find_title(item.pieces)
    if title and title.url:
        return item.pieces[item.pieces.index(title) :]
    if not item.pieces:
        return ()
    first, *others = item.pieces
    return (replace(first, text=drop_number(first.text)), *others)


def _belongs(item: Item) -> bool:
    """Return whether an item belongs to the heading above it: it has labels, or text without a title."""
    return not (item.level or item.cells or item.children or item.hidden) and is_only_labels(item.pieces)


def _heads_labels(heading: Item, below: Sequence[Item]) -> bool:
    """Return whether items below a title are labels of one paper: one of them is a link to it, or a note that it is missing.

    Several links may lead to the paper if their labels differ: `Paper`, `Paper 2`.
    """
    labels = [_find_label(item) for item in below if has_address(item.pieces) or _says_none(item)]
    links = [piece for item in below for piece in item.pieces if piece.url]
    papers = [item for item in below if read_entry((Piece("Title", bold=True), *item.pieces)).is_sure]
    none = [item for item in below if _says_none(item) and names_paper(_find_label(item))]
    named = len(join_text(heading.pieces).split()) >= _FEWEST_WORDS or len(links) > 1
    one = len(papers) == 1 or (len(papers) + len(none) > 0 and len(set(labels)) == len(labels))
    return bool(links) and named and one and all(map(is_label, labels))


def _find_label(item: Item) -> str:
    """Return the text of an item before its link, otherwise that of its links: 代码 for `代码（soon）: https://…`."""
    before = "".join(piece.text for piece in takewhile(lambda piece: not piece.url, item.pieces))
    words = _ASIDE.sub("", before).strip(f"{SIGNS}[]()")
    said = words.partition("：")[0].partition(":")[0].strip()
    return said or " ".join(piece.text for piece in item.pieces if piece.url)


def _says_none(item: Item) -> bool:
    """Return whether an item has a label without a value: `Paper: N/A`."""
    said = re.split(r"[:：]", join_text(item.pieces), maxsplit=1)
    return len(said) > 1 and said[1].strip().casefold() in NOTHING


def _join_below(item: Item, pieces: Sequence[Piece], below: Sequence[Item]) -> Item:
    """Return an item with the given pieces, followed by those of the items below it on separate lines."""
    more = [piece for child in below for piece in (Piece("\n"), *child.pieces)]
    return replace(item, pieces=(*pieces, *more))
