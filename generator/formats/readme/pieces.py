"""Splits text of a reading list into links, bold and emphasised text, and plain URLs; formulas stay unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from msgspec import Struct

from generator.formats.readme.labels import is_label
from generator.formats.readme.venues import parse_venue
from generator.identifiers import build_link_url, parse_link
from generator.limits import MARKDOWN_DEPTH
from generator.text.dates import parse_date
from generator.text.formulas import split_maths

_BADGE = re.compile(r"img\.shields\.io/badge/(?P<words>[^?]+?)(?:\.svg|\.png)?(?:\?|$)")
# A label before a URL is at the start of the text or after punctuation.
_LABEL = re.compile(r"(?:^|[\n.,;|()\[\]{}•·–—。，；【】]|\s-\s)[\s*_]*(?P<words>[^\W\d_][\w ]{0,40}?)\s*[:：]?\s*$")  # fmt: skip
_LONGEST_LABEL = 100
_BARE = re.compile(  # an address, an arXiv number (also as dblp cites it), a DOI
    r"https?://[^\s<>\"'`\]】，。；、）]+"
    r"|\barxiv:\s?(?:\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]{1,20}(?:\.[A-Z]{2})?/\d{7})(?!\w)|\bCoRR,?\s+abs/\d{4}\.\d{4,5}(?!\w)|\bdoi:\s?10\.\d{4,9}/[^\s<>\"'`\],;]+",
    re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*([^*].*)\*\*", re.DOTALL)
_OPENS, _CLOSES = re.compile(r"(?<![\w*\\])\*(?=\w)"), re.compile(r"(?<=\w)\*(?=[\s:,.;)?!]|$)")
_INSIDE_WORD = re.compile(r"[\w)}\]]$")
_TAGS = {
    "a": "link", "b": "strong", "strong": "strong", "br": "hardbreak", "img": "image", "em": "em", "i": "em",
}  # fmt: skip
_NOWHERE = "#"
"""A placeholder for the URL of a link without one."""
_PAIRS = frozenset(["link", "strong", "em"])
MARKS = str.maketrans("", "", "\x02\x03")


class Piece(Struct, frozen=True):
    """A piece of text of one kind: a link with its URL, bold, emphasised or plain; line breaks are kept."""

    text: str
    url: str = ""
    bold: bool = False
    emphasis: bool = False
    image: bool = False
    """Whether the link consists only of an image, so that its text is that of a badge instead of a title. A badge without a link is a tag."""
    promised: bool = False
    """Whether it is a link without a URL, used for unpublished papers: `[Owls]()`."""
    bare: bool = False
    """Whether it is a plain URL; its text is the label before it, if any."""


def build_parser() -> MarkdownIt:
    """Return a parser for CommonMark with GitHub tables that leaves formulas unchanged."""
    parser = MarkdownIt("commonmark", {"maxNesting": MARKDOWN_DEPTH}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "formula", _read_formula)
    return parser


def _read_formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (as the parser calls it)
    """A parser rule that reads a formula as text, so that its content is not read as Markdown."""
    if state.src[state.pos] != "$":
        return False
    end = _find_formulas(state.src, state.env).get(state.pos, 0)
    if not end or end > state.posMax:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _find_formulas(text: str, env: MutableMapping[str, Any]) -> Mapping[int, int]:
    """Return the starts and ends of the formulas in a text, computed once for each text."""
    if env.get("formulas", ("",))[0] is not text:
        spans: dict[int, int] = {}
        at = 0
        for part in split_maths(text):
            if part.tex:
                spans[at] = at + len(part.source)
            at += len(part.source)
        env["formulas"] = (text, spans)
    found: Mapping[int, int] = env["formulas"][1]
    return found


def read_inline(token: Token) -> tuple[Piece, ...]:
    """Return the pieces of a run of text. An image is replaced by its alternative text, for a badge without one by its label."""
    run = Run()
    for child in _parse_again(token.content) or token.children or ():
        run.read(child)
    return run.finish()


def _join_bold(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, with bold text around emphasised text joined into one piece: `**Owls of *Strix***`."""
    held: Piece | None = None
    for piece in pieces:
        is_bold = piece.bold and not (piece.url or piece.image or piece.promised)
        if held and is_bold:
            held = Piece(held.text + piece.text, bold=True)
            continue
        if held:
            yield held
        held = piece if is_bold else None
        if not is_bold:
            yield piece
    if held:
        yield held


def _parse_again(text: str) -> Sequence[Token]:
    """Return the tokens of bold text with literal asterisks, `**A* Search**`; empty for other text."""
    bold = _BOLD.fullmatch(text.strip())
    if bold is None or "**" in bold[1] or len(_CLOSES.findall(bold[1])) <= len(_OPENS.findall(bold[1])):
        return ()
    (inline,) = build_parser().parseInline(f"**{_CLOSES.sub(chr(92) + '*', bold[1])}**")
    return inline.children or ()


def join_text(pieces: tuple[Piece, ...]) -> str:
    """Return the text of several pieces on one line."""
    return " ".join("".join(piece.text for piece in pieces if piece.url or not piece.image).split())


class Run:
    """The pieces of a run so far, and whether a link, bold or emphasised text is open."""

    def __init__(self) -> None:
        """Start without pieces."""
        self.pieces: list[Piece] = []
        self._bold = self._emphasis = 0
        self._literal: list[bool] = []
        self._url = ""
        self._words: list[str] = []
        self._shown = False

    def finish(self) -> tuple[Piece, ...]:
        """Return the pieces, including an unclosed link."""
        self.take("link_close", {}, "")
        return tuple(_join_bold(self.pieces))

    def read(self, token: Token) -> None:
        """Handle a token of Markdown or one of the supported HTML tags."""
        if token.type == "html_inline":
            _InlineTags(self).feed(token.content)
        elif token.type in {"em_open", "em_close"}:
            self._read_emphasis(token)
        else:
            self.take(token.type, {k: str(v) for k, v in token.attrs.items()}, token.content)

    def _read_emphasis(self, token: Token) -> None:
        """Handle an emphasis mark; a mark inside a word is text: `U(1)_{x}_y`."""
        if token.type == "em_open":
            before = "".join(self._words[-1:]) if self._url else self.pieces[-1].text if self.pieces else ""
            self._literal.append(
                bool(_INSIDE_WORD.search(before)) and (self._url != "" or not self._after_link())
            )
        literal = self._literal[-1] if self._literal else False
        if token.type == "em_close" and self._literal:
            self._literal.pop()
        if literal:
            self.say(token.markup)
        else:
            self.take(token.type, {}, "")

    def _after_link(self) -> bool:
        return bool(self.pieces) and self.pieces[-1].url != ""

    def tag(self, name: str, attributes: Mapping[str, str], *, end: bool = False) -> None:
        """Handle an HTML tag; unsupported tags are ignored."""
        kind = _TAGS.get(name, "")
        if kind in _PAIRS:
            kind += "_close" if end else "_open"
        self.take(kind, attributes, attributes.get("alt", ""))

    def take(self, kind: str, told: Mapping[str, str], content: str) -> None:
        """Handle a part of a run by its token type in the Markdown parser."""
        match kind:
            case "link_open":
                self._url, self._words, self._shown = told.get("href", "") or _NOWHERE, [], False
            case "link_close" if self._url:
                self._close_link()
            case "strong_open" | "strong_close":
                self._bold = max(0, self._bold + (1 if kind == "strong_open" else -1))
            case "em_open" | "em_close":
                self._emphasis = max(0, self._emphasis + (1 if kind == "em_open" else -1))
            case "softbreak" | "hardbreak":
                self.say("\n")
            case "image" if not self._url and (words := _name_badge(told.get("src", ""))):
                self.pieces.append(Piece(words, image=True))
            case "image" if self._url:
                self._words += [] if self._has_words() else [_name_image(content, told.get("src", ""))]
                self._shown = True
            case "text":
                self.say(content)
            case "code_inline":
                self.say(content if self._url or self._bold or not self._is_tag(content) else f"[{content}]")

    def _has_words(self) -> bool:
        return any(word.strip() for word in self._words)

    def _is_tag(self, code: str) -> bool:
        """Return whether a code span is a tag: it is a venue, a date or a label, or begins a line."""
        begins = not self.pieces or self.pieces[-1].text.endswith("\n")
        return begins or bool(parse_date(code) or is_label(code) or parse_venue(code))

    def _close_link(self) -> None:
        text = " ".join("".join(self._words).split())
        if self._url == _NOWHERE:
            self.pieces.append(Piece(text, bold=True, promised=True))
            self._url = ""
            return
        shown = self._shown and bool(text or not self._words) and not self._said_beside()
        bare = text.removesuffix("/") == self._url.removesuffix("/")
        label = "" if bare else text
        self.pieces.append(
            Piece(label, self._url, self._bold > 0, self._emphasis > 0, image=shown, bare=bare and not shown)
        )
        self._url = ""

    def _said_beside(self) -> bool:
        return len([word for word in self._words if word.strip()]) > 1

    def say(self, text: str) -> None:
        """Handle text."""
        text = text.translate(MARKS)
        if self._url:
            self._words.append(text.replace("\n", " "))
        elif text:
            self.pieces += _find_bare(text, bold=self._bold > 0, emphasis=self._emphasis > 0)


class _InlineTags(HTMLParser):
    """Passes the tags of a piece of HTML to a run of text."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._run.tag(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._run.tag(tag, {}, end=True)


def _name_image(words: str, address: str) -> str:
    return f" {words.strip() or _name_badge(address)} "


def _name_badge(address: str) -> str:
    """Return the text on a badge from its URL, whose last part is the colour."""
    badge = _BADGE.search(address)
    said = unquote(badge["words"]).replace("--", "\0").replace("_", " ").split("-")[:-1] if badge else []
    return " ".join(said).replace("\0", "-").strip()


def _find_bare(text: str, *, bold: bool, emphasis: bool) -> Iterator[Piece]:
    """Yield the text with plain URLs and identifiers as links, each with the label before it as text."""
    at = 0
    for match in _BARE.finditer(text):
        before = text[at : match.start()]
        lead, label = _split_label(before)
        if lead:
            yield Piece(lead, "", bold, emphasis)
        written = _trim(match[0])
        url = written if written.lower().startswith("http") else _spell(written)
        named = label or (
            "" if url == written else "arXiv" if "abs/" in written else written.partition(":")[0]
        )
        yield Piece(named, url, bold, emphasis, bare=True)
        at = match.start() + len(written)
    if text[at:]:
        yield Piece(text[at:], "", bold, emphasis)


def _trim(written: str) -> str:
    """Return a URL without the sentence's punctuation at its end."""
    opened, closed, end = written.count("("), written.count(")"), len(written)
    while end and written[end - 1] in ".,;:)":
        if written[end - 1] == ")":
            if opened >= closed:
                break
            closed -= 1
        end -= 1
    return written[:end]


def _spell(identifier: str) -> str:
    found = parse_link(re.sub(r"^corr,?abs/", "arxiv:", "".join(identifier.split()), flags=re.IGNORECASE))
    return build_link_url(*found) if found else identifier


def _split_label(text: str) -> tuple[str, str]:
    """Return the text before a URL without the label at its end, and the label."""
    start = max(0, len(text) - _LONGEST_LABEL)
    match = _LABEL.search(text, start)
    if match is None or not is_label(match["words"]) or (start and match.start() == start):
        return text, ""
    return text[: match.start("words")], match["words"]
