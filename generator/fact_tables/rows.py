"""The papers that are rows of a fact table, and the tables that have rows of a topic or a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.editorial import FactTable
from generator.model import Shelf, Site
from generator.problems import Problem, warning
from generator.records.own_fields import find_value

_LEAST = 3
_MOST = 4


def list_rows(shelf: Shelf, table: FactTable, keys: Sequence[str]) -> list[str]:
    """Return those of the papers that have a value in the first column of a table, in their order."""
    return [key for key in keys if find_value(shelf.papers[key], table.columns[0])]


def check_fact_tables(shelf: Shelf) -> Iterator[Problem]:
    """Yield the tables that have no row."""
    keys = [key for key, paper in shelf.papers.items() if paper.status != "removed"]
    for table in shelf.fact_tables.values():
        if not list_rows(shelf, table, keys):
            message = f"the table {table.id} has no row: no paper has a value of {table.columns[0]}"
            hint = "give papers the values, or put first a column that they have"
            yield warning("empty-table", message, table.place, hint)


def find_tables(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the tables in which each paper is a row, by paper."""
    found: dict[str, tuple[str, ...]] = {}
    for table in site.shelf.fact_tables.values():
        for key in list_rows(site.shelf, table, site.catalogue.newest):
            found[key] = (*found.get(key, ()), table.id)
    return found


class TopicTable(NamedTuple):
    """A table with papers of a topic."""

    table: str
    """The id of the table."""
    name: str
    papers: int
    """How many papers of the topic are rows."""


def find_tables_of_topics(site: Site) -> Mapping[str, tuple[TopicTable, ...]]:
    """Return the tables with at least three papers of a topic, by topic: those with the most first, and at most four."""
    counts = Counter(
        (place.topic, table)
        for key, tables in find_tables(site).items()
        for table in tables
        for place in site.placements.get(key, ())
    )
    found: dict[str, list[TopicTable]] = {}
    for (topic, table), papers in counts.items():
        if papers >= _LEAST:
            found.setdefault(topic, []).append(TopicTable(table, site.shelf.fact_tables[table].name, papers))
    order = {table: number for number, table in enumerate(site.shelf.fact_tables)}
    return {
        topic: tuple(sorted(tables, key=lambda table: (-table.papers, order[table.table]))[:_MOST])
        for topic, tables in found.items()
    }
