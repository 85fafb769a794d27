"""Edits `paths.yml` when the id of a record changes; comments and formatting are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.editorial import ReadingPath
from generator.model import Paper, Shelf
from generator.problems import Problem, errors_of
from generator.reading_paths.check import check_reading_paths
from generator.reading_paths.load import FILE
from generator.storage.strict_yaml import parse_yaml
from generator.storage.text_file import load_exact, make_plain
from generator.storage.yaml_edit import FormError, edit_yaml
from generator.topics.steps import StepError


def edit_reading_paths(
    content: Path, shelf: Shelf, ids: Mapping[str, str], papers: Mapping[str, Paper]
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the new text of `paths.yml` by its name, if it changes, and the warnings that the edit brings.

    `papers` are the records after the edit. An empty id is that of a record that is no more.

    Raises:
        StepError: when a path has to be written again by hand first, since what follows a paper refers to it.
    """
    paths = {key: _edit_path(path, ids) for key, path in shelf.reading_paths.items()}
    before = {problem.message for problem in check_reading_paths(shelf)}
    after = check_reading_paths(replace(shelf, papers=papers, reading_paths=paths))
    found = tuple(problem for problem in after if problem.message not in before)
    if errors := errors_of(found):
        raise StepError(f"{errors[0].place}: {errors[0].message}; edit this path by hand first")
    return ({} if paths == shelf.reading_paths else {FILE: _edit_text(content, ids)}), found


def _edit_path(path: ReadingPath, ids: Mapping[str, str]) -> ReadingPath:
    known = {step.paper for step in path.steps}
    for step in path.steps:
        new = ids.get(step.paper, step.paper)
        if not new:
            raise StepError(f"{step.place}: the path {path.id} names {step.paper}; edit it by hand first")
        if new != step.paper and new in known:
            both = f"the path {path.id} names both {step.paper} and {new}"
            raise StepError(f"{step.place}: {both}; take one of the two out by hand first")
    return replace(path, steps=tuple(replace(s, paper=ids.get(s.paper, s.paper)) for s in path.steps))


def _edit_text(content: Path, ids: Mapping[str, str]) -> str:
    text = load_exact(content / FILE)
    paths, _, _ = parse_yaml(make_plain(text), file=FILE)
    wanted = [
        {
            **path,
            "steps": [{**step, "paper": ids.get(step["paper"], step["paper"])} for step in path["steps"]],
        }
        for path in paths
    ]
    try:
        return edit_yaml(text, wanted)
    except FormError as fault:
        raise StepError(f"{FILE}: {fault}: replace the ids {dict(ids)} by hand") from fault
