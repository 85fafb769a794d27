"""Data for showing, filtering and ordering search results: cards in chunks, columns, orders and lengths."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from generator.model import KINDS, LinkKind, OwnField, Paper, Placement, Taxonomy
from generator.pages.parts.views import excerpt, list_short_facts
from generator.records.interest import Sign
from generator.records.own_fields import find_value, read_number, read_values
from generator.search.varints import write_varint
from generator.text.maths import plain

HAS: tuple[LinkKind, ...] = ("code", "data", "model")
STATUSES = ("active", "withdrawn", "superseded", "removed")
BATCH = 64
"""The number of papers whose export texts are in one file. Readers export whole lists, so large files load faster."""
_FINE, _COARSE, _MANY = 8, 4, 20_000
_CHUNKS = ((1_000, 2), (5_000, 4), (20_000, 8))
_LARGEST_CHUNK = 16


def size_of_chunk(papers: int) -> int:
    """Return the number of cards in one file, for a number of papers.

    Small shelves have small files, which load faster. Large shelves have larger ones, because the manifest lists all of them.
    """
    return next((size for most, size in _CHUNKS if papers <= most), _LARGEST_CHUNK)


def list_card_values(
    paper: Paper,
    authors: Sequence[str],
    topics: Sequence[int],
    fields: Mapping[str, OwnField],
    *,
    abstracts: bool,
) -> list[Any]:
    """Return what a search result shows of a paper.

    The list contains the id, the title, the first four of the authors, the number of authors, the date of publication, the number of
    the kind in `KINDS`, the number of the status in `STATUSES`, the kinds of links (one bit for each of `HAS`), the numbers of
    the topics, the beginning of the text, and the venue. If the paper has values of the shelf's own fields that lists show, these
    follow as one more list.
    """
    own = list_short_facts(fields, paper)
    return [
        paper.id,
        paper.title_text.plain,
        authors[:4],
        len(paper.authors) or paper.author_count or 0,
        paper.published,
        KINDS.index(paper.kind),
        STATUSES.index(paper.status),
        sum(int(bool(paper.links.get(kind))) << bit for bit, kind in enumerate(HAS)),
        list(topics),
        excerpt(paper, abstracts=abstracts),
        plain(paper.venue),
        *([list(own)] if own else []),
    ]


def pack_cards(cards: Sequence[list[Any]]) -> bytes:
    """Return a chunk of cards as JSON."""
    return msgspec.json.encode(cards)


def pack_own(papers: Sequence[Paper], fields: Mapping[str, OwnField], signs: Sequence[Sign] = ()) -> bytes:
    """Return the values of the shelf's own fields, and of signs of interest, as JSON: an object with one list for each.

    A list has one entry for each paper: a number, or a list of texts. It is null if the paper has no value, or a value that
    does not fit the type of the field. Free texts and links that are neither a filter nor an order have no list: nobody asks for a
    whole sentence, and every search would load them.
    """
    columns: dict[str, list[float | tuple[str, ...] | None]] = {
        sign.id: [sign.find(paper) for paper in papers] for sign in signs
    }
    for name, field in fields.items():
        if field.type in {"text", "link"} and field.show.isdisjoint({"facet", "sort"}):
            continue
        texts = [find_value(paper, name) for paper in papers]
        if field.type == "number":
            columns[name] = [read_number(text, field.unit) if text else None for text in texts]
        else:
            columns[name] = [read_values(field, text) if text else None for text in texts]
    return msgspec.json.encode(columns)


def pack_orders(papers: Sequence[Paper]) -> bytes:
    """Return the rank of each paper by date (newest first) and by title, as two columns of varints. Ranks begin at 0."""
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
            write_varint(out, place)
    return bytes(out)


def steps_of_lengths(papers: int) -> int:
    """Return the number of steps for each doubling of a length: 8, or 4 for more than 20,000 papers, to save bytes."""
    return _FINE if papers <= _MANY else _COARSE


def pack_lengths(lengths: Iterable[int], steps: int) -> bytes:
    """Return each length as one byte on a logarithmic scale: `steps` × log₂(length + 1), rounded and at most 255.

    >>> list(pack_lengths([0, 1, 3, 100], 8))
    [0, 8, 16, 53]
    """
    return bytes(min(255, round(steps * math.log2(length + 1))) for length in lengths)


def number_topics(
    papers: Sequence[Paper], taxonomy: Taxonomy, placements: Mapping[str, tuple[Placement, ...]]
) -> list[list[int]]:
    """Return for each paper the numbers of its topics. The number of a topic is its place in the taxonomy, from 0."""
    numbers = {topic: number for number, topic in enumerate(taxonomy.topics)}
    return [[numbers[p.topic] for p in placements.get(paper.id, ())] for paper in papers]
