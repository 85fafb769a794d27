"""Reads HTML blocks in a reading list: their lists, tables and paragraphs become items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from msgspec import Struct
from msgspec.structs import replace

from generator.formats.csv.columns import read_header
from generator.formats.readme.items import Item, group_lines
from generator.formats.readme.pieces import Piece, Run, join_text, read_inline
from generator.limits import MARKDOWN_DEPTH

_LISTS = frozenset(["ul", "ol", "dl", "table"])
_LINES = frozenset(["p", "div", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "center", "blockquote"])
_CELLS = frozenset(["td", "th"])
_ITEMS = frozenset(["li", "dt", "dd"])
_HOLDERS = frozenset([*_CELLS, *_ITEMS, "tr"])
_SILENT = frozenset(["script", "style", "template"])
# The elements that the start of an element closes, unless a nested list intervenes.
_CLOSES = {
    **dict.fromkeys(_ITEMS, _ITEMS),
    "p": frozenset(["p"]),
    "tr": frozenset(["tr", *_CELLS]),
    **dict.fromkeys(_CELLS, _CELLS),
}
_FEWEST_HEADERS = 2
_SUMMARY = 7
"""The level of a summary, below all headings. As details can be nested, a summary is in the section only while they are open."""
_BLANKS = re.compile(r"\s+")
FindSection = Callable[[], tuple[str, ...]]


class _Element(Struct, kw_only=True):
    """An open element, with its content so far."""

    name: str
    line: int
    run: Run
    children: list[Item]
    cells: list[tuple[Piece, ...]]
    headers: list[str] = []
    is_head: bool = False


class HtmlReader:
    """The open HTML elements between the blocks of a page; Markdown may come between them."""

    def __init__(self, markdown: MarkdownIt) -> None:
        """Start without open elements."""
        self._markdown = markdown
        self._open: list[_Element] = []
        self._summaries: list[str] = []
        self._done: list[Item] = []
        self._loose: _Element | None = None
        self._section: FindSection = tuple
        self._at = 1

    def read(self, text: str, line: int, section: FindSection) -> Iterator[Item]:
        """Yield the items that are completed in a block."""
        self._section = section
        parser = _Tags(self, line)
        parser.feed(text)
        parser.close()
        self._end_loose()
        yield from self._take()

    def finish(self, section: tuple[str, ...]) -> Iterator[Item]:
        """Yield the items that were never closed."""
        self._section = lambda: section
        while self._open:
            self._close()
        yield from self._take()

    def summaries(self) -> tuple[str, ...]:
        """Return the summaries of open details, the outermost first."""
        return tuple(said for said in self._summaries if said)

    def put(self, pieces: tuple[Piece, ...]) -> bool:
        """Add a Markdown paragraph to the open cell or item; return whether there is one."""
        inside = self._open[-1] if self._open and self._open[-1].name in _CELLS | _ITEMS else None
        if inside:
            inside.run.pieces += [Piece("\n"), *pieces]
        return inside is not None

    def _take(self) -> Iterator[Item]:
        done, self._done = self._done, []
        yield from done

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Handle the start of an element."""
        self._at = line
        if name == "details":
            self._end_loose()
            self._summaries.append("")
        elif name in _LISTS | _LINES | _CELLS | _ITEMS | {"tr", "thead"}:
            self._end_loose()
            self._close_before(name)
            if len(self._open) < MARKDOWN_DEPTH * 2:
                self._open.append(_Element(name=name, line=line, run=Run(), children=[], cells=[]))
        else:
            self._run().tag(name, attributes)

    def _close_before(self, name: str) -> None:
        """Close elements that are implicitly ended by the start of an element."""
        closed = _CLOSES.get(name, frozenset())
        while self._open and (self._open[-1].name in closed or (closed and self._open[-1].name == "p")):
            self._close()

    def end(self, name: str) -> None:
        """Handle the end of an element; elements that are not open are ignored."""
        if name == "details":
            self._end_loose()
            self._summaries = self._summaries[:-1]
        elif name in _LISTS | _LINES | _CELLS | _ITEMS | {"tr", "thead"}:
            self._end_loose()
            if any(element.name == name for element in self._open):
                while self._close().name != name:
                    pass
        else:
            self._run().tag(name, {}, end=True)

    def say(self, text: str, line: int) -> None:
        """Handle text; Markdown inside HTML, which parsers do not read, is read as well."""
        self._at = line
        if "](" not in text:
            if self._open or self._loose or text.strip():
                self._run().say(_BLANKS.sub(" ", text))
            return
        (token,) = self._markdown.parseInline(text)
        self._run().pieces += read_inline(token)

    def hide(self, line: int) -> None:
        """Handle a comment that contains URLs."""
        self._done.append(Item(line=line, section=self._section(), hidden=True, bullet=False))

    def _run(self) -> Run:
        """Return the current run of text."""
        if self._open:
            return self._open[-1].run
        if self._loose is None:
            self._loose = _Element(name="", line=self._at, run=Run(), children=[], cells=[])
        return self._loose.run

    def _end_loose(self) -> None:
        if self._loose:
            loose, self._loose = self._loose, None
            self._done += _read_lines(loose, self._section())

    def _close(self) -> _Element:
        """Close the innermost open element, and add its content to its parent."""
        element = self._open.pop()
        around = self._open[-1] if self._open else None
        section = self._section()
        if element.name in _CELLS and around and around.name == "tr":
            around.cells.append(_join_children(element))
            around.is_head = element.name == "th" and (around.is_head or len(around.cells) == 1)
            self._give([item for item in element.children if item.bullet])
        elif element.name == "tr":
            self._give(self._read_row(element))
        elif element.name in _ITEMS:
            pieces = element.run.finish()
            below = tuple(element.children)
            self._give([Item(line=element.line, section=section, pieces=pieces, children=below)])
        elif element.name in _LINES:
            self._close_line(element, around)
        else:
            self._give([*_read_lines(element, section), *element.children])
        return element

    def _close_line(self, element: _Element, around: _Element | None) -> None:
        pieces = element.run.finish()
        if element.name == "summary" and self._summaries:
            item = Item(
                line=element.line, section=self._section(), pieces=pieces, level=_SUMMARY, bullet=False
            )
            self._summaries[-1] = join_text(pieces)
            self._give([item] if self._summaries[-1] else [])
        elif around and around.name in _CELLS | _ITEMS | {"summary"}:
            around.run.pieces += [Piece("\n"), *pieces]
        elif element.name.startswith("h"):
            level = int(element.name[1])
            self._give(
                [Item(line=element.line, section=self._section(), pieces=pieces, level=level, bullet=False)]
            )
        else:
            self._give([*_read_lines(element, self._section())])

    def _give(self, items: list[Item]) -> None:
        """Add items to the enclosing item, row or cell, or to the page."""
        holder = next((e for e in reversed(self._open) if e.name in _HOLDERS), None)
        if holder:
            holder.children += items
        else:
            self._done += items

    def _read_row(self, row: _Element) -> list[Item]:
        """Return a row as an item with the headers of its table; without headers, as a line with all cells."""
        table = next((e for e in reversed(self._open) if e.name == "table"), None)
        in_head = any(e.name == "thead" for e in self._open)
        said = [join_text(cell) for cell in row.cells]
        known = sum(map(bool, read_header(said)))
        if (
            table
            and not table.headers
            and (row.is_head or in_head or (known == len(said) >= _FEWEST_HEADERS))
        ):
            table.headers = [
                f"{word or 'column'} {n}" if word in ("", *said[:n]) else word for n, word in enumerate(said)
            ]
            return row.children
        base = Item(line=row.line, section=self._section())
        if table and table.headers:
            surplus = max(0, len(row.cells) - len(table.headers))
            cells = dict(zip(table.headers, row.cells, strict=False))
            return [replace(base, cells=cells, surplus=surplus), *row.children]
        pieces = [piece for cell in row.cells for piece in (*cell, Piece("\n"))]
        return [replace(base, pieces=tuple(pieces)), *row.children] if said else row.children


def _join_children(cell: _Element) -> tuple[Piece, ...]:
    """Return the text of a cell including its lines."""
    lines = [piece for item in cell.children if not item.bullet for piece in (Piece("\n"), *item.pieces)]
    return (*cell.run.finish(), *lines)


def _read_lines(element: _Element, section: tuple[str, ...]) -> Iterator[Item]:
    return group_lines(_fold(element.run.finish()), element.line, section)


def _fold(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces without leading blank lines."""
    start = next((n for n, piece in enumerate(pieces) if piece.url or piece.text.strip()), len(pieces))
    return pieces[start:]


class _Tags(HTMLParser):
    """Passes the tags and texts of a block to a reader."""

    def __init__(self, reader: HtmlReader, line: int) -> None:
        super().__init__()
        self._reader, self._line = reader, line
        self._silent = ""

    def _now(self) -> int:
        return self._line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent = tag
        elif not self._silent:
            self._reader.start(tag, {name: value or "" for name, value in attrs}, self._now())

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif not self._silent:
            self._reader.end(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._reader.say(data, self._now())

    def handle_comment(self, data: str) -> None:
        if "://" in data:
            self._reader.hide(self._now())
