"""The URLs of a site before anything is written: a build that would lose one stops here."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Plan, Site
from generator.problems import PapershelfError
from generator.settings import Settings
from generator.urls.lost import find_lost
from generator.urls.site_urls import SiteUrls, list_site_urls


def check_urls(site: Site, settings: Settings, plans: Sequence[Plan]) -> SiteUrls | None:
    """Return the URLs of a site, where a ledger lists what was published.

    Raises:
        PapershelfError: when the site would take one of those away, or give it to another paper.
    """
    if not site.shelf.ledger:
        return None
    known = list_site_urls(site, settings, plans)
    if lost := find_lost(site, known.now, known.routes):
        raise PapershelfError(lost)
    return known
