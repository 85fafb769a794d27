"""The headings of a reading list with the text below them, and which of them do not become topics."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from generator.formats.readme.items import Item, find_lead
from generator.formats.readme.pieces import join_text
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
    """Return the reason why a heading is not a topic, or an empty text if it is one.

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


def read_headings(items: Sequence[Item], file: str, papers: Collection[int]) -> Iterator[Heading]:
    """Yield the headings of a page in order, each with its path, its line and the paragraphs below it.

    Args:
        items: the items of the page in order.
        file: the name of the page.
        papers: the line numbers of papers, which are neither headings nor descriptions.
    """
    heading: Heading | None = None
    is_open = False
    for item in items:
        if item.level and item.line not in papers:
            if heading:
                yield heading
            path = PATH.join((*item.section, join_text(item.pieces)))
            heading, is_open = Heading(path=path, file=file, line=item.line, text=""), True
        elif item.bullet or item.level or item.line in papers:
            is_open = False
        elif heading and is_open and not item.hidden and find_lead(item.pieces) is None:
            heading = replace(heading, text=" ".join(f"{heading.text} {join_text(item.pieces)}".split()))
    if heading:
        yield heading
