"""The part of `papershelf check` that compares the ledger, and that of the live site, with the next build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from msgspec import Struct

from generator import __version__
from generator.cli.exit_codes import NETWORK, fail
from generator.cli.shared import find_config, load_settings
from generator.model import Published, Shelf, Taxonomy
from generator.network.client import Client, is_allowed
from generator.network.errors import Limits, NoAnswerError
from generator.network.live_site import LARGEST, WHERE, fetch_ledger
from generator.pipeline import plan_pages, sketch_site
from generator.problems import Place, Problem, amount, note
from generator.records.write import write_file
from generator.settings import Settings
from generator.storage.text_file import load_exact
from generator.urls.ledger import FILE, list_reused, revise_ledger
from generator.urls.lost import find_lost_urls, list_lost, list_missing_from_live
from generator.urls.site_urls import SiteUrls, list_site_urls

NOT_NEEDED = "Commit the file on the main branch. A pull request does not need to change it."


class Comparison(Struct, frozen=True, kw_only=True):
    """The problems that a check of published URLs found, and the ledger that it would write."""

    problems: tuple[Problem, ...]
    ledger: Mapping[str, Published]


def compare_ledger(folder: Path, shelf: Shelf, taxonomy: Taxonomy, *, live: str, update: bool) -> Comparison:
    """Return the URLs that the next build would lose: those of the ledger and, with `live`, those of the live site.

    Only `update` lists all pages of long lists, because a page that no longer exists redirects to the first page
    anyway.
    """
    config = find_config(folder)
    settings = load_settings(config, folder) if config else Settings(content=folder)
    site = sketch_site(shelf, taxonomy, placed=update)
    known = list_site_urls(site, settings, plan_pages(site, settings))
    living = _fetch(live) if live else None
    problems = [
        *_note_missing(folder, live=live, living=living, update=update),
        *find_lost_urls(site, known.now, known.routes),
        *(_compare_living(living, shelf, known, live, update=update) if living else ()),
    ]
    published = living or {}
    first = dict(list_reused(published, known.now))
    return Comparison(problems=tuple(problems), ledger={**published, **known.ledger, **first})


def _note_missing(
    folder: Path, *, live: str, living: Mapping[str, Published] | None, update: bool
) -> Iterator[Problem]:
    if not (folder / FILE).exists() and not update:
        hint = "create it with `papershelf check --update-ledger`"
        message = f"no {FILE} found: published URLs cannot be checked"
        yield note("no-ledger", message, Place(file=FILE), hint)
    if live and living is None:
        message = "the live site has no list of its URLs yet, as before the first deployment"
        yield note("no-ledger", message, Place(file=f"{live}{WHERE}"), "no URL can be lost")


def _compare_living(
    living: Mapping[str, Published], shelf: Shelf, known: SiteUrls, url: str, *, update: bool
) -> Iterator[Problem]:
    if not update:
        yield from list_missing_from_live(living, shelf.ledger, known.routes, url)
    told = dict(list_reused(shelf.ledger, known.now))
    reused = {address: old for address, old in list_reused(living, known.now) if address not in told}
    yield from list_lost(reused, known.now, known.routes, file=f"{url}{WHERE}")


def _fetch(url: str) -> Mapping[str, Published] | None:
    """Return the ledger of the live site; stops with exit code 3 if the site does not answer."""
    try:
        return fetch_ledger(url, Client(agent=f"papershelf/{__version__}", limits=Limits(size=LARGEST)))
    except NoAnswerError as fault:
        fail(f"{url}{WHERE} {fault}", NETWORK)


def check_url(_: click.Context, __: click.Parameter, value: str) -> str:
    """Return the URL of a site with a slash at its end.

    Raises:
        click.BadParameter: if it does not use https, or http on this machine.
    """
    if value and not is_allowed(value, here=True):
        raise click.BadParameter("write the URL of the site, starting with https")
    return value if not value or value.endswith("/") else f"{value}/"


def write_ledger(folder: Path, shelf: Shelf, ledger: Mapping[str, Published]) -> None:
    """Write the ledger if it has changed."""
    path = folder / FILE
    try:
        old = load_exact(path) if path.exists() else ""
        text = revise_ledger(old, ledger)
        if text != old:
            write_file(path, text)
    except OSError as fault:
        fail(f"cannot write {path}: {fault.strerror}")
    new = len(ledger.keys() - shelf.ledger.keys())
    click.echo(f"{amount(len(ledger), 'URL')} in {path}, {new:,} new", err=True)
    if new:
        click.echo(NOT_NEEDED, err=True)
