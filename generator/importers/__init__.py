"""One importer a format, each from texts to drafts with their places; the registry of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from generator.importers.listing import import_listings
from generator.importers.values import Batch, TextFile


class ImportFormat(Struct, frozen=True, kw_only=True):
    """A format that papers can come in: what it is, and the function that reads it."""

    name: str
    description: str
    read: Callable[[Sequence[TextFile], str], Batch]
    """From texts and the day that they were captured (or the empty string) to drafts and problems."""


FORMATS: Mapping[str, ImportFormat] = MappingProxyType(
    {
        "listing": ImportFormat(
            name="listing",
            description="saved pages of a daily-papers site, as plain text",
            read=import_listings,
        )
    }
)

__all__ = ["FORMATS", "Batch", "ImportFormat", "TextFile"]
