"""Lists of paper ids in the orders in which readers browse: newest first, by topic, by year, by venue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model import Catalogue, Paper, Placement, Shelf

UNKNOWN_YEAR = "unknown"
"""The key of papers without a known date."""


def build_catalogue(shelf: Shelf, placements: Mapping[str, tuple[Placement, ...]]) -> Catalogue:
    """Return the ids of the papers in every order. Each list is newest first; ties are broken by id."""
    newest = sort_newest(shelf.papers.values())
    by_topic: dict[str, list[str]] = {}
    by_year: dict[str, list[str]] = {}
    by_venue: dict[str, list[str]] = {}
    for key in newest:
        paper = shelf.papers[key]
        for placement in placements.get(key, ()):
            by_topic.setdefault(placement.topic, []).append(key)
        by_year.setdefault(paper.published[:4] or UNKNOWN_YEAR, []).append(key)
        if paper.venue:
            by_venue.setdefault(paper.venue, []).append(key)
    years = {
        year: by_year[year] for year in sorted(by_year, key=lambda y: (y != UNKNOWN_YEAR, y), reverse=True)
    }
    arrivals = sort_arrivals(shelf.papers.values())
    return Catalogue(newest=newest, arrivals=arrivals, by_topic=by_topic, by_year=years, by_venue=by_venue)


def sort_newest(papers: Iterable[Paper]) -> list[str]:
    """Return ids sorted by publication date, then by the date they were added, newest first; unknown dates come last."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    return [p.id for p in sorted(by_id, key=lambda p: (p.published, p.added), reverse=True)]


def sort_arrivals(papers: Iterable[Paper]) -> list[str]:
    """Return ids sorted by the date they were added, then by publication date, newest first; unknown dates come last."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    return [p.id for p in sorted(by_id, key=lambda p: (p.added, p.published), reverse=True)]
