"""`papershelf export`: the shelf, or a part of it, as other tools take it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import content_option, echo_problems, find_content
from generator.exports.texts import EXPORTS, render_json_record
from generator.model import KINDS, LinkKind, Paper, Placement
from generator.pipeline import load_content
from generator.problems import errors_of
from generator.records.read import leave_out_removed
from generator.records.write import write_file
from generator.topics.classify import build_classifier
from generator.topics.taxonomy import name_topics
from generator.user_folders import find_state

_HAS = ("code", "data", "model")
_Test = Callable[[Paper, tuple[Placement, ...]], bool]


@click.command(
    help="Write the shelf as FORMAT, or the part of it that all filters leave.\n\n"
    "Papers that were removed are left out unless --ids names them."
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(EXPORTS)))
@content_option
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="ID",
    help="Only papers under this topic; several mean any of them.",
)
@click.option(
    "--year",
    "years",
    multiple=True,
    metavar="YYYY",
    help="Only papers of this year; several mean any of them.",
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only papers of this kind.")
@click.option(
    "--has", multiple=True, type=click.Choice(_HAS), help="Only papers with this; several mean all of them."
)
@click.option("--ids", default="", metavar="ID,ID", help="Only these papers, in this order.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of stdout."
)
def export(  # noqa: PLR0913 (one parameter an option)
    *, form: str, content: Path | None, topics: tuple[str, ...], years: tuple[str, ...], kinds: tuple[str, ...],
    has: tuple[LinkKind, ...], ids: str, output: Path | None,
) -> None:  # fmt: skip
    folder = find_content(content)
    shelf, taxonomy, problems = load_content(folder, find_state(folder))
    if errors := errors_of(problems):
        echo_problems(errors)
        fail("the shelf has faults: nothing was exported", FINDINGS)
    if unknown := [topic for topic in topics if topic not in taxonomy.topics]:
        fail(f"there is no topic {unknown[0]}; {name_topics(taxonomy.topics)}")
    named = list(dict.fromkeys(filter(None, (key.strip() for key in ids.split(",")))))
    keys = named or list(leave_out_removed(shelf).papers)
    if missing := [key for key in keys if key not in shelf.papers]:
        fail(f"there is no paper {missing[0]} on the shelf")
    placements = build_classifier(taxonomy).classify(shelf.papers) if topics else {}
    tests = list(_list_tests(topics, years, kinds, has))
    papers = (shelf.papers[key] for key in keys)
    chosen = [paper for paper in papers if all(test(paper, placements.get(paper.id, ())) for test in tests)]
    whole = form == "jsonl"  # a list in the browser has no abstracts; what leaves the shelf here keeps them
    text = "".join(map(render_json_record, chosen)) if whole else EXPORTS[form].render_list(chosen)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    try:
        write_file(output, text)
    except OSError as fault:
        fail(f"cannot write {output}: {fault.strerror}", FINDINGS)
    click.echo(f"{len(chosen)} papers in {output}", err=True)


def _list_tests(
    topics: tuple[str, ...], years: tuple[str, ...], kinds: tuple[str, ...], has: tuple[LinkKind, ...]
) -> Iterator[_Test]:
    """Yield what a paper must pass; a filter that is not given asks nothing."""
    if topics:
        yield lambda _, places: any(place.topic in topics for place in places)
    if years:
        yield lambda paper, _: paper.published[:4] in years
    if kinds:
        yield lambda paper, _: paper.kind in kinds
    if has:
        yield lambda paper, _: all(paper.links.get(kind) for kind in has)
