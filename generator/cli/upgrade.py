"""`papershelf upgrade`: convert a shelf to the current version of the record format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
from msgspec.structs import replace

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.git import list_first_days
from generator.cli.shared import content_option, echo_problems, find_content, hold_shelf
from generator.model import Paper, Shelf
from generator.problems import amount, errors_of
from generator.records.arxiv_dates import date_by_arxiv
from generator.records.format_version import FILE, list_steps, load_version
from generator.records.keys import assign_keys
from generator.records.read import load_shelf
from generator.records.write import write_shelf
from generator.storage.transaction import finish_writing, write_files
from generator.storage.yaml_edit import FormError
from generator.user_folders import find_state

LINES = ".jsonl"
"""The ending of files with many records, where the date of the file is not the date of each record."""


@click.command(
    help="Convert the shelf to the current version of the record format, and create shelf.yml if it is missing."
)
@content_option
@click.option(
    "--added",
    is_flag=True,
    help="Also set `added` in records without it, to the date on which Git first had their file.",
)
@click.option(
    "--keys",
    is_flag=True,
    help="Also give records without a citation key one such as doe2024owls. Until then, their ids are used as keys.",
)
@click.option(
    "--arxiv-dates",
    is_flag=True,
    help="Also set `published` in records without it, to the month in their arXiv number.",
)
def upgrade(*, content: Path | None, added: bool, keys: bool, arxiv_dates: bool) -> None:
    folder = find_content(content)
    hold_shelf(folder)
    state = find_state(folder)
    problems = list(finish_writing(folder, state))
    version, faults = load_version(folder)
    if errors_of([*problems, *faults]):
        echo_problems([*problems, *faults])
        fail("nothing was changed", FINDINGS)
    done = 0
    try:
        for done, files in list_steps(folder, version):
            write_files(folder, files, state)
            click.echo(f"format {done}: wrote {', '.join(sorted(files))}")
    except OSError as fault:
        fail(f"cannot write {fault.filename}: {fault.strerror}", FINDINGS)
    except FormError as fault:
        fail(f"{FILE}: {fault}", FINDINGS)
    if not done:
        click.echo(f"{folder / FILE} already has the current format {version}: nothing to do")
    if added:
        _date_records(folder, state)
    if keys:
        _key_records(folder, state)
    if arxiv_dates:
        _date_by_arxiv(folder, state)


def _load(folder: Path, state: Path | None, nothing: str) -> Shelf:
    """Return the shelf; stops if it has errors, and reports them."""
    shelf, problems = load_shelf(folder, state=state)
    if errors_of(problems):
        echo_problems(errors_of(problems))
        fail(f"the shelf has errors (listed above): {nothing}", FINDINGS)
    return shelf


def _write(
    folder: Path, shelf: Shelf, changed: Mapping[str, Paper], state: Path | None, nothing: str
) -> None:
    """Write changed records; stops if a file cannot be edited."""
    try:
        write_shelf(folder, shelf, {**shelf.papers, **changed}, state)
    except FormError as fault:
        fail(f"{fault}; {nothing}", FINDINGS)


def _date_records(folder: Path, state: Path | None) -> None:
    """Set `added` in records without it, to the date on which Git first had their file."""
    shelf = _load(folder, state, "no record was dated")
    days = list_first_days(folder)
    undated = {key: paper for key, paper in shelf.papers.items() if not paper.added}
    dated = {
        key: replace(paper, added=days[file])
        for key, paper in undated.items()
        if (file := shelf.places[key].file) in days and not file.endswith(LINES)
    }
    _write(folder, shelf, dated, state, "no record was dated")
    left = len(undated) - len(dated)
    why = " because they are not committed or share a file with other records" if left else ""
    click.echo(f"{amount(len(dated), 'record')} dated, {left} still without a date of addition{why}")


def _key_records(folder: Path, state: Path | None) -> None:
    """Write a citation key into records without one."""
    shelf = _load(folder, state, "no record got a key")
    bare = {key: paper for key, paper in shelf.papers.items() if not paper.key}
    keyed = assign_keys(bare, {key: paper for key, paper in shelf.papers.items() if paper.key})
    _write(folder, shelf, keyed, state, "no record got a key")
    click.echo(f"{amount(len(keyed), 'record')} got a key, {len(shelf.papers) - len(keyed)} had one")


def _date_by_arxiv(folder: Path, state: Path | None) -> None:
    """Set `published` in records without it, to the month in their arXiv number."""
    shelf = _load(folder, state, "no record was dated")
    undated = {key: paper for key, paper in shelf.papers.items() if not paper.published}
    dated = {key: new for key, paper in undated.items() if (new := date_by_arxiv(paper)) != paper}
    _write(folder, shelf, dated, state, "no record was dated")
    click.echo(
        f"{amount(len(dated), 'record')} dated by arXiv number, {len(undated) - len(dated)} still without a date"
    )
