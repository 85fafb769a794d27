"""The time that each stage of a build takes, shown on a terminal and summed up at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

_PATIENCE = 2.0
"""Seconds after which a person wants to see that something happens."""


class BuildProgress:
    """The stages of one build with their seconds, in their order."""

    def __init__(self) -> None:
        self._began = self._since = time.perf_counter()
        self._seconds: dict[str, float] = {}
        self._terminal = sys.stderr.isatty()
        self._shown = False

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Measure what is done inside; a stage of several parts adds up."""
        self._since = time.perf_counter()
        self._show(f"{name} …")
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - self._since
            self._clear()

    def show_pages(self, done: int, total: int) -> None:
        """Show how many pages are filled, how fast, and how much time is left."""
        if not self._terminal:
            return
        speed = done / max(time.perf_counter() - self._since, 0.001)
        left = (total - done) / max(speed, 0.001)
        self._show(f"{done:,} of {total:,} pages, {speed:,.0f} a second, {left:.0f} s left")

    def sum_up(self) -> str:
        """Return the seconds of every stage and of the whole."""
        parts = [f"{name} {seconds:.2f} s" for name, seconds in self._seconds.items()]
        return f"{', '.join(parts)}; {time.perf_counter() - self._began:.2f} s in all"

    def _show(self, text: str) -> None:
        if self._terminal and time.perf_counter() - self._began > _PATIENCE:
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
            self._shown = True

    def _clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._shown = False
