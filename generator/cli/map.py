"""`papershelf map`: compute a position for every paper and keep it in map.csv, so that papers do not move later."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.shared import content_option, echo_problems, find_content, hold_shelf
from generator.corpus import read_papers
from generator.map.layout import lay_out
from generator.map.placement import NEIGHBOURS, place_beside
from generator.model import MapPosition, Shelf
from generator.problems import amount
from generator.project import Project
from generator.records.positions import FILE, render_positions
from generator.storage.transaction import write_files


@click.command(
    "map",
    help="Compute the positions of papers on the map and write them to map.csv. New papers are placed near related papers.\n\n"
    "Papers with a position keep it. The first map and a map made with --afresh need scikit-learn.",
)
@content_option
@click.option("--afresh", is_flag=True, help="Compute all positions again; any paper may move.")
def place_papers(*, content: Path | None, afresh: bool) -> None:
    folder = find_content(content)
    hold_shelf(folder)
    project = Project(folder)
    echo_problems(project.problems)
    if project.errors:
        sys.exit(FINDINGS)
    shelf = project.shelf
    try:
        map_positions = _lay_out_all(shelf) if afresh or not shelf.map_positions else _place_late(project)
    except ImportError:
        fail("computing a map needs scikit-learn: run pip install 'papershelf[map]'")
    path, text = folder / FILE, render_positions(map_positions)
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    try:
        write_files(folder, {FILE: text} if changed else {}, project.state)
    except OSError as fault:
        fail(f"cannot write {fault.filename}: {fault.strerror}", FINDINGS)
    new = sum(shelf.map_positions.get(key) != position for key, position in map_positions.items())
    click.echo(
        f"{amount(len(map_positions), 'paper')} on the map, {new:,} placed now, {_count_left_out(shelf, map_positions)}"
    )
    click.echo(f"{path} is {'written' if changed else 'unchanged'}")


def _lay_out_all(shelf: Shelf) -> dict[str, MapPosition]:
    return lay_out(list(shelf.papers), read_papers(shelf.papers.values()))


def _place_late(project: Project) -> dict[str, MapPosition]:
    placed, papers = project.shelf.map_positions, project.papers
    late = papers.keys() - placed.keys()
    return place_beside(placed, papers, project.find_related(NEIGHBOURS) if late else {})


def _count_left_out(shelf: Shelf, map_positions: dict[str, MapPosition]) -> str:
    number = len(shelf.papers) - len(map_positions)
    return f"{number:,} left out because they share no words with other papers" if number else "none left out"
