"""Parses a Markdown reading list into headings, bullets, table rows and lines, each with its line number and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.formats.readme.html_blocks import HtmlReader
from generator.formats.readme.items import Item, group_lines
from generator.formats.readme.pieces import Piece, build_parser, join_text, read_inline

_ADDRESS = re.compile(r"https?://")
_DEEPEST_HEADING = 6


@cache
def _parser() -> MarkdownIt:
    return build_parser()


def parse_reading_list(text: str) -> tuple[Item, ...]:
    """Return all items of a page in order (CommonMark with GitHub tables)."""
    text = text.replace("\r", "\n")  # for the parser it ends a line
    items = _Page(text.split("\n")).read(_parser().parse(text))
    return tuple(sorted(items, key=lambda item: item.line))


def list_headings(text: str) -> list[tuple[int, str, int, int]]:
    """Return the headings of a page, each with its level, its text, and its range of lines (from 0, end exclusive)."""
    tokens = _parser().parse(text.replace("\r", "\n"))
    found = [
        (int(token.tag[1:]), join_text(read_inline(tokens[at + 1])), _line(token) - 1)
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level
    ]
    ends = [*(line for _, _, line in found[1:]), text.count("\n") + 1][: len(found)]
    return [(level, name, line, end) for (level, name, line), end in zip(found, ends, strict=True)]


class _Page:
    """A page during parsing: its headings so far, and open HTML elements."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._headings: dict[int, str] = {}
        self._first = True
        self._html = HtmlReader(_parser())

    def _section(self) -> tuple[str, ...]:
        said = [self._headings[level] for level in sorted(self._headings)]
        return (*said, *self._html.summaries())

    def read(self, tokens: Sequence[Token]) -> Iterator[Item]:
        """Yield the items of the page."""
        ends = _find_ends(tokens)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            section = self._section()
            if token.type == "heading_open":
                yield from self._read_heading(int(token.tag[1:]), read_inline(tokens[at + 1]), _line(token))
            elif token.type == "list_item_open":
                yield self._read_bullet(tokens, ends, at, section)
                at = ends[at]
            elif token.type == "table_open":
                yield from _read_table(tokens[at : ends[at]], section, self._lines)
                at = ends[at]
            elif token.type == "paragraph_open":
                pieces = read_inline(tokens[at + 1])
                if not self._html.put(pieces):
                    yield from group_lines(pieces, _line(token), section)
            elif token.type == "html_block":
                yield from self._read_html(token)
            elif token.type in {"fence", "code_block"} and _ADDRESS.search(token.content):
                yield Item(line=_line(token), section=section, hidden=True)
            at += 1
        yield from self._html.finish(self._section())

    def _read_html(self, token: Token) -> Iterator[Item]:
        for found in self._html.read(token.content, _line(token), self._section):
            if 0 < found.level <= _DEEPEST_HEADING:
                yield from self._read_heading(found.level, found.pieces, found.line)
            else:
                yield found

    def _read_heading(self, level: int, pieces: tuple[Piece, ...], line: int) -> Iterator[Item]:
        """Yield a heading as an item below its parent headings, and store it; the first heading is the page's title."""
        self._headings = {n: said for n, said in self._headings.items() if n < level}
        item = Item(line=line, section=self._section(), pieces=pieces, level=level, bullet=False)
        if not (self._first and level == 1):
            self._headings[level] = join_text(pieces)
            yield item
        self._first = False

    def _read_bullet(
        self, tokens: Sequence[Token], ends: Mapping[int, int], start: int, section: tuple[str, ...]
    ) -> Item:
        """Return a bullet with its text and its nested bullets as children."""
        pieces: list[Piece] = []
        children: list[Item] = []
        at = start + 1
        while at < ends[start]:
            token = tokens[at]
            if token.type == "list_item_open":
                children.append(self._read_bullet(tokens, ends, at, section))
                at = ends[at]
            elif token.type == "table_open":
                children += _read_table(tokens[at : ends[at]], section, self._lines)
                at = ends[at]
            elif token.type == "inline":
                pieces += [*([Piece("\n")] if pieces else []), *read_inline(token)]
            elif token.type == "html_block":
                more, below = self._read_html_below(token, section)
                pieces += more
                children += below
            elif token.type in {"fence", "code_block"} and _ADDRESS.search(token.content):
                children.append(Item(line=_line(token), section=section, hidden=True))
            at += 1
        return Item(
            line=_line(tokens[start]), section=section, pieces=tuple(pieces), children=tuple(children)
        )

    def _read_html_below(self, token: Token, section: tuple[str, ...]) -> tuple[list[Piece], list[Item]]:
        """Return the text and items of HTML inside a bullet."""
        reader = HtmlReader(_parser())
        found = [*reader.read(token.content, _line(token), lambda: section), *reader.finish(section)]
        lines = [item for item in found if not item.bullet and not item.hidden]
        pieces = [piece for item in lines for piece in (Piece("\n"), *item.pieces)]
        return pieces, [item for item in found if item.bullet or item.hidden]


def _find_ends(tokens: Sequence[Token]) -> Mapping[int, int]:
    """Return the index of the closing token by the index of the opening token."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for n, token in enumerate(tokens):
        if token.nesting > 0:
            opened.append(n)
        elif token.nesting < 0 and opened:
            ends[opened.pop()] = n
    return ends


def _count_cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))) + 1


def _read_table(tokens: Sequence[Token], section: tuple[str, ...], lines: Sequence[str]) -> Iterator[Item]:
    headers: list[str] = []
    row: list[tuple[Piece, ...]] = []
    line = 0
    for n, token in enumerate(tokens):
        if token.type == "tr_open":
            row, line = [], _line(token)
        elif token.type == "th_open":
            said = join_text(read_inline(tokens[n + 1]))
            headers.append(said if said and said not in headers else f"{said or 'column'} {len(headers) + 1}")
        elif token.type == "td_open":
            row.append(read_inline(tokens[n + 1]))
        elif token.type == "tr_close" and row:
            surplus = max(0, _count_cells(lines[line - 1]) - len(headers))
            yield Item(
                line=line, section=section, cells=dict(zip(headers, row, strict=False)), surplus=surplus
            )


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
