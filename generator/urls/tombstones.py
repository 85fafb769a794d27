"""The page of a removed paper: its title, the reason for the removal, and links to it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from generator.identifiers import IDENTITY
from generator.model import Page, Plan, Site
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import list_paper_links
from generator.settings import Settings
from generator.urls.routes import SEARCH, build_link, paper_path, papers_path

LAYOUT = "removed"
_NOINDEX = Markup('<meta name="robots" content="noindex">')


def plan_removed(site: Site, settings: Settings) -> Iterator[Plan]:
    """Yield the plans of the pages of papers with the status `removed`."""
    for key, paper in site.shelf.removed.items():
        make = partial(_build_removed, site, settings, key)
        edit = site.shelf.places[key].file
        yield Plan(path=paper_path(key), title=paper.title, layout=LAYOUT, edit=edit, make=make)


def _build_removed(site: Site, settings: Settings, key: str) -> Page:
    paper, here, edit = site.shelf.removed[key], paper_path(key), site.shelf.places[key].file
    return build_page(
        site.labels,
        here,
        "removed",
        edit=edit,
        head={
            "title": paper.title_text.html,
            "description": site.labels("removed.description", site=settings.site_name),
            "layout": LAYOUT,
            "hide": ["navigation", "toc"],
            "edit": edit,
            "tags": _NOINDEX,
        },
        paper=paper,
        links=list_paper_links(site.labels, paper, IDENTITY),
        search=build_link(here, SEARCH),
        all_papers=build_link(here, papers_path()),
    )
