"""Reads record files in YAML and JSON Lines into a `Shelf`, and reports all errors at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.limits import FILE_BYTES, RECORD_BYTES
from generator.model import Paper, Shelf
from generator.problems import Place, Problem, error, warning
from generator.records.cache import Known, RecordCache, digest
from generator.records.check import check_papers, has_sound_forms, read_record
from generator.records.format_version import NEWER, load_version
from generator.records.ids import build_slug
from generator.records.json_line import parse_line
from generator.records.own_fields import load_own_fields
from generator.records.parse import RecordPlace
from generator.records.positions import load_positions
from generator.storage.conflict_markers import load_merged
from generator.storage.strict_yaml import parse_yaml
from generator.storage.text_file import find_ways_out, leads_outside, show_file_name
from generator.storage.transaction import finish_writing
from generator.urls.ledger import load_ledger

FOLDER = "papers"
OVERVIEWS = "overviews"
DIGESTS = "digests"
DATA_FILES = (
    "topics.yml",
    "glossary.yml",
    "paths.yml",
    "tables.yml",
    "names.yml",
    "shelf.yml",
    "urls.txt",
    "map.csv",
    "embeddings.txt",
    "enrich.yml",
    "links.csv",
    "sources.txt",
)
"""Data files in the content folder, which are read but not published."""
_ENDINGS = (".yml", ".yaml", ".jsonl")
_NOWHERE = RecordPlace("", 0)
_Reading = tuple[Paper | None, RecordPlace, list[Problem]]
_Read = Callable[[str, str, int], _Reading]


def is_data(path: str) -> bool:
    """Return whether a file of the content folder is part of the shelf rather than a page or an asset."""
    return (
        path in DATA_FILES
        or path.startswith((f"{OVERVIEWS}/", f"{DIGESTS}/"))
        or (path.startswith(f"{FOLDER}/") and not path.endswith(".md"))
    )


def load_shelf(
    content: Path, cache: RecordCache | None = None, *, state: Path | None = None
) -> tuple[Shelf, tuple[Problem, ...]]:
    """Return every valid record below `content/papers` with the positions on the map, and every error.

    `cache` has the records of earlier runs and receives those of this run. If a command was killed after it committed
    its changes, they are written first; `state` is the folder in which they are kept.
    """
    cache = cache or RecordCache()
    problems = list(finish_writing(content, state))
    _, faults = load_version(content)
    if any(fault.code == NEWER for fault in faults):  # whatever else is there may mean something else
        return Shelf(papers={}, places={}), (*problems, *faults)
    problems += faults
    papers: dict[str, Paper] = {}
    places: dict[str, RecordPlace] = {}
    for paper, place in _load_records(content, cache, problems):
        if paper.id in papers:
            first = places[paper.id]
            message = f"the id {paper.id!r} is already used in {first.of('id')}"
            problems.append(error("duplicate-id", message, place.of("id"), "change one of the two ids"))
            continue
        papers[paper.id] = paper
        places[paper.id] = place
    problems += check_papers(papers, lambda key: places.get(key, _NOWHERE))
    cache.turn()
    ordered = {key: papers[key] for key in sorted(papers)}
    map_positions, more = load_positions(content, ordered.keys())
    ledger, wrong = load_ledger(content)
    own_fields, undeclared = load_own_fields(content)
    at = {key: places[key].of("") for key in ordered}
    settled = frozenset(key for key, place in places.items() if "status" in place.lines)
    shelf = Shelf(
        papers=ordered,
        places=at,
        map_positions=map_positions,
        ledger=ledger,
        own_fields=own_fields,
        settled=settled,
    )
    return shelf, (*problems, *more, *wrong, *undeclared)


def leave_out_removed(shelf: Shelf) -> Shelf:
    """Return the shelf as readers see it, with removed papers in `removed`."""
    removed = {key: paper for key, paper in shelf.papers.items() if paper.status == "removed"}
    if not removed:
        return shelf
    papers = {key: paper for key, paper in shelf.papers.items() if key not in removed}
    map_positions = {key: position for key, position in shelf.map_positions.items() if key in papers}
    return replace(shelf, papers=papers, removed=removed, map_positions=map_positions)


def _load_records(
    content: Path, cache: RecordCache, problems: list[Problem]
) -> Iterator[tuple[Paper, RecordPlace]]:
    """Yield the valid records of all files, from the cache if possible, and collect the errors."""
    folder = content / FOLDER
    ways_out = find_ways_out(content)
    problems += ways_out.values()
    for path in _list_files(folder, problems):
        file = f"{FOLDER}/{show_file_name(path.name)}"
        if path.name.startswith(".") or path in ways_out:
            continue
        if path.suffix not in _ENDINGS:
            hint = f"delete it or move it; records are files ending in {', '.join(_ENDINGS)}, directly in {FOLDER}/"
            problems.append(
                warning("stray-file", "this file is not a record and is ignored", Place(file=file), hint)
            )
            continue
        limit = FILE_BYTES if path.suffix == ".jsonl" else RECORD_BYTES
        text, faults = load_merged(path, name=file, limit=limit)
        problems += faults
        if faults:
            continue
        for key, line, part, read in _split(text, file, lines=path.suffix == ".jsonl"):
            if (known := cache.get(key)) and has_sound_forms(known.paper):
                yield known.paper, RecordPlace(file, known.line + line - 1, _move(known.lines, line - 1))
                continue
            paper, place, found = read(part, file, line)
            problems += found
            if paper is None:
                continue
            if not found:
                cache.put(key, Known(paper, place.line - line + 1, _move(place.lines, 1 - line)))
            yield paper, place


def _move(lines: Mapping[str, int], down: int) -> Mapping[str, int]:
    """Return the line numbers of fields, moved down by a number of lines."""
    return {name: line + down for name, line in lines.items()} if down else lines


def _list_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """Return the sorted content of the folder of records; empty if it is missing or a symbolic link."""
    if leads_outside(folder, folder.parent) or not folder.is_dir():
        return []
    try:
        return sorted(folder.iterdir())
    except OSError as fault:
        problems.append(
            error("unreadable-file", f"cannot be read: {fault.strerror}", Place(file=f"{FOLDER}/"))
        )
        return []


def _split(text: str, file: str, *, lines: bool) -> Iterator[tuple[bytes, int, str, _Read]]:
    """Yield for each record of a file: its cache key, its line, its text, and the function that reads it."""
    if not lines:
        yield digest(file, text), 1, text, _read_yaml
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield digest("", line), number, line, _read_line


def _read_yaml(text: str, file: str, line: int) -> _Reading:
    value, lines, faults = parse_yaml(text, file=file)
    place = RecordPlace(
        file, lines.get((), line), {str(path[0]): at for path, at in lines.items() if len(path) == 1}
    )
    if value is None:
        empty = error("missing-field", "the file is empty", Place(file=file), "write at least `title: …`")
        return None, place, list(faults) or [empty]
    stem = Path(file).stem
    if isinstance(value, dict):
        value.setdefault("id", stem)
    paper, place, problems = _read_record(value, place, faults)
    if paper is not None and paper.id != stem:
        message = f"the file of the record {paper.id!r} is named {Path(file).name}"
        hint = f"rename the file to {paper.id}.yml"
        problems.append(warning("different-file-name", message, place.of("id"), hint))
    return paper, place, problems


def _read_line(text: str, file: str, line: int) -> _Reading:
    place = RecordPlace(file, line)
    value, fault = parse_line(text, place)
    if fault:
        return None, place, [fault]
    if isinstance(value, dict):
        value["id"] = value.get("id") or build_slug(str(value.get("title", "")))
        place = RecordPlace(file, line, {"status": line} if value.get("status") else {})
    return _read_record(value, place, ())


def _read_record(value: object, place: RecordPlace, faults: Iterable[Problem]) -> _Reading:
    paper, problems = read_record(value, place)
    return paper, place, [*faults, *problems]
