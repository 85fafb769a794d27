"""`papershelf check`: report all errors in the shelf, its published URLs and, on request, its links."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli.check_ledger import check_url, compare_ledger, write_ledger
from generator.cli.check_links import check_links
from generator.cli.github_annotations import echo_annotations
from generator.cli.shared import (
    choose_format,
    content_option,
    echo_json,
    echo_problems,
    exit_code,
    find_content,
    problem_values,
)
from generator.model import Shelf
from generator.names.check import note_unknown_names
from generator.pipeline import load_content
from generator.problems import Problem, amount, errors_of, in_order, note
from generator.records.advice import advise
from generator.records.format_version import NEWER
from generator.records.own_fields import check_own_values
from generator.topics.overview_check import note_unlinked
from generator.topics.quotes import check_quotations
from generator.urls.ledger import FILE as LEDGER
from generator.user_folders import find_state

_NAMED = 5


@click.command(
    help="Report all errors in the shelf in one run. The exit code is 1 if there are any.\n\n"
    "It is an error if the next build would lose a published URL, which urls.txt lists."
)
@content_option
@choose_format("text", "json", "github")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--live",
    default="",
    metavar="URL",
    callback=check_url,
    help="Also check that no URL published by the live site at URL would be lost.",
)
@click.option(
    "--update-ledger",
    "update",
    is_flag=True,
    help="Add the URLs of the next build to urls.txt. Use it on the main branch only; pull requests do not need it.",
)
@click.option(
    "--links", is_flag=True, help="Also request every external link and keep the answers in links.csv."
)
def check(  # noqa: PLR0913 (one parameter an option)
    *, content: Path | None, form: str, strict: bool, live: str, update: bool, links: bool
) -> None:
    folder = find_content(content)
    shelf, taxonomy, problems = load_content(folder, find_state(folder))
    if not errors_of(problems):
        found = compare_ledger(folder, shelf, taxonomy, live=live, update=update)
        values = check_own_values(shelf.papers, shelf.places, shelf.own_fields)
        problems = in_order(
            [
                *problems,
                *found.problems,
                *values,
                *advise(shelf),
                *check_quotations(shelf),
                *note_unlinked(shelf),
                *note_unknown_names(shelf),
                *_note_undated(shelf),
            ]
        )
        if update:
            write_ledger(folder, shelf, found.ledger)
    elif live or update:
        click.echo(f"fix the errors first; URLs were not compared and {LEDGER} was not changed", err=True)
    if links and not any(p.code == NEWER for p in problems):
        problems = in_order([*problems, *check_links(folder, shelf)])
    if form == "json":
        counts = {"papers": len(shelf.papers), "topics": len(taxonomy.topics)}
        echo_json({**counts, "problems": problem_values(problems)})
    else:
        if form == "github":
            echo_annotations(problems, folder)
        else:
            echo_problems(problems)
        click.echo(
            f"{amount(len(shelf.papers), 'record')}, {amount(len(taxonomy.topics), 'topic')}, {amount(len(problems), 'problem')}"
        )
    sys.exit(exit_code(problems, strict=strict))


def _note_undated(shelf: Shelf) -> Iterator[Problem]:
    """Yield a note that lists the records without `added`."""
    undated = [key for key, paper in shelf.papers.items() if not paper.added]
    if undated:
        named = ", ".join(undated[:_NAMED]) + (" …" if len(undated) > _NAMED else "")
        message = (
            f"{amount(len(undated), 'record has', 'records have')} no `added`, the date of addition: {named}"
        )
        hint = (
            "write `added: YYYY-MM-DD`, or run `papershelf upgrade --added`, which takes the dates from Git"
        )
        yield note("no-added", message, shelf.places[undated[0]], hint)
