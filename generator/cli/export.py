"""`papershelf export`: write the shelf, or a part of it, in another format."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import (
    content_option,
    echo_problems,
    find_config,
    find_content,
    load_config_values,
    load_former,
)
from generator.exports.readme.file import build_readme
from generator.exports.readme.region import RegionError
from generator.exports.readme.render import ListTemplateError
from generator.exports.texts import ALL_EXPORTS
from generator.model import KINDS, Kind, LinkKind, Paper
from generator.problems import amount
from generator.project import Project
from generator.records.write import write_file
from generator.topics.taxonomy import name_topics

README = "readme"
"""The format that renders a whole file instead of a list of entries."""
_HAS = ("code", "data", "model")


@click.command(
    help="Export the shelf as FORMAT, or only the papers that pass all filters.\n\n"
    "Removed papers are exported only if --ids names them."
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*ALL_EXPORTS, README]))
@content_option
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="ID",
    help="Only papers under this topic. Repeat the option to export papers under any of several topics.",
)
@click.option(
    "--year",
    "years",
    multiple=True,
    metavar="YYYY",
    help="Only papers from this year. Repeat the option to export papers from any of several years.",
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only papers of this kind.")
@click.option(
    "--has",
    multiple=True,
    type=click.Choice(_HAS),
    help="Only papers with this kind of link. Repeat the option to require several kinds.",
)
@click.option("--ids", default="", metavar="ID,ID", help="Only these papers, in this order.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file instead of stdout. In an existing README, only the list is replaced.",
)
@click.option(
    "--template",
    default="",
    metavar="NAME",
    help="For `readme`: `bullets` (default), `table`, `years`, or a file with a Jinja template. An existing list keeps its own.",
)
@click.option(
    "--badges/--words", default=None, help="For `readme`: show links as badges or as words (default)."
)
def export(  # noqa: PLR0913 (one parameter an option)
    *, form: str, content: Path | None, topics: tuple[str, ...], years: tuple[str, ...], kinds: tuple[Kind, ...],
    has: tuple[LinkKind, ...], ids: str, output: Path | None, template: str, badges: bool | None,
) -> None:  # fmt: skip
    project = Project(find_content(content))
    if project.errors:
        echo_problems(project.errors)
        fail("the shelf has errors (listed above); nothing was exported", FINDINGS)
    if unknown := [topic for topic in topics if topic not in project.taxonomy.topics]:
        fail(f"no topic with the id {unknown[0]!r}; {name_topics(project.taxonomy.topics)}")
    named = list(dict.fromkeys(filter(None, (key.strip() for key in ids.split(",")))))
    if missing := [key for key in named if key not in project.records.papers]:
        fail(f"no paper with the id {missing[0]!r} on the shelf")
    chosen = project.select(named or None, topics=topics, years=years, kinds=kinds, has=has)
    if form == README:
        text = _render_readme(project, chosen, output, template=template, badges=badges)
    else:
        text = project.export(form, chosen)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    try:
        write_file(output, text)
    except OSError as fault:
        fail(f"cannot write {output}: {fault.strerror}", FINDINGS)
    click.echo(f"{amount(len(chosen), 'paper')} in {output}", err=True)


def _render_readme(
    project: Project, papers: Sequence[Paper], output: Path | None, *, template: str, badges: bool | None
) -> str:
    """Return the README with its list and print the differences; stops if the place of the list is unclear."""
    former = load_former(output) if output else ""
    config = find_config()
    values = load_config_values(config) if config else {}
    newest = [project.papers[key] for key in project.catalogue.newest]
    chosen = {paper.id for paper in papers}
    try:
        made = build_readme(
            former,
            [paper for paper in newest if paper.id in chosen],
            project.taxonomy,
            project.placements,
            fields=project.shelf.own_fields.values(),
            name=output.name if output else "README.md",
            title=str(values.get("site_name", "")) or "Papers",
            description=str(values.get("site_description", "")),
            site_url=_read_url(values),
            template=template,
            badges=badges,
        )
    except (RegionError, ListTemplateError) as fault:
        fail(f"{output or template}: {fault}; nothing was written")
    echo_problems(made.problems)
    return made.text


def _read_url(values: Mapping[str, object]) -> str:
    """Return the URL of the site with a slash at its end; empty if the configuration has none."""
    url = values.get("site_url")
    return f"{url.rstrip('/')}/" if isinstance(url, str) and url.startswith("http") else ""
