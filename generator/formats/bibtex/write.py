"""Renders the BibTeX entry of a paper, with only the known fields."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from generator.formats.shared.name_lists import has_more_authors, has_more_editors
from generator.formats.shared.status import say_status
from generator.formats.shared.work_facts import Fact, find_body, find_issued, list_facts, split_pages
from generator.formats.shared.work_types import find_work_type
from generator.identifiers import build_link_url
from generator.model import Author, Paper
from generator.text.escaping import (
    escape_bibtex,
    escape_bibtex_address,
    escape_bibtex_body,
    escape_bibtex_name,
)
from generator.text.names import shows_body

_EDIT = re.compile(r"(?:^|(?<=\{))(?=\+\+|--|==|~~|>>)")
_MONTHS = tuple(name[:3].lower() for name in calendar.month_name)
"""The month macros, which every style defines in its own way."""


def render_bibtex(paper: Paper) -> str:
    """Return the entry of a paper, without fields for unknown facts."""
    kind = find_work_type(paper)
    year, _, rest = find_issued(paper).partition("-")
    fields = {
        "title": paper.title_text.bibtex,
        "author": _render_names(paper.authors, more=has_more_authors(paper)),
        "editor": _render_names(paper.list_editors(), more=has_more_editors(paper)),
        "year": year,
        kind.venue: escape_bibtex(find_body(paper, kind) or paper.venue),
        **{fact.bibtex: _render_fact(fact, value) for fact, value in list_facts(paper) if fact.bibtex},
        "doi": escape_bibtex_address(next(iter(paper.links.get("doi", ())), "")),
        "eprint": next(iter(paper.links.get("arxiv", ())), ""),
        "archiveprefix": "arXiv" if paper.links.get("arxiv") else "",
        "url": escape_bibtex_address(best_url(paper)),
        "note": escape_bibtex(say_status(paper)),
    }
    lines = [f"  {name} = {{{_separate(value)}}}," for name, value in fields.items() if value]
    if rest:
        lines.append(f"  month = {_MONTHS[int(rest[:2])]},")
    return "\n".join([f"@{kind.bibtex[0]}{{{paper.citation_key},", *lines, "}"])


def _render_fact(fact: Fact, value: str) -> str:
    if fact.bibtex == "pages":
        ranges = (filter(None, split_pages(part)) for part in value.split(","))
        return ", ".join("--".join(map(escape_bibtex, pages)) for pages in ranges)
    return escape_bibtex(value)


def _separate(value: str) -> str:
    """Return a value in which `{}`, which prints nothing, breaks up sequences that CriticMarkup would read as edits."""
    return _EDIT.sub("{}", value)


def _render_names(names: Sequence[Author], *, more: bool) -> str:
    return " and ".join([*map(_render_name, names), *(["others"] if names and more else [])])


def _render_name(author: Author) -> str:
    """Return a name in BibTeX's form: with the suffix in the middle, and braces around indivisible names."""
    if author.literal or shows_body(author.name):
        return escape_bibtex_body(author.name)
    if not (parts := author.parts):
        return escape_bibtex_name(author.name)
    ordered = (parts.family, parts.suffix, parts.given) if parts.suffix else (parts.family, parts.given)
    return ", ".join(map(escape_bibtex_name, ordered))


def best_url(paper: Paper) -> str:
    """Return the most informative URL of a paper, or an empty text."""
    for kind in ("doi", "arxiv", "openreview", "page", "pdf", "project", "code"):
        if values := paper.links.get(kind):
            return build_link_url(kind, values[0])
    return ""
