"""How titles are compared: spellings of one title have one fingerprint."""

from __future__ import annotations

import unicodedata

from generator.text.maths import plain

_MARKS_COUNT = "\u0900"
_SELECTORS = "\ufe00", "\ufe0f"


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
    """Return the letters and digits of a title, folded: equal for two spellings of one title.

    A title without a letter or digit keeps its own signs, so that two of them do not fall together.
    """
    folded = fold_title(plain(title))
    return "".join(c for c in folded if c.isalnum() or _counts(c)) or "".join(
        c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"}
    )


def _counts(sign: str) -> bool:
    """Return whether a sign is a mark that is a letter: a vowel of Devanagari, the voicing of kana."""
    if sign < _MARKS_COUNT or _SELECTORS[0] <= sign <= _SELECTORS[1]:
        return False
    return unicodedata.category(sign) in {"Mn", "Mc"}
