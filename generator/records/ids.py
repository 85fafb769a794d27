"""Ids of papers: slugs of titles. They never change, are never reused and do not depend on the order of the input."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import count

from generator.identifiers import IDENTITY
from generator.model import Paper
from generator.text.maths import plain
from generator.text.slugs import slug_text
from generator.text.titles import build_fingerprint

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_LENGTH = 80
_DIGITS = 8
WasOthers = Callable[[str, Paper], bool]
"""A function that returns whether an id was published for another paper than the given one."""
# Names that are reserved by pages of the site, by web servers or by Windows.
RESERVED = frozenset(
    ["index", "readme", "page", "papers", "404", "feed", "con", "prn", "aux", "nul"]
    + ["papershelf-shell", "papershelf-shell-editable"]  # page shells
    + [f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)]
)


def is_id(text: str) -> bool:
    """Return whether a text has the form of an id: ASCII words and hyphens, at most 80 characters, not only digits."""
    return len(text) <= MAX_LENGTH and bool(ID.fullmatch(text)) and not text.isdigit()


def build_slug(title: str, *, length: int = MAX_LENGTH) -> str:
    """Return the title as lower-case ASCII words joined by hyphens, cut at a word if it is too long; it may be empty."""
    return slug_text(plain(title).replace("'", "").replace("’", ""), length=length)


def build_digest(paper: Paper) -> str:
    """Return eight hexadecimal digits of a hash of a paper's best identifier or, without one, its title."""
    for kind in IDENTITY:
        if paper.links.get(kind):
            return _hash(f"{kind}:{paper.links[kind][0]}")
    return _hash(build_fingerprint(paper.title))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def assign_ids(
    papers: Sequence[Paper],
    *,
    taken: AbstractSet[str],
    was_others: WasOthers = lambda _key, _paper: False,
) -> tuple[str, ...]:
    """Return an id for each new paper, in the same order.

    A slug that is empty, reserved, only digits, taken, was once another paper's (`was_others`) or is shared by several
    of the papers gets the digest of each paper; papers with the same digest also get a
    number.
    """
    slugs = [build_slug(paper.title) for paper in papers]
    shared = Counter(slugs)
    used = set(taken)

    def is_free(key: str, paper: Paper) -> bool:
        return key not in used and not was_others(key, paper)

    ids = [
        slug if is_id(slug) and slug not in RESERVED and shared[slug] == 1 and is_free(slug, paper) else ""
        for slug, paper in zip(slugs, papers, strict=True)
    ]
    used.update(ids)
    for number, paper in enumerate(papers):
        if not ids[number]:
            ids[number] = next(key for key in _list_longer_ids(paper) if is_free(key, paper))
            used.add(ids[number])
    return tuple(ids)


def _list_longer_ids(paper: Paper) -> Iterator[str]:
    """Yield ids with the digest of a paper, endlessly: the first without a number, the others with one."""
    digest = build_digest(paper)
    stem = build_slug(paper.title, length=MAX_LENGTH - _DIGITS - 4)
    base = f"{stem or 'paper'}-{digest}"
    yield base
    yield from (f"{base}-{number}" for number in count(2))
