"""The page that compares a reader's bibliography with the shelf; a script does it in the browser."""

from __future__ import annotations

from functools import partial

from generator.model import Page, Plan, Site
from generator.pages.parts.templates import build_page
from generator.urls.routes import CHECK, DATA, SEARCH, build_link


def plan_check(site: Site) -> Plan:
    """Return the plan of the page that reads a bibliography; without scripts, it explains what to do."""
    return Plan(
        path=CHECK, title=site.labels("check.title"), layout="check", make=partial(_build_check, site)
    )


def _build_check(site: Site) -> Page:
    labels = site.labels
    count = labels.count("count.papers", len(site.shelf.papers))
    head = {
        "title": labels("check.title"),
        "description": labels("check.description", papers=count),
        "layout": "check",
        "hide": ["navigation", "toc"],
    }
    links = {"data": build_link(CHECK, DATA), "search": build_link(CHECK, SEARCH)}
    return build_page(labels, CHECK, "check", head=head, count=count, **links)
