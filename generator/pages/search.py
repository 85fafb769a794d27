"""The page of the search; its script fills it."""

from __future__ import annotations

from functools import partial

from generator.model import Page, Plan, Site
from generator.pages.markdown import build_page
from generator.pages.routes import SEARCH, build_link, papers_path, topics_path, years_path
from generator.pages.views import count_of


def plan_search(site: Site) -> Plan:
    """Return the plan of the page that shows results and filters, and says where to go without scripts."""
    return Plan(path=SEARCH, title="Search", layout="search", make=partial(_build_search, site))


def _build_search(site: Site) -> Page:
    count = count_of(len(site.shelf.papers), "paper")
    return build_page(
        SEARCH,
        "search",
        head={
            "title": "Search",
            "description": f"Search and filter {count}.",
            "layout": "search",
            "hide": ["navigation", "toc"],
        },
        count=count,
        topics=build_link(SEARCH, topics_path()),
        years=build_link(SEARCH, years_path()),
        papers=build_link(SEARCH, papers_path()),
    )
