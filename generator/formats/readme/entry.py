"""Reads an item of a reading list: its title, links, venue, date, authors and other text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.readme.labels import is_label, names_paper, says_paper, says_venue
from generator.formats.readme.links import is_paper_address
from generator.formats.readme.people import is_name, read_people, squeeze_lines
from generator.formats.readme.pieces import Piece
from generator.formats.readme.references import PublicationData
from generator.formats.readme.titles import SIGNS, clean_title, is_part_heading, is_title
from generator.formats.readme.venues import (
    Venue,
    find_venue,
    parse_venue,
    sounds_like_venue,
)
from generator.formats.readme.words_around import FEW_WORDS, QUOTED, WordReader, is_place
from generator.identifiers import parse_link
from generator.text.dates import parse_date

_NESTED = re.compile(r"\[\s*(\[[^\[\]]*\])\s*\]")
_EMPTY = re.compile(r"[\[(【（][\s,;|/·•]*[\])】）]")
_CLOSED = re.compile(r"[.,?!]?[\"”][.,]?")
_LEAD = re.compile(r"^\s*\[(?:[ xX]|\d{1,3})\]\s")
_AFTER_NAME = re.compile(r"\s*(?:$|[,;.:&*†‡)|/\n]|and\b|\d)")
_EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z_]{1,30}:")


class ItemFacts(Struct, frozen=True, kw_only=True):
    """The facts of an item; nothing is inferred."""

    title: str
    title_piece: Piece | None
    links: tuple[Piece, ...]
    venues: tuple[Venue, ...]
    dates: tuple[str, ...]
    doubts: tuple[str, ...]
    """Dates, as written, that are marked as uncertain."""
    authors: tuple[str, ...]
    homepages: tuple[str, ...]
    """The URLs of linked people; records only have names."""
    place: PublicationData
    tags: tuple[str, ...]
    """The texts of badges without links."""
    more_authors: bool
    """Whether the list of authors ends with `et al.` or a similar phrase."""
    rest: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether a link of the item leads to a paper, judged by its URL or label."""
        links = [*([self.title_piece] if self.title_piece and self.title_piece.url else []), *self.links]
        labelled = any(names_paper(p.text) and not p.url.startswith("#") for p in self.links)
        own = self.title_piece is not None and is_paper_address(self.title_piece.url)
        bare = not (self.title_piece and self.title_piece.url) and any(is_paper_address(p.url) for p in links)
        return own or labelled or bare

    @property
    def is_told(self) -> bool:
        """Whether the item has a date, a venue or authors."""
        return bool(self.venues or self.dates or self.authors)


def read_entry(pieces: Sequence[Piece]) -> ItemFacts:
    """Return the facts of a line. The title is a link or bold text that is not a label, otherwise the text before the first bracket."""
    written, pieces = pieces, _open_people(pieces)
    homepages = tuple(p.url for p, opened in zip(written, pieces, strict=True) if p.url and not opened.url)
    title = find_title(pieces)
    reader = WordReader()
    if title:
        at = pieces.index(title)
        said = clean_title(title.text)
        if (marked := QUOTED.match(title.text.strip())) and marked.end() < len(title.text.strip()):
            said = clean_title((marked[1] or marked[2]).rstrip(","))
            reader.read_after_title(title.text.strip()[marked.end() :])
        before, after = _flatten(pieces[:at]), _flatten(pieces[at + 1 :])
        if before.rstrip().endswith(('"', "“")) and (closed := _CLOSED.match(after)):
            reader.read_before_quoted(before.rstrip()[:-1])
            reader.read_after_title(after[closed.end() :])
        else:
            reader.read(before)
            reader.read(after)
    else:
        said = reader.read_untitled(_flatten(pieces))
    said = reader.peel(said)
    return ItemFacts(
        title=said,
        title_piece=title,
        links=tuple(p for p in pieces if p.url and p is not title),
        venues=tuple(reader.venues),
        dates=tuple(reader.dates),
        place=reader.place,
        doubts=tuple(reader.doubts),
        authors=reader.people.names if reader.people else (),
        homepages=homepages,
        tags=tuple(p.text for p in pieces if p.image and not p.url and not is_label(p.text)),
        more_authors=bool(reader.people and reader.people.more),
        rest=tuple(reader.rest),
    )


def _open_people(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces with linked people replaced by their names: `[Jane Owl](https://jane.example.org)` next to a title."""
    people = [
        piece
        for piece, after in zip_longest(pieces, pieces[1:], fillvalue=Piece(""))
        if _is_person(piece) and (after.url or _AFTER_NAME.match(after.text))
    ]
    others = [piece for piece in pieces if piece not in people and (piece.url or piece.bold)]
    if not any(is_title(piece) and len(piece.text.split()) > FEW_WORDS for piece in others):
        return pieces
    return [replace(piece, url="") if piece in people else piece for piece in pieces]


def _is_person(piece: Piece) -> bool:
    """Return whether a link has the name of a person and does not lead to a paper."""
    if (
        not piece.url
        or piece.image
        or is_label(piece.text)
        or not is_name(piece.text.strip(SIGNS))
        or is_paper_address(piece.url)
    ):
        return False
    link = parse_link(piece.url)
    return link is not None and link[0] in {"page", "project"}


def _flatten(pieces: Sequence[Piece]) -> str:
    """Return the text of pieces, with marks around emphasis and brackets around links that name a date or venue."""
    text = ""
    for piece in pieces:
        said = piece.text
        place = says_venue(said.strip(" []()")) or (find_venue(said) and not says_paper(said))
        if piece.image and not piece.url and (place or parse_date(said)):
            text += f"[{said}] "
        elif (piece.url and is_label(said) and not place) or piece.image or piece.url.startswith("#"):
            text += " "
        elif piece.bold and not piece.url and is_place(said):
            text += f"[{said.strip(SIGNS)}] "
        elif piece.url:
            text += f"[{said.strip(' []()')}]" if is_label(said) else f" {said} "
        else:
            text += f"\x02{said}\x03" if piece.emphasis and said.strip() else said
    text = _NESTED.sub(r"\1", _EMPTY.sub(" ", _LEAD.sub(" ", _EMOJI.sub(" ", text.replace("\x03\x02", "")))))
    return squeeze_lines(text)


def find_title(pieces: Sequence[Piece]) -> Piece | None:
    """Return the piece that is the title: a link, bold text, or emphasised text after a name; None if it is plain text."""
    quoted = next((m for p in pieces if not p.url and not p.bold and (m := QUOTED.search(p.text))), None)
    link = next((p for p in pieces if p.url and is_title(p)), None)
    bold = next((p for p in pieces if p.bold and not p.url and is_title(p)), None)
    if quoted and bold and _is_behind(pieces, quoted.string, bold):
        return None
    if bold and len(bold.text.split()) <= FEW_WORDS and (named := _find_named(pieces, bold)):
        return named
    if bold and link is None and (_names_title(pieces, bold) or _is_author(pieces, bold)):
        return None
    if bold and (
        link is None or (len(bold.text.split()) > FEW_WORDS and pieces.index(bold) < pieces.index(link))
    ):
        return None if quoted and len(bold.text.split()) <= FEW_WORDS else bold
    if (
        link
        and not is_paper_address(link.url)
        and any(names_paper(p.text) for p in pieces if p.url)
        and not link.bold
    ):
        lead = "".join(p.text for p in pieces[: pieces.index(link)]).strip(SIGNS)
        return None if len(lead.split()) > FEW_WORDS else link
    return link


def _is_behind(pieces: Sequence[Piece], text: str, bold: Piece) -> bool:
    """Return whether bold text comes after the piece with a text."""
    return next(n for n, piece in enumerate(pieces) if piece.text == text) < pieces.index(bold)


def _names_title(pieces: Sequence[Piece], name: Piece) -> bool:
    """Return whether bold text is the name before the colon of a title: `**ViO**: An Owl is Worth Words`."""
    after = next((p for p in pieces[pieces.index(name) + 1 :] if p.text.strip()), None)
    if after is None or after.url or after.emphasis or len(name.text.split()) > FEW_WORDS:
        return False
    said = f"{name.text.strip()[-1:]}{after.text}"
    return bool(re.match(r".?[:：]\s*[^\W\d_a-z]\w*\s+\w", said))


def _is_author(pieces: Sequence[Piece], name: Piece) -> bool:
    """Return whether bold text is an author after an emphasised title."""
    before = pieces[: pieces.index(name)]
    return is_name(name.text.strip(SIGNS)) and any(
        p.emphasis and len(p.text.split()) > FEW_WORDS for p in before
    )


def _find_named(pieces: Sequence[Piece], name: Piece) -> Piece | None:
    """Return the emphasised title directly after its short name: `**NestNet**: *Deep Nests for Shallow Water*`."""
    after = [piece for piece in pieces[pieces.index(name) + 1 :] if piece.text.strip(SIGNS)]
    if not after or not after[0].emphasis or len(after[0].text.split()) <= FEW_WORDS:
        return None
    said = after[0].text
    return None if parse_venue(said) or sounds_like_venue(said) or read_people(said) else after[0]


def is_only_labels(pieces: Iterable[Piece]) -> bool:
    """Return whether a line has no title: its links are labels, and no bold text could be a title."""
    pieces = tuple(pieces)
    links = all(
        is_label(piece.text) or piece.image or (piece.bare and not piece.text)
        for piece in pieces
        if piece.url
    )
    return links and not any(piece.bold and not piece.url and is_title(piece) for piece in pieces)


def has_address(pieces: Sequence[Piece]) -> bool:
    """Return whether a text has a link to another page."""
    return any(piece.url and not piece.url.startswith("#") for piece in pieces)


def has_words(pieces: Iterable[Piece]) -> bool:
    """Return whether a line has text other than labels of links and headings such as `Paper:` and `Authors`."""
    words = "".join(piece.text for piece in pieces if not piece.url)
    said = [part.strip(f"{SIGNS}[]()") for part in re.split(r"[\n:：|]", words)]
    return any(re.search(r"\w", part) and not (is_label(part) or is_part_heading(part)) for part in said)
