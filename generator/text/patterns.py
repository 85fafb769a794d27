"""Regular expressions that are built from words."""

from __future__ import annotations

import re
from collections.abc import Sequence


def build_pattern(words: Sequence[str]) -> str:
    """Return a pattern of words as a tree of their beginnings: it finds the longest, and more words take no more time.

    >>> build_pattern(["owl", "owls", "mouse"])
    '(?:mouse|owl(?:s)?)'
    """
    rests: dict[str, list[str]] = {}
    for word in filter(None, words):
        rests.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(letter) + build_pattern(group) for letter, group in sorted(rests.items())]
    if "" not in words and len(branches) == 1:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + "?" * ("" in words) if branches else ""
