"""One item of a reading list: its title, links, venue, date, authors and other text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from generator.formats.csv.authors import split_authors
from generator.formats.readme.links import is_label, is_paper_address, names_paper
from generator.formats.readme.parse import Piece
from generator.formats.readme.venues import Venue, parse_venue
from generator.text.dates import parse_date

_BRACKET = re.compile(r"[\[(【{]([^\[\](){}【】]*)[\])】}]")
_SPLIT = re.compile(r"\n|\s[-–—|•·:]\s|;|(?<=[^\s.A-Z])\.\s|^\s*[-–—:,.]\s")
_QUOTED = re.compile(r"[\"“]([^\"“”]{8,})[\"”]")
_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"][.?!])\s|\n|\s[-–—|]\s")
_SIGNS = " \t\n.,;:|*_~-–—•·"
_NAME = re.compile(
    r"(?:[^\W\d_]\.[- ]?|(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ten|ter)\s|[^\W\d_][\w'’.-]*\s){1,4}[^\W\d_][\w'’.-]+\*?"
)
_BODY = re.compile(
    r"university|institut|college|academy|school|laborator|\blabs?\b|research|google|microsoft|\bmeta\b|facebook|openai|deepmind|nvidia|"
    r"alibaba|tencent|baidu|bytedance|huawei|amazon|apple|adobe|\bibm\b|intel|salesforce|samsung|group|team|center|centre|company|\binc\b",
    re.IGNORECASE,
)  # fmt: skip
_FEWEST_NAMES = 2
_FEW_WORDS = 2
_DEEPEST = 3


class Facts(Struct, frozen=True, kw_only=True):
    """What an item says: nothing that it does not say."""

    title: str
    title_piece: Piece | None
    links: tuple[Piece, ...]
    venues: tuple[Venue, ...]
    dates: tuple[str, ...]
    authors: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether a link of the item is a paper's: by its address, or because a label says so."""
        links = [*([self.title_piece] if self.title_piece and self.title_piece.url else []), *self.links]
        labelled = any(names_paper(p.text) and not p.url.startswith("#") for p in self.links)
        own = self.title_piece is not None and is_paper_address(self.title_piece.url)
        bare = not (self.title_piece and self.title_piece.url) and any(is_paper_address(p.url) for p in links)
        return own or labelled or bare


def read_entry(pieces: Sequence[Piece]) -> Facts:
    """Return what a line says: its title is a link or bold words that are no label, else the words before the first bracket."""
    title = _find_title(pieces)
    said = clean_title(title.text) if title else ""
    links = [p for p in pieces if p.url and p is not title]
    before = after = ""
    passed = title is None
    for piece in pieces:
        if piece is title:
            passed = True
            continue
        text = f"[{piece.text.strip(' []()')}]" if piece.url else piece.text
        if piece.url and (not is_label(piece.text) or parse_venue(piece.text.strip(" []()")) is None):
            text = " " if is_label(piece.text) else f" {piece.text} "
        if passed:
            after += text
        else:
            before += text
    if title is None:
        said, after = _split_title(after)
    venues, dates, chunks = _read_rest(before, after)
    authors, rest = _find_authors(chunks)
    return Facts(
        title=said,
        title_piece=title,
        links=tuple(links),
        venues=tuple(venues),
        dates=tuple(dates),
        authors=authors,
        rest=tuple(rest),
    )


def clean_title(text: str) -> str:
    """Return a title on one line, without the quotation marks, brackets and closing characters around it."""
    said = " ".join(text.split()).strip(_SIGNS)
    for opening, closing in ('""', "“”", "[]", "''", "「」"):
        if said.startswith(opening) and said.endswith(closing) and opening not in said[1:-1]:
            said = said[1:-1].strip(_SIGNS)
    return said


def _is_title(piece: Piece) -> bool:
    said = clean_title(piece.text)
    label = is_label(said) or parse_date(said.strip("[]() ")) or piece.url.startswith("#")
    return bool(re.search(r"[^\W\d_]{2}", said)) and not label


def _find_title(pieces: Sequence[Piece]) -> Piece | None:
    quoted = next((m for p in pieces if not p.url and not p.bold and (m := _QUOTED.search(p.text))), None)
    link = next((p for p in pieces if p.url and _is_title(p)), None)
    bold = next((p for p in pieces if p.bold and not p.url and _is_title(p)), None)
    if bold and (
        link is None or (len(bold.text.split()) > _FEW_WORDS and pieces.index(bold) < pieces.index(link))
    ):
        return None if quoted and len(bold.text.split()) <= _FEW_WORDS else bold
    if (
        link
        and not is_paper_address(link.url)
        and any(names_paper(p.text) for p in pieces if p.url)
        and not link.bold
    ):
        lead = "".join(p.text for p in pieces[: pieces.index(link)]).strip(_SIGNS)
        return None if len(lead.split()) > _FEW_WORDS else link
    return link


def _split_title(text: str) -> tuple[str, str]:
    """Return the words before the first bracket or the end of the first sentence, and what is after them."""
    if match := _QUOTED.search(text):
        return clean_title(match[1]), f"{text[: match.start()]}\n{text[match.end() :]}"
    lead = re.match(r"(?:\s*[\[(【][^\])】]*[\])】])+", text)
    start = lead.end() if lead else 0
    stop = re.search(r"\s[\[(【]", text[start:])
    end = start + stop.start() if stop else len(text)
    title, *others = _SENTENCE.split(text[start:end].strip(_SIGNS), maxsplit=1)
    return clean_title(title), f"{text[:start]}\n{''.join(others)}\n{text[end:]}"


def _read_rest(before: str, after: str) -> tuple[list[Venue], list[str], list[str]]:
    """Return the venues and dates that the words around a title give, and the words that are neither."""
    venues: list[Venue] = []
    dates: list[str] = []
    chunks: list[str] = []

    def take(text: str) -> bool:
        said = text.strip(_SIGNS)
        if date := parse_date(said):
            dates.append(date)
        elif venue := parse_venue(said):
            venues.append(venue)
        else:
            return not said
        return True

    def open_bracket(match: re.Match[str]) -> str:
        if not take(match[1]) and not _take_all(re.split(r"[,;]\s", match[1]), take):
            chunks.append(f"({match[1].strip()})")
        return "\n"

    for text in (before, after):
        flat = text
        for _ in range(_DEEPEST):
            flat = _BRACKET.sub(open_bracket, flat)
        for chunk in _SPLIT.split(flat):
            if not take(chunk):
                chunks += _take_tail(chunk.strip(_SIGNS), take)
    return venues, dates, chunks


def _take_all(parts: Iterable[str], take: Callable[[str], bool]) -> bool:
    """Take every part that is a venue or a date; return whether all of them were."""
    taken = [take(part) for part in parts]
    return all(taken)


def _take_tail(chunk: str, take: Callable[[str], bool]) -> list[str]:
    """Take venues and dates off the end of a list of names: `Jane Owl, Bob Wren, ICCV, 2020`."""
    parts = [part for part in chunk.split(",") if part.strip()]
    while parts:
        last_two = ",".join(parts[-2:])
        if len(parts) > 1 and re.fullmatch(r"\s*\d{4}\s*", parts[-1]) and parse_venue(last_two):
            take(last_two)
            del parts[-2:]
        elif take(parts[-1]):
            parts.pop()
        else:
            break
    left = " ".join(",".join(parts).split()).strip(_SIGNS)
    return [left] if re.search(r"\w", left) and not is_label(left) else []


def _find_authors(chunks: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the first list of two names or more (or what follows `by`), and the other words."""
    rest: list[str] = []
    found: tuple[str, ...] = ()
    for chunk in chunks:
        told = re.match(r"(?:authors?\s*:|by)\s+", chunk, re.IGNORECASE)
        names = (
            None
            if chunk.startswith("(") or found
            else split_authors(chunk[told.end() :] if told else chunk, family_first=False)
        )
        good = names and all(_NAME.fullmatch(name) and not _BODY.search(name) for name in names)
        capitals = names and all(
            name[0].isupper() or name.split()[0] in {"van", "von", "de", "di"} for name in names
        )
        if names and good and capitals and (len(names) >= _FEWEST_NAMES or told):
            found = tuple(name.rstrip("*") for name in names)
        else:
            rest.append(chunk)
    return found, rest


def is_only_labels(pieces: Sequence[Piece]) -> bool:
    """Return whether a line has no title of its own: its links are labels, and no bold words could be one."""
    links = all(is_label(piece.text) for piece in pieces if piece.url)
    return links and not any(piece.bold and _is_title(piece) for piece in pieces)
