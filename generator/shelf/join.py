"""Two descriptions of one paper to one: the record's own facts first, gaps filled, differences kept as claims."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from generator.model import LinkKind, Paper, Source

_FILLED = (
    "summary", "authors", "venue", "venue_type", "volume", "issue", "pages", "editors", "publisher", "isbn",
    "language", "topics", "not_topics", "status_note", "superseded_by", "note",
)  # fmt: skip


def join_papers(record: Paper, other: Paper) -> Paper:
    """Return the record with what the other one knows and it does not; every source stays, with what it said.

    What stands in a record of the shelf is never replaced. Between two drafts a rule decides, whatever their order.
    """
    curated = bool(record.id)
    title = record.title if curated else choose_title(record.title, other.title)
    published = _choose_date(record.published, other.published, keep=curated)
    counts = [n for n in (record.author_count, other.author_count) if n is not None]
    count = (counts[0] if curated else max(counts)) if counts else None
    changes = {
        name: getattr(other, name) for name in _FILLED if not getattr(record, name) and getattr(other, name)
    }
    said = {
        "title": title,
        "published": published,
        "author_count": str(count or ""),
        "authors": _list_names(record) or _list_names(other),
        "venue": record.venue or other.venue,
    }
    return replace(
        record,
        **changes,
        title=title,
        published=published,
        author_count=count,
        abstract=max(record.abstract, other.abstract, key=lambda text: (len(text), text)),
        links=_join_links(record, other),
        added=min(filter(None, (record.added, other.added)), default=""),
        sources=_join_sources(_claim(record, said), _claim(other, said)),
        extra={**other.extra, **record.extra},
    )


def choose_title(one: str, two: str) -> str:
    """Return the better of two spellings of a title, whatever their order.

    The one that keeps its mathematics, then the longer one, then the one that sorts first.
    """
    return min(one, two, key=lambda title: (-title.count("$"), -len(title), title))


def _choose_date(one: str, two: str, *, keep: bool) -> str:
    """Return the more precise of two dates, then the earlier one; `keep` keeps the first unless the second only adds to it."""
    if keep and one and not two.startswith(one):
        return one
    return min(one, two, key=lambda date: (-len(date), date))


def _claim(paper: Paper, said: dict[str, str]) -> list[Source]:
    """Return the paper's sources, each with what its paper says otherwise than the joined record."""
    own = {
        "title": paper.title,
        "published": paper.published,
        "author_count": str(paper.author_count or ""),
        "authors": _list_names(paper),
        "venue": paper.venue,
    }
    differs = {name: value for name, value in own.items() if value and value != said[name]}
    return [replace(s, claims={**differs, **s.claims}) if differs else s for s in paper.sources]


def _list_names(paper: Paper) -> str:
    return "; ".join(author.name for author in paper.authors)


def _join_sources(mine: Sequence[Source], others: Sequence[Source]) -> tuple[Source, ...]:
    """Return all sources, one for each entry, by date, name and entry; a known entry keeps what it knows."""
    found = {name_source(s): s for s in others}
    for source in mine:
        before = found.get(name_source(source))
        found[name_source(source)] = source if before is None else _newer(source, before)
    return tuple(sorted(found.values(), key=lambda s: (s.date, s.name, s.entry.zfill(9))))


def name_source(source: Source) -> tuple[str, str, str]:
    """Return what tells one entry of one source from all others."""
    return source.name, source.date, source.entry


def _newer(mine: Source, other: Source) -> Source:
    return replace(
        mine,
        organisation=mine.organisation or other.organisation,
        discussion=other.discussion if mine.discussion is None else mine.discussion,
        claims={**other.claims, **mine.claims},
    )


def _join_links(record: Paper, other: Paper) -> dict[LinkKind, tuple[str, ...]]:
    links: dict[LinkKind, tuple[str, ...]] = dict(record.links)
    for kind, values in other.links.items():
        links[kind] = tuple(dict.fromkeys((*links.get(kind, ()), *values)))
    return dict(sorted(links.items()))
