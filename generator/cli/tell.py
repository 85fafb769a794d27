"""`papershelf tell`: post a report to GitHub, as an issue or as a comment on one."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Literal

import click

from generator.cli.exit_codes import fail
from generator.cli.git import run_tool
from generator.cli.report_text import quote_report


@click.command(
    help="Post the text of FILE to GitHub: as a comment on --issue, or as the only issue with --label."
)
@click.argument("report", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--issue", type=int, metavar="NUMBER", help="Issue to comment on.")
@click.option("--label", default="", help="Label of the issue that is opened, updated or closed.")
@click.option("--title", default="", help="Title of the issue with --label.")
@click.option(
    "--state",
    type=click.Choice(["open", "closed"]),
    default="open",
    help="The state that the issue should have.",
)
def tell(
    *, report: Path, issue: int | None, label: str, title: str, state: Literal["open", "closed"]
) -> None:
    if bool(issue) == bool(label and title):
        fail("specify --issue to comment on an issue, or --label and --title to keep one issue up to date")
    if issue and (label or title or state == "closed"):
        fail("--label, --title and --state do not apply to comments: leave them out with --issue")
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as place:
        text = Path(place) / "body.md"
        text.write_text(quote_report(report), encoding="utf-8")
        body = ("--body-file", str(text))
        if issue:
            click.echo(run_tool("gh", "issue", "comment", str(issue), *body, cwd=here))
            return
        given = ("--label", label, "--state", "open", "--json", "number")
        found = [
            str(entry["number"]) for entry in json.loads(run_tool("gh", "issue", "list", *given, cwd=here))
        ]
        if state == "closed":
            for number in found:
                run_tool("gh", "issue", "close", number, cwd=here)
            click.echo(f"closed {', '.join(found)}" if found else "nothing to report")
        elif found:
            run_tool("gh", "issue", "edit", found[0], *body, cwd=here)
            click.echo(f"updated the issue {found[0]}")
        else:
            run_tool("gh", "label", "create", label, "--force", cwd=here)
            click.echo(run_tool("gh", "issue", "create", "--title", title, "--label", label, *body, cwd=here))
