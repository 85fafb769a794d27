"""Files that a person names for an import: their texts, and the format of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.formats.detect import detect_format, find_other_reading
from generator.formats.registry import FORMATS, TextFile
from generator.problems import Place, Problem, error, note
from generator.storage.text_file import load_text, show_name


def load_files(paths: Sequence[Path]) -> tuple[list[TextFile], list[Problem]]:
    """Return the texts of files, and a problem for each file that cannot be read.

    A text has the name of its file, with its folder only where two files have one name.
    """
    texts: list[TextFile] = []
    problems: list[Problem] = []
    names = Counter(path.name for path in paths)
    for path in paths:
        name = show_name(path.name if names[path.name] == 1 else path)
        text, faults = load_text(path, name=name)
        problems += faults
        if not faults:
            texts.append(TextFile(name=name, text=text))
    return texts, problems


def sort_files(texts: Iterable[TextFile]) -> tuple[dict[str, list[TextFile]], list[Problem]]:
    """Return texts by the name of their format, and a problem for each whose format cannot be detected.

    Where a text could be read in another format, too, a note says which was taken and how to choose.
    """
    files: dict[str, list[TextFile]] = {}
    problems = []
    for text in texts:
        if found := detect_format(text.name, text.text) or _ask_extensions(text):
            files.setdefault(found, []).append(text)
            if found in FORMATS and (other := find_other_reading(text.name, text.text, found)):
                message = f"read as {found}; it could be {other}, too"
                hint = f"to choose, name the format: papershelf import {other} {text.name}"
                problems.append(note("other-reading", message, Place(file=text.name), hint))
        elif not text.text.strip():
            problems.append(error("no-entries", "the file is empty", Place(file=text.name)))
        else:
            hint = f"name its format: {', '.join(FORMATS)}"
            problems.append(
                error("unknown-format", "the format was not recognised", Place(file=text.name), hint)
            )
    return files, problems


def _ask_extensions(text: TextFile) -> str:
    found = (form for form in FORMATS.values() if form.matches and form.matches(text.name, text.text))
    return next((form.name for form in found), "")
