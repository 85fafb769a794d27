"""Normalises the texts of a record, removes invisible characters, and checks its limits."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter, le
from typing import Any

import msgspec

from generator.fields import FIELDS
from generator.limits import EXTRA, ITEMS, NOTE, SHORT
from generator.model import Paper
from generator.problems import Problem, amount, error, note
from generator.records.parse import RecordPlace
from generator.text.normalise import is_normalised, normalise

_HIGHEST = 1_000_000
_ESCAPES = (b"\\u", b"\\b", b"\\f", b"\\r")
"""JSON escapes of control characters; some TeX commands begin with the same letters."""
_DELETE = b"\x7f"
"""The only control character that JSON does not escape."""


def normalise_paper(paper: Paper, place: RecordPlace) -> tuple[Paper, list[Problem]]:
    """Return the paper with normalised texts, and a note with the number of characters that were removed."""
    if _looks_normalised(paper):
        return paper, []
    values = msgspec.to_builtins(paper)
    clean = _normalise_value(values)
    before, after = (sum(map(len, _walk(v))) for v in (values, clean))
    message = f"{amount(before - after, 'invisible character was', 'invisible characters were')} removed"
    said = [note("unseen-characters", message, place.of("title"))] if before != after else []
    return msgspec.convert(clean, Paper), said


def _looks_normalised(paper: Paper) -> bool:
    """Return whether all texts of a paper are certainly normalised; False if a full check is needed."""
    try:
        whole = msgspec.json.encode(paper)
    except (UnicodeError, OverflowError):
        return False
    if b"\\" in whole and any(escape in whole for escape in _ESCAPES):
        return False
    return (whole.isascii() and _DELETE not in whole) or is_normalised(whole.decode())


def _walk(value: Any) -> Iterator[str]:  # noqa: ANN401 (any plain value)
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _walk(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _walk(inner)


def _normalise_value(value: Any) -> Any:  # noqa: ANN401 (any plain value)
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, dict):
        return {normalise(name): _normalise_value(inner) for name, inner in value.items()}
    return [_normalise_value(inner) for inner in value] if isinstance(value, list | tuple) else value


_LIMITED = {field: row.limit for field, row in FIELDS.items() if row.limit}
_LIMITS = tuple(_LIMITED.values())
_read_limited = attrgetter(*_LIMITED)


def is_small(paper: Paper) -> bool:
    """Return whether nothing of a paper is near a limit; quick, and False where that takes a closer look."""
    if paper.editors or paper.topics or paper.groups or paper.author_count or paper.image:
        return False
    for author in paper.authors:
        if len(author.name) + len(author.orcid) > SHORT:
            return False
    for source in paper.sources:
        if source.claims or source.discussion or len(source.name) + len(source.entry) > SHORT // 2:
            return False
        if len(source.date) + len(source.organisation) > SHORT // 2:
            return False
    return (
        all(map(le, map(len, _read_limited(paper)), _LIMITS))
        and all(len(values) <= ITEMS for values in paper.links.values())
        and not any(len(name) + len(text) > SHORT for name, text in paper.extra.items())
    )


def check_limits(paper: Paper, place: RecordPlace) -> Iterator[Problem]:
    """Return what is longer, more or higher than a record may hold."""
    return iter(()) if is_small(paper) else _list_faults(paper, place)


def _list_faults(paper: Paper, place: RecordPlace) -> Iterator[Problem]:
    for field, row in FIELDS.items():
        value = getattr(paper, field)
        if row.limit and len(value) > row.limit:
            if isinstance(value, str):
                message, hint = (
                    f"{field}: {len(value):,} characters; at most {row.limit:,} are allowed",
                    "shorten it",
                )
            else:
                hint = "write `author_count` instead" if field == "authors" else "keep the important ones"
                message = f"{field}: {len(value):,} items; at most {row.limit:,} are allowed"
            yield error("too-long", message, place.of(field), hint)
    for field, limit, texts in _list_parts(paper):
        if (length := max(map(len, texts), default=0)) > limit:
            message = f"{field}: a text of {length:,} characters; at most {limit:,} are allowed"
            yield error("too-long", message, place.of(field), "shorten it")
    for field in ("links", "groups"):
        if (number := max(map(len, getattr(paper, field).values()), default=0)) > ITEMS:
            message = f"{field}: {number:,} values of one kind; at most {ITEMS:,} are allowed"
            yield error("too-long", message, place.of(field), "keep the important ones")
    numbers = (("author_count", paper.author_count), *(("sources", s.discussion) for s in paper.sources))
    for field, count in numbers:
        if count is not None and not 0 <= count <= _HIGHEST:
            message = f"{field}: the number must be from 0 to {_HIGHEST:,}"
            yield error("bad-field", message, place.of(field), "correct or remove it")


def _list_parts(paper: Paper) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the texts in a paper's lists and mappings, by field with their limit."""
    yield "authors", SHORT, [text for author in paper.authors for text in (author.name, author.orcid)]
    yield "editors", SHORT, [text for editor in paper.list_editors() for text in (editor.name, editor.orcid)]
    yield "topics", SHORT, [text for pin in paper.topics for text in (pin.id, pin.why)]
    yield "groups", SHORT, [text for name, items in paper.groups.items() for text in (name, *items)]
    if paper.image:
        texts = (paper.image.file, paper.image.alt, paper.image.licence, paper.image.source)
        yield "image", NOTE, list(texts)
    yield "extra", EXTRA, [text for pair in paper.extra.items() for text in pair]
    for source in paper.sources:
        yield "sources", SHORT, [source.name, source.entry, source.date, source.organisation]
        yield "sources", EXTRA, list(source.claims.values())
