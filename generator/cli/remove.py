"""`papershelf remove`: remove a paper from every list and leave a tombstone at its URL."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from generator.cli.edit_records import apply_edit, load_editable, render_ledger_edit, write_shelf_files
from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import content_option, find_config, load_settings
from generator.limits import STATUS_NOTE
from generator.model import Shelf, Taxonomy
from generator.pipeline import plan_pages, sketch_site
from generator.records.edit import delete_paper, remove_paper
from generator.settings import Settings
from generator.text.escaping import clean_line
from generator.urls.files import data_path
from generator.urls.ledger import FILE as LEDGER
from generator.urls.published import describe_paper
from generator.urls.routes import build_page_url, paper_path
from generator.urls.site_urls import list_site_urls


@click.command(
    help="Remove a paper from every list. Its page remains and shows the note instead of its content.\n\n"
    "With --delete, the record is deleted too, and its URL shows a tombstone with its title and the note. Instead of an ID, you can give a URL from urls.txt, such as topics/old/, to mark that page as removed on purpose."
)
@click.argument("what", metavar="ID")
@content_option
@click.option(
    "--note", default="", metavar="TEXT", help="The reason, shown on the paper's page or tombstone."
)
@click.option("--delete", is_flag=True, help="Delete the record and leave a tombstone.")
def remove(*, what: str, content: Path | None, note: str, delete: bool) -> None:
    note = " ".join(clean_line(note).split())
    if len(note) > STATUS_NOTE:
        fail(f"--note: {len(note):,} characters; at most {STATUS_NOTE:,} are allowed: shorten it")
    if delete and "/" in what:
        fail(f"--delete deletes a record, but {what} is a URL: leave it out")
    folder, shelf, taxonomy = load_editable(content)
    if what in shelf.papers and not delete:
        apply_edit(folder, shelf, lambda: remove_paper(shelf, what, note), f"{what} is removed")
        return
    config = find_config(folder)
    settings = load_settings(config, folder) if config else Settings(content=folder)
    if what not in shelf.papers:
        _bury(folder, shelf, taxonomy, settings, what, note)
        return
    paper = shelf.papers[what]
    said = note or (paper.status_note if paper.status == "removed" else "")
    stone = replace(describe_paper(paper), removed=True, note=" ".join(clean_line(said).split()))
    buried = {
        build_page_url(paper_path(key), pretty=settings.pretty_urls): stone for key in (what, *paper.aliases)
    }
    apply_edit(folder, shelf, lambda: delete_paper(shelf, what), f"{what} is deleted", buried)


def _bury(  # noqa: PLR0913, PLR0917 (what is buried, where, and why)
    folder: Path, shelf: Shelf, taxonomy: Taxonomy, settings: Settings, what: str, note: str
) -> None:
    """Mark a URL of the ledger, and all URLs below it, as removed on purpose."""
    site = sketch_site(shelf, taxonomy, placed=False)
    known = list_site_urls(site, settings, plan_pages(site, settings))
    pages = (build_page_url(paper_path(what), pretty=pretty) for pretty in (True, False))
    starts = (what, *pages, data_path(f"{what.rstrip('/')}.bib"))
    found = [a for a in shelf.ledger if a in starts or (what.endswith("/") and a.startswith(what))]
    if not found:
        fail(f"{what!r} is neither the id of a record nor a URL in {LEDGER}; nothing was changed", FINDINGS)
    if alive := [a for a in found if known.routes.is_there(a) or known.routes.find(a) is not None]:
        fail(f"the site still has a page at {alive[0]}; nothing was changed", FINDINGS)
    stones = {a: replace(shelf.ledger[a], removed=True, note=note or shelf.ledger[a].note) for a in found}
    said = render_ledger_edit(folder, shelf, stones)
    write_shelf_files(folder, said)
    click.echo(
        f"{', '.join(found)}: {'marked as removed' if said else 'already marked as removed: nothing to do'}"
    )
