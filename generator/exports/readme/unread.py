"""Finds content of a former list other than papers, which is kept when the list is written again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.formats.readme.choose import choose_entries
from generator.formats.readme.groups import list_items
from generator.formats.readme.items import Item
from generator.text.titles import build_fingerprint

_TAGS = re.compile(r"\s*(?:</?[a-zA-Z][^<>]*>\s*)+")
_ANCHORS = re.compile(r"\[[^\]]*\]\(#[^)]*\)")
_LINK = re.compile(r"\]\((?!#)|https?://|<a\s")


def list_unread(text: str, descriptions: Iterable[str]) -> list[str]:
    """Return the lines of a list that are not part of a paper, a heading or a table of contents, in order.

    Args:
        text: the list.
        descriptions: the descriptions of all topics, which are written anew.
    """
    known = "\0".join(map(build_fingerprint, filter(None, descriptions)))
    owners = _find_owners(list_items(text))
    kept: list[str] = []
    owner = ""
    for number, line in enumerate(text.split("\n"), start=1):
        owner = owners.get(number, owner)
        said = line.strip()
        if owners.get(number) is None and said.startswith("|"):
            continue  # the header of a table
        is_own = owner == "left" or (owner == "prose" and not _is_in(said, known))
        if said and is_own and not _TAGS.fullmatch(line) and not _leads_here(line):
            kept.append(line.rstrip())
    return kept


def _find_owners(items: tuple[Item, ...]) -> Mapping[int, str]:
    """Return the kind of content by line: a paper, a heading, prose, or another item."""
    entries, left = choose_entries(items)
    owners = {item.line: "heading" if item.level else "prose" for item in items if not item.bullet}
    owners |= dict.fromkeys(left, "left")
    return owners | {entry.item.line: "paper" for entry in entries}


def _is_in(line: str, known: str) -> bool:
    said = build_fingerprint(line)
    return not said or said in known


def _leads_here(line: str) -> bool:
    """Return whether all links of a line lead to its own page, as in a table of contents."""
    return bool(_ANCHORS.search(line)) and not _LINK.search(line)
