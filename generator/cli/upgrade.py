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
from generator.problems import errors_of
from generator.records.arxiv_dates import date_by_arxiv
from generator.records.format_version import FILE, list_steps, load_version
from generator.records.keys import assign_keys
from generator.records.read import load_shelf
from generator.records.write import write_shelf
from generator.storage.transaction import finish_writing, write_files
from generator.storage.yaml_edit import FormError
from generator.user_folders import find_state

LINES = ".jsonl"
"""The ending of files with many records: the day of the file is not that of each."""


@click.command(
    help="Move the shelf to the current version of the record format, and write shelf.yml where it is missing."
)
@content_option
@click.option(
    "--added",
    is_flag=True,
    help="Also date the records that do not say when they were added: each by the day on which Git first had its file.",
)
@click.option(
    "--keys",
    is_flag=True,
    help="Also give the records without a citation key one such as doe2024owls; until then, their ids cite them.",
)
@click.option(
    "--arxiv-dates",
    is_flag=True,
    help="Also date the records without a date of publication by their arXiv numbers: the month of the first version.",
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
        click.echo(f"{folder / FILE} has the current format {version}: nothing to do")
    if added:
        _date_records(folder, state)
    if keys:
        _key_records(folder, state)
    if arxiv_dates:
        _date_by_arxiv(folder, state)


def _load(folder: Path, state: Path | None, nothing: str) -> Shelf:
    """Return the shelf; one with errors ends the command, with the errors and what was not done."""
    shelf, problems = load_shelf(folder, state=state)
    if errors_of(problems):
        echo_problems(errors_of(problems))
        fail(f"the shelf has errors: {nothing}", FINDINGS)
    return shelf


def _write(
    folder: Path, shelf: Shelf, changed: Mapping[str, Paper], state: Path | None, nothing: str
) -> None:
    """Write changed records; a file that cannot take them ends the command, and says what was not done."""
    try:
        write_shelf(folder, shelf, {**shelf.papers, **changed}, state)
    except FormError as fault:
        fail(f"{fault}; {nothing}", FINDINGS)


def _date_records(folder: Path, state: Path | None) -> None:
    """Write into the records without a day of addition that on which Git first had their files."""
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
    why = ": they are not committed, or in a file with other records" if left else ""
    click.echo(f"{len(dated)} records dated, {left} left without a day{why}")


def _key_records(folder: Path, state: Path | None) -> None:
    """Write a citation key into the records that have none."""
    shelf = _load(folder, state, "no record got a key")
    bare = {key: paper for key, paper in shelf.papers.items() if not paper.key}
    keyed = assign_keys(bare, {key: paper for key, paper in shelf.papers.items() if paper.key})
    _write(folder, shelf, keyed, state, "no record got a key")
    click.echo(f"{len(keyed)} records got a key, {len(shelf.papers) - len(keyed)} had one")


def _date_by_arxiv(folder: Path, state: Path | None) -> None:
    """Write into the records without a date of publication the month that their arXiv numbers give."""
    shelf = _load(folder, state, "no record was dated")
    undated = {key: paper for key, paper in shelf.papers.items() if not paper.published}
    dated = {key: new for key, paper in undated.items() if (new := date_by_arxiv(paper)) != paper}
    _write(folder, shelf, dated, state, "no record was dated")
    click.echo(
        f"{len(dated)} records dated by their arXiv numbers, {len(undated) - len(dated)} left without a date"
    )
