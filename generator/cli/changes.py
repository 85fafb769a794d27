"""`papershelf changes`: report the differences between the shelf and one of its Git revisions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from msgspec import to_builtins

from generator.cli.git import unpack_revision
from generator.cli.shared import (
    choose_format,
    content_option,
    echo_json,
    find_content,
    problem_values,
    stop_if_newer,
)
from generator.model import Shelf
from generator.pipeline import load_content
from generator.problems import Problem, errors_of
from generator.records.changes import Changes, compare_shelves
from generator.records.read import load_shelf
from generator.text.escaping import escape_markdown
from generator.user_folders import find_state

_LISTED = 100
ReportSection = tuple[str, Sequence[str]]


@click.command(
    help="Report which papers changed since REVISION, such as `main` or `HEAD^1`.\n\n"
    "Lists the papers that were added, changed, renamed, merged, removed or deleted, and all errors. `check` reports where the errors are."
)
@click.argument("revision", metavar="REVISION")
@content_option
@choose_format("text", "json", "markdown")
def changes(*, revision: str, content: Path | None, form: str) -> None:
    folder = find_content(content)
    with tempfile.TemporaryDirectory() as place:
        before, faults = load_shelf(unpack_revision(revision, folder, Path(place)))
    after, _, problems = load_content(folder, find_state(folder))
    stop_if_newer([*faults, *problems])
    found, refused = compare_shelves(before, after), errors_of(problems)
    if form == "json":
        echo_json({**to_builtins(found), "refused": problem_values(refused)})
        return
    sections = list(_list_sections(found, before, after, refused))
    click.echo(_render_markdown(sections) if form == "markdown" else _render_text(sections))


def _list_sections(
    found: Changes, before: Shelf, after: Shelf, refused: Sequence[Problem]
) -> Iterator[ReportSection]:
    """Yield the lists that are not empty."""
    now, then = after.papers, before.papers
    yield "Added", [f"{key}: {now[key].title}" for key in found.added]
    yield "Changed", [f"{key}: {', '.join(fields)}" for key, fields in found.changed.items()]
    yield "Renamed", [f"{old} is now {new}" for old, new in found.renamed.items()]
    yield "Merged", [f"{old} into {new}: {now[new].title}" for old, new in found.merged.items()]
    yield "Removed", [f"{key}: {now[key].title}" for key in found.removed]
    yield "Deleted", [f"{key}: {then[key].title}" for key in found.deleted]
    yield "Refused", [f"{p.place}: {p.message}" if p.place else p.message for p in refused]


def _render_text(sections: Sequence[ReportSection]) -> str:
    lines = [f"{name:8}  {item}" for name, items in sections for item in items]
    return "\n".join([*lines, _sum_up(sections)])


def _render_markdown(sections: Sequence[ReportSection]) -> str:
    """Return the report as Markdown for a job summary or a comment, with all titles escaped."""
    parts = ["## What changes on the shelf", _sum_up(sections)]
    for name, items in sections:
        if items:
            rest = len(items) - _LISTED
            more = [f"- and {rest:,} more"] if rest > 0 else []
            parts.append(f"### {name} ({len(items):,})")
            parts.append("\n".join([*(f"- {escape_markdown(item)}" for item in items[:_LISTED]), *more]))
    return "\n\n".join(parts)


def _sum_up(sections: Sequence[ReportSection]) -> str:
    counts = [f"{len(items):,} {name.lower()}" for name, items in sections if items]
    return ", ".join(counts) or "No paper changes."
