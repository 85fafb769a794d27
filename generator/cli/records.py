"""`papershelf rename`, `merge` and `remove`: one record at a time, with redirects and tombstones kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click
from msgspec.structs import replace

from generator.cli.shared import (
    FINDINGS,
    content_option,
    echo_problems,
    fail,
    find_config,
    find_content,
    hold_shelf,
    load_settings,
)
from generator.formats.text_file import load_exact
from generator.formats.yaml_edit import FormError
from generator.limits import STATUS_NOTE
from generator.machine import find_state
from generator.model import Published, Shelf, Taxonomy
from generator.pages.addresses import describe_paper
from generator.pages.routes import build_url, paper_path
from generator.pipeline import list_addresses, load_content, sketch_site
from generator.problems import errors_of
from generator.settings import Settings
from generator.shelf.edits import Edit, EditError, delete_paper, merge_papers, remove_paper, rename_paper
from generator.shelf.ledger import FILE as LEDGER
from generator.shelf.ledger import revise_ledger
from generator.shelf.revision import tell_comments
from generator.shelf.rewrite import render_edit
from generator.storage.transaction import write_files
from generator.text.escaping import clean
from generator.topics.steps import StepError, edit_steps
from generator.topics.taxonomy import FILE as TOPICS


@click.command(help="Give a record the id NEW; its former address redirects to the new one.")
@click.argument("old", metavar="ID")
@click.argument("new", metavar="NEW")
@content_option
def rename(*, old: str, new: str, content: Path | None) -> None:
    folder, shelf, _ = _load(content)

    def change() -> Edit:
        paper = shelf.papers.get(old)
        return rename_paper(shelf, old, new, describe_paper(paper) if paper else Published(title=""))

    _apply(folder, shelf, change, f"{old} is {new} now")


@click.command(
    help="Join the record ID to the record INTO, which keeps its own facts; the address of ID redirects to it."
)
@click.argument("key", metavar="ID")
@click.argument("into", metavar="INTO")
@content_option
def merge(*, key: str, into: str, content: Path | None) -> None:
    folder, shelf, _ = _load(content, mended="duplicate-paper")
    gone = tell_comments(folder, shelf, key)
    _apply(folder, shelf, lambda: merge_papers(shelf, key, into), f"{key} is a part of {into} now")
    echo_problems(gone)


@click.command(
    help="Remove a paper from every list; its page stays, with the note in the place of the content.\n\n"
    "With --delete the record is gone too, and a tombstone with its title and the note stays. In the place of ID, an address of urls.txt, such as topics/old/, means that what stood there was removed on purpose."
)
@click.argument("what", metavar="ID")
@content_option
@click.option("--note", default="", metavar="TEXT", help="Why; readers of its page or tombstone see it.")
@click.option("--delete", is_flag=True, help="Delete the record; its address says what was there.")
def remove(*, what: str, content: Path | None, note: str, delete: bool) -> None:
    note = " ".join(clean(note).split())
    if len(note) > STATUS_NOTE:
        fail(f"--note: {len(note):,} characters, more than {STATUS_NOTE:,}: shorten it")
    if delete and "/" in what:
        fail(f"--delete takes a record away, and {what} is an address: leave it out")
    folder, shelf, taxonomy = _load(content)
    if what in shelf.papers and not delete:
        _apply(folder, shelf, lambda: remove_paper(shelf, what, note), f"{what} is removed")
        return
    config = find_config(folder)
    settings = load_settings(config, folder) if config else Settings(content=folder)
    if what not in shelf.papers:
        _bury(folder, shelf, taxonomy, settings, what, note)
        return
    paper = shelf.papers[what]
    said = note or (paper.status_note if paper.status == "removed" else "")
    stone = replace(describe_paper(paper), removed=True, note=" ".join(clean(said).split()))
    buried = {
        build_url(paper_path(key), pretty=settings.pretty_urls): stone for key in (what, *paper.aliases)
    }
    _apply(folder, shelf, lambda: delete_paper(shelf, what), f"{what} is deleted", buried)


def _load(content: Path | None, *, mended: str = "") -> tuple[Path, Shelf, Taxonomy]:
    """Return the shelf; stops where it has faults other than those that the edit mends, since it could hide them."""
    folder = find_content(content)
    hold_shelf(folder)
    shelf, taxonomy, problems = load_content(folder, find_state(folder))
    if errors := [p for p in errors_of(problems) if p.code not in {"empty-shelf", mended}]:
        echo_problems(errors)
        fail("the shelf has faults: nothing was changed", FINDINGS)
    return folder, shelf, taxonomy


def _apply(
    folder: Path, shelf: Shelf, change: Callable[[], Edit], done: str, buried: Mapping[str, Published] = {}
) -> None:
    """Write an edit, the ledger and what names the record, all or nothing; say what was done."""
    try:
        edit = change()
        text = load_exact(folder / TOPICS) if (folder / TOPICS).exists() else ""
        steps = edit_steps(text, edit.steps)
        files, said = render_edit(folder, shelf, edit)
    except (EditError, FormError, StepError) as fault:
        fail(f"{fault}; nothing was changed", FINDINGS)
    ledger, topics = _render_ledger(folder, shelf, buried), {TOPICS: steps} if steps != text else {}
    _write(folder, {**ledger, **files, **topics})
    said = (*(f"wrote {file}" for file in ledger), *said, *(f"wrote {file}" for file in topics))
    echo_problems(edit.told)
    click.echo(f"{done}: {', '.join(said)}" if said else f"{done}, and was before: nothing to do")


def _render_ledger(folder: Path, shelf: Shelf, buried: Mapping[str, Published]) -> dict[str, str]:
    """Return the text of the ledger by its file, where something of it is new."""
    if not buried:
        return {}
    path = folder / LEDGER
    old = load_exact(path) if path.exists() else ""
    text = revise_ledger(old, {**shelf.ledger, **buried})
    return {} if text == old else {LEDGER: text}


def _write(folder: Path, files: Mapping[str, str | None]) -> None:
    try:
        write_files(folder, files, find_state(folder))
    except OSError as fault:
        fail(f"cannot write {fault.filename}: {fault.strerror}", FINDINGS)


def _bury(  # noqa: PLR0913, PLR0917 (what is buried, where, and why)
    folder: Path, shelf: Shelf, taxonomy: Taxonomy, settings: Settings, what: str, note: str
) -> None:
    """Note in the ledger that what stood at an address, and below it, was removed on purpose."""
    known = list_addresses(sketch_site(shelf, taxonomy, placed=False), settings)
    starts = (what, f"papers/{what}/", f"papers/{what}.html", f"data/{what.rstrip('/')}.bib")
    found = [a for a in shelf.ledger if a in starts or (what.endswith("/") and a.startswith(what))]
    if not found:
        fail(f"there is no record {what}, and {LEDGER} has no such address; nothing was changed", FINDINGS)
    if alive := [a for a in found if known.routes.is_there(a) or known.routes.find(a) is not None]:
        fail(f"{alive[0]} still leads to something; nothing was changed", FINDINGS)
    stones = {a: replace(shelf.ledger[a], removed=True, note=note or shelf.ledger[a].note) for a in found}
    said = _render_ledger(folder, shelf, stones)
    _write(folder, said)
    click.echo(
        f"{', '.join(found)}: {'noted as removed' if said else 'noted as removed before: nothing to do'}"
    )
