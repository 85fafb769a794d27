"""`map.csv`: one line with the position of each paper on the map."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from generator.limits import DATA_BYTES
from generator.model import MAP_SIDE, MapPosition
from generator.problems import Place, Problem, note, warning
from generator.storage.conflict_markers import load_merged
from generator.storage.text_file import split_lines

FILE = "map.csv"
_HEADER = "id,x,y"
_REMAKE = "correct the line, or delete it and run `papershelf map`"


def load_positions(
    content: Path, papers: Collection[str]
) -> tuple[dict[str, MapPosition], tuple[Problem, ...]]:
    """Return the positions of papers by id, and every error of the file; without a file, both are empty."""
    path = content / FILE
    if not os.path.lexists(path):
        return {}, ()
    text, faults = load_merged(path, name=FILE, inside=content, limit=DATA_BYTES)
    problems = list(faults)
    map_positions: dict[str, MapPosition] = {}
    for line, row in enumerate(text.split("\n"), start=1):
        if row and not (line == 1 and row == _HEADER):
            _read_line(row, Place(file=FILE, line=line), papers, map_positions, problems)
    return map_positions, tuple(problems)


def _read_line(
    row: str,
    place: Place,
    papers: Collection[str],
    map_positions: dict[str, MapPosition],
    problems: list[Problem],
) -> None:
    key, *numbers = row.split(",")
    if len(numbers) != len(MapPosition.__struct_fields__):
        message = f"expected the cells {_HEADER}, but found {len(numbers) + 1} cells"
        problems.append(warning("bad-position", message, place, _REMAKE))
    elif not all(_is_coordinate(number) for number in numbers):
        message = f"{key!r} has no valid position: x and y must be integers from 0 to {MAP_SIDE}"
        problems.append(warning("bad-position", message, place, _REMAKE))
    elif key in map_positions:
        problems.append(
            warning("bad-position", f"{key!r} already has a position", place, "delete one of the two lines")
        )
    elif key not in papers:
        hint = "run `papershelf map` to delete the line"
        problems.append(note("unknown-paper", f"{key!r} is not on the shelf", place, hint))
    else:
        map_positions[key] = MapPosition(*map(int, numbers))


def _is_coordinate(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MAP_SIDE)) and int(text) <= MAP_SIDE


def render_positions(map_positions: Mapping[str, MapPosition]) -> str:
    """Return the text of the file with these positions, sorted by id."""
    lines = [f"{key},{map_positions[key].x},{map_positions[key].y}" for key in sorted(map_positions)]
    return "\n".join([_HEADER, *lines, ""])


def revise_positions(text: str, before: Mapping[str, MapPosition], after: Mapping[str, MapPosition]) -> str:
    """Return the text of the file with changed positions; all other lines stay unchanged."""
    rows = split_lines(text)
    end = next((row[len(row.rstrip("\r\n")) :] for row in rows), "\n") or "\n"
    gone = {key for key, position in before.items() if after.get(key) != position}
    new = {key: position for key, position in after.items() if before.get(key) != position}
    kept = [row for row in rows if row.partition(",")[0] not in gone]
    for key in sorted(new):
        later = (n for n, row in enumerate(kept) if n and row.partition(",")[0] > key)
        at = next(later, len(kept))
        if at == len(kept) and kept and not kept[-1].endswith(("\n", "\r")):
            kept[-1] += end
        kept.insert(at, f"{key},{new[key].x},{new[key].y}{end}")
    return "".join(kept)
