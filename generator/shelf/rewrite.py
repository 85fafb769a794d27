"""An edit of some records to their files: each where it stands, and every other line as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from generator.formats.strict_yaml import render_yaml
from generator.formats.text_file import load_text
from generator.model import Paper, Shelf
from generator.shelf.edits import Edit
from generator.shelf.records import build_record
from generator.shelf.spots import FILE as SPOTS
from generator.shelf.spots import render_spots
from generator.shelf.writer import write_file


def write_edit(content: Path, before: Shelf, edit: Edit) -> tuple[str, ...]:
    """Write what an edit has changed, and return in words which files were written, moved and deleted."""
    former = {key: edit.moved.get(key, key) for key in edit.papers}
    changed = {former[key]: paper for key, paper in edit.papers.items() if paper != before.papers.get(key)}
    gone = before.papers.keys() - set(former.values())
    said: list[str] = []
    lines: dict[str, dict[int, Paper | None]] = {}
    for key in sorted({*changed, *gone}):
        place, paper = before.places[key], changed.get(key)
        if place.file.endswith(".jsonl"):
            lines.setdefault(place.file, {})[place.line] = paper
        elif paper is None:
            (content / place.file).unlink()
            said.append(f"deleted {place.file}")
        else:
            said += _write_yaml(content, place.file, key, paper)
    for file, parts in lines.items():
        _write_lines(content / file, file, parts)
        said.append(f"wrote {file}")
    if edit.spots != before.spots:
        write_file(content / SPOTS, render_spots(edit.spots))
        said.append(f"wrote {SPOTS}")
    return tuple(said)


def _write_yaml(content: Path, file: str, key: str, paper: Paper) -> list[str]:
    """Write a record where it stands; a file that was named after the id is named after the new one."""
    write_file(content / file, render_yaml(build_record(paper)))
    name = PurePosixPath(file)
    target = name.with_name(f"{paper.id}{name.suffix}")
    if name.stem != key or key == paper.id or (content / target).exists():
        return [f"wrote {file}"]
    (content / file).rename(content / target)
    return [f"moved {file} to {target}"]


def _write_lines(path: Path, file: str, parts: Mapping[int, Paper | None]) -> None:
    """Write other records in the place of some lines, or nothing."""
    text, _ = load_text(path, name=file)
    rows = text.split("\n")
    for number, paper in parts.items():
        if paper is not None:
            rows[number - 1] = msgspec.json.encode(build_record(paper)).decode()
    write_file(path, "\n".join(row for n, row in enumerate(rows, start=1) if parts.get(n, row) is not None))
