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


def render_edit(content: Path, before: Shelf, edit: Edit) -> tuple[Mapping[str, str | None], tuple[str, ...]]:
    """Return the texts of the files that an edit changes, None where one goes; and in words what becomes of each."""
    former = {key: edit.moved.get(key, key) for key in edit.papers}
    changed = {former[key]: paper for key, paper in edit.papers.items() if paper != before.papers.get(key)}
    gone = before.papers.keys() - set(former.values())
    files: dict[str, str | None] = {}
    said: list[str] = []
    lines: dict[str, dict[int, Paper | None]] = {}
    for key in sorted({*changed, *gone}):
        place, paper = before.places[key], changed.get(key)
        if place.file.endswith(".jsonl"):
            lines.setdefault(place.file, {})[place.line] = paper
        elif paper is None:
            files[place.file] = None
            said.append(f"deleted {place.file}")
        else:
            target = _name_file(content, place.file, key, paper)
            files |= {place.file: None, target: render_yaml(build_record(paper))}
            said.append(f"wrote {target}" if target == place.file else f"moved {place.file} to {target}")
    for file, parts in lines.items():
        files[file] = _render_lines(content / file, file, parts)
        said.append(f"wrote {file}")
    if edit.spots != before.spots:
        files[SPOTS] = render_spots(edit.spots)
        said.append(f"wrote {SPOTS}")
    return files, tuple(said)


def _name_file(content: Path, file: str, key: str, paper: Paper) -> str:
    """Return where a record stands: a file that was named after the id is named after the new one."""
    name = PurePosixPath(file)
    target = str(name.with_name(f"{paper.id}{name.suffix}"))
    return file if name.stem != key or key == paper.id or (content / target).exists() else target


def _render_lines(path: Path, file: str, parts: Mapping[int, Paper | None]) -> str:
    """Return a file with other records in the place of some lines, or nothing."""
    text, _ = load_text(path, name=file)
    rows = text.split("\n")
    for number, paper in parts.items():
        if paper is not None:
            rows[number - 1] = msgspec.json.encode(build_record(paper)).decode()
    return "\n".join(row for n, row in enumerate(rows, start=1) if parts.get(n, row) is not None)
