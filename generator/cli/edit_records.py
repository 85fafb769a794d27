"""What `papershelf rename`, `merge` and `remove` share: loading a shelf for an edit, and writing the edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import echo_problems, find_content, hold_shelf
from generator.model import Published, Shelf, Taxonomy
from generator.names.edits import edit_names
from generator.pipeline import load_content
from generator.problems import errors_of
from generator.reading_paths.edits import edit_reading_paths
from generator.records.edit import Edit, EditError
from generator.records.rewrite import render_edit
from generator.storage.text_file import load_exact
from generator.storage.transaction import write_files
from generator.storage.yaml_edit import FormError
from generator.topics.overview_edits import edit_overviews
from generator.topics.steps import StepError, edit_steps
from generator.topics.taxonomy import FILE as TOPICS
from generator.urls.ledger import FILE as LEDGER
from generator.urls.ledger import revise_ledger
from generator.user_folders import find_state


def load_editable(content: Path | None, *, mended: str = "") -> tuple[Path, Shelf, Taxonomy]:
    """Return the shelf; stops if it has errors that this edit does not correct, because the edit could hide them."""
    folder = find_content(content)
    hold_shelf(folder)
    shelf, taxonomy, problems = load_content(folder, find_state(folder))
    if errors := [p for p in errors_of(problems) if p.code not in {"empty-shelf", mended}]:
        echo_problems(errors)
        fail("the shelf has errors (listed above); nothing was changed", FINDINGS)
    return folder, shelf, taxonomy


def apply_edit(
    folder: Path, shelf: Shelf, change: Callable[[], Edit], done: str, buried: Mapping[str, Published] = {}
) -> None:
    """Write an edit, the ledger and all references to the record in one transaction, and report what was done."""
    try:
        edit = change()
        text = load_exact(folder / TOPICS) if (folder / TOPICS).exists() else ""
        steps = edit_steps(text, edit.steps)
        overviews, warnings = edit_overviews(folder, shelf, edit.steps, edit.papers)
        paths, more = edit_reading_paths(folder, shelf, edit.steps, edit.papers)
        names = edit_names(folder, shelf, edit.steps)
        files, said = render_edit(folder, shelf, edit)
    except (EditError, FormError, StepError) as fault:
        fail(f"{fault}; nothing was changed", FINDINGS)
    ledger, topics = render_ledger_edit(folder, shelf, buried), {TOPICS: steps} if steps != text else {}
    write_shelf_files(folder, {**ledger, **files, **topics, **overviews, **paths, **names})
    said = (
        *(f"wrote {file}" for file in ledger),
        *said,
        *(f"wrote {file}" for file in (*topics, *overviews, *paths, *names)),
    )
    echo_problems((*edit.told, *warnings, *more))
    click.echo(f"{done}: {', '.join(said)}" if said else f"{done} already: nothing to do")


def render_ledger_edit(folder: Path, shelf: Shelf, buried: Mapping[str, Published]) -> dict[str, str]:
    """Return the new text of the ledger by file name; empty if it has not changed."""
    if not buried:
        return {}
    path = folder / LEDGER
    old = load_exact(path) if path.exists() else ""
    text = revise_ledger(old, {**shelf.ledger, **buried})
    return {} if text == old else {LEDGER: text}


def write_shelf_files(folder: Path, files: Mapping[str, str | None]) -> None:
    """Write files of the shelf, all or nothing; None deletes one."""
    try:
        write_files(folder, files, find_state(folder))
    except OSError as fault:
        fail(f"cannot write {fault.filename}: {fault.strerror}", FINDINGS)
