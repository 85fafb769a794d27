"""Git's conflict markers in files: a file with an unresolved merge is an error and is not read."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.limits import FILE_BYTES
from generator.problems import Place, Problem, error
from generator.storage.text_file import load_text, show_file_name

CODE = "merge-conflict"
_MARKER = re.compile(r"^[ \t]*(?:(<<<<<<<|\|\|\|\|\|\|\||>>>>>>>)(?: .*)?|(=======))[ \t]*$", re.MULTILINE)
_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||")
_ORDER = " <|=>"
_MIDDLE = _ORDER.index("=")
_WRITTEN = {
    ".css", ".csv", ".htm", ".html", ".js", ".json", ".jsonl", ".markdown", ".md", ".svg", ".toml", ".tsv", ".txt", ".xml",
    ".yaml", ".yml",
}  # fmt: skip
"""The extensions of text files that people edit."""
_HINT = "keep one side and delete the markers; if the lines are text, use another number of characters"


def find_conflicts(text: str) -> Iterator[int]:
    """Yield the line of the first marker of each conflict.

    A conflict has at least two kinds of markers, because parts may have been deleted: `<<<<<<< ours`, `||||||| base`,
    `=======`, `>>>>>>> theirs`, in this order and possibly indented. Equals signs alone are the underline of a heading.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    group: list[tuple[int, int]] = []
    for rank, at in [*((_rank(match), match.start()) for match in _MARKER.finditer(text)), (0, len(text))]:
        if group and rank <= group[-1][0]:
            if len(group) > 1:
                first = next(start for kind, start in group if kind != _MIDDLE)
                yield text.count("\n", 0, first) + 1
            group = []
        group.append((rank, at))


def _rank(marker: re.Match[str]) -> int:
    return _ORDER.index((marker[1] or marker[2])[0])


def load_merged(
    path: Path, *, name: str, inside: Path | None = None, limit: int = FILE_BYTES
) -> tuple[str, tuple[Problem, ...]]:
    """Return the result of `load_text`; a file with an unresolved merge gives an empty text and a problem for each conflict."""
    text, problems = load_text(path, name=name, inside=inside, limit=limit)
    found = _name_conflicts(text, name)
    return ("", found) if found else (text, problems)


def _name_conflicts(text: str, name: str) -> tuple[Problem, ...]:
    message = "unresolved merge: this file contains Git's conflict markers"
    return tuple(error(CODE, message, Place(file=name, line=line), _HINT) for line in find_conflicts(text))


def check_written(content: Path, *, but: Collection[str]) -> Iterator[Problem]:
    """Yield the conflicts in text files below a folder, except files with certain names or in certain folders."""
    for folder, folders, files in os.walk(content):
        here = Path(folder).relative_to(content)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).as_posix() not in but
        )
        for file in sorted(files):
            name = show_file_name(here / file)
            if Path(file).suffix.lower() in _WRITTEN and not file.startswith(".") and name not in but:
                text, _ = load_text(Path(folder) / file, name=name, inside=content)
                yield from _name_conflicts(text, name)
