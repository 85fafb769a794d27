"""Placeholders that sources write for missing values."""

from __future__ import annotations

import re

NOTHING = frozenset(
    ["", "-", "--", "---", "–", "—", "n/a", "na", "n.a.", "n.a", "#n/a", "none", "null", "nil", "nan", "nat", "tba", "tbd", "tbc", "?",
     "n.d.", "n.d", "undefined", "unknown", "no data", "[]", "{}", "()", "['']", '[""]',
     "coming soon", "暂无", "无", "未公布", "还未公布", "待公布", "即将开源", "敬请期待", "なし", "없음"]
)  # fmt: skip
"""Placeholders for missing values in cells, in lower case."""
_NOBODY = frozenset(["anonymous", "anon", "author unknown", "unknown author", "authors unknown", "unknown authors", "no author", "no authors", "view profile"])  # fmt: skip
_PHRASE = re.compile(
    r"(?:there is )?(?:no|not) (?:[a-z]+ ){0,3}(?:available|provided|given|specified|listed|supplied|applicable)"
    r"|no (?:abstract|title|author|authors|keywords|doi)"
    r"|(?:abstract|title|authors?|author names?) (?:is |are )?(?:not available|unavailable|unknown|missing)",
    re.IGNORECASE,
)
_FIRST = frozenset("tTnNaA")
"""The letters that such a phrase begins with."""
_AROUND = " \t.,;[](){}<>*"


def is_placeholder(text: str) -> bool:
    """Return whether a text is a placeholder for a missing value.

    >>> is_placeholder("[No abstract available]"), is_placeholder("N/A"), is_placeholder("No Owls at Night")
    (True, True, False)
    """
    said = text.strip()
    bare = said.strip(_AROUND)
    if said.casefold() in NOTHING or bare.casefold() in NOTHING:
        return True
    return bare[:1] in _FIRST and bool(_PHRASE.fullmatch(bare))


def names_nobody(name: str) -> bool:
    """Return whether a name is a placeholder for an unknown author, such as `[Anonymous]`."""
    return is_placeholder(name) or name.strip(_AROUND).casefold() in _NOBODY
