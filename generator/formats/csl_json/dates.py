"""Converts CSL-JSON date variables, in all forms written by programs, to text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.formats.shared.facts import as_list, as_object, clean_value

PARTS: Final = ("date-parts", "date_parts", "dateParts", "year")
"""The members that contain a date as numbers."""
_WORDS = ("raw", "literal", "date-time", "string")
_SEASONS = {"1": "spring", "2": "summer", "3": "autumn", "4": "winter"}
_UNCERTAIN = frozenset(["", "false", "0", "no"])
_NUMBERS = re.compile(r"-?\d+-(\d{1,4})(?:-(\d{1,4}))?")
_SEASON_NUMBERS = range(13, 25)  # of CSL and of EDTF
_MOST_MONTHS, _MOST_DAYS = 12, 31


def say_date(value: object) -> str:
    """Return a date variable as text: `2019-07`, a range with `/` between its ends, and surrounding words.

    >>> say_date({"date-parts": [["2019", 7], [2020]]}), say_date([{"year": "2019", "month": "7"}]), say_date({"raw": "soon"})
    ('2019-07/2020', '2019-07', 'soon')
    """
    if isinstance(value, list):
        if any(isinstance(item, dict) for item in value):
            return "/".join(filter(None, map(say_date, value)))
        return "/".join(_list_dates(value))
    if not isinstance(value, dict):
        return _say(value)
    said = "/".join(_list_parts(value)) or next(filter(None, (_say(value.get(name)) for name in _WORDS)), "")
    season = _say(value.get("season"))
    if season and not season.isspace():
        said = f"{_SEASONS.get(season, season)} {said}".strip()
    return f"circa {said}" if said and _say(value.get("circa")).casefold() not in _UNCERTAIN else said


def list_date_texts(value: object) -> tuple[str, ...]:
    """Return the texts of a date variable in addition to its numbers, such as `Summer 2019`."""
    words = as_object(value)
    return tuple(filter(None, (_say(words.get(name)) for name in _WORDS)))


def says_no_date(value: object) -> bool:
    """Return whether a date variable is empty, such as `{"date-parts": [[null]]}`."""
    if isinstance(value, dict | list):
        return all(map(says_no_date, value.values() if isinstance(value, dict) else value))
    return value is None or (isinstance(value, str) and not value.strip())


def has_no_such_day(said: str) -> bool:
    """Return whether a numeric date has an invalid month or day, such as `2019-13-45`."""
    match = _NUMBERS.fullmatch(said)
    if match is None:
        return False
    month, day = int(match[1]), int(match[2] or 0)
    return (month > _MOST_MONTHS and month not in _SEASON_NUMBERS) or day > _MOST_DAYS


def _list_parts(value: Mapping[str, object]) -> Iterator[str]:
    for name in PARTS[:3]:
        if name in value:
            yield from _list_dates(value[name])
            return
    if parts := _join([value.get(name) for name in ("year", "month", "day")]):
        yield parts


def _list_dates(value: object) -> Iterator[str]:
    """Yield the dates in `date-parts`: lists of year, month and day, or a single date without a list around it."""
    parts = as_list(value)
    if not isinstance(value, list):
        parts = [[value]]
    elif parts and not any(isinstance(part, list | dict) for part in parts):
        parts = [parts]
    for part in parts:
        listed = (
            [as_object(part).get(n) for n in ("year", "month", "day")] if isinstance(part, dict) else part
        )
        if said := _join(listed if isinstance(listed, list) else [listed]):
            yield said


def _join(parts: list[object]) -> str:
    if not parts:
        return ""
    year, *rest = map(_say, parts)
    said = [year, *(part.zfill(2) if part.isdigit() else part for part in rest)]
    while said and said[-1].strip("0") == "":
        said.pop()
    return "-".join(said)


def _say(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else clean_value(value)
