"""Reads references in common citation styles: the names before the title, and the publication data after it.

Supported styles are APA, IEEE, MLA, Vancouver (medicine), Nature, and GB/T 7714 (China).
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from generator.text.dates import parse_date

# APA: `Owl, J., & Wren, B. (2024). Owls that hum. *Birds*, 3(2), 1-10.`
_DATE_AFTER_NAMES = re.compile(r"\s*(?P<names>[^()]{3,2000}?)\s*\((?P<date>(?:c(?:a|ca|irca)?\.?\s?)?(?:19|20)\d\d\??)[a-z]?(?:,\s[^()]{1,40})?\)[.:,]\s+(?P<rest>\S.*)", re.DOTALL)  # fmt: skip
# The same without a date: `Owl, J. and Wren, B. Owls that hum. In *Proceedings …*, 2024.`
_INITIALS_BEHIND = r"[^\W\d_][\w'’-]*(?:\s[\w'’-]+)?,\s(?:[^\W\d_]\.[\s-]?){1,4}"
_NAMES = re.compile(
    rf"\s*(?P<names>{_INITIALS_BEHIND}(?:,?\s?(?:and\s|&\s)?{_INITIALS_BEHIND}){{0,60}})(?P<rest>[^\W_][^\n]{{8,}})",
    re.DOTALL,
)
# Vancouver: `Owl J, Wren BA, et al. Owls that hum. Birds. 2024;3(2):1-10.`
_SHORT_NAME = r"[^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]*){0,2}\s[A-Z]{1,3}"
_SHORT_NAMES = re.compile(
    rf"\s*(?P<names>{_SHORT_NAME}(?:,\s{_SHORT_NAME}){{0,99}}(?:,?\set\sal)?)\.\s+(?P<rest>[^\W_]\S*\s.*)",
    re.DOTALL,
)
# GB/T 7714: `张三, 李四. 鸟巢检测[J]. 计算机学报, 2021, 44(3): 100-110.`
_TYPE = re.compile(r"\[[A-Z]{1,2}(?:/OL)?\][.．。]?\s*")
_END_OF_NAMES = re.compile(
    r"(?<![\s.][A-Z])(?:\.\s+|[.．。](?=[^\x00-\x7f])|．|。)|(?<=\s[A-Z])\.\s+(?=[A-Z][a-z]+\s)"
)

_QUOTE = re.compile(r"[\"“「《]")
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"{_YEAR}(?:\s[A-Z][a-z]{{2,8}}(?:\s\d{{1,2}})?)?"
_PAGES = r"[A-Za-z]?\d{1,7}(?:\s?[-–—]{1,2}\s?[A-Za-z]?\d{1,7})?"
_VOLUME = rf"(?:vol(?:ume|\.)?\s*)?(?P<volume>(?!{_YEAR}\b)\d{{1,5}})(?:\s?\((?P<issue>(?!{_YEAR}\b)[\d\s–/-]{{1,12}}|Suppl[^()]{{0,12}})\)|\.(?P<number>\d{{1,5}})|,\s*(?:no|issue)\.?\s*(?P<part>\d{{1,5}}))?"  # fmt: skip
_WHERE = re.compile(
    rf"[\s.,;:]*(?:(?P<first>{_DAY})\s?[;,:]\s?)?{_VOLUME}"
    rf"(?:\s?\((?P<middle>{_YEAR})\))?(?:\s?[,:]\s?(?:pp?\.?\s?)?(?P<pages>{_PAGES}))?(?:\s?\((?P<last>{_YEAR})\))?(?=[\s.,;)]|$)",
    re.IGNORECASE,
)
_JOURNAL = re.compile(r"[^\W\d_][^\n\d(;:\[\]]{1,200}")
_PAGES_ALONE = re.compile(rf"(?:pp?\.?|pages)\s?(?P<pages>{_PAGES})", re.IGNORECASE)
_VOLUME_WORD = re.compile(r",?\s*vol(?:ume|\.)?\s*$", re.IGNORECASE)
_DATED_VOLUME = re.compile(rf"{_YEAR}\)?\s?[;:]\s?\d|\d\s?\({_YEAR}\)")
NO_JOURNAL = ("a ", "an ", "in ", "and ", "with ")


class Reference(Struct, frozen=True):
    """The names of a reference, its date if it follows them, and the title with all text after it."""

    names: str
    date: str
    rest: str
    title: str = ""
    """The title if the reference marks its end, otherwise empty."""


class PublicationData(Struct, frozen=True, kw_only=True):
    """The publication data: journal or book, volume, issue, pages and date; unknown values are empty."""

    venue: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


def find_reference(text: str) -> Reference | None:
    """Return the reference in a line, or None; the caller must check the names.

    >>> find_reference("Owl J, Wren BA. Owls that hum. Birds. 2024;3(2):1-10.").rest
    'Owls that hum. Birds. 2024;3(2):1-10.'
    """
    if typed := _find_typed(text):
        return typed
    if (match := _DATE_AFTER_NAMES.fullmatch(text)) and not _QUOTE.search(match["names"]):
        return Reference(match["names"], match["date"], match["rest"])
    if match := _NAMES.fullmatch(text):
        return Reference(match["names"], "", match["rest"])
    match = _SHORT_NAMES.fullmatch(text)
    if match is None or not ("," in match["names"] or _DATED_VOLUME.search(match["rest"])):
        return None
    return Reference(_part_initials(match["names"]), "", match["rest"])


def _find_typed(text: str) -> Reference | None:
    """Return a reference whose title ends with a type mark: `[J]` for an article, `[C]` for proceedings; otherwise None."""
    mark = _TYPE.search(text)
    names = _END_OF_NAMES.search(text, 0, mark.start()) if mark else None
    if mark is None or names is None:
        return None
    title = text[names.end() : mark.start()].strip()
    return Reference(_part_initials(text[: names.start()]), "", text[mark.end() :], title=title)


def _part_initials(names: str) -> str:
    """Return names with commas and full stops: `Owl, J., Wren, B. A.` for `Owl J, Wren BA`.

    >>> _part_initials("Owl J, van Wren BA, et al")
    'Owl, J., van Wren, B. A., et al'
    """
    return re.sub(r"\s([A-Z]{1,3})(?=,|$|\set\s)", lambda found: f", {'. '.join(found[1])}.", names)


def read_place(text: str) -> tuple[PublicationData, str]:
    """Return the journal, volume, pages and year at the start of a text, and the rest of the text.

    >>> read_place("Nature 612, 100–105 (2022)")[0]
    PublicationData(venue='Nature', date='2022', volume='612', issue='', pages='100–105')
    >>> read_place("Lancet. 2021;398(10295):123-30. Epub 3 May")
    (PublicationData(venue='Lancet', date='2021', volume='398', issue='10295', pages='123-30'), '. Epub 3 May')
    """
    name = _JOURNAL.match(text)
    said = _VOLUME_WORD.sub("", name[0]).rstrip(" .,") if name else ""
    if not said or said[0].islower() or said.casefold().startswith(NO_JOURNAL):
        return PublicationData(), text
    place, rest = read_where(text[len(said) :])
    return (replace(place, venue=said), rest) if place.volume else (PublicationData(), text)


def read_pages(text: str) -> str:
    """Return the pages if a text consists only of them, otherwise an empty text.

    >>> read_pages("(pp. 10-20)"), read_pages("pages 3–8"), read_pages("3 pages")
    ('10-20', '3–8', '')
    """
    found = _PAGES_ALONE.fullmatch(text.strip(" ()."))
    return found["pages"] if found else ""


def read_where(text: str) -> tuple[PublicationData, str]:
    """Return the volume, issue, pages and year at the start of a text after a journal's name, and the rest of the text.

    >>> read_where(", 3(2), 1-10.")
    (PublicationData(venue='', date='', volume='3', issue='2', pages='1-10'), '.')
    """
    found = _WHERE.match(text)
    said = {name: value for name, value in found.groupdict().items() if value} if found else {}
    if found is None or len(said) == 1:
        return PublicationData(), text
    date = parse_date(said.get("first") or said.get("middle") or said.get("last") or "")
    issue = said.get("issue") or said.get("number") or said.get("part") or ""
    place = PublicationData(
        date=date, volume=said["volume"], issue=issue.strip(), pages=said.get("pages", "")
    )
    return place, text[found.end() :]
