"""The time of each stage of a build, shown on a terminal and summed up at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

_PATIENCE = 2.0
"""Seconds after which progress is shown."""


class BuildProgress:
    """The stages of one build in order, with their times in seconds."""

    def __init__(self) -> None:
        self._began = self._since = time.perf_counter()
        self._seconds: dict[str, float] = {}
        self._terminal = sys.stderr.isatty()
        self._shown = False

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Measure the time of the block; several blocks of the same stage add up."""
        self._since = time.perf_counter()
        self._show(f"{name} …")
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - self._since
            self._clear()

    def show_pages(self, done: int, total: int) -> None:
        """Show the number of filled pages, the speed, and the remaining time."""
        if not self._terminal:
            return
        speed = done / max(time.perf_counter() - self._since, 0.001)
        left = (total - done) / max(speed, 0.001)
        self._show(f"{done:,} of {total:,} pages, {speed:,.0f} a second, {left:.0f} s left")

    def sum_up(self) -> str:
        """Return a text with the seconds of every stage and of the whole build."""
        parts = [f"{name} {seconds:.2f} s" for name, seconds in self._seconds.items()]
        return f"{', '.join(parts)}; {time.perf_counter() - self._began:.2f} s in total"

    def _show(self, text: str) -> None:
        if self._terminal and time.perf_counter() - self._began > _PATIENCE:
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
            self._shown = True

    def _clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._shown = False
