"""Record files to a Shelf: YAML one by one, JSON Lines many at a time, all faults in one run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.formats.strict_yaml import parse_yaml
from generator.formats.text_file import load_text
from generator.model import Paper, Shelf
from generator.problems import Place, Problem, error, warning
from generator.shelf.checks import check_papers, check_record
from generator.shelf.ids import build_slug
from generator.shelf.records import RecordPlace, parse_record

FOLDER = "papers"
DATA_FILES = ("topics.yml", "names.yml", "shelf.yml", "urls.txt", "map.csv")
"""Files of the content folder that are data: they are read and not published as they are."""
_ENDINGS = (".yml", ".yaml", ".jsonl")
_NOWHERE = RecordPlace("", 0)


def is_data(path: str) -> bool:
    """Return whether a file of the content folder is part of the shelf rather than a page or an asset."""
    return path in DATA_FILES or (path.startswith(f"{FOLDER}/") and not path.endswith(".md"))


def load_shelf(content: Path) -> tuple[Shelf, tuple[Problem, ...]]:
    """Return every sound record below `content/papers`, and every fault of every record."""
    problems: list[Problem] = []
    papers: dict[str, Paper] = {}
    places: dict[str, RecordPlace] = {}
    for paper, place in _load_records(content, problems):
        clean, faults = check_record(paper, place)
        problems += faults
        if clean.id in papers:
            first = places[clean.id]
            message = f"the id {clean.id!r} is taken by {first.of('id')}"
            problems.append(error("duplicate-id", message, place.of("id"), "give one of the two another id"))
            continue
        papers[clean.id] = clean
        places[clean.id] = place
    problems += check_papers(papers, lambda key: places.get(key, _NOWHERE))
    ordered = {key: papers[key] for key in sorted(papers)}
    return Shelf(papers=ordered, places={key: places[key].of("") for key in ordered}), tuple(problems)


def _load_records(content: Path, problems: list[Problem]) -> Iterator[tuple[Paper, RecordPlace]]:
    folder = content / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        file = f"{FOLDER}/{path.name}"
        if path.name.startswith("."):
            continue
        if path.is_dir() or path.suffix not in _ENDINGS:
            hint = f"records are files ending in {', '.join(_ENDINGS)}, directly in {FOLDER}/"
            problems.append(
                warning("stray-file", "this is no record and is left out", Place(file=file), hint)
            )
            continue
        text, faults = load_text(path, name=file)
        problems += faults
        if not faults:
            yield from (_read_lines if path.suffix == ".jsonl" else _read_yaml)(text, file, problems)


def _read_yaml(text: str, file: str, problems: list[Problem]) -> Iterator[tuple[Paper, RecordPlace]]:
    value, lines, faults = parse_yaml(text, file=file)
    problems += faults
    if value is None:
        if not faults:
            problems.append(
                error("missing-field", "the file is empty", Place(file=file), "write at least `title: …`")
            )
        return
    stem = Path(file).stem
    place = RecordPlace(
        file, lines.get((), 1), {str(path[0]): line for path, line in lines.items() if len(path) == 1}
    )
    if isinstance(value, dict):
        value.setdefault("id", stem)
    paper, faults = parse_record(value, place)
    problems += faults
    if paper is None:
        return
    if paper.id != stem:
        message = f"the record {paper.id!r} stands in {Path(file).name}"
        problems.append(
            warning("different-file-name", message, place.of("id"), f"rename the file to {paper.id}.yml")
        )
    yield paper, place


def _read_lines(text: str, file: str, problems: list[Problem]) -> Iterator[tuple[Paper, RecordPlace]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = RecordPlace(file, number)
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError) as fault:
            problems.append(error("bad-json", str(fault), place.of(""), "each line is one JSON object"))
            continue
        if isinstance(value, dict) and not value.get("id"):
            value["id"] = build_slug(str(value.get("title", "")))
        paper, faults = parse_record(value, place)
        problems += faults
        if paper is not None:
            yield paper, place
