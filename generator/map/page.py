"""The map page. A script draws the map; without scripts, the page lists the topics."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Page, Plan, Site
from generator.pages.parts.optional import is_made
from generator.pages.parts.templates import build_page
from generator.pages.topics import list_topics
from generator.urls.routes import MAP, build_link, topics_path

_TOPICS = 200


def plan_map(site: Site) -> Iterator[Plan]:
    """Yield the plan of the map page, if there is a map or the page was published earlier."""
    if is_made(site, MAP):
        yield Plan(path=MAP, title=site.labels("map.title"), layout="map", make=partial(_build_map, site))


def _build_map(site: Site) -> Page:
    labels = site.labels
    placed, papers = len(site.map_positions), len(site.shelf.papers)
    count = labels.count("count.papers", placed)
    every = list_topics(site, MAP)
    topics = every if len(every) <= _TOPICS else list_topics(site, MAP, "")[:_TOPICS]
    return build_page(
        labels,
        MAP,
        "map",
        head={
            "title": labels("map.title"),
            "description": labels("map.description", papers=count),
            "layout": "map",
            "hide": ["navigation", "toc"],
        },
        placed=placed,
        count=count,
        missing=labels.count("count.papers", papers - placed) if papers > placed else "",
        topics=topics,
        all_topics=build_link(MAP, topics_path()),
        number=labels.count("count.topics", len(every)),
    )
