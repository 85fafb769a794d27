"""The fields of a record, one row each: the table that every part of the program reads instead of a list of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

JoinRule = Literal[
    "id", "title", "abstract", "authors", "author_count", "published", "first", "publication", "links", "kind", "topics",
    "not_topics", "added", "status", "status_note", "superseded_by", "aliases", "featured", "sources", "extra",
]  # fmt: skip
"""How two values of a field become one; `generator/records/merge.py` has a function for each of these names.

Most fields have a rule of their own. `first` takes the value of the first description that has one. `publication` does
the same among descriptions of one venue: pages of a journal say nothing about a preprint.
"""


class FieldRow(Struct, frozen=True, kw_only=True):
    """What the program knows about one field of a record."""

    join: JoinRule
    is_editorial: bool = False
    """Whether curators decide it; of a record that is merged into another one, no source has said it."""


FIELDS: Mapping[str, FieldRow] = MappingProxyType(
    {
        "title": FieldRow(join="title"),
        "id": FieldRow(join="id", is_editorial=True),
        "summary": FieldRow(join="first", is_editorial=True),
        "abstract": FieldRow(join="abstract"),
        "authors": FieldRow(join="authors"),
        "author_count": FieldRow(join="author_count"),
        "published": FieldRow(join="published"),
        "venue": FieldRow(join="publication"),
        "venue_type": FieldRow(join="publication"),
        "volume": FieldRow(join="publication"),
        "issue": FieldRow(join="publication"),
        "pages": FieldRow(join="publication"),
        "editors": FieldRow(join="publication"),
        "publisher": FieldRow(join="publication"),
        "isbn": FieldRow(join="publication"),
        "language": FieldRow(join="first"),
        "links": FieldRow(join="links"),
        "kind": FieldRow(join="kind", is_editorial=True),
        "topics": FieldRow(join="topics", is_editorial=True),
        "not_topics": FieldRow(join="not_topics", is_editorial=True),
        "added": FieldRow(join="added", is_editorial=True),
        "status": FieldRow(join="status", is_editorial=True),
        "status_note": FieldRow(join="status_note", is_editorial=True),
        "superseded_by": FieldRow(join="superseded_by", is_editorial=True),
        "aliases": FieldRow(join="aliases", is_editorial=True),
        "featured": FieldRow(join="featured", is_editorial=True),
        "note": FieldRow(join="first", is_editorial=True),
        "sources": FieldRow(join="sources"),
        "extra": FieldRow(join="extra"),
    }
)
"""Every field of `Paper`, in its order; a test fails where one is missing."""
