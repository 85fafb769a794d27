"""Recognises and cleans titles in a reading list."""

from __future__ import annotations

import re

from generator.formats.csv.columns import read_header
from generator.formats.readme.labels import is_label
from generator.formats.readme.pieces import Piece
from generator.formats.readme.venues import parse_venue
from generator.text.dates import parse_date

SIGNS = " \t\n.,;:|*_~-–—•·。，；：、"
"""Separators between the parts of an item."""
_QUOTES = ('""', "“”", "[]", "''", "「」", "『』", "《》", "【】", "«»", "„“")
_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\s+")
# Headings of parts of a description.
_PARTS = frozenset(
    """summary abstract tldr tl;dr overview keywords note notes comment comments contribution contributions highlights idea
    motivation method methods results conclusion takeaway takeaways why what description introduction background
    摘要 简介 总结 关键词 备注 要約 概要 요약""".split()  # noqa: SIM905 (a list of words reads best as words)
)
_MOST_WORDS = 3


def clean_title(text: str) -> str:
    """Return a title on one line, without surrounding quotation marks, brackets and punctuation."""
    said = " ".join(text.split()).strip(SIGNS)
    for quotes in _QUOTES:
        opening, closing = quotes[0], quotes[1]
        if said.startswith(opening) and said.endswith(closing) and opening not in said[1:-1]:
            said = said[1:-1].strip(SIGNS)
    return said


def drop_number(text: str) -> str:
    """Return a heading without its number."""
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def is_part_heading(text: str) -> bool:
    """Return whether a text is the heading of a part of a description: `Authors`, `Summary`."""
    said = text.strip(f"{SIGNS}[]()")
    words = said.casefold().split()
    return bool(words) and len(words) <= _MOST_WORDS and (bool(read_header([said])[0]) or words[0] in _PARTS)


def is_title(piece: Piece) -> bool:
    """Return whether a link or bold text can be a title: not a label, date, venue or image."""
    said = clean_title(piece.text)
    if piece.image or piece.bare or piece.url.startswith("#") or not re.search(r"[^\W\d_]{2}", said):
        return False
    inner = said.strip("[]() 【】（）")
    tag = is_label(said) or parse_date(inner) or (not piece.url and parse_venue(inner))
    return not (tag or (not piece.url and is_part_heading(said)))
