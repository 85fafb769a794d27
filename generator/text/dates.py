"""Parses dates in common notations and keeps their precision: `05 Jun 2024`, `2024/05`, `May 2024`."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
_LONGEST = 100
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}(?:\.0)?",  # a column of years that a table program took for fractions
        rf"{_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?:(?P=sep){_DAY}(?:[T ]\d\d:\d\d.*)?)?",
        rf"{_DAY}[ -]{_NAME},?[ -]{_YEAR}",
        rf"{_NAME} {_DAY},? {_YEAR}",
        rf"{_NAME},?[ -]?{_YEAR}",
        rf"(?P<month>\d{{1,2}})/{_YEAR}",
        rf"{_YEAR},?[ -]{_NAME}(?:[ -]{_DAY})?",
        rf"{_YEAR}\s?[年년](?:\s?(?P<month>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日号號일])?)?",
    )
)


_DOUBT = re.compile(
    r"[?~%约約頃]"
    r"|\bc(?:a|ca)?\.?\s{0,3}(?=\d{3}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"  # c. 1985, c1985, ca. 1985, cca 1985
    r"|\b(?:ca|cca|circa|about|around|approx\w*|before|after|until|since|between|probably|possibly|perhaps"
    r"|est|estimated|um|vor|nach|etwa|vers|env|environ|avant|après|hacia|antes|después|ごろ)\b"
    r"|\d0(?:s|'s|’s|er)\b",  # a decade
    re.IGNORECASE,
)
_SUPPLIED = re.compile(r"\[[^\[\]]{0,100}\]")


def is_doubtful(text: str) -> bool:
    """Return whether a text marks its date as uncertain, in the notations of catalogues and of EDTF.

    A year in square brackets is not printed on the work but was supplied by the cataloguer.

    >>> [is_doubtful(text) for text in ("c. 1985", "ca. 1985", "1985?", "[1985]", "1980s", "[2021] © 2021", "Dec 1985")]
    [True, True, True, True, True, False, False]
    """
    if _DOUBT.search(text):
        return True
    return "[" in text and any(map(str.isdigit, text)) and not any(map(str.isdigit, _SUPPLIED.sub("", text)))


def is_doubtful_date(text: str) -> bool:
    """Return whether a text consists only of a date and a mark of uncertainty.

    >>> is_doubtful_date("c. May 1985"), is_doubtful_date("after the storms of 1985"), is_doubtful_date("1985")
    (True, False, False)
    """
    if not _DOUBT.search(text) or len(text) > _LONGEST:
        return False
    return bool(parse_date(_DOUBT.sub(" ", text).strip(" .,;[]()")))


@lru_cache(maxsize=10_000)
def parse_date(text: str) -> str:
    """Return the date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty if the text is not a date.

    `03/04/2024` is not accepted, because day and month are ambiguous.
    """
    if len(text) > _LONGEST:
        return ""
    said = " ".join(text.split())
    for form in _FORMS:
        if match := form.fullmatch(said):
            return _build(match.groupdict())
    return ""


def _build(parts: dict[str, str | None]) -> str:
    year, name = int(parts["year"] or 0), parts.get("name") or ""
    month = find_month(name) if name else int(parts.get("month") or 0)
    day = int(parts.get("day") or 0)
    if not name and not parts.get("month"):
        return f"{year}"
    if not 1 <= month <= len(_MONTHS):
        return ""
    if not parts.get("day"):
        return f"{year}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year}-{month:02}-{day:02}"


def find_month(name: str) -> int:
    """Return the number of an English month, given in full or by at least its first three letters; 0 for other words."""
    word = "sep" if name.casefold() == "sept" else name.casefold()
    number = _MONTHS.get(word[:3], 0)
    return number if number and calendar.month_name[number].casefold().startswith(word) else 0
