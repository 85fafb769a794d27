"""Signs of interest in a paper that its sources hold: on how many daily-papers pages it stood, and how much it was discussed.

Nothing is estimated: a paper whose sources say nothing has no sign.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.model import Paper

_SEVERAL = 2


class Sign(NamedTuple):
    """A sign of interest: its name in queries, the key of its label, and the function that finds it, or None."""

    id: str
    label: str
    find: Callable[[Paper], int | None]


def count_pages(paper: Paper) -> int | None:
    """Return on how many daily-papers pages a paper stood, if on several; pages of one day are one.

    >>> from generator.model import Source
    >>> daily = [Source(name="a", date=f"2025-01-{day}", kind="daily-papers") for day in ("06", "07", "07")]
    >>> count_pages(Paper(title="Owls", sources=tuple(daily))), count_pages(Paper(title="Mice"))
    (2, None)
    """
    days = {source.date or source.name for source in paper.sources if source.kind == "daily-papers"}
    return len(days) if len(days) >= _SEVERAL else None


def find_discussion(paper: Paper) -> int | None:
    """Return the most comments that a source of a paper gives: sources may count the same discussion.

    >>> from generator.model import Source
    >>> find_discussion(Paper(title="Owls", sources=(Source(name="a", discussion=2), Source(name="b", discussion=5))))
    5
    """
    return max((source.discussion for source in paper.sources if source.discussion), default=None)


SIGNS = (
    Sign("listed", "interest.listed", count_pages),
    Sign("discussion", "interest.discussion", find_discussion),
)
