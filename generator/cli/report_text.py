"""A report as text for a GitHub issue or pull request."""

from __future__ import annotations

from pathlib import Path

from generator.cli.exit_codes import fail
from generator.cli.shared import refuse_links

_LONGEST = 60_000
"""Maximum length of a report in characters; GitHub's limit is 65,536."""


def quote_report(report: Path) -> str:
    """Return a report as an indented code block, so that it contains no markup and mentions nobody."""
    return "\n".join(f"    {line}" for line in _read(report).splitlines())[:_LONGEST]


def _read(path: Path) -> str:
    refuse_links(path)
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as fault:
        fail(f"cannot read {path}: {fault.strerror}")
