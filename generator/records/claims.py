"""Claims: values of a source that differ from the record and are stored with the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from generator.fields import FIELDS
from generator.limits import EXTRA
from generator.model import Author, Image, Paper, Pin, Source

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {name: getattr(Paper(title=""), name) for name in Paper.__struct_fields__}
)
"""The value of each field if nothing is known."""
CUT_OFF = " .…"
"""Characters at the end of truncated texts."""
OTHERS = "others"
"""The field in `extra` for a list of authors or editors that ends with “and others”."""
_NEVER_LOST = {"id", "links", "groups", "sources"}
_LOSABLE = tuple(field for field in FIELDS if field not in _NEVER_LOST)
_read_losable = attrgetter(*_LOSABLE)


def find_dropped_values(part: Paper, merged: Paper) -> dict[str, str]:
    """Return the values of a description that the merged one lacks, as text by field; `extra` fields are named `extra.NAME`."""
    if _read_losable(part) == _read_losable(merged):
        return {}
    return {
        name: text
        for field in _LOSABLE
        if getattr(part, field) not in (DEFAULTS[field], getattr(merged, field))
        for name, text in _list_lost(field, part, merged)
        if text
    }


def _list_lost(field: str, part: Paper, merged: Paper) -> Iterator[tuple[str, str]]:
    mine, result = getattr(part, field), getattr(merged, field)
    if field == "extra":
        left = ((name, text) for name, text in mine.items() if result.get(name) != text and name != OTHERS)
        yield from ((f"extra.{name}", text) for name, text in left)
    elif field in {"topics", "not_topics", "aliases"}:
        known = set(map(say_value, result))
        yield field, say_value([item for item in mine if say_value(item) not in known])
    elif field == "authors":
        yield field, _say_authors(mine, result, has_more=part.extra.get(OTHERS) == "authors")
    elif field == "abstract":
        yield field, "" if result.startswith(mine.rstrip(CUT_OFF)) else mine
    elif field == "key":  # that of an entry stays with its source
        yield field, "" if mine in {source.entry for source in part.sources} else mine
    elif field == "added":
        yield field, "" if mine in {source.date for source in part.sources} else mine
    else:
        yield field, say_value(mine)


def _say_authors(mine: Sequence[Author], result: Sequence[Author], *, has_more: bool) -> str:
    """Return the names if the result has different names, with ORCIDs if only those differ; otherwise an empty text.

    With `has_more`, the description lists only the first authors, so it is compared with the first names of the result.
    """
    names = [author.name for author in result]
    if [author.name for author in mine] != (names[: len(mine)] if has_more else names):
        return say_value(mine)
    if all(one.orcid in {"", two.orcid} for one, two in zip(mine, result, strict=False)):
        return ""
    return "; ".join(f"{author.name} ({author.orcid})" if author.orcid else author.name for author in mine)


def say_value(value: Any) -> str:  # noqa: ANN401 (a value of any field)
    """Return a field's value as one text for a report."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "; ".join(map(say_value, value))
    if isinstance(value, Image):
        return "; ".join(filter(None, (value.file, value.alt, value.licence, value.source)))
    if isinstance(value, Author):
        return value.name
    return value.id if isinstance(value, Pin) else str(value)


def attach_claims(
    sources: Sequence[Source], lost: Mapping[str, str]
) -> tuple[tuple[Source, ...], dict[str, str]]:
    """Return the sources with the lost values as claims of the first source, and the values that could not become claims.

    Existing claims stay. An abstract never becomes a claim, because it is long and often may not be published.
    """
    if not sources or not lost:
        return tuple(sources), dict(lost)
    first = sources[0]
    claims = {
        name: text
        for name, text in lost.items()
        if name != "abstract" and len(text) <= EXTRA and first.claims.get(name, text) == text
    }
    unclaimed = {name: text for name, text in lost.items() if name not in claims}
    return (replace(first, claims={**first.claims, **claims}), *sources[1:]), unclaimed
