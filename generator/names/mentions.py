"""Finds names of models, data sets and benchmarks in the texts of papers, as they are written and as whole names.

A name inside of a longer one is another name: `CLIP` is not in `FG-CLIP`, `CLIPScore` or `CLIP-ViT`, and `GPT-4` not in
`GPT-4.5`. Words that go with a name do not change it: `CLIP-style`, `non-CLIP`, `CLIP's`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.editorial import RESOURCES, NameEntry
from generator.model import Paper
from generator.text.patterns import build_pattern

_JOINED_BEFORE = re.compile(r"([^\W_]+)[-‐‑–]$")
_WORD_AFTER = re.compile(r"[^\W_]*")
_NEAR = 30
_WORD = 4
"""The fewest letters of a word that goes with a name behind a hyphen; fewer are a version of it."""


class Mention(NamedTuple):
    """A name in a text: the entry, and where it begins and ends."""

    entry: NameEntry
    start: int
    end: int


class Finder:
    """Finds the names of entries in texts; the longest name counts."""

    def __init__(self, entries: Sequence[NameEntry]) -> None:
        self._entries = {form: entry for entry in entries if entry.kind in RESOURCES for form in entry.forms}
        words = build_pattern(list(self._entries))
        self._pattern = re.compile(rf"(?<!\w){words}(?![\w+]|\.\d)") if self._entries else None

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the names in a text."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            if _stands_alone(text, match.start(), match.end()):
                yield Mention(self._entries[match[0]], match.start(), match.end())

    def find_in_paper(self, paper: Paper) -> Iterator[NameEntry]:
        """Yield the entries that the title, the summary or the abstract of a paper names, each as often as they do."""
        for text in (paper.title_text, paper.summary_text, paper.abstract_text):
            for mention in self.find(text.plain):
                yield mention.entry


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a name is not a part of a longer one that is written with hyphens."""
    before = _JOINED_BEFORE.search(text, max(0, start - _NEAR), start)
    if before and not (before[1].isalpha() and before[1].islower()):
        return False
    if text[end : end + 1] not in {"-", "‐", "‑", "–"}:
        return True
    after = _WORD_AFTER.match(text, end + 1)
    word = after[0] if after else ""
    return not word or (word.isalpha() and word.islower() and len(word) >= _WORD)


def find_mentions_of_names(
    entries: Sequence[NameEntry], papers: Iterable[Paper]
) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the papers that name each entry, in the order of the papers, by the slug of the entry.

    The paper that introduces what has the name is not among them.
    """
    finder, found = Finder(entries), dict[str, dict[str, None]]()
    for paper in papers if any(entry.kind in RESOURCES for entry in entries) else ():
        for entry in finder.find_in_paper(paper):
            if entry.paper != paper.id:
                found.setdefault(entry.slug, {})[paper.id] = None
    return {slug: tuple(keys) for slug, keys in found.items()}
