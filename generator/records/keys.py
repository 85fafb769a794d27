"""Citation keys such as `family2024word`, short enough to type. Papershelf never changes a key that is in a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from string import ascii_lowercase

from msgspec.structs import replace

from generator.limits import CITATION_KEY
from generator.model import Author, Paper
from generator.records.ids import build_slug
from generator.text.names import is_suffix
from generator.text.slugs import slug_text

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_:.+][A-Za-z0-9]+)*")
_LONGEST_PART = 13
_UMLAUTS = [("ö", "oe"), ("ä", "ae"), ("ü", "ue"), ("Ö", "oe"), ("Ä", "ae"), ("Ü", "ue")]
_LITTLE = frozenset(
    """a an and are as at be by can do does for from how in into is it its of on or over some that the their to toward
    towards under using via what when where which why with without der die das ein eine le la les des du un une el los
    las del""".split()  # noqa: SIM905 (a list of words reads best as words)
)


def is_key(text: str) -> bool:
    """Return whether a text is a valid key: a letter, then ASCII letters and digits with single punctuation marks between them."""
    return len(text) <= CITATION_KEY and bool(_KEY.fullmatch(text))


def keep_key(key: str, authors: Iterable[Author]) -> str:
    """Return a source's key if it begins with the first author's family name, otherwise an empty text.

    >>> keep_key("Owl_nests_2020", [Author(name="Owl, Jane")]), keep_key("WOS:A1997", [Author(name="Owl, Jane")])
    ('Owl_nests_2020', '')
    """
    family = next((_find_family(author) for author in authors), "")
    return key if family and is_key(key) and key.lower().startswith(family) else ""


def build_key(paper: Paper) -> str:
    """Return a key: the family name of the first author or editor, the year, and the first significant word of the title.

    >>> build_key(Paper(title="The Nests of Owls", authors=(Author(name="Möwe, Jane"),), published="2024-05"))
    'moewe2024nests'
    >>> build_key(Paper(title="The Nests of Owls", published="2024"))
    'nests2024owls'
    """
    said = build_slug(paper.title).split("-")
    words = [word for word in said if word not in _LITTLE and len(word) > 1] or said
    people = paper.authors or paper.list_editors()
    family = _find_family(people[0]) if people else ""
    first, second = (family, words[0]) if family else (words[0], "".join(words[1:2]))
    key = f"{first[:_LONGEST_PART]}{paper.published[:4]}{second[:_LONGEST_PART]}"
    return key if is_key(key) else f"paper{key}"


def _find_family(author: Author) -> str:
    """Return the family name in lower-case ASCII letters: the last word of a name without parts, the first word of an organization."""
    if author.parts:
        return _fold(author.parts.family)
    words = author.name.split()
    said = (_fold(word) for word in (words if author.literal else reversed(words)) if not is_suffix(word))
    return next(filter(None, said), "") or _fold(author.name)


def _fold(text: str) -> str:
    if text.isascii() and text.isalpha():
        return text.lower()
    return slug_text(text, replacements=_UMLAUTS).replace("-", "")


def assign_keys(new: Mapping[str, Paper], known: Mapping[str, Paper]) -> dict[str, Paper]:
    """Return the new papers, each with a unique key; the keys do not depend on the order of the papers.

    Known papers keep their keys; a known paper without a key is cited by its id.
    """
    used = {(paper.key or paper.id).lower() for paper in known.values()}
    ids = set(new)  # may have cited these papers until now
    left: dict[str, Iterator[str]] = {}
    keyed: dict[str, Paper] = {}
    for name, paper in sorted(new.items(), key=lambda item: (not item[1].key, item[0])):
        base = build_key(paper)
        if base not in left:
            left[base] = _list_keys(base)
        for key in chain([paper.key], left[base]) if paper.key else left[base]:
            low = key.lower()
            if low not in used and (low == name or low not in ids):
                used.add(low)
                keyed[name] = replace(paper, key=key)
                break
    return keyed


def _list_keys(base: str) -> Iterator[str]:
    """Yield keys endlessly: the key itself, then the key with a letter or number appended."""
    yield base
    yield from (f"{base}{letter}" for letter in ascii_lowercase[1:])
    yield from (f"{base}-{number}" for number in count(2))
