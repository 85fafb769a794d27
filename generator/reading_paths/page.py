"""The pages of reading paths: the list of all paths, and the steps of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.editorial import ReadingPath
from generator.glossary.mark import TermMarker
from generator.model import Page, Plan, Site
from generator.pages.parts.optional import is_made
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import build_card, describe
from generator.reading_paths.links import list_shown_steps, view_paths
from generator.reading_paths.load import FILE
from generator.text.markup_text import MarkupText
from generator.urls.routes import READING_PATHS, build_link, reading_path_page


def plan_reading_paths(site: Site, marker: TermMarker) -> Iterator[Plan]:
    """Yield the plans of the list of paths, where the shelf has any or the page was published, and of each path."""
    if is_made(site, READING_PATHS):
        title = site.labels("paths.title")
        make = partial(_build_list, site)
        yield Plan(path=READING_PATHS, title=title, layout="paths", edit=FILE, make=make)
    for path in site.shelf.reading_paths.values():
        make = partial(_build_path, site, path, marker)
        yield Plan(path=reading_path_page(path.id), title=path.name, layout="path", edit=FILE, make=make)


def _build_list(site: Site) -> Page:
    labels = site.labels
    head = {
        "title": labels("paths.title"),
        "description": labels("paths.description"),
        "layout": "paths",
        "hide": ["navigation", "toc"],
        "edit": FILE,
    }
    paths = view_paths(site, READING_PATHS)
    return build_page(labels, READING_PATHS, "paths", head=head, edit=FILE, paths=paths)


def _build_path(site: Site, path: ReadingPath, marker: TermMarker) -> Page:
    here, steps = reading_path_page(path.id), list_shown_steps(site, path)
    return build_page(
        site.labels,
        here,
        "path",
        edit=FILE,
        head={
            "title": path.name,
            "description": describe(MarkupText(path.lead)),
            "layout": "path",
            "hide": ["navigation", "toc"],
            "edit": FILE,
        },
        name=path.name,
        lead=MarkupText(path.lead),
        introduction=[MarkupText(part) for part in path.introduction],
        count=site.labels.count("count.papers", len(steps)),
        ids=[step.paper for step in steps],
        steps=[
            {"why": MarkupText(step.why), "card": build_card(site, step.paper, page=here)} for step in steps
        ],
        marker=marker,
        here=here,
        overview=build_link(here, READING_PATHS),
    )
