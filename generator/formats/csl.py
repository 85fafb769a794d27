"""CSL-JSON of one paper, with only what is known of it (docs.citationstyles.org, CSL 1.0.2)."""

from __future__ import annotations

from generator.formats.bibtex import best_url
from generator.model import Paper
from generator.text.maths import plain

_TYPES = {
    "journal": "article-journal", "conference": "paper-conference", "workshop": "paper-conference", "report": "report",
    "book": "book", "thesis": "thesis",
}  # fmt: skip


def build_csl(paper: Paper) -> dict[str, object]:
    """Return the item of a paper; names are split only where the source writes a comma."""
    item: dict[str, object] = {
        "id": paper.id,
        "type": _TYPES.get(paper.venue_type or "", "article"),
        "title": plain(paper.title),
        "author": [_build_name(author.name) for author in paper.authors],
        "issued": {"date-parts": [[int(part) for part in paper.published.split("-")]]}
        if paper.published
        else None,
        "container-title": paper.venue,
        "volume": paper.volume,
        "issue": paper.issue,
        "page": paper.pages,
        "publisher": paper.publisher,
        "ISBN": paper.isbn,
        "language": paper.language,
        "DOI": next(iter(paper.links.get("doi", ())), ""),
        "URL": best_url(paper),
        "note": plain(paper.summary),
    }
    return {name: value for name, value in item.items() if value}


def _build_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}
