"""Which steps of reading paths readers see, and which paths lead through a paper or a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.editorial import ReadingPath, Step
from generator.model import Site
from generator.text.markup_text import MarkupText
from generator.topics.curated_lists import CuratedList, find_lists_of_topics
from generator.urls.routes import build_link, reading_path_page

_LEAST = 2


class PathPlace(NamedTuple):
    """Where a paper stands in a path."""

    path: str
    """The id of the path."""
    name: str
    number: int
    """The number of the step, counted from 1."""
    steps: int


def list_shown_steps(site: Site, path: ReadingPath) -> Sequence[Step]:
    """Return the steps of a path without those whose paper was removed."""
    return [step for step in path.steps if step.paper in site.shelf.papers]


def find_places(site: Site) -> Mapping[str, tuple[PathPlace, ...]]:
    """Return where each paper stands in reading paths, by paper, in the order of the paths."""
    found: dict[str, tuple[PathPlace, ...]] = {}
    for path in site.shelf.reading_paths.values():
        steps = list_shown_steps(site, path)
        for number, step in enumerate(steps, 1):
            place = PathPlace(path.id, path.name, number, len(steps))
            found[step.paper] = (*found.get(step.paper, ()), place)
    return found


def find_paths_of_topics(site: Site) -> Mapping[str, tuple[CuratedList, ...]]:
    """Return the paths with at least two papers of a topic, by topic, as `find_lists_of_topics` orders them."""
    lists = (
        (path.id, path.name, [step.paper for step in list_shown_steps(site, path)])
        for path in site.shelf.reading_paths.values()
    )
    return find_lists_of_topics(lists, site.placements, least=_LEAST)


def view_paths(site: Site, here: str) -> list[Mapping[str, Any]]:
    """Return the views of all paths for lists on a page, each with the ids of its papers for the reader's marks."""
    views: list[Mapping[str, Any]] = []
    for path in site.shelf.reading_paths.values():
        steps = list_shown_steps(site, path)
        views.append(
            {
                "id": path.id,
                "name": path.name,
                "link": build_link(here, reading_path_page(path.id)),
                "count": site.labels.count("count.papers", len(steps)),
                "ids": [step.paper for step in steps],
                "lead": MarkupText(path.lead),
            }
        )
    return views
