"""Texts as ASCII words in lower case, joined by hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from slugify import slugify, smart_truncate

_COMMA = re.compile(r"(?<=\d),(?=\d)")
_TO_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}


def slug_text(text: str, *, length: int = 0, replacements: Iterable[tuple[str, str]] = ()) -> str:
    """Return a text as ASCII words and hyphens, only whole words where it has a `length`; it may be empty.

    Other letters become ASCII ones by the tables of python-slugify, after `replacements` of letters that are not ASCII. A
    text in ASCII gives the same as there, in a tenth of the time.

    >>> slug_text("The 1,000 Nests"), slug_text("Möwen", replacements=[("ö", "oe")]), slug_text("Two Owls", length=5)
    ('the-1000-nests', 'moewen', 'two')
    """
    if text.isascii():
        said = _COMMA.sub("", text) if "," in text else text
        slug = "-".join(said.translate(_TO_SPACES).lower().split())
        return smart_truncate(slug, length, word_boundary=True, separator="-") if length else slug
    return str(
        slugify(
            text,
            entities=False,
            decimal=False,
            hexadecimal=False,
            max_length=length,
            word_boundary=bool(length),
            replacements=replacements,
            backend="text-unidecode",  # `auto` would look for another package at every call
        )
    )
