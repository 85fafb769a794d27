"""The page of the search; its script fills it."""

from __future__ import annotations

from generator.model import Page, Site
from generator.pages.markdown import build_page
from generator.pages.routes import SEARCH, build_link, papers_path, topics_path, years_path
from generator.pages.views import count_of


def build_search_page(site: Site) -> Page:
    """Return the page that shows results and filters, and says where to go without scripts."""
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
