"""The page of new papers, week by week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import partial
from itertools import islice

from generator.labels.labels import Labels
from generator.model import Page, Plan, Site
from generator.pages.parts.lists import link_feeds
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import build_card
from generator.settings import Settings
from generator.urls.routes import NEW, build_link, papers_path
from generator.whats_new.digests import find_monday, group_digests, name_week, view_digests

_SHOWN = 100
_MOST_WEEKS = 50
"""The most weeks whose digests the page shows: those of a year. Each is a few sentences."""


def plan_whats_new(site: Site, settings: Settings) -> Plan:
    """Return the plan of the page of new papers."""
    return Plan(
        path=NEW, title=site.labels("new.title"), layout="new", make=partial(_build_new, site, settings)
    )


def _build_new(site: Site, settings: Settings) -> Page:
    labels = site.labels
    papers = [site.shelf.papers[key] for key in site.catalogue.arrivals]
    dated = [(monday, paper.id) for paper in papers if (monday := find_monday(paper.added))]
    newest, numbers = dated[:_SHOWN], Counter(monday for monday, _ in dated)
    digests = group_digests(site.shelf)
    weeks: dict[dt.date, list[str]] = {monday: [] for monday in islice(digests, _MOST_WEEKS)}
    for monday, key in newest:
        weeks.setdefault(monday, []).append(key)
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
                "name": name_week(labels, monday),
                "count": _count(labels, len(keys), numbers[monday]),
                "digests": view_digests(site, digests.get(monday, ()), NEW),
                "cards": [build_card(site, key, page=NEW) for key in keys],
            }
            for monday, keys in sorted(weeks.items(), reverse=True)
        ],
        shown=labels.count("count.papers", len(newest)),
        all_papers=build_link(NEW, papers_path()),
        feeds=link_feeds(settings, NEW),
    )


def _count(labels: Labels, shown: int, papers: int) -> str:
    """Return how many papers came in a week, and how many of them the page shows, if it shows some and not all."""
    whole = labels.count("count.papers", papers)
    return whole if shown in {0, papers} else labels("new.part", shown=labels.number(shown), papers=whole)
