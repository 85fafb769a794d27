"""Names of authors for completion in the search box, found by any of their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Paper
from generator.text.words import fold, split

_LINES = 200
"""Names in one file: about three kilobytes."""


def pack_authors(papers: Iterable[Paper]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of names with the first key of each: a line has a key, the name as written, and its papers."""
    counts = Counter(author.shown for paper in papers for author in paper.authors)
    lines = sorted((key, name, number) for name, number in counts.items() for key in _turn(name))
    for at in range(0, len(lines), _LINES):
        part = lines[at : at + _LINES]
        yield part[0][0], "\n".join(f"{key}\t{name}\t{number}" for key, name, number in part).encode()


def _turn(name: str) -> Iterator[str]:
    """Yield a folded name begun at each of its words: `jane mowe`, `mowe jane`."""
    words, _ = split(fold(name))
    for at in range(len(words)):
        yield " ".join([*words[at:], *words[:at]])
