"""Topics over time: small charts with a common scale, and the chart on the page of a topic."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.labels.labels import Labels
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
from generator.pages.parts.tables import Cell, Table, build_table, build_text_cell
from generator.pages.parts.views import Named
from generator.stats.counts import Statistics
from generator.stats.timeline import Scale, Timeline

_TOPICS = 20
_SHOWN = 6
"""The maximum number of small charts; the table has the other topics."""
_FEWEST = 10
"""The minimum number of dated papers, of a period or of a topic, that a share or a chart is based on."""
_PERIODS = 2


class Trend(Struct, frozen=True, kw_only=True):
    """A small chart: a topic and its share of each period."""

    topic: Named
    chart: Chart


class Trends(Struct, frozen=True, kw_only=True):
    """The small charts, strongest trend first, their first and last period, and the table of counts."""

    charts: tuple[Trend, ...]
    first: str
    last: str
    fewest: int
    table: Table


def build_trends(labels: Labels, statistics: Statistics, names: Mapping[str, Named]) -> Trends | None:
    """Return the topics with most dated papers over time, with charts of those whose share changed most.

    There are no charts if fewer than two periods or no topic have enough papers.
    """
    whole = statistics.published
    known = {topic: time.known for topic, time in statistics.by_topic.items() if time.known}
    largest = sorted(known, key=lambda topic: (-known[topic], topic))[:_TOPICS]
    if not largest:
        return None
    enough = [n for n, papers in enumerate(whole.counts) if papers >= _FEWEST]
    shares = {
        topic: {n: statistics.by_topic[topic].counts[n] / whole.counts[n] for n in enough}
        for topic, dated in known.items()
        if dated >= _FEWEST and len(enough) >= _PERIODS
    }
    shown = sorted(shares, key=lambda topic: (-_change(shares[topic]), topic))[:_SHOWN]
    most = max((share for topic in shown for share in shares[topic].values()), default=0)
    charts = [_draw(labels, names[t], statistics.by_topic[t], whole, enough, most) for t in shown]
    ends = [name_period(labels, whole.scale, n) for n in (enough[0], enough[-1])] if charts else ["", ""]
    return Trends(
        charts=tuple(charts),
        first=ends[0],
        last=ends[1],
        fewest=_FEWEST,
        table=_list(labels, statistics, names, largest),
    )


def _change(shares: Mapping[int, float]) -> float:
    """Return by how much a share changed from the first to the last period, up or down."""
    return round(abs(shares[max(shares)] - shares[min(shares)]), 9)


def _draw(  # noqa: PLR0913, PLR0917 (what one small chart shows)
    labels: Labels, topic: Named, time: Timeline, whole: Timeline, enough: list[int], most: float
) -> Trend:
    """Return the chart of a topic: its share of the papers in each period with enough papers."""
    first, last = enough[0], enough[-1]
    shares = [time.counts[n] / whole.counts[n] if n in enough else 0 for n in range(first, last + 1)]
    said = {n: share_of(labels, time.counts[n], whole.counts[n]) for n in enough}
    best = max(enough, key=lambda n: (time.counts[n] / whole.counts[n], n))
    names = {n: name_period(labels, whole.scale, n) for n in enough}
    text = labels(
        "stats.trend",
        topic=topic.name,
        share=said[first],
        first=names[first],
        last_share=said[last],
        last=names[last],
    )
    if best not in {first, last}:
        text = labels("stats.trend_most", trend=text, period=names[best], share=said[best])
    short = shorten_periods(labels, whole.scale)
    ends = {first, last}
    below = [short[n] if n in ends else "" for n in range(first, last + 1)]
    shown = ends if len(shares) <= DENSE else {best}
    texts = [said[n] if n in shown else "" for n in range(first, last + 1)]
    return Trend(topic=topic, chart=build_chart(text, shares, labels=below, texts=texts, most=most))


def _list(labels: Labels, statistics: Statistics, names: Mapping[str, Named], topics: list[str]) -> Table:
    """Return the table of topics with counts for every period."""
    scale = statistics.published.scale

    def show(time: Timeline) -> list[Cell]:
        return [build_text_cell(labels.number(count)) for count in (*time.counts, time.unknown)]

    rows = [[build_text_cell(labels("stats.all_papers")), *show(statistics.published)]]
    rows += [[build_text_cell(names[t].name, names[t].link), *show(statistics.by_topic[t])] for t in topics]
    periods = (name_period(labels, scale, n) for n in range(len(scale.periods)))
    head = (labels("stats.topic"), *periods, labels("stats.unknown"))
    return build_table(labels("stats.trends_table"), head, rows, labels("stats.numbers"))


class TopicStatistics(Struct, frozen=True, kw_only=True):
    """A topic over time compared with the whole shelf, and the number of its dated papers."""

    chart: Chart
    known: str
    table: Table


def build_topic_statistics(
    labels: Labels, topic: str, time: Timeline, whole: Timeline
) -> TopicStatistics | None:
    """Return the distribution of a topic's papers and of all papers over time; None if few dates are known."""
    scale = whole.scale
    if time.known < _FEWEST or len(scale.periods) < _PERIODS:
        return None
    best = max(range(len(time.counts)), key=lambda n: (time.counts[n], n))
    finding = labels(
        "stats.topic_finding",
        papers=labels.number(time.counts[best]),
        dated=labels.number(time.known),
        topic=topic,
        period=name_period(labels, scale, best),
        share=share_of(labels, time.counts[best], time.known),
        whole=share_of(labels, whole.counts[best], whole.known),
    )
    chart = build_chart(
        finding,
        [count / time.known for count in time.counts],
        labels=label_periods(labels, scale),
        texts=thin_texts(labels, time.counts),
        behind=[count / whole.known for count in whole.counts],
    )
    papers = labels.count("count.papers", time.known + time.unknown)
    known = (
        labels("stats.topic_known", number=labels.number(time.known), papers=papers) if time.unknown else ""
    )
    return TopicStatistics(chart=chart, known=known, table=_compare(labels, time, whole, scale))


def _compare(labels: Labels, time: Timeline, whole: Timeline, scale: Scale) -> Table:
    rows = [
        [
            build_text_cell(name_period(labels, scale, n)),
            build_text_cell(labels.number(count)),
            build_text_cell(share_of(labels, count, time.known)),
            build_text_cell(share_of(labels, every, whole.known)),
        ]
        for n, (count, every) in enumerate(zip(time.counts, whole.counts, strict=True))
        if count or every
    ]
    if time.unknown:
        rows.append(
            [
                build_text_cell(labels("stats.unknown")),
                build_text_cell(labels.number(time.unknown)),
                build_text_cell(""),
                build_text_cell(""),
            ]
        )
    head = tuple(labels(f"stats.{name}") for name in ("published_head", "papers", "share", "of_all"))
    return build_table(labels("stats.topic_table"), head, rows, labels("stats.numbers"))
