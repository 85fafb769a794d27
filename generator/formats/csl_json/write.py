"""Builds the CSL-JSON item of a paper, with only the known variables (docs.citationstyles.org, CSL 1.0.2)."""

from __future__ import annotations

from collections.abc import Sequence

from generator.formats.bibtex.write import best_url
from generator.formats.shared.name_lists import has_more_authors, has_more_editors
from generator.formats.shared.status import say_status
from generator.formats.shared.work_facts import find_issued, list_facts
from generator.formats.shared.work_types import find_work_type
from generator.model import Author, Paper
from generator.text.maths import plain


def build_csl(paper: Paper) -> dict[str, object]:
    """Return the item of a paper; names are split only if they have a comma and are not marked as indivisible."""
    issued = find_issued(paper)
    item: dict[str, object] = {
        "id": paper.citation_key,
        "type": find_work_type(paper).csl[0],
        "title": paper.title_text.plain,
        "author": _build_names(paper.authors, more=has_more_authors(paper)),
        "editor": _build_names(paper.list_editors(), more=has_more_editors(paper)),
        "issued": {"date-parts": [[int(part) for part in issued.split("-")]]} if issued else None,
        **{fact.csl: value for fact, value in list_facts(paper) if fact.csl},
        "DOI": next(iter(paper.links.get("doi", ())), ""),
        "URL": best_url(paper),
        "note": "\n".join(filter(None, (plain(say_status(paper)), paper.summary_text.plain))),
    }
    return {name: value for name, value in item.items() if value}


def _build_names(names: Sequence[Author], *, more: bool) -> list[dict[str, str]]:
    """Return the names; “others” is an additional name, as in Pandoc."""
    return [*map(_build_name, names), *([{"literal": "others"}] if names and more else [])]


def _build_name(author: Author) -> dict[str, str]:
    parts = author.parts
    if parts is None:
        return {"literal": author.name}
    suffix = {"suffix": parts.suffix} if parts.suffix else {}
    return {"family": parts.family, "given": parts.given, **suffix}
