"""The types of works: one row for each, with its name in every format, so that all formats agree."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from generator.model import Paper, VenueType

VenueField = Literal["journal", "booktitle", "institution", "school", "howpublished"]


class WorkType(Struct, frozen=True, kw_only=True):
    """A type of work. If a format has several names for it, all are read and the first is written."""

    venue_type: VenueType | None = None
    bibtex: tuple[str, ...] = ("misc",)
    csl: tuple[str, ...]
    ris: tuple[str, ...]
    schema: str = "ScholarlyArticle"
    """The schema.org type."""
    coins: tuple[str, str] = ("journal", "unknown")
    """The format and genre in an OpenURL."""
    venue: VenueField = "howpublished"
    """The BibTeX field for the venue."""
    highwire: str = ""
    """The Highwire tag for the venue, without prefix; empty where Highwire has none for it."""
    is_of_body: bool = False
    """Whether the venue is the institution that issued the work, such as a school, instead of its container."""


_ROWS: Mapping[str, WorkType] = MappingProxyType({
    "article": WorkType(
        venue_type="journal", bibtex=("article", "periodical", "suppperiodical"),
        csl=("article-journal", "article-magazine", "article-newspaper", "periodical"),
        ris=("JOUR", "EJOUR", "JFULL", "MGZN", "INPR", "ABST"),
        coins=("journal", "article"), venue="journal", highwire="journal_title",
    ),
    "conference paper": WorkType(
        venue_type="conference", bibtex=("inproceedings", "conference"), csl=("paper-conference",),
        ris=("CPAPER", "CONF"), coins=("journal", "proceeding"), venue="booktitle", highwire="conference_title",
    ),
    "workshop paper": WorkType(
        venue_type="workshop", bibtex=("inproceedings",), csl=("paper-conference",), ris=("CPAPER",),
        coins=("journal", "proceeding"), venue="booktitle", highwire="conference_title",
    ),
    "preprint": WorkType(
        venue_type="preprint", csl=("article",), ris=("UNPB",), coins=("journal", "preprint"), highwire="publisher",
    ),
    "report": WorkType(
        venue_type="report", bibtex=("techreport", "report"), csl=("report",), ris=("RPRT",), schema="Report",
        coins=("book", "report"), venue="institution", highwire="technical_report_institution", is_of_body=True,
    ),
    "thesis": WorkType(
        venue_type="thesis", bibtex=("phdthesis", "thesis"), csl=("thesis",), ris=("THES",), schema="Thesis",
        coins=("dissertation", ""), venue="school", highwire="dissertation_institution", is_of_body=True,
    ),
    "master's thesis": WorkType(
        venue_type="thesis", bibtex=("mastersthesis",), csl=("thesis",), ris=("THES",), schema="Thesis",
        coins=("dissertation", ""), venue="school", highwire="dissertation_institution", is_of_body=True,
    ),
    "book": WorkType(
        venue_type="book", bibtex=("book", "mvbook", "collection", "mvcollection"), csl=("book", "collection"),
        ris=("BOOK", "EBOOK", "EDBOOK"), schema="Book", coins=("book", "book"),
    ),
    "booklet": WorkType(
        venue_type="book", bibtex=("booklet",), csl=("book",), ris=("BOOK",), schema="Book", coins=("book", "book"),
    ),
    "chapter": WorkType(
        venue_type="book", bibtex=("incollection",), csl=("chapter", "entry-encyclopedia", "entry-dictionary"),
        ris=("CHAP", "ECHAP"), schema="Chapter", coins=("book", "bookitem"), venue="booktitle", highwire="inbook_title",
    ),
    "part of a book": WorkType(
        venue_type="book", bibtex=("inbook",), csl=("chapter",), ris=("CHAP",), schema="Chapter",
        coins=("book", "bookitem"), venue="booktitle", highwire="inbook_title",
    ),
    "proceedings": WorkType(
        venue_type="conference", bibtex=("proceedings",), csl=("book",), ris=("CONF",), schema="Book",
        coins=("book", "conference"), venue="booktitle", highwire="conference_title",
    ),
    "dataset": WorkType(csl=("dataset",), bibtex=("misc", "dataset"), ris=("DATA",), schema="Dataset"),
    "software": WorkType(csl=("software",), bibtex=("misc", "software"), ris=("COMP",), schema="SoftwareSourceCode"),
    "page": WorkType(
        csl=("webpage", "post-weblog"), bibtex=("misc", "online", "electronic", "www"), ris=("ELEC", "BLOG"), schema="WebPage"
    ),
    "manuscript": WorkType(csl=("manuscript",), bibtex=("unpublished",), ris=("MANSCPT",)),
    "manual": WorkType(csl=("book",), bibtex=("manual",), ris=("BOOK",), schema="Book", coins=("book", "book")),
    "patent": WorkType(csl=("patent",), bibtex=("misc", "patent"), ris=("PAT",), schema="CreativeWork"),
    "talk": WorkType(csl=("speech",), ris=("SLIDE",), schema="PresentationDigitalDocument"),
    "unknown": WorkType(csl=("article",), ris=("GEN",)),
})  # fmt: skip
_REVERSED = tuple(reversed(tuple(_ROWS.values())))  # so that the first row of a name counts
_BY_VENUE: Mapping[VenueType | None, WorkType] = {
    row.venue_type: row for row in _REVERSED if row.venue_type
} | {None: _ROWS["unknown"]}
# Types more specific than the venue type: their names in `extra`, and in each format.
_KEPT: Mapping[str, Mapping[str, WorkType]] = {
    "entrytype": {name: row for row in _REVERSED for name in row.bibtex if name != "misc"},
    "type": {name: row for row in _REVERSED for name in row.csl},
    "type_of_reference": {name: row for row in _REVERSED for name in row.ris},
}
_DEGREES = ("genre", "type", "type_of_work")

BIBTEX_VENUES: Mapping[str, VenueType] = {
    name: row.venue_type for row in _REVERSED if row.venue_type for name in row.bibtex if name != "misc"
}  # fmt: skip
"""The venue type for each entry type of BibTeX and biblatex; other entry types do not determine it."""
CSL_VENUES: Mapping[str, VenueType] = {
    name: row.venue_type for row in _REVERSED if row.venue_type for name in row.csl if name != "article"
}  # fmt: skip
"""The same for CSL, without `article`, which is often written if the type is unknown."""
RIS_VENUES: Mapping[str, VenueType] = {
    name: row.venue_type for row in _REVERSED if row.venue_type for name in row.ris
}
"""The same for RIS."""

WHOLE_BOOKS = frozenset((*_ROWS["book"].csl, *_ROWS["book"].ris))
"""The CSL and RIS types of whole books, whose container is a series."""


def find_work_type(paper: Paper) -> WorkType:
    """Return the type of a paper: that of its source if it fits the venue type, otherwise the default of the venue type.

    >>> find_work_type(Paper(title="Nests", venue_type="book", venue="Book of Birds")).csl[0]
    'chapter'
    """
    for field, rows in _KEPT.items():
        row = rows.get(paper.extra.get(field, ""))
        if row and row.venue_type == paper.venue_type:
            return row if row is not _ROWS["part of a book"] or not paper.venue else _ROWS["chapter"]
    if paper.venue_type == "book" and paper.venue:
        return _ROWS["chapter"]
    if paper.venue_type == "thesis" and any(
        "master" in paper.extra.get(name, "").lower() for name in _DEGREES
    ):
        return _ROWS["master's thesis"]
    return _BY_VENUE[paper.venue_type]


def part_body(venue: str, publisher: str, venue_type: VenueType | None) -> tuple[str, str]:
    """Return the venue and publisher of a work in the form of records, in which a school or institution is the venue.

    >>> part_body("", "University of Owls", "thesis")
    ('University of Owls', '')
    """
    is_body = venue_type is not None and _BY_VENUE[venue_type].is_of_body
    return (publisher, "") if is_body and not venue else (venue, publisher)
