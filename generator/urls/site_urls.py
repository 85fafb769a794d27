"""All URLs of a site before it is written: current URLs, targets of former URLs, and the next ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.model import Plan, Published, Site
from generator.settings import Settings
from generator.urls.ledger import extend_ledger
from generator.urls.published import list_published
from generator.urls.redirects import Routes


class SiteUrls(Struct, frozen=True, kw_only=True):
    """The current content of each URL, the targets of former URLs, and the ledger after the next build."""

    now: Mapping[str, Published]
    routes: Routes
    ledger: Mapping[str, Published]


def list_site_urls(site: Site, settings: Settings, plans: Iterable[Plan]) -> SiteUrls:
    """Return every URL that was published or will be by the planned pages, without rendering them."""
    now = list_published(site, settings, plans)
    routes = Routes(site, settings, now)
    ledger = extend_ledger(site.shelf.ledger, now)
    for alias, target in routes.list_aliases():
        if target in now:
            ledger.setdefault(alias, now[target])
    return SiteUrls(now=now, routes=routes, ledger=ledger)
