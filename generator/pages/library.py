"""The reader's own pages, filled by scripts with what the browser keeps: the Desk, and the comparison of papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Page, Plan, Site
from generator.pages.parts.markdown import build_page
from generator.pages.parts.views import count_of
from generator.urls.routes import CHECK, COMPARE, DESK, SEARCH, build_link, papers_path, topics_path


def plan_library(site: Site) -> Iterator[Plan]:
    """Yield the plans of the desk and of the comparison."""
    yield Plan(path=DESK, title="Desk", layout="desk", make=partial(_build_desk, site))
    yield Plan(path=COMPARE, title="Compare", layout="compare", make=_build_compare)


def _build_desk(site: Site) -> Page:
    return build_page(
        DESK,
        "desk",
        head=_head("Desk", "The papers that you keep: saved, read, hidden, noted, and your lists.", "desk"),
        count=count_of(len(site.shelf.papers), "paper"),
        papers=build_link(DESK, papers_path()),
        topics=build_link(DESK, topics_path()),
        check=build_link(DESK, CHECK),
    )


def _build_compare() -> Page:
    head = _head("Compare", "Two to five papers side by side.", "compare")
    return build_page(COMPARE, "compare", head=head, search=build_link(COMPARE, SEARCH))


def _head(title: str, description: str, layout: str) -> dict[str, object]:
    return {"title": title, "description": description, "layout": layout, "hide": ["navigation", "toc"]}
