"""The page that compares a reader's bibliography with the shelf; a script does it in the browser."""

from __future__ import annotations

from functools import partial

from generator.model import Page, Plan, Site
from generator.pages.parts.markdown import build_page
from generator.pages.parts.views import count_of
from generator.urls.routes import CHECK, DATA, SEARCH, build_link

_TITLE = "Check my bibliography"


def plan_check(site: Site) -> Plan:
    """Return the plan of the page that takes a bibliography, and says what to do without scripts."""
    return Plan(path=CHECK, title=_TITLE, layout="check", make=partial(_build_check, site))


def _build_check(site: Site) -> Page:
    count = count_of(len(site.shelf.papers), "paper")
    head = {
        "title": _TITLE,
        "description": f"Compare a BibTeX file with the {count} of this index: what is here, what is newer, what is missing.",
        "layout": "check",
        "hide": ["navigation", "toc"],
    }
    links = {"data": build_link(CHECK, DATA), "search": build_link(CHECK, SEARCH)}
    return build_page(CHECK, "check", head=head, count=count, **links)
