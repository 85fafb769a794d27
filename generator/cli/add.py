"""`papershelf add`: add papers by identifier and report the result for each."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from generator.cli.ask_services import NameLookUp
from generator.cli.exit_codes import fail
from generator.cli.grouping import grouping_options, read_grouping
from generator.cli.shared import (
    check_day,
    content_option,
    find_content,
    find_day,
    format_option,
    service_options,
)
from generator.cli.take_in import open_shelf
from generator.formats.files import load_files
from generator.formats.issue_form.read import read_forms
from generator.formats.names import read_names
from generator.importing import Input


@click.command(
    help="Add papers by name: arXiv numbers, DOIs, OpenReview ids, or URLs that contain one.\n\n"
    "The facts come from arXiv, Crossref, OpenReview, the ACL Anthology and OpenAlex. Papers that are already on the shelf are reported and not added again."
)
@click.argument("names", metavar="NAME...", nargs=-1)
@content_option
@format_option
@click.option(
    "--form",
    "forms",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A filled-in issue form. If it has no title, the paper is looked up by the identifier among its links.",
)
@click.option("--captured", default="", metavar="DATE", help="The date of the forms, YYYY-MM-DD.")
@click.option(
    "--no-abstracts",
    "abstracts",
    flag_value=False,
    default=True,
    help="Use abstracts to assign topics, but do not store them.",
)
@grouping_options
@click.option(
    "--keep-both",
    is_flag=True,
    help="If an entry has the same title as another paper and it is unclear whether they are the same, keep both.",
)
@service_options
@click.option(
    "--offline",
    is_flag=True,
    help="Make no network requests; only report which papers are already on the shelf.",
)
@click.option("--dry-run", is_flag=True, help="Report what would change without writing anything.")
def add(  # noqa: PLR0913 (one parameter an option)
    *, names: tuple[str, ...], content: Path | None, form: str, forms: tuple[Path, ...], captured: str, abstracts: bool,
    group: str, never: tuple[str, ...], always: tuple[str, ...], keep_both: bool, mailto: str, bases: tuple[str, ...],
    offline: bool, dry_run: bool,
) -> None:  # fmt: skip
    if not names and not forms:
        fail("no paper was specified; for example: papershelf add 2401.00001")
    if captured and not forms:
        fail("--captured applies only to --form: leave it out")
    check_day(captured)
    grouping = read_grouping(group, never, always)
    shelf = open_shelf(find_content(content, must_exist=False))
    look_up = NameLookUp(shelf, mailto=mailto, bases=bases, offline=offline)
    texts, unread = load_files(forms)
    completed = look_up.complete(read_forms(texts, captured))
    found = look_up.find(read_names(names))
    batch = replace(
        found.batch,
        drafts=(*completed.drafts, *found.batch.drafts),
        entries=completed.entries + found.batch.entries,
        problems=(*completed.problems, *found.batch.problems),
    )
    given = Input(
        found=batch,
        known=found.known,
        day=find_day(),
        groupings={"": grouping} if grouping else {},
        keep_both=keep_both,
    )
    shelf.take_in(given, unread, abstracts=abstracts, name="add", form=form, dry_run=dry_run)
