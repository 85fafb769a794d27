"""`papershelf stats`: report statistics about the papers and missing facts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click
from msgspec import Struct

from generator.cli.shared import (
    content_option,
    echo_json,
    echo_problems,
    exit_code,
    find_content,
    format_option,
    stop_if_newer,
)
from generator.labels.labels import load_labels
from generator.model import Catalogue, Shelf
from generator.pages.parts.charts import share_of
from generator.project import Project
from generator.stats.counts import FACTS, Statistics
from generator.stats.timeline import Timeline


class StatsReport(Struct, frozen=True, kw_only=True):
    """The report of `papershelf stats`."""

    papers: int
    topics: int
    kinds: Mapping[str, int]
    published: Mapping[str, int]
    """Papers by year, or by month if they span only a few months; papers without a date are under `unknown`."""
    added: Mapping[str, int]
    oldest: str | None
    newest: str | None
    """The id of the paper with the latest publication date."""
    latest: str | None
    """The id of the paper that was added last."""
    known: Mapping[str, int]
    empty_periods: tuple[str, ...]
    """Years or months without papers between others with papers."""
    empty_topics: tuple[str, ...]


@click.command(
    help="Report statistics about the shelf: papers over time, how many papers have each field, oldest, newest and gaps."
)
@content_option
@format_option
@click.option("--missing", type=click.Choice(sorted(FACTS)), help="Only list the papers without this field.")
def stats(*, content: Path | None, form: str, missing: str | None) -> None:
    project = Project(find_content(content))
    stop_if_newer(project.problems)
    if missing:
        echo_problems(project.errors)
        lacking = [key for key, paper in project.papers.items() if not FACTS[missing](paper)]
        if form == "json":
            echo_json(lacking)
        else:
            click.echo("\n".join(lacking), nl=bool(lacking))
        sys.exit(exit_code(project.problems))
    report = _build_report(project.shelf, project.statistics, project.catalogue)
    if form == "json":
        echo_problems(project.errors)
        echo_json(report)
    else:
        echo_problems(project.problems)
        _show(report, project.shelf)
    sys.exit(exit_code(project.problems))


def _build_report(shelf: Shelf, statistics: Statistics, catalogue: Catalogue) -> StatsReport:
    dated = [key for key in catalogue.newest if shelf.papers[key].published]
    arrived = [key for key in catalogue.arrivals[:1] if shelf.papers[key].added]
    published = statistics.published
    return StatsReport(
        papers=statistics.papers,
        topics=len(statistics.by_topic),
        kinds=statistics.kinds,
        published=_list_periods(published),
        added=_list_periods(statistics.added),
        oldest=dated[-1] if dated else None,
        newest=dated[0] if dated else None,
        latest=arrived[0] if arrived else None,
        known=statistics.facts,
        empty_periods=tuple(
            period
            for period, papers in zip(published.scale.periods, published.counts, strict=True)
            if not papers
        ),
        empty_topics=tuple(t for t, time in statistics.by_topic.items() if not time.known + time.unknown),
    )


def _list_periods(time: Timeline) -> dict[str, int]:
    names = list(time.scale.periods)
    if time.scale.is_open:
        names[0] = f"{names[0]} and before"
    return {**dict(zip(names, time.counts, strict=True)), "unknown": time.unknown}


def _show(report: StatsReport, shelf: Shelf) -> None:
    labels = load_labels()
    click.echo(
        f"{labels.count('count.papers', report.papers)}, {labels.count('count.topics', report.topics)}"
    )
    lists = {
        "Kinds": report.kinds,
        "Published": report.published,
        "Added to the shelf": report.added,
    }
    for name, counts in lists.items():
        click.echo(f"\n{name}:")
        for what, papers in counts.items():
            if papers:
                click.echo(f"{papers:7,}  {what}")
    click.echo("\nKnown:")
    for fact, papers in report.known.items():
        click.echo(f"{papers:7,}  {fact} ({share_of(labels, papers, report.papers)})")
    click.echo("")
    for name, key in (
        ("Oldest", report.oldest),
        ("Newest", report.newest),
        ("Added last", report.latest),
    ):
        paper = shelf.papers.get(key or "")
        date = (paper.added if name == "Added last" else paper.published) if paper else ""
        click.echo(f"{name}: {date} {key}" if key else f"{name}: unknown")
    for name, gaps in (("periods", report.empty_periods), ("topics", report.empty_topics)):
        click.echo(f"Empty {name}: {', '.join(gaps) or 'none'}")
