"""`papershelf merge`: merge two records that describe one paper."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.edit_records import apply_edit, load_editable
from generator.cli.shared import content_option, echo_problems
from generator.records.edit import merge_papers
from generator.records.revision import tell_comments


@click.command(
    help="Merge the record ID into the record INTO. INTO keeps its own facts, and the URL of ID redirects to it."
)
@click.argument("key", metavar="ID")
@click.argument("into", metavar="INTO")
@content_option
def merge(*, key: str, into: str, content: Path | None) -> None:
    folder, shelf, _ = load_editable(content, mended="duplicate-paper")
    gone = tell_comments(folder, shelf, key)
    apply_edit(folder, shelf, lambda: merge_papers(shelf, key, into), f"{key} is merged into {into}")
    echo_problems(gone)
