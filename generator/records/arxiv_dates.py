"""Dates of records that no source dates, read from their arXiv numbers."""

from __future__ import annotations

from msgspec.structs import replace

from generator.identifiers import read_arxiv_month
from generator.model import Paper, Source
from generator.records.merge import join_sources

SOURCE = "arXiv number"
"""What a record calls the source of such a date; its entry is the number."""


def date_by_arxiv(paper: Paper) -> Paper:
    """Return a paper without a date with the month of its arXiv number, and with the number as the source of that.

    A paper stays as it is if it has a date, several numbers or none, or a source that says something else of its date.

    >>> date_by_arxiv(Paper(title="Owls", links={"arxiv": ("2310.00653",)})).published
    '2023-10'
    """
    numbers = paper.links.get("arxiv", ())
    month = read_arxiv_month(numbers[0]) if len(numbers) == 1 else ""
    if paper.published or not month or any("published" in source.claims for source in paper.sources):
        return paper
    sources = join_sources(paper.sources, [Source(name=SOURCE, entry=numbers[0])], keep_order=True)
    return replace(paper, published=month, sources=sources)
