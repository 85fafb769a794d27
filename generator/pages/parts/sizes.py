"""What large sites leave out, so that they stay small enough for their hosts."""

from __future__ import annotations

MOST_COPIES = 2_000
"""The number of papers up to which each has a Markdown copy, unless the settings decide otherwise."""
LARGE = 5_000
"""The number of papers from which lists have no reference data and files are compressed."""
VERY_LARGE = 20_000
"""The number of papers from which files have no abstracts, lists do not show each paper's topics, long lists end, and pages do
not say twice what programs can read once."""
MOST_IN_LIST = 2_000
"""The number of papers with which a list ends on a very large shelf if the search can show the others."""

MOST_ROWS = 500
"""The number of papers with which a fact table ends: the newest ones."""


def is_very_large(papers: int) -> bool:
    """Return whether a shelf with this number of papers is very large.

    >>> is_very_large(20_000), is_very_large(20_001)
    (False, True)
    """
    return papers > VERY_LARGE


def class_of(papers: int) -> int:
    """Return how many of these bounds a shelf exceeds; shelves of the same class leave out the same."""
    return sum(papers > bound for bound in (MOST_COPIES, LARGE, VERY_LARGE))
