"""Bibliographic dates: reduces ranges, seasons and free text to the certain part."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from functools import lru_cache

from generator.limits import SHORT
from generator.text.dates import find_month, is_doubtful, parse_date

_RANGE = re.compile(r"\s*(?:/|--+|–|—|\bto\b|\buntil\b)\s*", re.IGNORECASE)
_RIS = re.compile(r"(\d{4})/(\d{1,2}|[A-Za-z]{3,9}\.?)?(?:/(\d{1,2})?)?(?:/.*)?", re.ASCII)
_TURNED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_NUMBERS = re.compile(r"(\d{4})[.-](\d{1,2})(?:[.-](\d{1,2}))?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", re.ASCII)
_DAYS = re.compile(
    r"(?<![\d-])(?:0?[1-9]|[12]\d|3[01]) ?(?:-+|–|—) ?(?:0?[1-9]|[12]\d|3[01])(?![\d-])", re.ASCII
)
"""The days of a meeting: `03--05 Mar 2024`."""
_TIME = re.compile(r"(?<=\d)[T ]\d\d:\d\d.*")
_WORD = re.compile(r"[A-Za-z]{3,}")
_FILLERS = frozenset({"copyright"})
_WEEKDAYS = frozenset(name[:3].casefold() for name in calendar.day_name)
_EXTENDED = re.compile(r"(\d{4})-(\d{2})(?:-(?:\d{2}|XX|uu))?", re.ASCII)


@lru_cache(maxsize=10_000)
def read_issued(text: str) -> str:
    """Return the certain part of a date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty if nothing is certain.

    For a range, it is the common part of both ends; for `circa 1999`, `[1999]` and `199X`, it is empty.

    >>> read_issued("2020/Sep/08/"), read_issued("25/05/2021"), read_issued("03/05/2021"), read_issued("Spring 2020")
    ('2020-09-08', '2021-05-25', '2021', '2020')
    """
    said = text.strip(" .,;[]()")
    if not said or len(said) > SHORT or is_doubtful(text):
        return ""
    if match := _RIS.fullmatch(said) or _NUMBERS.fullmatch(said) or _COMPACT.fullmatch(said):
        return build_iso_date(*map(_read_number, match.groups()))
    if date := parse_date(said) or _read_turned(said):
        return date
    ends = [end for end in _RANGE.split(said) if end]
    if len(ends) == 2 and len(dates := [d for end in ends if (d := read_issued(end))]) == 2:  # noqa: PLR2004 (two ends)
        return share_date(*dates)
    if match := _EXTENDED.fullmatch(said):
        return build_iso_date(int(match[1]), int(match[2]), 0)
    return _read_words(said)


def complete_dates(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of a date; those with only a month, or month and day, get the year of the others.

    >>> complete_dates(["2020", "Sep 8"]), complete_dates(["Sep 8"])
    (('2020', 'Sep 8 2020'), ('Sep 8',))
    """
    years = {date[:4] for text in texts if (date := read_issued(text))}
    if len(years) != 1:
        return tuple(texts)
    (year,) = years
    return tuple(f"{text} {year}" if _lacks_year(text, year) else text for text in texts)


def _lacks_year(text: str, year: str) -> bool:
    """Return whether a text becomes a date with a month if a year is appended, and is not a date without it."""
    return not read_issued(text) and len(read_issued(f"{text} {year}")) > len(year)


def _read_number(part: str | None) -> int:
    """Return the number of a part of a date, which may be the name of a month; 0 if it is neither."""
    return int(part) if part and part.isdigit() else find_month((part or "").rstrip("."))


def _read_turned(text: str) -> str:
    """Return a date with the year at the end, with day and month only if their order is unambiguous."""
    match = _TURNED.fullmatch(text)
    if match is None:
        return ""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    if one == two or two > 12:  # noqa: PLR2004 (months)
        return build_iso_date(year, one, two)
    return build_iso_date(year, two, one) if one > 12 else build_iso_date(year)  # noqa: PLR2004 (months)


def build_iso_date(year: int, month: int = 0, day: int = 0) -> str:
    """Return a date with the precision of its valid numbers; empty without a four-digit year."""
    if not 1000 <= year <= 9999:  # noqa: PLR2004 (four digits)
        return ""
    if not 1 <= month <= 12:  # noqa: PLR2004 (months; numbers above are seasons)
        return f"{year}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"


def share_date(one: str, two: str) -> str:
    """Return the common part of two dates, starting with the year."""
    shared: list[str] = []
    for mine, yours in zip(one.split("-"), two.split("-"), strict=False):
        if mine != yours:
            break
        shared.append(mine)
    return "-".join(shared)


def _read_words(text: str) -> str:
    """Return the year of a text that has one, with the month where there is one: `Spring 2024`, `2024a`, `03--05 Mar 2024`."""
    years: set[str] = set(_YEAR.findall(text))
    if len(years) != 1:
        return ""
    (year,) = years
    rest = _DAYS.sub(" ", text.replace(year, " ", 1))
    months = {month for word in re.findall(r"[A-Za-z]+", rest) if (month := find_month(word))}
    if len(months) != 1 or re.search(r"\d", rest):
        return year
    return build_iso_date(int(year), months.pop())


@lru_cache(maxsize=10_000)
def has_more_than_date(date: str, text: str) -> bool:
    """Return whether a text has more information than a date, so that it should be kept.

    >>> has_more_than_date("2020-05-03", "May 3, 2020"), has_more_than_date("2020", "Spring 2020"), has_more_than_date("2020-05-03", "2020-05-03T10:20:30Z")
    (False, True, False)
    """
    text = _TIME.sub("", text)
    numbers = {int(n) for n in re.findall(r"\d+", text, re.ASCII) if len(n) <= 4}  # noqa: PLR2004 (digits of a year)
    known = {int(n) for n in date.split("-") if n}
    words = [
        word
        for word in _WORD.findall(text)
        if word[:3].casefold() not in _WEEKDAYS and word.casefold() not in _FILLERS
    ]
    months = set(map(find_month, words))  # 0 for a word that is none, as the name of a season
    return not date or not (numbers - {0}) <= known or not months <= known
