"""The home page: a description of the index, links to its parts, reading paths, fact tables, picks, the newest papers and statistics."""

from __future__ import annotations

from functools import partial

from generator.catalogue import UNKNOWN_YEAR
from generator.fact_tables.page import view_tables
from generator.model import Page, Plan, Site
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import build_card
from generator.pages.topics import list_topics
from generator.reading_paths.links import view_paths
from generator.settings import Settings
from generator.social.images import SocialImages, find_social_image
from generator.urls.routes import (
    DATA,
    FACT_TABLES,
    HOME,
    NEW,
    READING_PATHS,
    SEARCH,
    STATS,
    build_link,
    build_page_url,
    papers_path,
    picks_path,
    topics_path,
    years_path,
)
from generator.whats_new.digests import group_digests, name_week, view_digests

_PICKS = 6
_PATHS = 6
_TABLES = 6
_TOPICS = 40
"""If there are more topics, the home page shows only the top level."""


def plan_home(site: Site, settings: Settings, images: SocialImages) -> Plan:
    """Return the plan of the home page."""
    return Plan(
        path=HOME, title=settings.site_name, layout="home", make=partial(_build_home, site, settings, images)
    )


def _build_home(site: Site, settings: Settings, images: SocialImages) -> Page:
    papers = site.shelf.papers
    picks = site.catalogue.picks
    monday, days = next(iter(group_digests(site.shelf).items()), (None, []))
    return build_page(
        site.labels,
        HOME,
        "home",
        head={
            "title": settings.site_name,
            "description": settings.site_description,
            "layout": "home",
            "hide": ["navigation", "toc"],
            "card_tags": find_social_image(images).full,
        },
        name=settings.site_name,
        description=settings.site_description,
        papers=len(papers),
        statistics=_count(site),
        topics=list_topics(site, HOME)
        if len(site.taxonomy.topics) <= _TOPICS
        else list_topics(site, HOME, ""),
        paths=view_paths(site, HOME)[:_PATHS],
        all_paths=build_link(HOME, READING_PATHS),
        tables=view_tables(site, HOME)[:_TABLES],
        all_tables=build_link(HOME, FACT_TABLES),
        picks=[build_card(site, key, page=HOME) for key in picks[:_PICKS]],
        all_picks=build_link(HOME, picks_path()) if len(picks) > _PICKS else "",
        number_of_picks=len(picks),
        week=name_week(site.labels, monday) if monday else "",
        digests=view_digests(site, days[:1], HOME),
        newest=[build_card(site, key, page=HOME) for key in site.catalogue.arrivals[: settings.newest]],
        search=build_page_url(SEARCH, pretty=settings.pretty_urls),
        all_papers=build_link(HOME, papers_path()),
        all_topics=build_link(HOME, topics_path()),
        all_years=build_link(HOME, years_path()),
        new=build_link(HOME, NEW),
        stats=build_link(HOME, STATS),
        data=build_link(HOME, DATA),
    )


def _count(site: Site) -> list[tuple[str, str]]:
    """Return statistics about the shelf as pairs of a number and a label."""
    papers, labels = site.shelf.papers.values(), site.labels
    years = [year for year in site.catalogue.by_year if year != UNKNOWN_YEAR]
    statistics = [
        (labels.number(len(papers)), labels("home.papers")),
        *(
            [(labels.number(len(site.taxonomy.topics)), labels("home.topics"))]
            if site.taxonomy.topics
            else []
        ),
        (labels.number(sum(bool(p.links.get("code")) for p in papers)), labels("home.with_code")),
        (labels.number(sum(bool(p.published) for p in papers)), labels("home.with_date")),
    ]
    return [*statistics, (f"{min(years)}–{max(years)}", labels("home.years"))] if years else statistics
