"""`papershelf sync`: read all sources of `sources.txt` again and report what changed in them."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from generator.cli.exit_codes import fail
from generator.cli.import_sources import load_sources
from generator.cli.shared import content_option, find_content, find_day, format_option
from generator.cli.take_in import open_shelf
from generator.importing import Input
from generator.records.gone import GoneRule

FILE = "sources.txt"


@click.command(
    help=f"Read every source of {FILE} again. New papers are added, known papers get new links and venues, and the report lists what differs from a record or has disappeared from a source.\n\n"
    "Existing values of a record never change. A second run on the same sources changes nothing."
)
@content_option
@format_option
@click.option(
    "--gone",
    type=click.Choice(get_args(GoneRule)),
    default="report",
    help="What to do with records whose entries have disappeared from a source: report them (default), mark them, or remove those that no other source has.",
)
@click.option(
    "--no-abstracts",
    "abstracts",
    flag_value=False,
    default=True,
    help="Use abstracts to assign topics, but do not store them.",
)
@click.option("--dry-run", is_flag=True, help="Report what would change without writing anything.")
def sync(*, content: Path | None, form: str, gone: GoneRule, abstracts: bool, dry_run: bool) -> None:
    folder = find_content(content)
    shelf = open_shelf(folder)
    path = folder / FILE
    if not path.is_file():
        fail(
            f"{path} does not exist: create it with a line for each source, such as `readme ../README.md topics=sections`"
        )
    listed = load_sources([path])
    day = find_day()
    given = Input(files=listed.texts, captured=day, day=day, groupings=listed.groupings, gone=gone)
    shelf.take_in(given, listed.problems, abstracts=abstracts, name="sources", form=form, dry_run=dry_run)
