"""Dates for undated records, read from their arXiv numbers."""

from __future__ import annotations

from msgspec.structs import replace

from generator.identifiers import read_arxiv_month
from generator.model import Paper, Source
from generator.records.merge import merge_sources

SOURCE = "arXiv number"
"""The name of such a date's source in a record; its entry is the arXiv number."""


def date_by_arxiv(paper: Paper) -> Paper:
    """Return the paper with the month of its arXiv number as the date and the number as the source of the date.

    The paper is unchanged if it has a date, no arXiv number or several, or a source that claims another date.

    >>> date_by_arxiv(Paper(title="Owls", links={"arxiv": ("2310.00653",)})).published
    '2023-10'
    """
    numbers = paper.links.get("arxiv", ())
    month = read_arxiv_month(numbers[0]) if len(numbers) == 1 else ""
    if paper.published or not month or any("published" in source.claims for source in paper.sources):
        return paper
    sources = merge_sources(paper.sources, [Source(name=SOURCE, entry=numbers[0])], keep_order=True)
    return replace(paper, published=month, sources=sources)
