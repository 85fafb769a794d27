"""Compares titles: different spellings of a title have the same fingerprint."""

from __future__ import annotations

import re
import unicodedata

from generator.text.maths import plain

_MEANT = re.compile(r"(?<=\d)\.(?=\d)|(?<=\w)[+#]++(?!\w)")
"""Characters that are part of a name, as in 1.5, C++ and C#. The theme's `check/match.js` has the same rule."""
_UNSEEN = frozenset(
    map(chr, (0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""Invisible Khmer vowels, and variation selectors."""
_NOT_WORDS = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())
_MARKS_COUNT = "\u0900"


def fold_title(text: str) -> str:
    """Return the text in lower case without accents, in Unicode's compatibility form.

    Marks of scripts from Devanagari on and of kana count as letters and stay.
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize(
        "NFKC", "".join(c for c in decomposed if c >= _MARKS_COUNT or not unicodedata.combining(c))
    ).casefold()


def build_fingerprint(title: str) -> str:
    """Return the case-folded letters, digits and name characters of a title; equal for different spellings of a title.

    A title without letters and digits keeps its characters, so that different ones stay different.
    """
    folded = fold_title(plain(title))
    is_simple = folded.isascii() and not ("." in folded or "+" in folded or "#" in folded)
    if is_simple and (quick := folded.translate(_NOT_WORDS)):
        return quick
    meant = {n for match in _MEANT.finditer(folded) for n in range(*match.span())}
    return "".join(c for n, c in enumerate(folded) if c.isalnum() or n in meant or _counts(c)) or "".join(
        c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn", "Mn"}
    )


def are_alike(one: str, two: str) -> bool:
    """Return whether two titles share most of their words, like those of two versions of a paper.

    >>> are_alike("Owls with Ears: A Study", "Owls with Big Ears"), are_alike("Owls", "Wrens")
    (True, False)
    """
    mine, yours = (set(re.findall(r"\w+", fold_title(plain(title)))) for title in (one, two))
    return 2 * len(mine & yours) >= max(len(mine), len(yours))


def _counts(sign: str) -> bool:
    """Return whether a mark counts as a letter, such as a vowel of Devanagari or a voicing mark of kana."""
    return sign >= _MARKS_COUNT and sign not in _UNSEEN and unicodedata.category(sign) in {"Mn", "Mc"}
