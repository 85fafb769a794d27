"""`papershelf topics`: report how well the topics cover the shelf."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.shared import (
    content_option,
    echo_json,
    echo_problems,
    exit_code,
    find_content,
    format_option,
    stop_if_newer,
)
from generator.project import Project
from generator.topics.report import TopicReport


@click.command(
    help="Report how the topics cover the shelf, papers without one, and terms that could become one."
)
@content_option
@format_option
def topics(*, content: Path | None, form: str) -> None:
    project = Project(find_content(content))
    stop_if_newer(project.problems)
    if form == "json":
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
        click.echo("\nTerms that no rule has:")
        for term, papers in report.candidates.items():
            click.echo(f"{papers:7,}  {term}")
