"""Published URLs that the next build would lose or give to another paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.model import Published, Site
from generator.problems import Place, Problem, error, in_order
from generator.urls.ledger import FILE as LEDGER
from generator.urls.ledger import list_reused
from generator.urls.redirects import Routes

_PAPER = re.compile(r"papers/([^/]+?)(?:/|\.html)")


def list_lost(
    ledger: Mapping[str, Published], now: Mapping[str, Published], routes: Routes, *, file: str
) -> Iterator[Problem]:
    """Yield the ledger's URLs that would be lost without having been removed on purpose, and reused ids."""
    for address, what in ledger.items():
        if not (what.removed or routes.is_there(address) or routes.find(address) is not None):
            message = f"{address} (“{what.title}”) was published and would be lost"
            yield error("lost-address", message, Place(file=file, line=what.line), _advise(address))
    for address, old in list_reused(ledger, now):
        message = f"{address} was “{old.title}” and now belongs to another paper, “{now[address].title}”"
        hint = (
            "ids are never reused: change the id of the new record (`papershelf rename`) and restore the old one; "
            "if it is the same paper, correct its title in this line"
        )
        yield error("reused-id", message, Place(file=file, line=old.line), hint)


def find_lost_urls(site: Site, now: Mapping[str, Published], routes: Routes) -> tuple[Problem, ...]:
    """Return the errors for URLs of the site's ledger that its build would lose, in the order of the ledger."""
    return in_order(list_lost(site.shelf.ledger, now, routes, file=LEDGER))


def list_missing_from_live(
    live: Mapping[str, Published], ledger: Mapping[str, Published], routes: Routes, url: str
) -> Iterator[Problem]:
    """Yield the URLs of the live site that are missing from both the ledger and the next build."""
    for address, what in live.items():
        if not (address in ledger or routes.is_there(address) or routes.find(address) is not None):
            message = f"{address} (“{what.title}”) is published and would be lost"
            hint = f"`papershelf check --live {url} --update-ledger` adds it to the ledger"
            yield error("lost-address", message, Place(file=f"{url}data/urls.txt", line=what.line), hint)


def _advise(address: str) -> str:
    """Return a hint on how to keep a URL: by a restored record, an alias or a tombstone."""
    if match := _PAPER.fullmatch(address):
        key = match[1]
        return (
            f"restore the record, or add {key!r} to the `aliases` of the record that replaces it "
            f"(`papershelf rename` and `merge` do that); `papershelf remove {key}` leaves a tombstone"
        )
    return f"restore it, or leave a tombstone with `papershelf remove {address or './'}`"
