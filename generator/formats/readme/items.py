"""The items of a reading list, and the lines of a paragraph as items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.formats.csv.columns import TITLE_WORDS, fold_header
from generator.formats.readme.labels import is_label, is_number
from generator.formats.readme.pieces import Piece, join_text
from generator.formats.readme.titles import is_title
from generator.formats.shared.nothing import NOTHING

_LABEL = re.compile(r"\s*(?P<words>[^\W\d_][\w ]{0,24}?)\s?[:：]\s?\S")
_LEADING = ' \n[(【「"“-*•'


class Item(Struct, frozen=True, kw_only=True):
    """A bullet, row, heading or line, with its content and nested items.

    A row has cells by header; other items have pieces and nested bullets.
    """

    line: int
    section: tuple[str, ...]
    """The headings above it, the outermost first, without the title of the page."""
    pieces: tuple[Piece, ...] = ()
    cells: Mapping[str, tuple[Piece, ...]] = {}
    surplus: int = 0
    """The number of cells beyond the header, which Markdown drops."""
    children: tuple[Item, ...] = ()
    bullet: bool = True
    """Whether it is a bullet or row instead of a heading or a line of a paragraph."""
    level: int = 0
    """The level of a heading; 0 for other items."""
    hidden: bool = False
    """Whether it is a comment or code block with URLs, which is not shown as papers."""


def group_lines(pieces: Sequence[Piece], line: int, section: tuple[str, ...]) -> Iterator[Item]:
    """Yield the lines of a paragraph, each with the following lines that are not papers.

    A line that begins with a title begins an item. Other text begins an item only after a line with a link; before
    that, it may be a title on a separate line.
    """
    group: list[Piece] = []
    first, titled, linked = line, False, False
    for at, found in _split_lines(pieces, line):
        starts = find_lead(found) is not None or begins_with_title(found[0].text)
        if group and (starts or (linked and not titled and _stands_alone(found))):
            yield _make_line(group, first, section)
            group = []
        if not group:
            first, titled, linked = at, False, False
        titled = titled or (starts and not any(piece.text.strip(_LEADING) for piece in group))
        linked = linked or any(piece.url for piece in found)
        group += found
    if group:
        yield _make_line(group, first, section)


def _make_line(pieces: Sequence[Piece], line: int, section: tuple[str, ...]) -> Item:
    return Item(line=line, section=section, pieces=tuple(pieces), bullet=False)


def _split_lines(pieces: Sequence[Piece], line: int) -> Iterator[tuple[int, list[Piece]]]:
    """Yield the number and pieces of each line, including the line break."""
    found: list[Piece] = []
    for piece in pieces:
        found.append(piece)
        if piece.text.endswith("\n"):
            yield line, found
            line += sum(p.text.count("\n") for p in found)
            found = []
    if found:
        yield line, found


def find_lead(pieces: Sequence[Piece]) -> Piece | None:
    """Return the first non-empty piece if it is a title: a link or bold text that is not a label."""
    lead = next((p for p in pieces if p.url or p.text.strip(_LEADING)), None)
    return lead if lead and (lead.url or lead.bold) and is_title(lead) else None


def begins_with_title(text: str) -> bool:
    """Return whether a text begins with a label for a title: `Title: Owls that Hum`."""
    match = _LABEL.match(text)
    if match is None or text[match.end() - 1 :].strip().casefold() in NOTHING:
        return False
    return fold_header(match["words"]) in TITLE_WORDS - {"name"}


def _stands_alone(found: Sequence[Piece]) -> bool:
    """Return whether a line without a title is a separate paper: a plain URL or number, or text with a link."""
    words = join_text(tuple(p for p in found if not p.url))
    links = [p for p in found if p.url]
    alone = is_number(words) or (not words and all(p.bare and not p.text for p in links))
    return alone or bool(words and not is_label(words) and links)


def list_from(items: Sequence[Item], at: int) -> Iterator[Item]:
    """Yield the items from a position on."""
    return (items[number] for number in range(at, len(items)))
