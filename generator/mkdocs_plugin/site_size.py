"""Checks the size of a built site against the limit of its host."""

from __future__ import annotations

from pathlib import Path

import click
from mkdocs.exceptions import PluginError

from generator.storage.staging import measure

_ADVICE = "Show fewer related papers (`related`) or no abstracts (`abstracts`), or split the index in two"


def check_size(site: Path, *, limit: int, warning: int) -> str:
    """Return the size of a site as text; all numbers are in megabytes.

    Raises:
        PluginError: if the site is larger than the limit.
    """
    size = measure(site) // 1_000_000
    if size > limit:
        raise PluginError(f"the site has {size:,} MB, more than `size_limit: {limit}` allows. {_ADVICE}")
    if size > warning:  # no warning of MkDocs, which would stop a strict build
        click.echo(f"The site has {size:,} MB; GitHub Pages accepts at most 1,000. {_ADVICE}", err=True)
    return f"{size:,} MB"
