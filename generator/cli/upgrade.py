"""`papershelf upgrade`: convert a shelf to the current version of the record format."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import content_option, echo_problems, find_content, hold_shelf
from generator.problems import errors_of
from generator.records.format_version import FILE, list_steps, load_version
from generator.storage.transaction import finish_writing, write_files
from generator.storage.yaml_edit import FormError
from generator.user_folders import find_state


@click.command(
    help="Move the shelf to the current version of the record format, and write shelf.yml where it is missing."
)
@content_option
def upgrade(*, content: Path | None) -> None:
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
