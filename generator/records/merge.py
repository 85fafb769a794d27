"""Merges two descriptions of a paper, each field by the rule in its row of `FIELDS`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.fields import FIELDS, MergeRule
from generator.model import Author, LinkKind, Paper, Pin, Source, Status
from generator.records.claims import CUT_OFF, DEFAULTS, OTHERS, attach_claims, find_dropped_values
from generator.text.titles import fold_title

_SEVERITY: tuple[Status, ...] = ("active", "superseded", "removed", "withdrawn")
"""If two entries of an import have different statuses, the later one in this list wins."""


_VERSION = re.compile(r"(?<=\d)v\d+$", re.ASCII)


class MergeCase(Enum):
    """What is merged: two entries of an import, a record and an entry, or two records."""

    ENTRIES = 1
    IMPORT = 2
    RECORDS = 3


class _Pair(Struct, frozen=True, kw_only=True):
    """The two descriptions; `mine` has precedence. `is_settled`: curators set a status in `mine`."""

    mine: Paper
    other: Paper
    case: MergeCase
    is_settled: bool

    @property
    def is_import(self) -> bool:
        """Whether the first description is a record, whose values an import never replaces."""
        return self.case is MergeCase.IMPORT

    @property
    def is_new(self) -> bool:
        """Whether both are entries of an import, so that their order must not matter."""
        return self.case is MergeCase.ENTRIES


def merge_facts(record: Paper, other: Paper, case: MergeCase, *, is_settled: bool = False) -> Paper:
    """Return the merged facts of two descriptions, with the sources of both.

    An import never replaces a value of a record. Between two entries of an import, a rule decides, independently of
    their order. `find_dropped_values` returns the values that the result lacks. With `is_settled`, an active record also keeps
    its status.
    """
    pair = _Pair(mine=record, other=other, case=case, is_settled=is_settled)
    return replace(record, **{name: _RULES[row.merge](name, pair) for name, row in FIELDS.items()})


def merge_descriptions(record: Paper, other: Paper) -> Paper:
    """Return the merged facts of two descriptions; values that are lost become claims of the description's own sources.

    A description with an id is a record, whose values are not replaced.
    """
    case = MergeCase.IMPORT if record.id else MergeCase.ENTRIES
    merged = merge_facts(record, other, case)
    mine = (
        record.sources if record.id else attach_claims(record.sources, find_dropped_values(record, merged))[0]
    )
    others, _ = attach_claims(other.sources, find_dropped_values(other, merged))
    return replace(merged, sources=merge_sources(mine, others, keep_order=bool(record.id)))


def choose_title(one: str, two: str) -> str:
    """Return the better of two spellings of a title, independently of their order.

    Preferred is a title with formulas, then the longer one, then the one that sorts first.
    """
    return min(one, two, key=lambda title: (-title.count("$"), -len(title), title))


def name_source(source: Source) -> tuple[str, str, str]:
    """Return the key of an entry: the source's name, its date if needed, and the entry.

    A citation key or identifier means the same entry on every date and in every version; a number only on the same
    date.

    >>> name_source(Source(name="arXiv", entry="2301.00010v2", date="2024-06-01"))
    ('arXiv', '', '2301.00010')
    """
    if has_key(source):
        return source.name, "", _VERSION.sub("", source.entry)
    return source.name, source.date, source.entry


def has_key(source: Source) -> bool:
    """Return whether a source identifies its entries by keys or identifiers instead of numbers."""
    return bool(source.entry) and not source.entry.isdecimal()


def merge_sources(
    mine: Sequence[Source], others: Sequence[Source], *, keep_order: bool
) -> tuple[Source, ...]:
    """Return all sources, one for each entry, sorted by date, name and entry; known entries keep their values.

    With `keep_order`, `mine` keeps its order, and each other source is inserted before the first later one.
    """
    new = {name_source(source): source for source in others}
    found = [_update(source, new.pop(name_source(source), source)) for source in mine]
    for source in new.values():
        later = (n for n, known in enumerate(found) if _sort_source(known) > _sort_source(source))
        found.insert(next(later, len(found)), source)
    return tuple(found if keep_order else sorted(found, key=_sort_source))


def _sort_source(source: Source) -> tuple[str, str, str]:
    return source.date, source.name, source.entry.zfill(9)


def _update(mine: Source, other: Source) -> Source:
    """Return a source with the additions of a newer reading of the same entry; different values become claims."""
    differs = {
        name: str(value)
        for name in ("organisation", "discussion")
        if (value := getattr(other, name)) not in ("", None, getattr(mine, name))
        and getattr(mine, name) not in ("", None)
    }
    return replace(
        mine,
        kind=mine.kind or other.kind,
        organisation=mine.organisation or other.organisation,
        discussion=other.discussion if mine.discussion is None else mine.discussion,
        gone=other.gone,
        claims={**differs, **other.claims, **mine.claims},
    )


def _take_first(name: str, pair: _Pair) -> Any:  # noqa: ANN401 (a value of any field)
    """Return the value of the first description that has one."""
    mine = getattr(pair.mine, name)
    return getattr(pair.other, name) if mine == DEFAULTS[name] else mine


def _take_own(name: str, pair: _Pair) -> Any:  # noqa: ANN401 (a value of any field)
    return getattr(pair.mine, name)


def _take_publication(name: str, pair: _Pair) -> Any:  # noqa: ANN401 (a value of any field)
    """Return a value about the publication; between two entries, any venue has precedence over that of a preprint."""
    mine, other = pair.mine, pair.other
    preprints = [paper.venue_type == "preprint" for paper in (mine, other)]
    if pair.is_new and preprints == [True, False] and (other.venue or other.venue_type):
        mine, other = other, mine
    value = getattr(mine, name)
    is_one = not (mine.venue and other.venue) or fold_title(mine.venue) == fold_title(other.venue)
    is_one = is_one and (not (mine.venue_type and other.venue_type) or preprints[0] == preprints[1])
    return getattr(other, name) if value == DEFAULTS[name] and is_one else value


def _join_key(_: str, pair: _Pair) -> str:
    """Return the key; a record without a key stays without one, because it is cited by its id."""
    return pair.mine.key or (pair.other.key if pair.is_new else "")


def _join_title(_: str, pair: _Pair) -> str:
    one, two = pair.mine.title, pair.other.title
    return choose_title(one, two) if pair.is_new else one


def _join_abstract(_: str, pair: _Pair) -> str:
    """Return the longer abstract; a record keeps its own unless the other one continues a truncated abstract."""
    mine, other = pair.mine.abstract, pair.other.abstract
    if pair.is_new:
        return max(mine, other, key=lambda text: (len(text), text))
    return other if len(other) > len(mine) and other.startswith(mine.rstrip(CUT_OFF)) else mine


def _join_published(_: str, pair: _Pair) -> str:
    """Return the more precise date, or the earlier one; a record keeps its own unless the other one only adds precision."""
    mine, other = pair.mine.published, pair.other.published
    if not pair.is_new and mine and not other.startswith(mine):
        return mine
    return min(mine, other, key=lambda date: (-len(date), date))


def _join_author_count(_: str, pair: _Pair) -> int | None:
    counts = [n for n in (pair.mine.author_count, pair.other.author_count) if n is not None]
    return (max(counts) if pair.is_new else counts[0]) if counts else None


def _join_authors(_: str, pair: _Pair) -> tuple[Author, ...]:
    """Return the first list of authors, completed by the other list for names that occur once in each."""
    mine, other = pair.mine.authors or pair.other.authors, pair.other.authors
    theirs = {author.name: author for author in other if author != Author(name=author.name)}
    if not theirs:
        return mine
    often = [Counter(author.name for author in authors) for authors in (mine, other)]
    return tuple(
        _join_author(author, theirs[author.name])
        if author.name in theirs and all(count[author.name] == 1 for count in often)
        else author
        for author in mine
    )


def _join_author(mine: Author, other: Author) -> Author:
    return replace(mine, orcid=mine.orcid or other.orcid, literal=mine.literal or other.literal)


def _join_links(_: str, pair: _Pair) -> dict[LinkKind, tuple[str, ...]]:
    links: dict[LinkKind, tuple[str, ...]] = dict(pair.mine.links)
    for kind, values in pair.other.links.items():
        links[kind] = tuple(dict.fromkeys((*links.get(kind, ()), *values)))
    return dict(sorted(links.items()))


def _join_kind(name: str, pair: _Pair) -> Any:  # noqa: ANN401 (a kind)
    """Return the kind; every record has one, so that of a record is the curators' choice."""
    return pair.mine.kind if pair.is_import else _take_first(name, pair)


def _join_topics(_: str, pair: _Pair) -> tuple[Pin, ...]:
    """Return the topics of both; if a record has topics, an import does not change them."""
    mine = pair.mine.topics
    if pair.is_import and mine:
        return mine
    known = {pin.id for pin in mine} | set(pair.mine.not_topics)
    return (*mine, *(pin for pin in pair.other.topics if pin.id not in known))


def _join_not_topics(_: str, pair: _Pair) -> tuple[str, ...]:
    mine = pair.mine.not_topics
    if pair.is_import and mine:
        return mine
    known = {pin.id for pin in pair.mine.topics} | set(mine)
    return (*mine, *(topic for topic in pair.other.not_topics if topic not in known))


def _join_groups(_: str, pair: _Pair) -> dict[str, tuple[str, ...]]:
    mine, other = pair.mine.groups, pair.other.groups
    names = dict.fromkeys((*mine, *other))
    return {name: tuple(dict.fromkeys((*mine.get(name, ()), *other.get(name, ())))) for name in names}


def _join_added(_: str, pair: _Pair) -> str:
    return min(filter(None, (pair.mine.added, pair.other.added)), default="")


def _join_status(_: str, pair: _Pair) -> Status:
    """Return the status: one set by curators stays, otherwise the more serious one; a withdrawal says more than a successor."""
    mine, other = pair.mine.status, pair.other.status
    if pair.is_new or (pair.case is MergeCase.RECORDS and mine == "superseded"):
        return max(mine, other, key=_SEVERITY.index)
    return mine if mine != "active" or pair.is_settled else other


def _take_with_status(name: str, pair: _Pair) -> str:
    """Return the note or successor of the first description that has one and whose status agrees with the merged status."""
    status = _join_status(name, pair)
    parts = (part for part in (pair.mine, pair.other) if part.status in {status, "active"})
    return next(filter(None, (getattr(part, name) for part in parts)), "")


def _join_aliases(_: str, pair: _Pair) -> tuple[str, ...]:
    merged = dict.fromkeys((*pair.mine.aliases, *pair.other.aliases))
    merged.pop(pair.mine.id, None)
    return tuple(merged)


def _join_featured(_: str, pair: _Pair) -> bool:
    """Return `featured`; an import never changes that of a record."""
    return pair.mine.featured or (pair.other.featured and not pair.is_import)


def _join_sources(_: str, pair: _Pair) -> tuple[Source, ...]:
    return merge_sources(pair.mine.sources, pair.other.sources, keep_order=not pair.is_new)


def _join_extra(_: str, pair: _Pair) -> dict[str, str]:
    more = {name: text for name, text in pair.other.extra.items() if name not in pair.mine.extra}
    if pair.mine.authors:  # theirs are not taken, nor that there are more of them
        more.pop(OTHERS, None)
    return {**pair.mine.extra, **more}


_RULES: Mapping[MergeRule, Callable[[str, _Pair], Any]] = MappingProxyType(
    {
        "id": _take_own,
        "key": _join_key,
        "title": _join_title,
        "abstract": _join_abstract,
        "authors": _join_authors,
        "author_count": _join_author_count,
        "published": _join_published,
        "first": _take_first,
        "publication": _take_publication,
        "links": _join_links,
        "kind": _join_kind,
        "topics": _join_topics,
        "not_topics": _join_not_topics,
        "groups": _join_groups,
        "added": _join_added,
        "status": _join_status,
        "status_note": _take_with_status,
        "superseded_by": _take_with_status,
        "aliases": _join_aliases,
        "featured": _join_featured,
        "sources": _join_sources,
        "extra": _join_extra,
    }
)
