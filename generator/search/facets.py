"""The facets of the search: what results can be filtered by. A row of `FACETS` is all that a facet needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from generator.catalogue import UNKNOWN_YEAR
from generator.labels.labels import Labels
from generator.model import KINDS, Paper, Site
from generator.search.store import HAS, STATUSES
from generator.search.varints import write_varint


class Facet(Struct, frozen=True):
    """A property of papers that results can be filtered by."""

    id: str
    """Its name in queries (`kind:survey`) and in URLs (`?kind=survey`)."""
    label: str
    """The key of its name in the labels."""
    find: Callable[[Site], Mapping[str, Sequence[str]]]
    """Returns the values of each paper by its id."""
    several: bool = False
    """Whether a paper may have several values. Readers can then ask for papers that have all chosen ones."""
    values: Callable[[Site], Iterable[str]] | None = None
    """Returns all values in the order of their numbers. Without it, these are the values found, in alphabetical order."""
    name: Callable[[Site, str], str] = lambda _, value: value
    """Returns the name of a value that readers see."""
    aliases: Callable[[Site], Mapping[str, Sequence[str]]] = lambda _: {}
    """Returns other names of values, by which readers may ask for them."""


def _each(find: Callable[[Paper], Sequence[str]]) -> Callable[[Site], Mapping[str, Sequence[str]]]:
    """Return a function that finds the values of all papers, from one that finds those of a paper."""
    return lambda site: {paper.id: find(paper) for paper in site.shelf.papers.values()}


def _named(names: Mapping[str, str]) -> Callable[[Site, str], str]:
    """Return a function that names values by their labels; other values are their own names."""
    return lambda site, value: site.labels(names[value]) if value in names else value


def _find_authors(site: Site) -> Mapping[str, Sequence[str]]:
    """Return the authors of each paper who have a list of their papers: rare names would fill the index and narrow nothing."""
    found: dict[str, list[str]] = {}
    for author in site.catalogue.authors.values():
        for paper in author.papers:
            found.setdefault(paper, []).append(author.name)
    return found


def _find_venues(site: Site) -> Mapping[str, Sequence[str]]:
    """Return the venue of each paper, in the spelling that its list shows."""
    found: dict[str, Sequence[str]] = {}
    for paper in site.shelf.papers.values():
        if paper.venue:
            venue = site.catalogue.directory.find_venue(paper.venue)
            named = site.catalogue.venues.get(venue.slug)
            found[paper.id] = [named.name if named else venue.name]
    return found


def _list_venue_aliases(site: Site) -> Mapping[str, Sequence[str]]:
    directory = site.catalogue.directory
    if not directory.venues:
        return {}
    written = {paper.venue for paper in site.shelf.papers.values() if paper.venue}
    return {
        venue.name: venue.aliases for venue in map(directory.find_venue, sorted(written)) if venue.aliases
    }


FACETS = (
    Facet(
        "topic",
        "facet.topic",
        lambda site: {paper: [p.topic for p in places] for paper, places in site.placements.items()},
        several=True,
        values=lambda site: site.taxonomy.topics,
        name=lambda site, value: site.taxonomy.topics[value].name,
    ),
    Facet(
        "year",
        "facet.year",
        _each(lambda paper: [paper.published[:4] or UNKNOWN_YEAR]),
        name=_named({UNKNOWN_YEAR: "date.unknown"}),
    ),
    Facet(
        "kind",
        "facet.kind",
        _each(lambda paper: [paper.kind]),
        values=lambda _: KINDS,
        name=_named({kind: f"kind.{kind}" for kind in KINDS}),
    ),
    Facet(
        "has",
        "facet.has",
        _each(lambda paper: [kind for kind in HAS if paper.links.get(kind)]),
        several=True,
        values=lambda _: HAS,
        name=_named({kind: f"link.{kind}" for kind in HAS}),
    ),
    Facet("venue", "facet.venue", _find_venues, aliases=_list_venue_aliases),
    Facet(
        "author",
        "facet.author",
        _find_authors,
        several=True,
        aliases=lambda site: {a.name: a.aliases for a in site.catalogue.authors.values() if a.aliases},
    ),
    Facet(
        "status",
        "facet.status",
        _each(lambda paper: [paper.status]),
        values=lambda _: STATUSES,
        name=_named({"active": "filters.active"} | {status: f"status.{status}" for status in STATUSES[1:]}),
    ),
)


def describe_facets(labels: Labels) -> list[list[Any]]:
    """Return what the manifest says of each facet: its id, its name, and whether a paper may have several values."""
    return [[facet.id, labels(facet.label), facet.several] for facet in FACETS]


def pack_facets(papers: Sequence[Paper], site: Site) -> bytes:
    """Return the values of all facets, and which of them each paper has.

    First come the length of a JSON text as a varint and that text: an object with a list for each facet, in which a value is
    its id and, if it differs or other names follow, its name. Then comes one column of varints for each facet, with one entry for each paper: the
    number of its value plus 1, or 0 without one. With several values, an entry is how many there are, then their numbers.
    """
    found = [facet.find(site) for facet in FACETS]
    values = [
        list(facet.values(site) if facet.values else sorted({v for each in some.values() for v in each}))
        for facet, some in zip(FACETS, found, strict=True)
    ]
    heads = {facet.id: _pack_values(facet, each, site) for facet, each in zip(FACETS, values, strict=True)}
    head = msgspec.json.encode(heads)
    out = bytearray()
    write_varint(out, len(head))
    out += head
    for facet, some, each in zip(FACETS, found, values, strict=True):
        numbers = {value: number for number, value in enumerate(each)}
        for paper in papers:
            own = [numbers[value] for value in some.get(paper.id, ())]
            for number in (len(own), *own) if facet.several else [number + 1 for number in own] or [0]:
                write_varint(out, number)
    return bytes(out)


def _pack_values(facet: Facet, values: Iterable[str], site: Site) -> list[list[str]]:
    aliases = facet.aliases(site)
    packed = []
    for value in values:
        name, others = facet.name(site, value), aliases.get(value, ())
        packed.append([value, name, *others] if others or name != value else [value])
    return packed
