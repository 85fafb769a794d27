"""Charts as views: bars in per cent of their frame, labels where there is room, and the finding in words.

Nothing here is measured in pixels: a chart is as wide as its column, and its text keeps the size of the page's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.links.timeline import Scale, Timeline
from generator.pages.views import count_of, format_date

_TOP, _BASE, _LABELS = 15.0, 82.0, 97.0
"""Heights in per cent of the frame, from above: the tallest bar, the line that bars stand on, the labels below it."""
_FILLED = 0.62
_MOST_LABELS = 8
_ROOM = 40
"""Figures that stand side by side over the bars on a narrow phone."""
_PAIR = 2


class Bar(Struct, frozen=True, kw_only=True):
    """A bar, what stands below and above it, and a tick beside it that it is compared with; lengths as SVG has them."""

    left: str
    width: str
    right: str
    middle: str
    top: str
    height: str
    label: str
    value: str
    tick: str


class Chart(Struct, frozen=True, kw_only=True):
    """Bars on a line, and what they show in words."""

    name: str
    bars: tuple[Bar, ...]
    base: str = f"{_BASE:g}%"
    labels: str = f"{_LABELS:g}%"


def build_chart(
    name: str,
    values: Sequence[float],
    *,
    labels: Sequence[str],
    texts: Sequence[str] = (),
    ticks: Sequence[float] = (),
    most: float = 0,
) -> Chart:
    """Return the chart of some values of 0 or more.

    `texts` say the values, where they are to be written; `ticks` are what the values are compared with; `most` is the
    value of the tallest bar that there may be, where several charts are drawn to one scale.
    """
    most = most or max([*values, *ticks], default=0) or 1
    step = 100 / max(1, len(values))
    said = _choose_values(values, texts)
    bars = []
    for n, value in enumerate(values):
        left, width = (n + (1 - _FILLED) / 2) * step, _FILLED * step
        top = _height_of(value, most)
        bars.append(
            Bar(
                left=_percent(left),
                width=_percent(width),
                right=_percent(left + width),
                middle=_percent((n + 0.5) * step),
                top=_percent(top),
                height=_percent(_BASE - top),
                label=labels[n],
                value=texts[n] if n in said else "",
                tick=_percent(_height_of(ticks[n], most)) if ticks and ticks[n] else "",
            )
        )
    return Chart(name=name, bars=tuple(bars))


def _choose_values(values: Sequence[float], texts: Sequence[str]) -> set[int]:
    """Return the bars whose values are written: all where they fit beside each other, else the tallest and the last."""
    if not texts:
        return set()
    bars = [n for n, value in enumerate(values) if value]
    if len(values) * (max(map(len, texts), default=0) + 1) <= _ROOM:
        return set(bars)
    tallest = max(bars, key=lambda n: values[n], default=0)
    is_apart = bars and (bars[-1] - tallest) * _ROOM > len(values) * len(texts[bars[-1]]) * _PAIR
    return {tallest, bars[-1]} if is_apart else {tallest}


def _height_of(value: float, most: float) -> float:
    """Return where a bar ends, in per cent from above; one that is not nothing can be seen."""
    return _BASE - max(1.0 if value else 0.0, (_BASE - _TOP) * value / most)


def _percent(number: float) -> str:
    return f"{round(number, 1):g}%"


def share_of(part: int, whole: int) -> str:
    """Return a share in per cent; only none of it is 0, and only all of it is 100."""
    if 0 < 100 * part < whole:
        return "under 1 %"
    if whole > part and 100 * part > 99 * whole:
        return "over 99 %"
    return f"{(200 * part + whole) // (2 * whole)} %" if whole else "0 %"


def name_period(scale: Scale, number: int) -> str:
    """Return the name of a period: `2024`, `May 2024`, `2001 and before`."""
    name = format_date(scale.periods[number])
    return f"{name} and before" if scale.is_open and number == 0 else name


def label_periods(scale: Scale) -> tuple[str, ...]:
    """Return short names of the periods, to stand below bars: `2024`, `May ’24`, `≤ 2001`; only as many as have room."""
    step = -(-len(scale.periods) // _MOST_LABELS)
    last = len(scale.periods) - 1
    return tuple(n if (last - k) % step == 0 else "" for k, n in enumerate(_shorten(scale)))


def _shorten(scale: Scale) -> list[str]:
    names = []
    for number, period in enumerate(scale.periods):
        month, _, year = format_date(period).rpartition(" ")
        name = f"{month[:3]} ’{year[2:]}" if month else year
        names.append(f"≤ {name}" if scale.is_open and number == 0 else name)
    return names


def find_most(timeline: Timeline) -> str:
    """Return which period has most papers, in words: `Most papers, 123, are from 2025`; nothing without dates."""
    most = max(timeline.counts, default=0)
    best = [n for n, count in enumerate(timeline.counts) if count == most]
    if not most:
        return ""
    names = [name_period(timeline.scale, n) for n in best]
    if len(names) == 1:
        return f"Most papers, {most:,}, are from {names[0]}"
    if len(names) == _PAIR:
        return f"Most papers are from {names[0]} and {names[1]}, {most:,} each"
    return f"No period has more than {count_of(most, 'paper')}"
