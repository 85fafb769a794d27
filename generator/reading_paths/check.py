"""Checks reading paths: each paper is on the shelf, and each number of a text occurs in the papers that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generator.editorial import ReadingPath, Step
from generator.model import Paper, Shelf
from generator.problems import Place, Problem, error, warning
from generator.text.markup_text import MarkupText
from generator.topics.overview_check import find_paper_figures, list_figures


def check_reading_paths(shelf: Shelf) -> Iterator[Problem]:
    """Yield the papers that paths name and are not there, and the numbers that no paper has.

    The number of a step's text must be in the title, summary or abstract of its paper; one of the name, the lead or the
    introduction in those of any paper of the path.
    """
    former = {alias: key for key, paper in shelf.papers.items() for alias in paper.aliases}

    @cache
    def figures_of(key: str) -> frozenset[str]:
        return find_paper_figures(shelf.papers[key])

    for path in shelf.reading_paths.values():
        for step in path.steps:
            paper = shelf.papers.get(step.paper)
            yield from _check_paper(path, step, paper, former)
            if paper is not None:
                yield from _check_figures(step.why, figures_of(step.paper), step.paper, step.place)
        keys = [step.paper for step in path.steps if step.paper in shelf.papers]
        if len(keys) == len(path.steps):  # what is not there has been reported, and may have the figures
            known = frozenset[str]().union(*map(figures_of, keys))
            for text in (path.name, path.lead, *path.introduction):
                yield from _check_figures(text, known, f"a paper of the path {path.id}", path.place)


def _check_paper(
    path: ReadingPath, step: Step, paper: Paper | None, former: dict[str, str]
) -> Iterator[Problem]:
    if paper is None:
        hint = f"its id is {former[step.paper]} now" if step.paper in former else "write the id of a record"
        message = f"the path {path.id} names {step.paper!r}, which is not on the shelf"
        yield error("unknown-paper", message, step.place, hint)
    elif paper.status == "removed":
        hint = (
            "take the step out, and look whether the next one still follows; until then, pages leave it out"
        )
        message = f"the path {path.id} names {step.paper!r}, which was removed"
        yield warning("unknown-paper", message, step.place, hint)


def _check_figures(text: str, known: frozenset[str], where: str, place: Place) -> Iterator[Problem]:
    for figure, _ in list_figures(MarkupText(text).plain):
        if figure not in known:
            hint = "correct it, or leave it out"
            yield error("unfounded-figure", f"“{figure}” does not stand in {where}", place, hint)
