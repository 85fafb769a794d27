"""Ids of papers: a slug of the title, fixed for ever, never reused, the same whatever the order of the inputs."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from slugify import slugify

from generator.identifiers import IDENTITY
from generator.model import Paper
from generator.text.maths import plain
from generator.text.titles import build_fingerprint

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_LENGTH = 80
_DIGITS = 8
# Names that a page of the site, a web server or Windows keeps for itself.
RESERVED = frozenset(
    ["index", "readme", "page", "papers", "404", "feed", "con", "prn", "aux", "nul"]
    + ["papershelf-plate", "papershelf-plate-editable"]  # what the press has MkDocs render
    + [f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)]
)


def is_id(text: str) -> bool:
    """Return whether a text has the form of an id: ASCII words and hyphens, at most 80 characters, not only digits."""
    return len(text) <= MAX_LENGTH and bool(ID.fullmatch(text)) and not text.isdigit()


def build_slug(title: str, *, length: int = MAX_LENGTH) -> str:
    """Return the title in lower-case ASCII words joined by hyphens, whole words only where they fit; it may be empty."""
    said = plain(title).replace("'", "").replace("’", "")
    return str(
        slugify(said, entities=False, decimal=False, hexadecimal=False, max_length=length, word_boundary=True)
    )


def build_digest(paper: Paper) -> str:
    """Return eight hexadecimal digits of what names a paper: its best identifier, else its title."""
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
    was_others: Callable[[str, Paper], bool] = lambda _key, _paper: False,
) -> tuple[str, ...]:
    """Return an id for each new paper, in their order.

    A slug that is empty, reserved, only digits, already taken, another paper's once (`was_others`), or shared by several
    of the papers gets the digest of each; two papers with the same digest as well (nothing tells them apart) get a
    number after it.
    """
    slugs = [build_slug(paper.title) for paper in papers]
    shared = Counter(slugs)
    used = set(taken)
    ids = []
    for paper, slug in zip(papers, slugs, strict=True):
        plain_slug = is_id(slug) and slug not in RESERVED and slug not in taken and shared[slug] == 1
        ids.append(slug if plain_slug and not was_others(slug, paper) else _free_id(paper, used))
        used.add(ids[-1])
    return tuple(ids)


def _free_id(paper: Paper, used: AbstractSet[str]) -> str:
    digest = build_digest(paper)
    stem = build_slug(paper.title, length=MAX_LENGTH - _DIGITS - 4)
    base = f"{stem}-{digest}" if stem else f"paper-{digest}"
    number, candidate = 1, base
    while candidate in used:
        number += 1
        candidate = f"{base}-{number}"
    return candidate
