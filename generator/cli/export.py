"""`papershelf export`: write the shelf, or a part of it, in another format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import content_option, echo_problems, find_content
from generator.exports.texts import ALL_EXPORTS
from generator.model import KINDS, Kind, LinkKind
from generator.project import Project
from generator.records.write import write_file
from generator.topics.taxonomy import name_topics

_HAS = ("code", "data", "model")


@click.command(
    help="Write the shelf as FORMAT, or only the papers that pass all filters.\n\n"
    "Papers that were removed are left out unless --ids names them."
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(ALL_EXPORTS)))
@content_option
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="ID",
    help="Only papers under this topic. Repeat it for papers under any of several.",
)
@click.option(
    "--year",
    "years",
    multiple=True,
    metavar="YYYY",
    help="Only papers of this year. Repeat it for papers of any of several.",
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only papers of this kind.")
@click.option(
    "--has",
    multiple=True,
    type=click.Choice(_HAS),
    help="Only papers with this link. Repeat it for papers with all of several.",
)
@click.option("--ids", default="", metavar="ID,ID", help="Only these papers, in this order.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file instead of stdout.",
)
def export(  # noqa: PLR0913 (one parameter an option)
    *, form: str, content: Path | None, topics: tuple[str, ...], years: tuple[str, ...], kinds: tuple[Kind, ...],
    has: tuple[LinkKind, ...], ids: str, output: Path | None,
) -> None:  # fmt: skip
    project = Project(find_content(content))
    if project.errors:
        echo_problems(project.errors)
        fail("the shelf has errors: nothing was exported", FINDINGS)
    if unknown := [topic for topic in topics if topic not in project.taxonomy.topics]:
        fail(f"there is no topic {unknown[0]}; {name_topics(project.taxonomy.topics)}")
    named = list(dict.fromkeys(filter(None, (key.strip() for key in ids.split(",")))))
    if missing := [key for key in named if key not in project.records.papers]:
        fail(f"there is no paper {missing[0]} on the shelf")
    chosen = project.select(named or None, topics=topics, years=years, kinds=kinds, has=has)
    text = project.export(form, chosen)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    try:
        write_file(output, text)
    except OSError as fault:
        fail(f"cannot write {output}: {fault.strerror}", FINDINGS)
    click.echo(f"{len(chosen)} papers in {output}", err=True)
