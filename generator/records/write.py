"""Writes changed records to files in one transaction."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Literal

import msgspec

from generator.model import Paper, Shelf
from generator.records.format_version import FILE as VERSION
from generator.records.format_version import TEXT
from generator.records.parse import build_record
from generator.records.read import FOLDER
from generator.records.revision import revise_files
from generator.storage.folder import refuse_link
from generator.storage.strict_yaml import render_yaml
from generator.storage.transaction import write_files

YAML_UP_TO = 2000
PART = 5000
Layout = Literal["yaml", "jsonl"]
NOTHING: Mapping[str, str | None] = {}


def write_file(path: Path, text: str) -> None:
    """Write the text to the file atomically: readers see the old or the new file, never a part.

    Raises:
        OSError: if the file cannot be written, or its folder is reached through a symbolic link that a commit may have added.
    """
    refuse_link(path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_shelf(  # noqa: PLR0913 (what is written, where, and how)
    content: Path,
    before: Shelf,
    papers: Mapping[str, Paper],
    state: Path | None,
    *,
    layout: Layout | None = None,
    source: str = "import",
    also: Mapping[str, str | None] = NOTHING,
) -> tuple[str, ...]:
    """Write all new and changed records in one transaction, and return the written files, relative to `content`.

    Changed records are rewritten in their files by `revise_files`. Up to 2,000 new records become YAML files; more
    become parts of 5,000 JSON lines named after `source`; `layout` overrides this. `also` has further files for the
    same transaction: see `write_files`, also for `state`.
    """
    new = [paper for key, paper in papers.items() if key not in before.papers]
    changed = {key: p for key, p in papers.items() if key in before.papers and p != before.papers[key]}
    files = revise_files(content, before, changed)
    if (layout or ("yaml" if len(new) <= YAML_UP_TO else "jsonl")) == "yaml":
        files |= {f"{FOLDER}/{p.id}.yml": render_yaml(build_record(p)) for p in new}
    else:
        files |= _render_parts(content, new, source)
    if not (content / VERSION).exists():
        files[VERSION] = TEXT
    write_files(content, {**files, **also}, state)
    return tuple(sorted(files))


def _render_lines(papers: Sequence[Paper]) -> str:
    return "".join(msgspec.json.encode(build_record(p)).decode() + "\n" for p in papers)


def _render_parts(content: Path, papers: Sequence[Paper], source: str) -> dict[str, str]:
    names = (f"{FOLDER}/{source}-{number:03}.jsonl" for number in count(1))
    free = (name for name in names if not (content / name).exists())
    parts = [papers[i : i + PART] for i in range(0, len(papers), PART)]
    return {next(free): _render_lines(part) for part in parts}
