"""`papershelf rename`: change the id of a record; its former URL redirects to the new one."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.edit_records import apply_edit, load_editable
from generator.cli.shared import content_option
from generator.model import Published
from generator.records.edit import Edit, rename_paper
from generator.urls.published import describe_paper


@click.command(help="Change the id of a record from ID to NEW. Its former URL redirects to the new one.")
@click.argument("old", metavar="ID")
@click.argument("new", metavar="NEW")
@content_option
def rename(*, old: str, new: str, content: Path | None) -> None:
    folder, shelf, _ = load_editable(content)

    def change() -> Edit:
        paper = shelf.papers.get(old)
        return rename_paper(shelf, old, new, describe_paper(paper) if paper else Published(title=""))

    apply_edit(folder, shelf, change, f"{old} is renamed to {new}")
