"""The name of each publication fact in every format: one row for each fact, used by all writers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from generator.formats.shared.work_types import WorkType, find_work_type
from generator.model import Paper

_VENUE_YEAR = re.compile(r"(?<=\s)(?:19|20)\d\d$", re.ASCII)
_MOST_YEARS_LATER = 5
"""The maximum number of years between a first version and its publication at a venue."""


class Fact(Struct, frozen=True, kw_only=True):
    """A fact and its names; formats without a name for it leave it out."""

    find: Callable[[Paper, WorkType], str]
    bibtex: str = ""
    csl: str = ""
    ris: str = ""


def _keep(*names: str) -> Callable[[Paper, WorkType], str]:
    """Return a function that finds a fact in `extra` by its names in formats."""
    return lambda paper, _: next(filter(None, (paper.extra.get(name, "") for name in names)), "")


def find_body(paper: Paper, kind: WorkType) -> str:
    """Return the school or institution of a thesis or report, which sources give as venue or publisher."""
    return (paper.venue or paper.publisher) if kind.is_of_body else ""


def split_pages(pages: str) -> tuple[str, str]:
    """Return the first and last page; both may contain hyphens.

    >>> split_pages("12–19"), split_pages("S1-1-S1-9"), split_pages("e7")
    (('12', '19'), ('S1-1', 'S1-9'), ('e7', ''))
    """
    if "–" in pages:
        first, _, last = pages.partition("–")
        return first.strip(), last.strip("- –")
    parts = pages.split("-")
    if len(parts) % 2:
        return parts[0].strip(), "-".join(parts[1:]).strip("- ")
    half = len(parts) // 2
    return "-".join(parts[:half]).strip(), "-".join(parts[half:]).strip("- ")


def _find_keywords(paper: Paper, _: WorkType) -> str:
    words = paper.groups.get("keywords", ())
    return ("; " if any("," in word for word in words) else ", ").join(words)


def _find_container(paper: Paper, kind: WorkType) -> str:
    return "" if kind.is_of_body else paper.venue


def _find_publisher(paper: Paper, kind: WorkType) -> str:
    return "" if kind.is_of_body and not paper.venue else paper.publisher


def find_number(paper: Paper, kind: WorkType) -> str:
    """Return the number of a report."""
    kept = (paper.extra.get(name, "") for name in ("number", "issn"))
    return next(filter(None, (paper.issue, *kept)), "") if kind.venue_type == "report" else ""


def _find_issue(paper: Paper, kind: WorkType) -> str:
    return "" if kind.venue_type == "report" else paper.issue


def _find_issn(paper: Paper, kind: WorkType) -> str:
    return "" if kind.venue_type == "report" else _keep("issn", "ISSN")(paper, kind)


def _find_degree(paper: Paper, kind: WorkType) -> str:
    """Return the type of a thesis or report, in the words of its source."""
    if not kind.is_of_body:
        return ""
    return _keep("genre", "type", "type_of_work")(paper, kind)


def _find_master(paper: Paper, kind: WorkType) -> str:
    """Return the name of a master's thesis if only its entry type identifies it; BibTeX has its own type."""
    is_master = kind.bibtex[0] == "mastersthesis"
    return "Master’s thesis" if is_master and not _find_degree(paper, kind) else ""


_FACTS = (
    Fact(find=_find_container, csl="container-title", ris="T2"),  # in BibTeX, its name depends on the type
    Fact(find=find_body, csl="publisher", ris="PB"),
    Fact(find=_keep("series", "collection-title", "tertiary_title"), bibtex="series", csl="collection-title", ris="T3"),
    Fact(find=_keep("edition"), bibtex="edition", csl="edition", ris="ET"),
    Fact(find=_find_degree, bibtex="type", csl="genre", ris="M3"),
    Fact(find=_find_master, csl="genre", ris="M3"),
    Fact(find=lambda paper, _: paper.volume, bibtex="volume", csl="volume", ris="VL"),
    Fact(find=_find_issue, bibtex="number", csl="issue", ris="IS"),
    Fact(find=find_number, bibtex="number", csl="number", ris="SN"),
    Fact(find=_keep("chapter", "chapter-number"), bibtex="chapter", csl="chapter-number"),
    Fact(find=lambda paper, _: paper.pages, bibtex="pages", csl="page"),  # in RIS, they are two facts
    Fact(find=_find_publisher, bibtex="publisher", csl="publisher", ris="PB"),
    Fact(
        find=_keep("address", "location", "publisher-place", "place_published"), bibtex="address", csl="publisher-place",
        ris="CY",
    ),
    Fact(find=lambda paper, _: paper.isbn, bibtex="isbn", csl="ISBN", ris="SN"),
    Fact(find=_find_issn, bibtex="issn", csl="ISSN", ris="SN"),
    Fact(find=_find_keywords, bibtex="keywords", csl="keyword"),  # in RIS, each is a fact
    Fact(find=lambda paper, _: paper.language, bibtex="langid", csl="language", ris="LA"),
)  # fmt: skip


def find_issued(paper: Paper) -> str:
    """Return the date for citations: the year at the end of the venue's name if it is later than the record's, otherwise the record's date.

    Records often have the date of a first version, and a venue whose name includes its year.

    >>> find_issued(Paper(title="Owls", published="2024-12", venue="CVPR 2025"))
    '2025'
    >>> find_issued(Paper(title="Owls", published="2024-12", venue="Birds"))
    '2024-12'
    """
    named = _VENUE_YEAR.search(paper.venue)
    later = int(named[0]) - int(paper.published[:4]) if named and paper.published else 0
    return named[0] if named and 0 < later <= _MOST_YEARS_LATER else paper.published


def list_facts(paper: Paper) -> Iterator[tuple[Fact, str]]:
    """Yield the known publication facts of a paper, in the order of the table."""
    kind = find_work_type(paper)
    for fact in _FACTS:
        if value := fact.find(paper, kind):
            yield fact, value
