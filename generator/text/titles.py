"""How titles are compared: spellings of one title have one fingerprint."""

from __future__ import annotations

import unicodedata

from generator.text.maths import plain


def fold_title(text: str) -> str:
    """Return the text in lower case without accents, in Unicode's compatibility form."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize(
        "NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))
    ).casefold()


def build_fingerprint(title: str) -> str:
    """Return the letters and digits of a title, folded: equal for two spellings of one title.

    A title without a letter or digit keeps its own signs, so that two of them do not fall together.
    """
    folded = fold_title(plain(title))
    return "".join(c for c in folded if c.isalnum()) or "".join(
        c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"}
    )
