"""Turns an edit of records into changes to their files; all other lines stay unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from generator.model import Paper, Shelf
from generator.records.edit import Edit
from generator.records.positions import FILE as POSITIONS
from generator.records.positions import revise_positions
from generator.records.revision import revise_files
from generator.storage.text_file import load_exact


def render_edit(content: Path, before: Shelf, edit: Edit) -> tuple[Mapping[str, str | None], tuple[str, ...]]:
    """Return the new texts of the files that an edit changes (None: deleted), and a message for each file.

    Raises:
        FormError: if the text of a record cannot be edited.
    """
    former = {key: edit.moved.get(key, key) for key in edit.papers}
    changed: dict[str, Paper | None] = {
        former[key]: paper for key, paper in edit.papers.items() if paper != before.papers.get(key)
    }
    changed |= dict.fromkeys(before.papers.keys() - set(former.values()))
    targets = {
        key: _name_file(content, before.places[key].file, key, paper)
        for key, paper in changed.items()
        if paper is not None
    }
    files = revise_files(content, before, changed, targets)
    said = list(_say_files(before, changed, targets))
    if edit.map_positions != before.map_positions:
        files[POSITIONS] = revise_positions(
            load_exact(content / POSITIONS), before.map_positions, edit.map_positions
        )
        said.append(f"wrote {POSITIONS}")
    return files, tuple(said)


def _say_files(before: Shelf, changed: Mapping[str, Paper | None], targets: Mapping[str, str]) -> list[str]:
    """Return a message for each file, starting with files of single records."""
    said: list[str] = []
    lines: dict[str, None] = {}
    for key in sorted(changed):
        file = before.places[key].file
        target = targets.get(key)
        if file.endswith(".jsonl"):
            lines[f"wrote {file}"] = None
        elif target is None:
            said.append(f"deleted {file}")
        else:
            said.append(f"wrote {target}" if target == file else f"moved {file} to {target}")
    return [*said, *lines]


def _name_file(content: Path, file: str, key: str, paper: Paper) -> str:
    """Return the path of a record's file; a file named after the old id is renamed after the new one."""
    name = PurePosixPath(file)
    target = str(name.with_name(f"{paper.id}{name.suffix}"))
    stays = file.endswith(".jsonl") or name.stem != key or key == paper.id or (content / target).exists()
    return file if stays else target
