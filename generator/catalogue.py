"""Lists of paper ids in the orders in which readers browse: newest first, by topic, by year, by venue, by author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from generator.directory import Name, build_directory
from generator.editorial import RESOURCES
from generator.model import Catalogue, NamedPapers, Paper, Placement, Resource, Shelf
from generator.names.mentions import find_mentions_of_names
from generator.records.own_fields import find_value

UNKNOWN_YEAR = "unknown"
"""The key of papers without a known date."""
FEWEST = 2
"""The number of papers from which a venue or an author has a list."""
FEWEST_NAMING = 3
"""The number of papers from which a model, a data set or a benchmark that they name has a list."""
MOST_NAMES = 1_000
"""The number of venues, of authors, and of models and data, that have a list: those with the most papers."""


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
    directory = build_directory(shelf.names, partial(_list_authors, shelf))
    return Catalogue(
        newest=newest,
        arrivals=arrivals,
        picks=[paper.id for paper in papers if paper.featured],
        by_topic=by_topic,
        by_year=years,
        venues=group_by_name(
            (directory.find_venue(paper.venue), paper.id) for paper in papers if paper.venue
        ),
        authors=group_by_name(
            (directory.find_person(author.shown, author.orcid, paper.id), paper.id)
            for paper in papers
            for author in paper.authors
        ),
        resources=_list_resources(shelf, papers),
        tables={
            table.id: [paper.id for paper in papers if find_value(paper, table.columns[0])]
            for table in shelf.fact_tables.values()
        },
        directory=directory,
    )


def _list_resources(shelf: Shelf, papers: Sequence[Paper]) -> dict[str, Resource]:
    """Return the models, data sets and benchmarks with a list, from the papers in their order."""
    named = find_mentions_of_names(shelf.names, papers)
    entries = {entry.slug: entry for entry in shelf.names if entry.kind in RESOURCES}
    several = [slug for slug, keys in named.items() if len(keys) >= FEWEST_NAMING]
    largest = sorted(several, key=lambda slug: (-len(named[slug]), slug))[:MOST_NAMES]
    return {slug: Resource(entry=entries[slug], papers=named[slug]) for slug in largest}


def _list_authors(shelf: Shelf) -> Iterator[tuple[str, str]]:
    return ((author.shown, author.orcid) for paper in shelf.papers.values() for author in paper.authors)


def group_by_name(pairs: Iterable[tuple[Name, str]]) -> dict[str, NamedPapers]:
    """Return the papers of each author or venue by its slug, from pairs with a paper's id, as `Catalogue` describes them.

    Those with the same slug are one, and the most frequent spelling is shown. People with the same spelling have words behind it.

    >>> one, two = Name(name="ACL 2024", slug="acl-2024"), Name(name="acl-2024", slug="acl-2024")
    >>> lists = group_by_name([(one, "owls"), (two, "mice"), (one, "wrens"), (Name(name="Owls", slug="owls"), "owls")])
    >>> [(slug, named.name, named.papers) for slug, named in lists.items()]
    [('acl-2024', 'ACL 2024', ('owls', 'mice', 'wrens'))]
    """
    papers: dict[str, dict[str, None]] = {}
    spellings: dict[str, Counter[str]] = {}
    known: dict[str, Name] = {}
    for one, key in pairs:
        papers.setdefault(one.slug, {})[key] = None
        spellings.setdefault(one.slug, Counter())[one.name] += 1
        if one.aliases or one.orcid or one.papers or one.note:
            known[one.slug] = one
    several = [slug for slug, keys in papers.items() if len(keys) >= FEWEST]
    largest = sorted(several, key=lambda slug: (-len(papers[slug]), slug))[:MOST_NAMES]
    shown = {slug: min(spellings[slug], key=lambda name: (-spellings[slug][name], name)) for slug in largest}
    times = Counter(shown.values())
    found: dict[str, NamedPapers] = {}
    for slug, name in shown.items():
        one = known.get(slug) or Name(name=name, slug=slug)
        words = one.note or (one.orcid if times[name] > 1 else "")
        found[slug] = NamedPapers(
            name=f"{name} ({words})" if words else name,
            papers=tuple(papers[slug]),
            orcid=one.orcid,
            is_one=bool(one.orcid or one.papers),
            aliases=one.aliases,
        )
    return found


def sort_newest(papers: Iterable[Paper]) -> list[str]:
    """Return ids sorted by publication date, then by the date they were added, newest first; unknown dates come last."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    return [p.id for p in sorted(by_id, key=lambda p: (p.published, p.added), reverse=True)]


def sort_arrivals(papers: Iterable[Paper]) -> list[str]:
    """Return ids sorted by the date they were added, then by publication date, newest first; unknown dates come last."""
    by_id = sorted(papers, key=lambda paper: paper.id)
    return [p.id for p in sorted(by_id, key=lambda p: (p.added, p.published), reverse=True)]
