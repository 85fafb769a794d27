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
_ASCII_WORD = re.compile(r"[a-z0-9]+")  # the same words where there is nothing else; four times as fast
_PAIR = re.compile(r"(?<![^\W_])([^\W_]{2,})(?=([- ])([^\W_]{2,}))")
_IS_CJK = re.compile(rf"[{_CJK}]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_SHORTEST_PART = 2


def fold(text: str) -> str:
    """Return the text in lower case and compatibility form, without marks and possessives."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda match: _fold_run(match[0]), text)
    text = text.lower()
    return _POSSESSIVE.sub("", text) if "'s" in text or "’s" in text else text


@lru_cache(maxsize=100_000)
def _fold_run(run: str) -> str:
    """Return characters beyond ASCII in compatibility form, without marks."""
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", run) if not unicodedata.category(c).startswith("M")
    )
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """Return the Porter2 stem of a word of ASCII letters; any other word as it is (snowballstem.org)."""
    return str(_STEMMER.stemWord(word)) if word.isascii() and word.isalpha() else word


def split(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a folded text, each with whether only a hyphen or a space stands before it."""
    end = 0
    is_ascii = text.isascii()
    for match in (_ASCII_WORD if is_ascii else _WORD).finditer(text):
        start = match.start()
        near = start - end == 1 and text[end] in "- "
        end = match.end()
        word = match[0]
        if is_ascii or len(word) <= _SHORTEST_PART or not _IS_CJK.match(word):
            yield word, near
        else:
            for at in range(len(word) - 1):
                yield word[at : at + 2], False


def list_words(text: str) -> list[str]:
    """Return the words of a folded text, those of Chinese, Japanese and Korean in one piece."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def find_pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield neighbouring words that could be one word, and whether a hyphen joins them."""
    for one, sign, two in _PAIR.findall(text):
        if one not in STOP_WORDS and two not in STOP_WORDS:
            yield one, two, sign == "-"


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
