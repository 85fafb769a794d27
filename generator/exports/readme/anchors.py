"""Anchors of headings as GitHub makes them, so that a table of contents leads to its sections."""

from __future__ import annotations

import re
from collections import Counter


class Anchors:
    """The anchors of a page so far.

    >>> anchors = Anchors()
    >>> anchors.add("2.1 Owls & Wrens"), anchors.add("Surveys"), anchors.add("Surveys")
    ('21-owls--wrens', 'surveys', 'surveys-1')
    """

    def __init__(self) -> None:
        """Begin with a page without headings."""
        self._often: Counter[str] = Counter()

    def add(self, heading: str) -> str:
        """Return the anchor of the next heading."""
        slug = _slug(heading)
        often = self._often[slug]
        self._often[slug] += 1
        return f"{slug}-{often}" if often else slug

    def drop(self, heading: str) -> None:
        """Take back the last heading with these words."""
        self._often[_slug(heading)] -= 1


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
