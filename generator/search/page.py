"""The search page. It contains the newest papers; a script adds the search, the filters and the results."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from generator.model import Page, Plan, Site
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import Card, build_card, excerpt
from generator.settings import Settings
from generator.text.markup_text import MarkupText
from generator.urls.routes import SEARCH, build_link, papers_path, topics_path, years_path

_FIRST = 10
"""Papers that the page contains without scripts: slightly more than a screen shows."""


def plan_search(site: Site, settings: Settings) -> Plan:
    """Return the plan of the search page. Without scripts, the page links to the lists of topics, years and papers."""
    return Plan(
        path=SEARCH,
        title=site.labels("search.title"),
        layout="search",
        make=partial(_build_search, site, settings),
    )


def _build_search(site: Site, settings: Settings) -> Page:
    abstracts = settings.abstracts != "off"
    cards = [_build_card(site, key, abstracts=abstracts) for key in site.catalogue.newest[:_FIRST]]
    count = site.labels.count("count.papers", len(site.shelf.papers))
    return build_page(
        site.labels,
        SEARCH,
        "search",
        head={
            "title": site.labels("search.title"),
            "description": site.labels("search.description", papers=count),
            "layout": "search",
            "hide": ["navigation", "toc"],
        },
        count=count,
        cards=cards,
        has_topics=bool(site.taxonomy.topics),
        topics=build_link(SEARCH, topics_path()),
        years=build_link(SEARCH, years_path()),
        papers=build_link(SEARCH, papers_path()),
    )


def _build_card(site: Site, key: str, *, abstracts: bool) -> Card:
    """Return a card with the beginning of the paper's text, as the script shows results."""
    card = build_card(site, key, page=SEARCH)
    teaser = MarkupText(excerpt(site.shelf.papers[key], abstracts=abstracts))
    return replace(card, facts=replace(card.facts, teaser=teaser, rendered={}))
