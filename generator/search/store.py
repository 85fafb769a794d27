"""What results show and filters count, packed: cards in chunks, columns, and lengths."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from generator.model import KINDS, LinkKind, OwnField, Paper, Placement, Taxonomy
from generator.pages.parts.views import excerpt, list_short_facts
from generator.records.own_fields import find_value, read_number, read_values
from generator.search.varints import write_number

HAS: tuple[LinkKind, ...] = ("code", "data", "model")
STATUSES = ("active", "withdrawn", "superseded", "removed")
BATCH = 64
"""How many papers' export texts are in one file: whole lists are exported, so large files pack and load better."""
_FINE, _COARSE, _MANY = 8, 4, 20_000
_CHUNKS = ((1_000, 2), (5_000, 4), (20_000, 8))
_LARGEST_CHUNK = 16


def size_of_chunk(papers: int) -> int:
    """Return how many cards are in one file: few where each byte of a first result counts, more where names do."""
    return next((size for most, size in _CHUNKS if papers <= most), _LARGEST_CHUNK)


def build_card(
    paper: Paper, topics: Sequence[int], fields: Mapping[str, OwnField], *, abstracts: bool
) -> list[Any]:
    """Return what a result shows: id, title, authors, number of authors, date, kind, status, has, topics, text, own facts."""
    own = list_short_facts(fields, paper)
    return [
        paper.id,
        paper.title_text.plain,
        [author.shown for author in paper.authors[:4]],
        len(paper.authors) or paper.author_count or 0,
        paper.published,
        KINDS.index(paper.kind),
        STATUSES.index(paper.status),
        sum(int(bool(paper.links.get(kind))) << bit for bit, kind in enumerate(HAS)),
        list(topics),
        excerpt(paper, abstracts=abstracts),
        *([list(own)] if own else []),
    ]


def pack_cards(cards: Sequence[list[Any]]) -> bytes:
    """Return a chunk of cards as JSON."""
    return msgspec.json.encode(cards)


def pack_columns(
    papers: Sequence[Paper], topics: Sequence[Sequence[int]], venues: Mapping[str, int]
) -> bytes:
    """Return for each paper its year, kind and flags, topics and venue, one column after the other, as varints.

    Flags are has-code, has-data, has-model (one bit each), then the status. A year or venue of 0 is unknown; venues count
    from 1.
    """
    out = bytearray()
    for paper in papers:
        write_number(out, int(paper.published[:4] or 0))
    for paper in papers:
        has = sum(int(bool(paper.links.get(kind))) << bit for bit, kind in enumerate(HAS))
        write_number(out, KINDS.index(paper.kind) << 5 | STATUSES.index(paper.status) << 3 | has)
    for numbers in topics:
        write_number(out, len(numbers))
        for number in numbers:
            write_number(out, number)
    for paper in papers:
        write_number(out, venues.get(paper.venue, 0))
    return bytes(out)


def pack_own(papers: Sequence[Paper], fields: Mapping[str, OwnField]) -> bytes:
    """Return the values of the shelf's own fields as JSON: for each field a list by paper, of a number or of texts.

    What a paper does not say, and what is no value of the type, is null.
    """
    columns: dict[str, list[float | tuple[str, ...] | None]] = {}
    for name, field in fields.items():
        said = [find_value(paper, name) for paper in papers]
        if field.type == "number":
            columns[name] = [read_number(text, field.unit) if text else None for text in said]
        else:
            columns[name] = [read_values(field, text) if text else None for text in said]
    return msgspec.json.encode(columns)


def pack_orders(papers: Sequence[Paper]) -> bytes:
    """Return each paper's rank by date (newest first) and by title, as two columns of varints."""
    by_date = sorted(
        range(len(papers)), key=lambda n: (papers[n].published, papers[n].added, n), reverse=True
    )
    by_title = sorted(range(len(papers)), key=lambda n: (papers[n].title_text.plain.casefold(), papers[n].id))
    out = bytearray()
    for order in (by_date, by_title):
        rank = [0] * len(papers)
        for place, number in enumerate(order):
            rank[number] = place
        for place in rank:
            write_number(out, place)
    return bytes(out)


def steps_of_lengths(papers: int) -> int:
    """Return the steps for every doubling of a length: fewer in large shelves, where each bit is loaded 100,000 times."""
    return _FINE if papers <= _MANY else _COARSE


def pack_lengths(lengths: Iterable[int], steps: int) -> bytes:
    """Return each length as one byte on a logarithmic scale, with so many steps for every doubling."""
    return bytes(min(255, round(steps * math.log2(length + 1))) for length in lengths)


def number_topics(
    papers: Sequence[Paper], taxonomy: Taxonomy, placements: Mapping[str, tuple[Placement, ...]]
) -> list[list[int]]:
    """Return each paper's topics as their numbers in the taxonomy."""
    numbers = {topic: number for number, topic in enumerate(taxonomy.topics)}
    return [[numbers[p.topic] for p in placements.get(paper.id, ())] for paper in papers]
