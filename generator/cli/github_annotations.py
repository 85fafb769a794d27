"""Problems as workflow commands, which GitHub shows as annotations in a pull request."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from generator.problems import Problem
from generator.text.escaping import escape_command, escape_property

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def echo_annotations(problems: Iterable[Problem], folder: Path) -> None:
    """Print a command for each problem; file paths are relative to the root of the repository that was checked out."""
    root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    start = Path(os.path.relpath(folder.resolve(), root.resolve()))
    for problem in problems:
        click.echo(_render(problem, start))


def _render(problem: Problem, start: Path) -> str:
    values = {"title": problem.code}
    if problem.place and "://" not in problem.place.file:
        values["file"] = (start / problem.place.file).as_posix()
        if problem.place.line:
            values["line"] = str(problem.place.line)
    said = f"{problem.message}\n→ {problem.hint}" if problem.hint else problem.message
    properties = ",".join(f"{name}={escape_property(value)}" for name, value in values.items())
    return f"::{_LEVELS[problem.severity]} {properties}::{escape_command(said)}"
