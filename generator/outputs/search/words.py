"""Texts to index words, exactly as words.js does it in the browser; both pass the same golden file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from generator.text.words import STOP_WORDS

_STEMMER = snowballstemmer.stemmer("english")
# Han, kana and hangul are written without spaces: their characters are indexed in overlapping pairs.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]+|(?:(?![{_CJK}])[^\W_])+")
_IS_CJK = re.compile(rf"[{_CJK}]")
_POSSESSIVE = re.compile(r"['’]s\b")
_SHORTEST_PART = 2


def fold(text: str) -> str:
    """Return the text in lower case and compatibility form, without marks and possessives."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize(
            "NFC", "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
        )
    return _POSSESSIVE.sub("", text.lower())


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """Return the Porter2 stem of a word of ASCII letters; any other word as it is (snowballstem.org)."""
    return str(_STEMMER.stemWord(word)) if word.isascii() and word.isalpha() else word


def split(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a folded text, each with whether only a hyphen or a space stands before it."""
    end = 0
    for match in _WORD.finditer(text):
        near = match.start() - end == 1 and text[end] in "- "
        end = match.end()
        word = match[0]
        if _IS_CJK.match(word) and len(word) > _SHORTEST_PART:
            for at in range(len(word) - 1):
                yield word[at : at + 2], False
        else:
            yield word, near


def find_pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield neighbouring words that could be one word, and whether a hyphen joins them."""
    before, end = "", 0
    for match in _WORD.finditer(text):
        word = match[0]
        if before and match.start() - end == 1 and text[end] in "- " and is_part(before) and is_part(word):
            yield before, word, text[end] == "-"
        before, end = word, match.end()


def is_part(word: str) -> bool:
    """Return whether a word may be part of a compound such as `multi-modal`."""
    return len(word) >= _SHORTEST_PART and word not in STOP_WORDS


def squeeze(text: str) -> str:
    """Return only the letters and digits of a text, folded: the form in which names and titles are compared."""
    return "".join(_WORD.findall(fold(text)))


def hash_name(text: str) -> str:
    """Return eight hexadecimal digits of a squeezed title (FNV-1a, 32 bits, over UTF-8)."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return f"{value:08x}"
