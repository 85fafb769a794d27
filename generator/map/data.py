"""The map's data for its script: positions in columns, topics, and the positions of topic names.

Papers are in the order of the search index, so that the map can use its cards, exports and results.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator.model import MAP_SIDE, Asset, Paper, Site, Taxonomy
from generator.search.entries import name_numbers, number_documents
from generator.search.store import number_topics
from generator.urls.files import MAP_POINTS

FORMAT = 1
_COLOURS = 12
_CELLS = 40  # the map in squares, in which the papers of a topic are counted
Ints = NDArray[np.int64]


def build_map(site: Site) -> Asset:
    """Return the data file of the map. Papers without a position have x and y of -1.

    `numbering` identifies the order of the search index: if a script finds another value there, the site has
    changed in the meantime.
    """
    papers = number_documents(site.shelf.papers.values())
    topics = number_topics(papers, site.taxonomy, site.placements)
    map_positions = [site.map_positions.get(paper.id) for paper in papers]
    x, y = (
        [getattr(position, axis) if position else -1 for position in map_positions] for axis in ("x", "y")
    )
    roots = _find_roots(site.taxonomy)
    values: dict[str, Any] = {
        "format": FORMAT,
        "side": MAP_SIDE,
        "numbering": name_numbers(papers),
        "topics": [
            [topic.id, topic.name, parent]
            for topic, parent in zip(
                site.taxonomy.topics.values(), _number_parents(site.taxonomy), strict=True
            )
        ],
        "colours": _choose_colours(topics, roots),
        "labels": _place_names(np.array(x, np.int64), np.array(y, np.int64), topics, len(roots)),
        "x": x,
        "y": y,
        "year": [_year_of(paper) for paper in papers],
        "of": topics,
    }
    return Asset(path=MAP_POINTS, body=msgspec.json.encode(values))


def _year_of(paper: Paper) -> int:
    return int(paper.published[:4]) if paper.published else 0


def _number_parents(taxonomy: Taxonomy) -> list[int]:
    """Return the number of each topic's parent, -1 for top-level topics."""
    numbers = {key: number for number, key in enumerate(taxonomy.topics)}
    return [numbers.get(topic.parent, -1) for topic in taxonomy.topics.values()]


def _find_roots(taxonomy: Taxonomy) -> list[int]:
    """Return the number of each topic's top-level ancestor."""
    parents = _number_parents(taxonomy)
    roots = list(range(len(parents)))
    for number in roots:
        at = number
        while parents[at] >= 0:
            at = parents[at]
        roots[number] = at
    return roots


def _choose_colours(topics: Sequence[Sequence[int]], roots: Sequence[int]) -> list[int]:
    """Return the topics with a colour: the top-level topics, or the largest of them with room for “other”."""
    first: dict[int, int] = {}
    for numbers in topics:
        if numbers:
            first[roots[numbers[0]]] = first.get(roots[numbers[0]], 0) + 1
    largest = sorted(first, key=lambda root: (-first[root], root))
    return largest if len(largest) <= _COLOURS else largest[: _COLOURS - 1]


def _place_names(x: Ints, y: Ints, topics: Sequence[Sequence[int]], number: int) -> list[list[int]]:
    """Return for each topic with a cluster: its number, x and y of the cluster, and its number of papers on the map."""
    on_map = np.flatnonzero(x >= 0)
    on_places = [topics[n] for n in on_map.tolist()]
    lengths = np.array([len(numbers) for numbers in on_places], np.int64)
    of = np.array([topic for numbers in on_places for topic in numbers], np.int64)
    papers = np.repeat(on_map, lengths)
    everything = _count_around(x[on_map], y[on_map])
    order = np.argsort(of, kind="stable")
    bounds = np.searchsorted(of[order], np.arange(number + 1))
    names = []
    for topic, (start, end) in enumerate(pairwise(bounds.tolist())):
        own = papers[order[start:end]]
        if not len(own):
            continue
        around = _count_around(x[own], y[own])
        cell = int(np.argmax(around**2 * 1000 // np.maximum(1, everything)))  # many of them, and few others
        row, column = divmod(cell, _CELLS)
        near = own[(abs(_cell_of(y[own]) - row) <= 1) & (abs(_cell_of(x[own]) - column) <= 1)]
        names.append([topic, int(np.median(x[near])), int(np.median(y[near])), len(own)])
    return sorted(names, key=lambda name: (-name[3], name[0]))


def _cell_of(at: Ints) -> Ints:
    return np.minimum(at * _CELLS // MAP_SIDE, _CELLS - 1)


def _count_around(x: Ints, y: Ints) -> Ints:
    """Return the number of papers in each square and the eight around it."""
    counts = np.bincount(_cell_of(y) * _CELLS + _cell_of(x), minlength=_CELLS**2).reshape(_CELLS, _CELLS)
    padded = np.pad(counts, 1)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    return np.asarray(rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:], np.int64).ravel()
