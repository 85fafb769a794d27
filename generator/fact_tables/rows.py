"""The papers that are rows of a fact table, and the tables that have rows of a topic or a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Shelf, Site
from generator.problems import Problem, warning
from generator.records.own_fields import find_value
from generator.topics.curated_lists import CuratedList, find_lists_of_topics

_LEAST = 3


def check_fact_tables(shelf: Shelf) -> Iterator[Problem]:
    """Yield the tables that have no row."""
    for table in shelf.fact_tables.values():
        first = table.columns[0]
        if not any(paper.status != "removed" and find_value(paper, first) for paper in shelf.papers.values()):
            message = f"the table {table.id} has no row: no paper has a value of {first}"
            hint = "give papers the values, or put first a column that they have"
            yield warning("empty-table", message, table.place, hint)


def find_tables(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the tables in which each paper is a row, by paper."""
    found: dict[str, tuple[str, ...]] = {}
    for table, papers in site.catalogue.tables.items():
        for key in papers:
            found[key] = (*found.get(key, ()), table)
    return found


def find_tables_of_topics(site: Site) -> Mapping[str, tuple[CuratedList, ...]]:
    """Return the tables with at least three papers of a topic, by topic, as `find_lists_of_topics` orders them."""
    names = site.shelf.fact_tables
    lists = ((table, names[table].name, papers) for table, papers in site.catalogue.tables.items())
    return find_lists_of_topics(lists, site.placements, least=_LEAST)
