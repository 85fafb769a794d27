"""Splits text into words and stems, exactly like words.js in the browser; a test compares the two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from functools import cache, lru_cache
from typing import Any

STOP_WORDS = frozenset(
    """a about across after all also although among an and any are as at be because been being both but by can
    could do does each either etc few for from further given had has have having how however i if in into is it its
    just less let many may more most much must nor not of on one only or other our out over own per same shall she
    should show since so some still such than that the their them then there these they this those though three
    through thus to too toward towards two under up upon us use used uses using very via was we well were what when
    where whether which while who whose why will with within without would yet you your""".split()  # noqa: SIM905 (a list of words reads best as words)
)
# Han, kana and hangul are written without spaces, so their characters are indexed in overlapping pairs.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"([{_CJK}]+|(?:(?![{_CJK}])[^\W_])+)")
_ASCII_WORD = re.compile(r"([a-z0-9]+)")  # the same words where there is nothing else; four times as fast
_IS_CJK = re.compile(rf"[{_CJK}]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_ACRONYMS = re.compile(r"[b-df-hj-np-tv-xz]{2,}[b-df-hj-np-rtvwxz]s")
_SHORTEST_PART = 2


def fold(text: str) -> str:
    """Return the text in lower case and compatibility form, without marks and possessive endings."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda match: _fold_run(match[0]), text)
    text = text.lower()
    return _POSSESSIVE.sub("", text) if "'s" in text or "’s" in text else text


@lru_cache(maxsize=100_000)
def _fold_run(run: str) -> str:
    """Return non-ASCII characters in compatibility form, without marks."""
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", run) if not unicodedata.category(c).startswith("M")
    )
    return unicodedata.normalize("NFC", bare)


@cache
def _load_stemmer() -> Any:  # noqa: ANN401 (published without types)
    """Return PyStemmer's stemmer, which `snowballstemmer` returns too, but loads all its languages first."""
    with suppress(ImportError):
        from Stemmer import Stemmer  # noqa: PLC0415 (only where a wheel is published for this Python)

        return Stemmer("english")
    import snowballstemmer  # noqa: PLC0415 (as above: slow to load)

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the Porter2 stem of a word of ASCII letters; other words stay unchanged (snowballstem.org).

    Porter2 keeps the plural s of words without vowels; here it is removed (`LLMs`, `VLMs`).
    """
    if not (word.isascii() and word.isalpha()):
        return word
    root = str(_load_stemmer().stemWord(word))
    return root[:-1] if _ACRONYMS.fullmatch(root) else root


def split(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a folded text, and the separator before each."""
    parts = (_ASCII_WORD if text.isascii() else _WORD).split(text)
    words, gaps = parts[1::2], parts[:-1:2]
    return (words, gaps) if text.isascii() or not _IS_CJK.search(text) else _split_pairs(words, gaps)


def _split_pairs(words: Iterable[str], gaps: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the words with runs of Chinese, Japanese and Korean split into pairs; pairs have no separator before them."""
    found: list[tuple[str, str]] = []
    for word, gap in zip(words, gaps, strict=True):
        if len(word) > _SHORTEST_PART and _IS_CJK.match(word):
            found += ((word[at : at + 2], "") for at in range(len(word) - 1))
        else:
            found.append((word, gap))
    return [word for word, _ in found], [gap for _, gap in found]


def is_compound_part(word: str) -> bool:
    """Return whether a word may be part of a compound such as `multi-modal`."""
    return len(word) >= _SHORTEST_PART and word not in STOP_WORDS


def is_pair(word: str) -> bool:
    """Return whether a word is Chinese, Japanese or Korean and therefore a pair of characters."""
    return bool(_IS_CJK.match(word))


def squeeze(text: str) -> str:
    """Return only the folded letters and digits of a text, for comparing names and titles."""
    return "".join(_WORD.findall(fold(text)))
