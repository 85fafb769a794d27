"""What `papershelf check --links` does: ask every external link politely, and keep what it answered."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import click

from generator import __version__
from generator.cli.shared import NETWORK, fail, find_config, load_config_values
from generator.enrich.client import Client
from generator.enrich.hosts import is_public
from generator.enrich.limits import Limits
from generator.enrich.links import choose_due, judge_links, list_links, visit_links
from generator.enrich.visits import FILE, UNREACHABLE, load_visits, render_visits
from generator.model import Shelf
from generator.problems import Problem
from generator.shelf.reader import leave_out_removed
from generator.shelf.writer import write_file

_LONGEST = 7200.0
"""Seconds after which no further link is asked, well before a workflow is ended; the next run begins with the rest."""


def check_links(folder: Path, shelf: Shelf) -> tuple[Problem, ...]:
    """Return what is wrong with links, and write the answers of today to the cache; an interrupted run keeps its part."""
    places = list_links(folder, leave_out_removed(shelf))
    before, problems = load_visits(folder / FILE)
    today = datetime.now(UTC).date().isoformat()
    due = choose_due(tuple(places), before, today)
    now = {address: visit for address, visit in before.items() if address in places}
    asked = []
    end = monotonic() + _LONGEST
    with Client(agent=_build_agent(folder), limits=Limits(read=20)) as client:
        try:
            for number, (address, visit) in enumerate(visit_links(due, client, today, is_public), start=1):
                now[address] = visit
                asked.append(visit)
                if sys.stderr.isatty():
                    click.echo(f"\r{number} of {len(due)} links", nl=False, err=True)
                if monotonic() > end:
                    break
        finally:
            if asked and not all(visit.answer == UNREACHABLE for visit in asked):
                write_file(folder / FILE, render_visits(now))
    if len(asked) > 1 and all(visit.answer == UNREACHABLE for visit in asked):
        fail("no host could be reached: are you offline? Nothing was changed", NETWORK)
    click.echo(f"{len(places)} links, {len(asked)} asked today of {len(due)} that are due", err=True)
    return (*problems, *judge_links(places, before, now))


def _build_agent(folder: Path) -> str:
    """Return the name under which links are asked, with the address of the index where it is known."""
    config = find_config(folder)
    site = str(load_config_values(config).get("site_url") or "") if config else ""
    return f"papershelf/{__version__} (link check{f'; {site}' if site else ''})"
