"""Topics over time: small charts with one scale, and the chart on the page of a topic."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.pages.parts.charts import (
    DENSE,
    Chart,
    build_chart,
    label_periods,
    name_period,
    share_of,
    shorten_periods,
    thin_texts,
)
from generator.pages.parts.tables import Table, build_table, say
from generator.pages.parts.views import Named, count_of
from generator.stats.counts import Statistics
from generator.stats.timeline import Scale, Timeline

_TOPICS = 20
_FEWEST = 10
"""Papers of a period from which on shares of it say something."""
_FEWEST_OF_TOPIC = 5
"""Papers with a date from which on a topic has a figure of its own."""
_PERIODS = 2


class Trend(Struct, frozen=True, kw_only=True):
    """A small chart: the topic, and its share of each period."""

    topic: Named
    chart: Chart


class Trends(Struct, frozen=True, kw_only=True):
    """The small charts, from when to when they go, and the counts behind them."""

    charts: tuple[Trend, ...]
    periods: str
    fewest: int
    table: Table


def build_trends(statistics: Statistics, names: Mapping[str, Named]) -> Trends | None:
    """Return the topics with most dated papers over time; without charts where fewer than two periods have enough papers to compare."""
    whole = statistics.published
    known = {topic: time.known for topic, time in statistics.by_topic.items() if time.known}
    largest = sorted(known, key=lambda topic: (-known[topic], topic))[:_TOPICS]
    if not largest:
        return None
    enough = [n for n, papers in enumerate(whole.counts) if papers >= _FEWEST]
    charts: list[Trend] = []
    if len(enough) >= _PERIODS:
        most = max(statistics.by_topic[t].counts[n] / whole.counts[n] for t in largest for n in enough)
        charts = [_draw(names[t], statistics.by_topic[t], whole, enough, most) for t in largest]
    ends = [name_period(whole.scale, n) for n in (enough[0], enough[-1])] if charts else []
    return Trends(
        charts=tuple(charts),
        periods=" to ".join(ends),
        fewest=_FEWEST,
        table=_list(statistics, names, largest),
    )


def _draw(topic: Named, time: Timeline, whole: Timeline, enough: list[int], most: float) -> Trend:
    """Return the chart of one topic: its share of the papers of each period that has enough of them."""
    first, last = enough[0], enough[-1]
    shares = [time.counts[n] / whole.counts[n] if n in enough else 0 for n in range(first, last + 1)]
    said = {n: share_of(time.counts[n], whole.counts[n]) for n in enough}
    best = max(enough, key=lambda n: (time.counts[n] / whole.counts[n], n))
    names = {n: name_period(whole.scale, n) for n in enough}
    text = (
        f"{topic.name}: {said[first]} of the papers of {names[first]}, {said[last]} of those of {names[last]}"
    )
    if best not in {first, last}:
        text += f", most in {names[best]} with {said[best]}"
    short = shorten_periods(whole.scale)
    ends = {first, last}
    labels = [short[n] if n in ends else "" for n in range(first, last + 1)]
    shown = ends if len(shares) <= DENSE else {best}
    texts = [said[n] if n in shown else "" for n in range(first, last + 1)]
    return Trend(topic=topic, chart=build_chart(text, shares, labels=labels, texts=texts, most=most))


def _list(statistics: Statistics, names: Mapping[str, Named], topics: list[str]) -> Table:
    """Return the counts of topics in every period."""
    scale = statistics.published.scale
    rows = [[say("All papers"), *map(say, statistics.published.counts), say(statistics.published.unknown)]]
    for topic in topics:
        time = statistics.by_topic[topic]
        rows.append([say(names[topic].name, names[topic].link), *map(say, time.counts), say(time.unknown)])
    head = ("Topic", *(name_period(scale, n) for n in range(len(scale.periods))), "Unknown")
    return build_table(
        "Papers of topics by date of publication, most dated papers first", head, rows, "The numbers"
    )


class TopicStatistics(Struct, frozen=True, kw_only=True):
    """A topic over time beside the whole shelf, and of how many of its papers the date is known."""

    chart: Chart
    known: str
    table: Table


def build_topic_statistics(topic: str, time: Timeline, whole: Timeline) -> TopicStatistics | None:
    """Return how the papers of a topic spread over time, and how all papers do; nothing where few dates are known."""
    scale = whole.scale
    if time.known < _FEWEST_OF_TOPIC or len(scale.periods) < _PERIODS:
        return None
    best = max(range(len(time.counts)), key=lambda n: (time.counts[n], n))
    finding = (
        f"{time.counts[best]:,} of {time.known:,} dated papers on {topic} are from {name_period(scale, best)}, "
        f"{share_of(time.counts[best], time.known)}; of all dated papers {share_of(whole.counts[best], whole.known)}"
    )
    chart = build_chart(
        finding,
        [count / time.known for count in time.counts],
        labels=label_periods(scale),
        texts=thin_texts(time.counts),
        behind=[count / whole.known for count in whole.counts],
    )
    papers = count_of(time.known + time.unknown, "paper")
    known = f"The date of {time.known:,} of {papers} is known." if time.unknown else ""
    return TopicStatistics(chart=chart, known=known, table=_compare(time, whole, scale))


def _compare(time: Timeline, whole: Timeline, scale: Scale) -> Table:
    rows = [
        [
            say(name_period(scale, n)),
            say(count),
            say(share_of(count, time.known)),
            say(share_of(every, whole.known)),
        ]
        for n, (count, every) in enumerate(zip(time.counts, whole.counts, strict=True))
        if count or every
    ]
    if time.unknown:
        rows.append([say("Unknown"), say(time.unknown), say(""), say("")])
    head = ("Published", "Papers", "Share", "Of all papers")
    return build_table("Papers of this topic by date of publication", head, rows, "The numbers")
