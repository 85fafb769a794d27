"""Author names for the suggestions of the search box. A reader can begin to type a name at any of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.directory import Directory
from generator.model import Paper
from generator.text.words import fold, split

_LINES = 200
"""Lines in one file: about three kilobytes."""


def pack_authors(papers: Iterable[Paper], directory: Directory) -> Iterator[tuple[str, bytes]]:
    r"""Yield the files of author names, each as its first key and its content.

    Each line of a file contains three values with tabs between them: the key, the name that is shown,
    and its number of papers. A name has one line for each of its words, and so have its aliases. Lines are sorted by key.

    >>> from generator.model import Author
    >>> list(pack_authors([Paper(title="Owls", authors=(Author(name="Jane Mowe"),))], Directory()))
    [('jane mowe', b'jane mowe\tJane Mowe\t1\nmowe jane\tJane Mowe\t1')]
    """
    counts: Counter[str] = Counter()
    forms: dict[str, set[str]] = {}
    for author, key in ((author, paper.id) for paper in papers for author in paper.authors):
        name = directory.show_author(author.shown, author.orcid, key)
        counts[name] += 1
        known = directory.list_forms(author.shown, author.orcid, key)
        if len(known) > 1:
            forms.setdefault(name, set()).update(known)
    keys = {name: {key for form in forms.get(name, (name,)) for key in _turn(form)} for name in counts}
    lines = sorted((key, name, number) for name, number in counts.items() for key in keys[name])
    for at in range(0, len(lines), _LINES):
        part = lines[at : at + _LINES]
        yield part[0][0], "\n".join(f"{key}\t{name}\t{number}" for key, name, number in part).encode()


def _turn(name: str) -> Iterator[str]:
    """Yield the rotations of a case-folded name: `jane mowe`, `mowe jane`."""
    words, _ = split(fold(name))
    for at in range(len(words)):
        yield " ".join([*words[at:], *words[:at]])
