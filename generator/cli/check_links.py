"""The part of `papershelf check` that requests external links, with pauses, and stores the answers."""

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
from generator.network.links import Round, choose_due, judge_links, list_external_urls
from generator.network.visits import FILE, Log, Visit, load_visits
from generator.problems import Problem, amount
from generator.records.read import leave_out_removed

_LONGEST = 7200.0
"""Seconds after which no more links are requested, well before CI stops the workflow; the next run continues."""
_LIMITS = Limits(read=20, whole=60)


def check_links(folder: Path, shelf: Shelf) -> tuple[Problem, ...]:
    """Return the problems of links; each answer is written to `links.csv` before the next request."""
    places = list_external_urls(folder, leave_out_removed(shelf))
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
    click.echo(f"{amount(len(places), 'link')}, {asked} of {len(due)} due links requested today", err=True)
    return tuple(judge_links(places, before, now))


def _ask(
    folder: Path, due: Sequence[str], known: Mapping[str, Visit], today: str
) -> tuple[Mapping[str, Visit], int]:
    """Return the answers of all links after this run, and the number of links that were requested."""
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
        fail(f"interrupted; the answers so far are in {FILE}: run the command again to continue", INTERRUPTED)
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
    """Request one link after the other; return whether all were requested in time."""
    end = monotonic() + _LONGEST
    for number, address in enumerate(due, start=1):
        run.ask(address, client)
        if sys.stderr.isatty():
            click.echo(f"\r{number} of {len(due)} links", nl=False, err=True)
        if monotonic() > end:
            return number == len(due)
    return True


def _choose_control(due: Sequence[str], known: Mapping[str, Visit]) -> str:
    """Return a link that worked recently. If it fails as well, this machine is probably offline."""
    return min((address for address in known.keys() - set(due) if known[address].is_good), default="")


def _build_agent(folder: Path) -> str:
    """Return the user agent for requests, with the URL of the index if it is known."""
    config = find_config(folder)
    site = str(load_config_values(config).get("site_url") or "") if config else ""
    return f"papershelf/{__version__} (link check{f'; {site}' if site else ''})"
