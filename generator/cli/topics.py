"""`papershelf topics`: report how well the topics cover the shelf."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import (
    content_option,
    echo_json,
    echo_problems,
    exit_code,
    find_content,
    format_option,
    hold_shelf,
    load_former,
    stop_if_newer,
)
from generator.project import Project
from generator.records.write import write_file
from generator.topics.report import TopicReport


@click.command(
    help="Report how well the topics cover the shelf, papers without a topic, and terms that could become topics.\n\n"
    "With --suggest, write a draft of topics.yml for the papers without a topic."
)
@content_option
@format_option
@click.option("--suggest", is_flag=True, help="Write a draft of topics.yml based on the papers.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the draft to this file instead of stdout; the file must not contain topics yet.",
)
def topics(*, content: Path | None, form: str, suggest: bool, output: Path | None) -> None:
    if output and not suggest:
        fail("-o applies only to --suggest: leave it out")
    folder = find_content(content)
    if suggest and output:
        hold_shelf(folder)
    project = Project(folder)
    stop_if_newer(project.problems)
    if suggest:
        _suggest(project, output)
    elif form == "json":
        echo_problems(project.errors)
        echo_json(project.topic_report)
    else:
        echo_problems(project.problems)
        _show(project.topic_report)
    sys.exit(exit_code(project.problems))


def _show(report: TopicReport) -> None:
    share = 100 * report.placed / report.papers if report.papers else 0
    click.echo(f"{report.placed} of {report.papers} papers are under a topic ({share:.1f} %)")
    for number, papers in report.by_number.items():
        click.echo(f"{papers:7,} under {number}")
    click.echo("\nPapers under each topic:")
    for topic, papers in report.by_topic.items():
        click.echo(f"{papers:7,}  {topic}")
    if report.without:
        click.echo("\nPapers without a topic:")
        for paper in report.without:
            click.echo(f"         {paper}")
    if report.candidates:
        click.echo("\nTerms that occur in no rule:")
        for term, papers in report.candidates.items():
            click.echo(f"{papers:7,}  {term}")


def _suggest(project: Project, output: Path | None) -> None:
    """Print the draft, or write it to a file; stops if the shelf has errors or the file has more than comments."""
    if project.errors:
        echo_problems(project.errors)
        fail("the shelf has errors (listed above); no topics were suggested", FINDINGS)
    if output is None:
        sys.stdout.buffer.write(project.suggest_topics().encode())
        return
    before = load_former(output)
    if any(line.strip() and not line.lstrip().startswith("#") for line in before.splitlines()):
        hint = "write the draft to a new file and copy the topics that you want"
        fail(f"{output} is not empty, so nothing was written: {hint}")
    text = project.suggest_topics()
    try:
        write_file(output, f"{before.rstrip()}\n\n{text}" if before.strip() else text)
    except OSError as fault:
        fail(f"cannot write {output}: {fault.strerror}", FINDINGS)
    click.echo(f"wrote a draft of topics to {output}", err=True)
