"""Loads the files for an import and detects their formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.formats.detect import detect_format, find_other_reading
from generator.formats.registry import FORMATS, TextFile
from generator.problems import Place, Problem, error, note
from generator.storage.text_file import load_text, show_file_name


def load_files(paths: Sequence[Path]) -> tuple[list[TextFile], list[Problem]]:
    """Return the texts of files, and a problem for each file that cannot be read.

    A text is named after its file, with the folder only if two files have the same name.
    """
    texts: list[TextFile] = []
    problems: list[Problem] = []
    names = Counter(path.name for path in paths)
    for path in paths:
        name = show_file_name(path.name if names[path.name] == 1 else path)
        text, faults = load_text(path, name=name)
        problems += faults
        if not faults:
            texts.append(TextFile(name=name, text=text))
    return texts, problems


def sort_files(texts: Iterable[TextFile]) -> tuple[dict[str, list[TextFile]], list[Problem]]:
    """Return texts by format, and a problem for each whose format cannot be detected.

    If a text matches another format, too, a note names the format that was used and how to choose the other one.
    """
    files: dict[str, list[TextFile]] = {}
    problems = []
    for text in texts:
        if found := detect_format(text.name, text.text) or _ask_extensions(text):
            files.setdefault(found, []).append(text)
            if found in FORMATS and (other := find_other_reading(text.name, text.text, found)):
                message = f"read as {found}; it could be {other}, too"
                hint = f"to use the other format, run: papershelf import {other} {text.name}"
                problems.append(note("other-reading", message, Place(file=text.name), hint))
        elif not text.text.strip():
            problems.append(error("no-entries", "the file is empty", Place(file=text.name)))
        else:
            hint = f"specify the format: {', '.join(FORMATS)}"
            problems.append(
                error("unknown-format", "the format was not recognised", Place(file=text.name), hint)
            )
    return files, problems


def _ask_extensions(text: TextFile) -> str:
    found = (form for form in FORMATS.values() if form.matches and form.matches(text.name, text.text))
    return next((form.name for form in found), "")
