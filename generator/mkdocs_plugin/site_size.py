"""The size of a built site, and whether its host accepts it."""

from __future__ import annotations

from pathlib import Path

import click
from mkdocs.exceptions import PluginError

from generator.storage.staging import measure

_ADVICE = (
    "show fewer related papers (`related`) or no abstracts (`abstracts`), or make two indexes of this one"
)


def check_size(site: Path, *, limit: int, warning: int) -> str:
    """Return the size of a site in megabytes, as text; all numbers are megabytes.

    Raises:
        PluginError: when the site is larger than the limit.
    """
    size = measure(site) // 1_000_000
    if size > limit:
        raise PluginError(f"the site has {size:,} MB, more than `size_limit: {limit}`; {_ADVICE}")
    if size > warning:  # no warning of MkDocs, which would stop a strict build
        click.echo(f"The site has {size:,} MB; GitHub Pages, for one, takes up to 1,000. {_ADVICE}", err=True)
    return f"{size:,} MB"
