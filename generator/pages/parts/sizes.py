"""What a site leaves out when it grows, so that it stays small enough for its host."""

from __future__ import annotations

MOST_COPIES = 2_000
"""Papers up to which each has a copy in Markdown, unless the settings say otherwise."""
LARGE = 5_000
"""Papers from which on lists carry no reference data and files are packed."""
VERY_LARGE = 20_000
"""Papers from which on files have no abstracts, and lists do not name the topics of each paper."""


def class_of(papers: int) -> int:
    """Return how many of these bounds a shelf is beyond; two shelves of one class are written alike."""
    return sum(papers > bound for bound in (MOST_COPIES, LARGE, VERY_LARGE))
