"""The statistics of a shelf: papers over time, topics, and known facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from msgspec import Struct

from generator.model import KINDS, Catalogue, Paper, Placement, Shelf, Taxonomy
from generator.stats.cooccurrence import CoOccurrence, find_cooccurrences
from generator.stats.timeline import Timeline, build_scale, count_dates

FACTS: Mapping[str, Callable[[Paper], object]] = {
    "date": lambda paper: paper.published,
    "authors": lambda paper: paper.authors,
    "venue": lambda paper: paper.venue,
    "identifier": lambda paper: paper.links.get("doi") or paper.links.get("arxiv"),
    "summary": lambda paper: paper.summary,
    "abstract": lambda paper: paper.abstract,
    "code": lambda paper: paper.links.get("code"),
    "data": lambda paper: paper.links.get("data"),
    "model": lambda paper: paper.links.get("model"),
}
"""Facts of a record, each with a function that tests whether a record has it."""


class Statistics(Struct, frozen=True, kw_only=True):
    """Counts of a shelf."""

    papers: int
    published: Timeline
    added: Timeline
    by_topic: Mapping[str, Timeline]
    """Publication dates of each topic's papers, on the scale of the whole shelf."""
    cooccurrences: tuple[CoOccurrence, ...]
    facts: Mapping[str, int]
    """The number of papers with each fact; `topic` counts papers under a topic."""
    kinds: Mapping[str, int]


def build_statistics(
    shelf: Shelf,
    taxonomy: Taxonomy,
    placements: Mapping[str, tuple[Placement, ...]],
    catalogue: Catalogue,
) -> Statistics:
    """Return all counts; run time is linear in the number of papers and their topics."""
    papers = shelf.papers.values()
    published = {key: paper.published for key, paper in shelf.papers.items()}
    scale = build_scale(published.values())
    added = [paper.added for paper in papers]
    kinds = Counter(paper.kind for paper in papers)
    facts = {name: sum(1 for paper in papers if has(paper)) for name, has in FACTS.items()}
    return Statistics(
        papers=len(shelf.papers),
        published=count_dates(published.values(), scale),
        added=count_dates(added, build_scale(added)),
        by_topic={
            topic: count_dates(map(published.__getitem__, catalogue.by_topic.get(topic, ())), scale)
            for topic in taxonomy.topics
        },
        cooccurrences=find_cooccurrences(taxonomy, placements),
        facts={**facts, "topic": sum(map(bool, placements.values()))},
        kinds={kind: kinds[kind] for kind in KINDS if kinds[kind]},
    )
