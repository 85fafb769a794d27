"""`shelf.yml`: the version of the record format of a shelf, and the steps from one version to the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.limits import RECORD_BYTES
from generator.problems import Place, Problem, error
from generator.storage.conflict_markers import load_merged
from generator.storage.strict_yaml import Lines, parse_yaml
from generator.storage.text_file import load_exact
from generator.storage.yaml_edit import edit_yaml

FILE = "shelf.yml"
FORMAT = 1
"""The version that this program writes. It reads all versions up to this one. A shelf without the file has version 1."""
TEXT = f"# The version of the record format; `papershelf upgrade` converts a shelf to the current version.\nformat: {FORMAT}\n"
NEWER = "newer-format"
_FIRST = 1
_DIGITS = 6
FormatStep = Callable[[Path], Mapping[str, str | None]]
STEPS: Mapping[int, FormatStep] = MappingProxyType({})
"""Functions that convert a shelf to the next version, by the older version. Each takes the shelf's folder and returns the new texts of files, None for deleted files.

A version without a step can be read like the next version.
"""


def load_version(content: Path) -> tuple[int, tuple[Problem, ...]]:
    """Return the version of a shelf and every error of the file, including an unsupported version."""
    if not os.path.lexists(content / FILE):
        return _FIRST, ()
    value, lines, faults = load_shelf_file(content)
    return (_FIRST, faults) if faults else _read_version(value, lines)


def load_shelf_file(content: Path) -> tuple[Any, Lines, tuple[Problem, ...]]:
    """Return the content of `shelf.yml`, the line of each part, and read errors; the content is None if there is no file."""
    if not os.path.lexists(content / FILE):
        return None, {}, ()
    text, faults = load_merged(content / FILE, name=FILE, inside=content, limit=RECORD_BYTES)
    return (None, {}, tuple(faults)) if faults else parse_yaml(text, file=FILE)


def _read_version(value: object, lines: Lines) -> tuple[int, tuple[Problem, ...]]:
    place = Place(file=FILE, line=lines.get(("format",), 1))
    hint = f"write `format: {FORMAT}`, or delete the file and run `papershelf upgrade`"
    if not isinstance(value, dict) or "format" not in value:
        fault = error("missing-field", "the file does not specify the record format", place, hint)
        return _FIRST, (fault,)
    unknown = tuple(
        error("unknown-field", f"{FILE} has no field {name!r}", Place(file=FILE, line=lines[name,]), hint)
        for name in value
        if name not in {"format", "fields"}
    )
    said = value["format"]
    if not (isinstance(said, str) and said.isascii() and said.isdigit()):
        fault = error("bad-field", f"format: {said!r} is not an integer", place, hint)
        return _FIRST, (*unknown, fault)
    if len(said) > _DIGITS or int(said) > FORMAT:
        message = f"the records have format {said}, but this version of Papershelf only supports formats up to {FORMAT}"
        return FORMAT, (error(NEWER, message, place, "install a newer version of Papershelf"),)
    return int(said), unknown


def list_steps(content: Path, version: int) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    """Yield each version up to the current one with the files that change; write each before requesting the next."""
    path = content / FILE
    for old in range(version, FORMAT):
        files = STEPS[old](content) if old in STEPS else {}
        text = edit_yaml(load_exact(path), {"format": old + 1}) if path.exists() else _write(old + 1)
        yield old + 1, {**files, FILE: text}
    if version == FORMAT and not path.exists():
        yield FORMAT, {FILE: TEXT}


def _write(version: int) -> str:
    return TEXT.replace(f"format: {FORMAT}", f"format: {version}")
