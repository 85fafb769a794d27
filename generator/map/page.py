"""The page of the map. A script draws the map; without scripts the page lists the topics."""

from __future__ import annotations

from functools import partial

from generator.model import Page, Plan, Site
from generator.pages.parts.markdown import build_page
from generator.pages.parts.views import count_of
from generator.pages.topics import list_topics
from generator.urls.routes import MAP, build_link, topics_path

_TOPICS = 200
_TITLE = "Map of the papers"


def plan_map(site: Site) -> Plan:
    """Return the plan of the map's page."""
    return Plan(path=MAP, title=_TITLE, layout="map", make=partial(_build_map, site))


def _build_map(site: Site) -> Page:
    placed, papers = len(site.map_positions), len(site.shelf.papers)
    every = list_topics(site, MAP)
    topics = every if len(every) <= _TOPICS else list_topics(site, MAP, "")[:_TOPICS]
    return build_page(
        MAP,
        "map",
        head={
            "title": _TITLE,
            "description": f"A map of {count_of(placed, 'paper')}: near each other where they speak of the same things.",
            "layout": "map",
            "hide": ["navigation", "toc"],
        },
        placed=placed,
        count=count_of(placed, "paper"),
        missing=count_of(papers - placed, "paper") if papers > placed else "",
        topics=topics,
        all_topics=build_link(MAP, topics_path()),
        number=count_of(len(every), "topic"),
    )
