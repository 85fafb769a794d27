"""Comparison of titles: different spellings of one title have the same fingerprint."""

from __future__ import annotations

import re
import unicodedata

from generator.text.maths import plain

_MEANT = re.compile(r"(?<=\d)\.(?=\d)|(?<=\w)[+#]++(?!\w)")
"""Characters that are part of a name: those of 1.5, C++ and C#. `check/match.js` of the theme has the same."""
_UNSEEN = frozenset(
    map(chr, (0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""Vowels of Khmer that show nothing, and what chooses one of several looks of the character before."""
_NOT_WORDS = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())
_MARKS_COUNT = "\u0900"


def fold_title(text: str) -> str:
    """Return the text in lower case without accents, in Unicode's compatibility form.

    Marks of scripts from Devanagari on, and those of kana, are letters and stay.
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize(
        "NFKC", "".join(c for c in decomposed if c >= _MARKS_COUNT or not unicodedata.combining(c))
    ).casefold()


def build_fingerprint(title: str) -> str:
    """Return the letters, digits and characters of names in a title, folded: equal for two spellings of one title.

    A title without a letter or digit keeps its own characters, so that two of them do not fall together.
    """
    folded = fold_title(plain(title))
    is_simple = folded.isascii() and not any(sign in folded for sign in ".+#")
    if is_simple and (quick := folded.translate(_NOT_WORDS)):
        return quick
    meant = {n for match in _MEANT.finditer(folded) for n in range(*match.span())}
    return "".join(c for n, c in enumerate(folded) if c.isalnum() or n in meant or _counts(c)) or "".join(
        c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn", "Mn"}
    )


def are_alike(one: str, two: str) -> bool:
    """Return whether two titles share most of their words, as those of two versions of a paper do.

    >>> are_alike("Owls with Ears: A Study", "Owls with Big Ears"), are_alike("Owls", "Wrens")
    (True, False)
    """
    mine, yours = (set(re.findall(r"\w+", fold_title(plain(title)))) for title in (one, two))
    return 2 * len(mine & yours) >= max(len(mine), len(yours))


def _counts(sign: str) -> bool:
    """Return whether a character is a mark that is a letter: a vowel of Devanagari, the voicing of kana."""
    return sign >= _MARKS_COUNT and sign not in _UNSEEN and unicodedata.category(sign) in {"Mn", "Mc"}
