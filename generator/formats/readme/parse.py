"""A reading list in Markdown: its bullets, table rows and lines, each with its line number, headings and text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from generator.limits import MARKDOWN_DEPTH

_PARSER = MarkdownIt("commonmark", {"maxNesting": MARKDOWN_DEPTH}).enable(["table", "strikethrough"])
_TAG = re.compile(r"<\s*+(?P<end>/?)\s*+(?P<name>[a-zA-Z]+)(?P<rest>[^>]*)>")
_ATTRIBUTE = re.compile(
    r"""(?P<name>href|src|alt)\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.IGNORECASE
)
_BADGE = re.compile(r"img\.shields\.io/badge/(?P<words>[^?]+?)(?:\.svg|\.png)?(?:\?|$)")
_LABEL = re.compile(r"(\w+)\s*[:：]?\s*$")
_LONGEST_LABEL = 100
_BARE = re.compile(r"https?://[^\s<>\"'`\]]+")

_TAGS = {"a": "link", "b": "strong", "strong": "strong", "br": "hardbreak", "img": "image"}


class Piece(Struct, frozen=True):
    """A stretch of text, all of one kind: a link with its address, bold, or plain; line ends are kept in it."""

    text: str
    url: str = ""
    bold: bool = False


class Item(Struct, frozen=True, kw_only=True):
    """A bullet, a row or a line: what is in it and below it.

    A row has the cells of its table by their headers; other items have pieces and the bullets nested in them.
    """

    line: int
    section: tuple[str, ...]
    """The headings above it, the outermost first; the title of the whole page is none of them."""
    pieces: tuple[Piece, ...] = ()
    cells: Mapping[str, tuple[Piece, ...]] = {}
    surplus: int = 0
    """How many cells a row has beyond the header; Markdown drops them."""
    children: tuple[Item, ...] = ()
    bullet: bool = True
    """Whether it is a bullet or a row; a line of a paragraph is neither."""


def parse_reading_list(text: str) -> tuple[Item, ...]:
    """Return all items of a page in their order (CommonMark, with the tables of GitHub)."""
    text = text.replace("\r", "\n")  # for the parser it ends a line
    return tuple(_read_blocks(_PARSER.parse(text), text.split("\n")))


def _read_blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Item]:
    headings: dict[int, str] = {}
    at, first = 0, True
    while at < len(tokens):
        token = tokens[at]
        section = tuple(headings[level] for level in sorted(headings))
        if token.type == "heading_open":
            headings = _enter(headings, token, tokens[at + 1], is_title=first)
            first = False
        elif token.type == "list_item_open":
            end = _find_end(tokens, at)
            yield _read_bullet(tokens[at : end + 1], section)
            at = end
        elif token.type == "table_open":
            end = _find_end(tokens, at)
            yield from _read_table(tokens[at:end], section, lines)
            at = end
        elif token.type == "paragraph_open" and token.level == 0:
            yield from _read_lines(tokens[at + 1], section)
        at += 1


def read_heading_tokens(text: str) -> Iterator[tuple[tuple[str, ...], int, list[str]]]:
    """Yield each heading as its path, its line and the words of the paragraphs before the next list, table or heading."""
    headings: dict[int, str] = {}
    found: tuple[tuple[str, ...], int, list[str]] | None = None
    is_open, first = False, True
    tokens = _PARSER.parse(text.replace("\r", "\n"))
    for at, token in enumerate(tokens):
        if token.level:
            continue
        if token.type == "heading_open":
            if found:
                yield found
            headings = _enter(headings, token, tokens[at + 1], is_title=first)
            found = (tuple(headings[n] for n in sorted(headings)), _line(token), []) if headings else None
            is_open, first = True, False
        elif token.type == "paragraph_open" and is_open and found:
            if not any(_read_lines(tokens[at + 1], ())):  # a line that begins with a link is an item
                found[2].append("".join(piece.text for piece in read_inline(tokens[at + 1])))
        elif token.type.endswith(("list_open", "table_open")):
            is_open = False
    if found:
        yield found


def list_blocks(text: str) -> list[tuple[int, str, int, int]]:
    """Return the headings of a page, each with its level, its words, and the lines (from 0) from it to before the next."""
    tokens = _PARSER.parse(text.replace("\r", "\n"))
    found = [
        (int(token.tag[1:]), "".join(p.text for p in read_inline(tokens[at + 1])), _line(token) - 1)
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level
    ]
    ends = [*(line for _, _, line in found[1:]), text.count("\n") + 1][: len(found)]
    return [(level, name, line, end) for (level, name, line), end in zip(found, ends, strict=True)]


def _enter(headings: Mapping[int, str], token: Token, inline: Token, *, is_title: bool) -> dict[int, str]:
    """Return the headings by their level after one more; a first one of the highest level is the title of the page."""
    level = int(token.tag[1:])
    now = {n: said for n, said in headings.items() if n < level}
    if not (is_title and level == 1):
        now[level] = " ".join("".join(p.text for p in read_inline(inline)).split())
    return now


def _find_end(tokens: Sequence[Token], start: int) -> int:
    closing = tokens[start].type.replace("_open", "_close")
    return next(
        n
        for n in range(start + 1, len(tokens))
        if tokens[n].type == closing and tokens[n].level == tokens[start].level
    )


def _read_bullet(tokens: Sequence[Token], section: tuple[str, ...]) -> Item:
    pieces: list[Piece] = []
    children: list[Item] = []
    at = 1
    while at < len(tokens):
        if tokens[at].type == "list_item_open":
            end = _find_end(tokens, at)
            children.append(_read_bullet(tokens[at : end + 1], section))
            at = end
        elif tokens[at].type == "inline":
            pieces += [*([Piece("\n")] if pieces else []), *read_inline(tokens[at])]
        at += 1
    return Item(line=_line(tokens[0]), section=section, pieces=tuple(pieces), children=tuple(children))


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
            said = " ".join("".join(p.text for p in read_inline(tokens[n + 1])).split())
            headers.append(said if said and said not in headers else f"{said or 'column'} {len(headers) + 1}")
        elif token.type == "td_open":
            row.append(read_inline(tokens[n + 1]))
        elif token.type == "tr_close" and row:
            surplus = max(0, _count_cells(lines[line - 1]) - len(headers))
            yield Item(
                line=line, section=section, cells=dict(zip(headers, row, strict=False)), surplus=surplus
            )


def _read_lines(token: Token, section: tuple[str, ...]) -> Iterator[Item]:
    """Yield the lines of a paragraph that begin with a link or bold words, each with the lines after it."""
    line = _line(token)
    groups: list[tuple[int, list[Piece]]] = []
    for piece in read_inline(token):
        marked = bool(piece.url) or piece.bold
        fresh = not groups or (groups[-1][1] and groups[-1][1][-1].text.endswith("\n"))
        if fresh and (marked or not groups):
            groups.append((line, []))
        groups[-1][1].append(piece)
        line += piece.text.count("\n")
    for first, pieces in groups:
        lead = next((p for p in pieces if p.text.strip(" \n[(")), None)
        if lead and (lead.url or lead.bold):
            yield Item(line=first, section=section, pieces=tuple(pieces), bullet=False)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def read_inline(token: Token) -> tuple[Piece, ...]:
    """Return the pieces of a run of text; an image counts as its words (of a badge without any, those drawn on it)."""
    run = _Run()
    for child in token.children or ():
        run.read(child)
    return tuple(run.pieces)


class _Run:
    """The pieces of a run so far, and whether a link or bold words are open."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.bold = 0
        self.url = ""
        self.words: list[str] = []

    def read(self, token: Token) -> None:
        """Take in one token of Markdown, or of the few HTML tags that lists are written with."""
        tag = _TAG.fullmatch(token.content.strip()) if token.type == "html_inline" else None
        if tag is None:
            self._take(token.type, {k: str(v) for k, v in token.attrs.items()}, token.content)
            return
        told = {m["name"].casefold(): html.unescape(m["value"]) for m in _ATTRIBUTE.finditer(tag["rest"])}
        kind = _TAGS.get(tag["name"].casefold(), "")
        if kind in {"link", "strong"}:
            kind += "_close" if tag["end"] else "_open"
        self._take(kind, told, told.get("alt", ""))

    def _take(self, kind: str, told: Mapping[str, str], content: str) -> None:
        if kind == "link_open":
            self.url, self.words = told.get("href", ""), []
        elif kind == "link_close" and self.url:
            self.pieces.append(Piece(" ".join("".join(self.words).split()), self.url, self.bold > 0))
            self.url = ""
        elif kind in {"strong_open", "strong_close"}:
            self.bold = max(0, self.bold + (1 if kind == "strong_open" else -1))
        elif kind in {"softbreak", "hardbreak"}:
            self._say("\n")
        elif kind == "image" and self.url:
            self._say(_name_image(content, told.get("src", "")))
        elif kind in {"text", "code_inline"}:
            self._say(content if kind == "text" else f"[{content}]")

    def _say(self, text: str) -> None:
        if self.url:
            self.words.append(text.replace("\n", " "))
        elif text:
            self.pieces += _find_bare(text, bold=self.bold > 0)


def _name_image(words: str, address: str) -> str:
    badge = _BADGE.search(address)
    said = unquote(badge["words"]).replace("--", "\0").replace("_", " ").split("-")[:-1] if badge else []
    return f" {words.strip() or ' '.join(said).replace(chr(0), '-')} "


def _find_bare(text: str, *, bold: bool) -> Iterator[Piece]:
    """Yield the text with the addresses in it as links, each named by the word before it."""
    at = 0
    for match in _BARE.finditer(text):
        before = text[at : match.start()]
        if before:
            yield Piece(before, "", bold)
        label = _LABEL.search(before[-_LONGEST_LABEL:])
        yield Piece(label[1] if label else "", match[0].rstrip(".,;:)"), bold)
        at = match.end()
    if text[at:]:
        yield Piece(text[at:], "", bold)
