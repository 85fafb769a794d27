"""The page of new papers, week by week."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import islice

from generator.model import Page, Plan, Site
from generator.pages.parts.lists import link_feeds
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import build_card
from generator.settings import Settings
from generator.urls.routes import NEW, build_link, papers_path

_SHOWN = 100
_DAY = 10


def plan_whats_new(site: Site, settings: Settings) -> Plan:
    """Return the plan of the page of new papers."""
    return Plan(
        path=NEW, title=site.labels("new.title"), layout="new", make=partial(_build_new, site, settings)
    )


def _build_new(site: Site, settings: Settings) -> Page:
    labels = site.labels
    papers = map(site.shelf.papers.__getitem__, site.catalogue.arrivals)
    newest = list(islice((paper for paper in papers if len(paper.added) == _DAY), _SHOWN))
    weeks: dict[dt.date, list[str]] = {}
    for paper in newest:
        day = dt.date.fromisoformat(paper.added)
        weeks.setdefault(day - dt.timedelta(days=day.weekday()), []).append(paper.id)
    head = {
        "title": labels("new.title"),
        "description": labels("new.description", site=settings.site_name),
        "layout": "new",
        "hide": ["navigation", "toc"],
    }
    return build_page(
        labels,
        NEW,
        "new",
        head=head,
        weeks=[
            {
                "name": labels("new.week", date=labels.date(monday.isoformat())),
                "count": labels.count("count.papers", len(keys)),
                "cards": [build_card(site, key, page=NEW) for key in keys],
            }
            for monday, keys in weeks.items()
        ],
        shown=labels.count("count.papers", len(newest)),
        all_papers=build_link(NEW, papers_path()),
        feeds=link_feeds(settings, NEW),
    )
