"""Commands that write a shelf, killed at each of their changes or short of space: the shelf is the old one or the new one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml
from msgspec import Struct

from benchmarks.corpus import make_papers
from benchmarks.faults.saboteur import sitecustomize
from benchmarks.faults.workshop import Outcome, Prints, fingerprint, finish
from generator.cli import main
from generator.model import Paper
from generator.records.parse import build_record
from generator.storage.strict_yaml import render_yaml
from generator.user_folders import find_state

_BEFORE = 6
_NEVER = 10**9


class Work(Struct, frozen=True):
    """A command, and what the shelf holds before and after it."""

    folder: Path
    command: Sequence[str]
    old: Prints
    new: Prints

    @property
    def content(self) -> Path:
        """The shelf's folder."""
        return self.folder / "content"


def kill_commands(folder: Path, papers: int, at_most: int = _NEVER) -> Generator[Outcome]:
    """Kill an import in both forms, accepted look-ups and the map before each of their changes, or some of them evenly."""
    for name, command in _list_commands(folder, papers).items():
        work = _prepare(folder / name, command)
        total = _count(work)
        step = max(1, total // at_most)
        for number in range(1, total + 1, step):
            finish(partial(_meet, work, "kill", number))
            yield Outcome(f"{name}: killed at change {number} of {total}", _judge(work))


def fill_commands(folder: Path, papers: int, at_most: int = 10) -> Generator[Outcome]:
    """Let every write of the same commands fail from one on."""
    for name, command in _list_commands(folder, papers).items():
        work = _prepare(folder / name, command)
        total = _count(work)
        for number in range(1, total + 1, max(1, total // at_most)):
            _, messages = finish(partial(_meet, work, "full", number))
            fault = "a traceback" if "Traceback" in messages else ""
            yield Outcome(f"{name}: no space from change {number} of {total} on", fault or _judge(work))


def _list_commands(folder: Path, papers: int) -> dict[str, list[str]]:
    more = folder / "more.jsonl"
    rows = [_make_record(paper) | {"venue": "A Venue"} for paper in make_papers(_BEFORE + papers)]
    more.write_text("".join(json.dumps(row) + "\n" for row in rows))
    imported = ["import", "jsonl", str(more)]
    return {
        "import": imported,
        "import as parts": [*imported, "--as", "jsonl"],
        "enrich --accept": ["enrich", "--accept"],
        "map": ["map"],
    }


def _make_record(paper: Paper) -> dict[str, Any]:
    """Return a record by which an import knows the paper again, without its venue."""
    record = build_record(paper) | {"links": {"doi": f"10.1234/{paper.id}"}}
    record.pop("venue", None)
    return record


def _prepare(folder: Path, command: Sequence[str]) -> Work:
    """Return the work with the shelf before it in place; half of its records are in YAML, half in a part of JSON lines."""
    shelf = folder / "content" / "papers"
    shelf.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: Papers\ndocs_dir: content\n")
    records = [_make_record(paper) for paper in make_papers(_BEFORE)]
    for record in records[::2]:
        (shelf / f"{record['id']}.yml").write_text(render_yaml(record))
    (shelf / "part.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records[1::2]))
    keys = [str(record["id"]) for record in records]
    map_positions = "".join(f"{key},{number * 100},{number}\n" for number, key in enumerate(keys[:-1]))
    (folder / "content" / "map.csv").write_text(f"id,x,y\n{map_positions}")
    proposals = {
        key: [{"field": "venue", "value": "Birds", "source": f"crossref 10.1234/{key}", "accept": n % 3 > 0}]
        for n, key in enumerate(keys)
    }
    (folder / "content" / "enrich.yml").write_text(yaml.safe_dump(proposals, sort_keys=False))
    shutil.copytree(folder / "content", folder / "kept")
    old = fingerprint(folder / "kept")
    code, messages = finish(partial(_call, Work(folder, command, old=old, new=old)))
    if code:
        raise RuntimeError(messages)
    work = Work(folder, command, old=old, new=fingerprint(folder / "content"))
    if work.old == work.new:
        raise RuntimeError(f"{command} changes nothing")
    _restore(work)
    return work


def _restore(work: Work) -> None:
    shutil.rmtree(work.content)
    shutil.copytree(work.folder / "kept", work.content)


def _meet(work: Work, kind: str, number: int = 0) -> None:
    """Run the command in this process, with a harm, and say how many changes it made."""
    sitecustomize.do_harm(kind, number, str(work.content), str(find_state(work.content)))
    try:
        _call(work)
    finally:
        click.echo(f"changes: {sitecustomize.done}")


def _call(work: Work, *command: str) -> None:
    main([*(command or work.command), "--content", str(work.content)])


def _count(work: Work) -> int:
    """Return how many changes to the disk the command makes in the shelf's folder, and in what the machine keeps of it."""
    _, messages = finish(partial(_meet, work, "count"))
    _restore(work)
    return int(messages.rpartition("changes: ")[2])


def _judge(work: Work) -> str:
    """Return what is wrong after the next command that reads the shelf, and after the same command once more."""
    try:
        code, output = finish(partial(_call, work, "stats"))
        if code:
            return f"the next run needs help: {output[-500:]}"
        found = fingerprint(work.content)
        if found not in (work.old, work.new):
            return "the shelf is neither the old one nor the new one"
        if left := [path.name for path in work.content.rglob(".*")]:
            return f"left behind: {left}"
        if list((find_state(work.content) or work.folder).rglob("transaction.json")):
            return "left behind: the list of a transaction"
        code, output = finish(partial(_call, work))
        if code or fingerprint(work.content) != work.new:
            return f"the command cannot be run again: {output[-500:]}"
        return ""
    finally:
        _restore(work)
