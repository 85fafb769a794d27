"""Checks the URLs of a site before anything is written, and stops a build that would lose one."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Plan, Site
from generator.problems import PapershelfError
from generator.settings import Settings
from generator.urls.lost import find_lost_urls
from generator.urls.site_urls import SiteUrls, list_site_urls


def check_urls(site: Site, settings: Settings, plans: Sequence[Plan]) -> SiteUrls | None:
    """Return the URLs of a site, or None if there is no ledger of published URLs.

    Raises:
        PapershelfError: if the site would lose a published URL or give it to another paper.
    """
    if not site.shelf.ledger:
        return None
    known = list_site_urls(site, settings, plans)
    if lost := find_lost_urls(site, known.now, known.routes):
        raise PapershelfError(lost)
    return known
