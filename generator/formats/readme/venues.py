"""Venue and date as reading lists write them: `NeurIPS 2023`, `CVPR'24`, `ICML 2024 Oral`."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.model import VenueType
from generator.text.dates import find_month, parse_date

_BEFORE = re.compile(
    r"^(?:(?:accepted|published|presented|appeared|to appear|appearing)\s+)?(?:(?:in|at|by|to)\s+(?:the\s+)?|@\s*)?",
    re.IGNORECASE,
)
_WORD = r"[\w&+/@.-]+"
_FORM = re.compile(
    rf"(?P<name>{_WORD}(?:[ :]+{_WORD}){{0,9}}?)[ ,:]*(?:(?<!\d)(?P<year>(?:19|20)\d\d)|['’`](?P<short>\d\d))(?!\d)"
    r"(?P<tail>\W.*|)"
)
# What lists write after the year that is an award or a way of presenting, and no other venue.
_HONOUR = re.compile(
    r"(?:oral|spotlight|poster|highlight|main|long|short|best|paper|award|candidate|runner-?up|honou?rable|mention|top|notable|"
    r"conference|presentation|outstanding|accepted|[\d%\s().,:&*-])*", re.IGNORECASE
)  # fmt: skip
_PART = re.compile(
    r"\b(?:workshops?|findings|tracks?|demos?|tutorials?|symposium|srw|industry)\b", re.IGNORECASE
)
_NOT_A_VENUE = frozenset(
    "updated posted submitted released since spring summer fall autumn winter last version copyright from until published".split()  # noqa: SIM905 (a list of words reads best as words)
)
_PREPRINT = frozenset(
    ["arxiv", "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "preprint", "corr", "openreview"]
)
_CENTURY = 50


class Venue(Struct, frozen=True, kw_only=True):
    """A venue without its year, the year (empty when it is not said), and the words of the list."""

    name: str
    year: str
    said: str

    @property
    def type(self) -> VenueType | None:
        """What the name itself says that it is."""
        words = self.name.casefold().split()
        if words and words[0] in _PREPRINT:
            return "preprint"
        return "workshop" if "workshop" in words or "workshops" in words else None


def parse_venue(text: str) -> Venue | None:
    """Return the venue that a text names together with a year; None for any other text.

    The name begins with a capital or has one (`arXiv`, `3DV`). After the year may stand an honour, which is not part of the
    name, or what part of the venue it was, which is: `EMNLP 2023 (Findings)` is `EMNLP Findings`.
    """
    said = " ".join(text.split()).strip(" .,;:")
    match = _FORM.fullmatch(_BEFORE.sub("", said, count=1))
    if not match or parse_date(said):
        return None
    name, tail = match["name"].strip(" -:,"), match["tail"].strip(" .,;:()[]-–*")
    first = re.split(r"[^\w]", name)[0] if name else ""
    if not first or first.casefold() in _NOT_A_VENUE or find_month(first) or not any(map(str.isalpha, name)):
        return None
    if not any(map(str.isupper, name.split()[0])) and first.casefold() not in _PREPRINT:
        return None
    if tail and not _HONOUR.fullmatch(tail):
        if not _PART.search(tail) or re.search(r"\d{4}", tail):
            return None
        name = f"{name} {tail}"
    year = match["year"] or _expand(match["short"])
    return Venue(name="arXiv" if name == "arxiv" else name, year=year, said=said)


def read_venue(text: str) -> Venue | None:
    """Return the venue that a cell or a column of venues names, with its year where it says one."""
    said = " ".join(text.split()).strip(" .,;:")
    if not any(map(str.isalpha, said)) or said.casefold() in {"n/a", "na", "none", "tba", "tbd"}:
        return None
    joined = re.sub(r"(?<=[A-Z])(?=(?:19|20)\d\d\b)", " ", said)
    if found := parse_venue(joined):
        return Venue(name=found.name, year=found.year, said=said)
    return None if parse_date(said) else Venue(name=said, year="", said=said)


def _expand(short: str) -> str:
    return f"{'20' if int(short) < _CENTURY else '19'}{short}"
