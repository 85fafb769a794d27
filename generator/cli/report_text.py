"""A report as text for a GitHub issue or pull request."""

from __future__ import annotations

from pathlib import Path

from generator.cli.exit_codes import fail
from generator.cli.shared import refuse_links

_LONGEST = 60_000
"""Characters of a report; GitHub takes 65,536 in one text."""


def quote_report(report: Path) -> str:
    """Return a report as an indented block of code, in which nothing is markup and nobody is mentioned."""
    return "\n".join(f"    {line}" for line in _read(report).splitlines())[:_LONGEST]


def _read(path: Path) -> str:
    refuse_links(path)
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as fault:
        fail(f"cannot read {path}: {fault.strerror}")
