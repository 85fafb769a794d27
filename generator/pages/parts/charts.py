"""Charts as views: bars in per cent of their frame, labels, and the main finding as text.

No size is in pixels, because a chart is as wide as its column and its text has the size of the page's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.labels.labels import Labels
from generator.stats.timeline import Scale, Timeline

_TOP, _BASE, _LABELS = 15.0, 82.0, 97.0
"""Vertical positions in per cent from the top: the tallest bar, the base line, the labels below it."""
_FILLED, _BEHIND = 0.46, 0.76
"""The width of bars, and of the pale bars behind them, as a share of their place on the base line."""
_ROOM = 40
"""The number of characters that fit in a row of labels on a narrow phone."""
DENSE = 8
"""With more bars, a small chart aligns its outer labels with its edges and shows only the largest value."""
_PAIR = 2


class Box(Struct, frozen=True, kw_only=True):
    """A rectangle on the base line, in per cent of the frame."""

    left: str
    width: str
    top: str
    height: str


class Bar(Struct, frozen=True, kw_only=True):
    """A bar (None for zero), the labels below and above its middle, and a pale bar behind it for comparison."""

    box: Box | None
    behind: Box | None
    is_most: bool
    middle: str
    top: str
    label: str
    text: str


class Chart(Struct, frozen=True, kw_only=True):
    """Bars on a base line, and their meaning as text."""

    name: str
    bars: tuple[Bar, ...]
    is_dense: bool
    base: str = f"{_BASE:g}%"
    labels: str = f"{_LABELS:g}%"


def build_chart(  # noqa: PLR0913 (what a chart is made of)
    name: str,
    values: Sequence[float],
    *,
    labels: Sequence[str],
    texts: Sequence[str],
    behind: Sequence[float] = (),
    most: float = 0,
) -> Chart:
    """Return the chart of non-negative values.

    `labels` are below the bars and `texts` above them; `behind` has the values of the pale bars; `most` is the value of
    the tallest possible bar, if several charts share a scale.
    """
    tallest = max(values, default=0)
    most = most or max([tallest, *behind]) or 1
    step = 100 / max(1, len(values))
    bars = [
        Bar(
            box=_build_box((n + 0.5) * step, _FILLED * step, value / most),
            behind=_build_box((n + 0.5) * step, _BEHIND * step, behind[n] / most) if behind else None,
            is_most=value == tallest,
            middle=_percent((n + 0.5) * step),
            top=_percent(_top_of(value / most)),
            label=labels[n],
            text=texts[n],
        )
        for n, value in enumerate(values)
    ]
    return Chart(name=name, bars=tuple(bars), is_dense=len(bars) > DENSE)


def _build_box(middle: float, width: float, share: float) -> Box | None:
    if not share:
        return None
    top = _top_of(share)
    return Box(
        left=_percent(middle - width / 2),
        width=_percent(width),
        top=_percent(top),
        height=_percent(_BASE - top),
    )


def _top_of(share: float) -> float:
    """Return the top of a bar in per cent from the top; every bar above zero is visible."""
    return _BASE - max(1.0 if share else 0.0, (_BASE - _TOP) * share)


def thin_texts(labels: Labels, values: Sequence[int]) -> tuple[str, ...]:
    """Return the values as texts: all except zeros if they fit, otherwise only the first largest value and the last value."""
    texts = [labels.number(value) if value else "" for value in values]
    room = len(values) * (max(map(len, texts), default=0) + 1)
    if room <= _ROOM:
        return tuple(texts)
    bars = [n for n, value in enumerate(values) if value]
    best = max(bars, key=lambda n: values[n])
    is_apart = (bars[-1] - best) * _ROOM > len(values) * len(texts[best]) * _PAIR
    said = {best, bars[-1]} if is_apart else {best}
    return tuple(text if n in said else "" for n, text in enumerate(texts))


def _percent(number: float) -> str:
    return f"{round(number, 1):g}%"


def share_of(labels: Labels, part: int, whole: int) -> str:
    """Return a share in per cent; a result of 0 or 100 is always exact, never rounded."""
    if 0 < 100 * part < whole:
        return labels("stats.under_percent", share=labels("stats.percent", number=1))
    if whole > part and 100 * part > 99 * whole:
        return labels("stats.over_percent", share=labels("stats.percent", number=99))
    return labels("stats.percent", number=(200 * part + whole) // (2 * whole) if whole else 0)


def name_period(labels: Labels, scale: Scale, number: int) -> str:
    """Return the name of a period: `2024`, `May 2024`, `2001 and before`."""
    name = labels.date(scale.periods[number])
    return labels("stats.period_before", period=name) if scale.is_open and number == 0 else name


def label_periods(labels: Labels, scale: Scale) -> tuple[str, ...]:
    """Return the short names of as many periods as fit, always with the last and if possible the first."""
    names = shorten_periods(labels, scale)
    last = len(names) - 1
    least = last * (len(names[-1]) + 1) // _ROOM + 1
    step = next((step for step in range(least, 2 * least) if last % step == 0), least)
    return tuple(name if (last - n) % step == 0 else "" for n, name in enumerate(names))


def shorten_periods(labels: Labels, scale: Scale) -> list[str]:
    """Return the names of all periods, short enough to be below bars: `2024`, `May ’24`, `≤ 2001`."""
    names = []
    for number, period in enumerate(scale.periods):
        name = labels.short_date(period)
        names.append(labels("stats.until", period=name) if scale.is_open and number == 0 else name)
    return names


def find_most(labels: Labels, timeline: Timeline, what: str) -> str:
    """Return a text about the period with most papers: `Most papers, 123, are from 2025`; empty without dates.

    `what` is `published` or `added`, the meaning of the dates.
    """
    most = max(timeline.counts, default=0)
    best = [n for n, count in enumerate(timeline.counts) if count == most]
    if not most:
        return ""
    number = labels.number(most)
    names = [name_period(labels, timeline.scale, n) for n in best]
    if len(names) == 1:
        return labels(f"stats.most_{what}", number=number, period=names[0])
    if len(names) == _PAIR:
        return labels(f"stats.most_{what}_two", first=names[0], second=names[1], number=number)
    return labels("stats.no_most", papers=labels.count("count.papers", most))
