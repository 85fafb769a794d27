"""The addresses of a site before anything of it is written: a build that would lose one stops here."""

from __future__ import annotations

from generator.model import Site
from generator.pipeline import SiteUrls, list_site_urls
from generator.problems import PapershelfError
from generator.settings import Settings
from generator.urls.lost import find_lost


def check_addresses(site: Site, settings: Settings) -> SiteUrls | None:
    """Return the addresses of a site, where a ledger says what was published.

    Raises:
        PapershelfError: when the site would take one of those away, or give it to another paper.
    """
    if not site.shelf.ledger:
        return None
    known = list_site_urls(site, settings)
    if lost := find_lost(site, known.now, known.routes):
        raise PapershelfError(lost)
    return known
