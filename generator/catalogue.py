"""Lists of paper ids in the orders in which readers browse: newest first, by topic, by year, by venue, by author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.model import Catalogue, NamedPapers, Paper, Placement, Shelf
from generator.text.slugs import slug_name

UNKNOWN_YEAR = "unknown"
"""The key of papers without a known date."""
FEWEST = 2
"""The number of papers from which a venue or an author has a list."""
MOST_NAMES = 1_000
"""The number of venues, and of authors, that have a list: those with the most papers."""


def build_catalogue(shelf: Shelf, placements: Mapping[str, tuple[Placement, ...]]) -> Catalogue:
    """Return the ids of the papers in every order. Each list is newest first; ties are broken by id."""
    newest = sort_newest(shelf.papers.values())
    by_topic: dict[str, list[str]] = {}
    by_year: dict[str, list[str]] = {}
    for key in newest:
        paper = shelf.papers[key]
        for placement in placements.get(key, ()):
            by_topic.setdefault(placement.topic, []).append(key)
        by_year.setdefault(paper.published[:4] or UNKNOWN_YEAR, []).append(key)
    years = {
        year: by_year[year] for year in sorted(by_year, key=lambda y: (y != UNKNOWN_YEAR, y), reverse=True)
    }
    arrivals = sort_arrivals(shelf.papers.values())
    papers = [shelf.papers[key] for key in newest]
    return Catalogue(
        newest=newest,
        arrivals=arrivals,
        picks=[paper.id for paper in papers if paper.featured],
        by_topic=by_topic,
        by_year=years,
        venues=group_by_name((paper.venue, paper.id) for paper in papers if paper.venue),
        authors=group_by_name((author.shown, paper.id) for paper in papers for author in paper.authors),
    )


def group_by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, NamedPapers]:
    """Return the papers of each name by its slug, from pairs of a name and a paper's id, as `Catalogue` describes them.

    Names with the same slug are one, and the most frequent spelling is shown.

    >>> group_by_name([("ACL 2024", "owls"), ("acl-2024", "mice"), ("ACL 2024", "wrens"), ("Owls", "owls")])
    {'acl-2024': NamedPapers(name='ACL 2024', papers=('owls', 'mice', 'wrens'))}
    """
    papers: dict[str, dict[str, None]] = {}
    spellings: dict[str, Counter[str]] = {}
    for name, key in pairs:
        slug = slug_name(name)
        papers.setdefault(slug, {})[key] = None
        spellings.setdefault(slug, Counter())[name] += 1
    several = [slug for slug, keys in papers.items() if len(keys) >= FEWEST]
    largest = sorted(several, key=lambda slug: (-len(papers[slug]), slug))[:MOST_NAMES]
    return {
        slug: NamedPapers(
            name=min(spellings[slug], key=lambda name: (-spellings[slug][name], name)),
            papers=tuple(papers[slug]),
        )
        for slug in largest
    }


def sort_newest(papers: Iterable[Paper]) -> list[str]:
    """Return ids sorted by publication date, then by the date they were added, newest first; unknown dates come last."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    return [p.id for p in sorted(by_id, key=lambda p: (p.published, p.added), reverse=True)]


def sort_arrivals(papers: Iterable[Paper]) -> list[str]:
    """Return ids sorted by the date they were added, then by publication date, newest first; unknown dates come last."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    return [p.id for p in sorted(by_id, key=lambda p: (p.added, p.published), reverse=True)]
