"""The headings of a reading list with the words below them, and which of them are no topics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.formats.readme.parse import read_heading_tokens
from generator.formats.readme.venues import parse_venue
from generator.formats.values import Heading
from generator.records.groups import PATH
from generator.text.dates import parse_date

_LIST = re.compile(
    r"(?:(?:awesome|the|a|of|all|full|our|main|selected|related|paper|papers|publication|publications|article|articles|"
    r"work|works|literature|reading|list|lists|collection|bibliography|references|论文|论文列表)\s*)+",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:before|after|since|until|pre|prior to|up to|early|earlier than|older than)?[\s\-–]*"
    r"(?:19|20)\d\d(?:\s*[-–—/~]\s*(?:(?:19|20)\d\d|present|now))?\s*年?"
    r"(?:\s*(?:and|&|or)\s*(?:before|earlier|older|later|newer))?",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z][\w&.]*[A-Z][\w&.]*", re.ASCII)


def find_reason(heading: str) -> str:
    """Return why a heading is no topic, or the empty string where it is one.

    >>> find_reason("2023 and before"), find_reason("Paper list"), find_reason("CVPR 2024"), find_reason("Owls")
    ('a date', 'a word for the list itself', 'a venue', '')
    """
    said = " ".join(re.sub(r"[^\w\s/~–—&.'’-]", " ", heading).split()).strip(" .-–—")
    if _LIST.fullmatch(said) or said.casefold() == "other papers":
        return "a word for the list itself"
    if said and (_YEARS.fullmatch(said) or parse_date(said)):
        return "a date"
    venue = parse_venue(said)
    return "a venue" if venue and venue.year and _ACRONYM.fullmatch(venue.name) else ""


def read_headings(text: str, file: str) -> Iterator[Heading]:
    """Yield the headings of a page in their order, each with its path, its line and the paragraphs below it."""
    for path, line, paragraphs in read_heading_tokens(text):
        said = " ".join(" ".join(paragraphs).split())
        yield Heading(path=PATH.join(path), file=file, line=line, text=said)
