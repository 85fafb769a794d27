"""Papers over time: the years or months from first to last date, and the number of papers in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

MOST = 22
"""Maximum number of periods in a scale; if there are more, the first one includes all earlier ones."""
_YEAR, _MONTH = 4, 7


class Scale(Struct, frozen=True, kw_only=True):
    """Consecutive years (`2024`) or months (`2024-05`), the earliest first; empty if no date is known."""

    periods: tuple[str, ...] = ()
    is_open: bool = False
    """Whether the first period includes everything before it."""


class Timeline(Struct, frozen=True, kw_only=True):
    """The number of papers in each period of a scale, and without a date."""

    scale: Scale
    counts: tuple[int, ...]
    unknown: int

    @property
    def known(self) -> int:
        """The number of papers with a date."""
        return sum(self.counts)


def build_scale(dates: Iterable[str]) -> Scale:
    """Return the periods from first to last date: months if every date has one and there are few, otherwise years."""
    known = {date for date in dates if date}
    if not known:
        return Scale()
    if all(len(date) >= _MONTH for date in known):
        months = _list_periods(known, _MONTH)
        if len(months) <= MOST:
            return Scale(periods=months)
    years = _list_periods(known, _YEAR)
    return Scale(periods=years[-MOST:], is_open=len(years) > MOST)


def count_dates(dates: Iterable[str], scale: Scale) -> Timeline:
    """Return the number of dates in each period; no date may be after the scale."""
    size = len(scale.periods[0]) if scale.periods else _YEAR
    found = Counter(date[:size] for date in dates)
    unknown = found.pop("", 0)
    counts = [found.pop(period, 0) for period in scale.periods]
    if counts:
        counts[0] += found.total()
    return Timeline(scale=scale, counts=tuple(counts), unknown=unknown)


def _list_periods(dates: Iterable[str], size: int) -> tuple[str, ...]:
    """Return every year or month from the first date to the last."""
    numbers = [_number(date[:size]) for date in dates]
    return tuple(_name(number, size) for number in range(min(numbers), max(numbers) + 1))


def _number(period: str) -> int:
    year, _, month = period.partition("-")
    return 12 * int(year) + int(month) - 1 if month else int(year)


def _name(number: int, size: int) -> str:
    return f"{number:04}" if size == _YEAR else f"{number // 12:04}-{number % 12 + 1:02}"
