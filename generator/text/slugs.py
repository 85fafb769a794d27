"""Texts as ASCII words in lower case, joined by hyphens."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from slugify import slugify, smart_truncate

_COMMA = re.compile(r"(?<=\d),(?=\d)")
_OTHER_LETTERS = re.compile(r"(?![\u0000-\u024f\u1e00-\u1eff])[^\W\d_]")
_RESERVED = frozenset(
    [
        "",
        "index",
        "readme",
        "page",
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)),
    ]
)
"""Slugs that would be no name of a page, or that web servers or Windows reserve."""
_LENGTH = 60
_DIGITS = 8
_KEPT = 16_384
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
        return (
            smart_truncate(slug, length, word_boundary=True, separator="-")
            if len(slug) > length > 0
            else slug
        )
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


@lru_cache(maxsize=_KEPT)
def slug_name(name: str) -> str:
    """Return the slug of a name, for the URL of its page; the same name always has the same one.

    Letters that are not Latin are transliterated, so that different names can become the same; these slugs, and those of
    long names, end with a digest of the name.

    >>> slug_name("Jane Möwe"), slug_name("ACL 2024"), slug_name("团队")
    ('jane-mowe', 'acl-2024', 'tuan-dui-acdf17f4')
    """
    slug = slug_text(name)
    if slug not in _RESERVED and len(slug) <= _LENGTH and not _OTHER_LETTERS.search(name):
        return slug
    digest = hashlib.sha256(" ".join(name.casefold().split()).encode("utf-8", "replace")).hexdigest()[
        :_DIGITS
    ]
    return f"{slug_text(name, length=_LENGTH)}-{digest}".lstrip("-")
