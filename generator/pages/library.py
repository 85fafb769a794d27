"""The reader's own pages, which scripts fill with data from the browser's storage: the Desk and the comparison of papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec
from markupsafe import Markup

from generator.citations.references import render_reference_number
from generator.citations.style import STYLES
from generator.model import Page, Plan, Site
from generator.pages.parts.styles import choose_styles
from generator.pages.parts.templates import build_page
from generator.reading_paths.links import view_paths
from generator.settings import Settings
from generator.text.escaping import escape_markup
from generator.urls.routes import (
    CHECK,
    COMPARE,
    DESK,
    SEARCH,
    build_link,
    build_url_link,
    papers_path,
    reading_path_page,
    topics_path,
    years_path,
)


def plan_library(site: Site, settings: Settings) -> Iterator[Plan]:
    """Yield the plans of the Desk and the comparison."""
    yield Plan(
        path=DESK, title=site.labels("desk.title"), layout="desk", make=partial(_build_desk, site, settings)
    )
    yield Plan(
        path=COMPARE, title=site.labels("compare.title"), layout="compare", make=partial(_build_compare, site)
    )


def _build_desk(site: Site, settings: Settings) -> Page:
    styles = [
        [name, STYLES[name], render_reference_number(name, 1)]
        for name in choose_styles(settings, len(site.shelf.papers))
    ]
    paths = [
        [
            path["name"],
            build_url_link(DESK, reading_path_page(path["id"]), pretty=settings.pretty_urls),
            path["ids"],
        ]
        for path in view_paths(site, DESK)
    ]
    return build_page(
        site.labels,
        DESK,
        "desk",
        head=_head(site, "desk"),
        count=site.labels.count("count.papers", len(site.shelf.papers)),
        papers=build_link(DESK, papers_path()),
        browse_name="search.topics" if site.taxonomy.topics else "search.years",
        browse=build_link(DESK, topics_path() if site.taxonomy.topics else years_path()),
        check=build_link(DESK, CHECK),
        styles=_encode(styles),
        paths=_encode(paths) if paths else "",
    )


def _encode(value: object) -> Markup:
    """Return a value as JSON for an attribute of HTML."""
    return Markup(escape_markup(msgspec.json.encode(value).decode()))  # noqa: S704 (escaped)


def _build_compare(site: Site) -> Page:
    return build_page(
        site.labels, COMPARE, "compare", head=_head(site, "compare"), search=build_link(COMPARE, SEARCH)
    )


def _head(site: Site, layout: str) -> dict[str, object]:
    title, description = site.labels(f"{layout}.title"), site.labels(f"{layout}.description")
    return {"title": title, "description": description, "layout": layout, "hide": ["navigation", "toc"]}
