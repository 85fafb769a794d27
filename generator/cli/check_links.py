"""The part of `papershelf check` that requests external links, with pauses, and keeps the answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import click

from generator import __version__
from generator.cli.exit_codes import FINDINGS, INTERRUPTED, NETWORK, fail
from generator.cli.shared import OFFLINE, find_config, load_config_values
from generator.model import Shelf
from generator.network.client import Client
from generator.network.errors import Limits
from generator.network.links import Round, choose_due, judge_links, list_links
from generator.network.visits import FILE, Log, Visit, load_visits
from generator.problems import Problem
from generator.records.read import leave_out_removed

_LONGEST = 7200.0
"""Seconds after which no further link is asked, well before a workflow is ended; the next run begins with the rest."""
_LIMITS = Limits(read=20, whole=60)


def check_links(folder: Path, shelf: Shelf) -> tuple[Problem, ...]:
    """Return what is wrong with links; `links.csv` has the answer of each before the next one is asked."""
    places = list_links(folder, leave_out_removed(shelf))
    before, problems = load_visits(folder / FILE)
    if problems:
        return problems
    today = datetime.now(UTC).date().isoformat()
    due = choose_due(tuple(places), before, today)
    known = {address: visit for address, visit in before.items() if address in places}
    try:
        now, asked = _ask(folder, due, known, today) if due else (known, 0)
    except OSError as fault:
        fail(f"cannot write {folder / FILE}: {fault.strerror}", FINDINGS)
    click.echo(f"{len(places)} links, {asked} asked today of {len(due)} that are due", err=True)
    return tuple(judge_links(places, before, now))


def _ask(
    folder: Path, due: Sequence[str], known: Mapping[str, Visit], today: str
) -> tuple[Mapping[str, Visit], int]:
    """Return what is known of the links after this run, and how many were asked."""
    log = Log(folder / FILE, known)
    client = Client(agent=_build_agent(folder), limits=_LIMITS)
    run = Round(log, known, today)
    try:
        is_whole = _go_round(run, due, client)
        asked = run.asked
        if len(due) > 1 and run.silence and (control := _choose_control(due, known)):
            run.ask(control, client)
    except KeyboardInterrupt:
        log.close(run.visits)
        fail(f"interrupted: {FILE} has the answers so far; run the command again for the rest", INTERRUPTED)
    if len(due) > 1 and run.silence:
        said = f"no host could be reached ({run.silence}): {OFFLINE}"
        if is_whole:
            log.undo()
            fail(f"{said}. Nothing was changed", NETWORK)
        log.close(run.visits)
        fail(said, NETWORK)
    log.close(run.end())
    return run.visits, asked


def _go_round(run: Round, due: Sequence[str], client: Client) -> bool:
    """Ask one link after the other, and return whether all of them were asked in time."""
    end = monotonic() + _LONGEST
    for number, address in enumerate(due, start=1):
        run.ask(address, client)
        if sys.stderr.isatty():
            click.echo(f"\r{number} of {len(due)} links", nl=False, err=True)
        if monotonic() > end:
            return number == len(due)
    return True


def _choose_control(due: Sequence[str], known: Mapping[str, Visit]) -> str:
    """Return a link that answered lately: it tells a machine that is offline from links that are all dead."""
    return min((address for address in known.keys() - set(due) if known[address].is_good), default="")


def _build_agent(folder: Path) -> str:
    """Return the name under which links are asked, with the address of the index where it is known."""
    config = find_config(folder)
    site = str(load_config_values(config).get("site_url") or "") if config else ""
    return f"papershelf/{__version__} (link check{f'; {site}' if site else ''})"
